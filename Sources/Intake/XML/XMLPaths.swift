import Fields
import RulePacks
import Tables

/// A path of a source profile, from the row element or from the root.
struct XMLPath: Sendable, Hashable {
  /// How many elements it steps out.
  var up = 0
  /// Matching keys of element names; `*` is any.
  var names: [String] = []
  /// Matching key of an attribute of the last element.
  var attribute: String?

  /// `Scores/Hygiene`, `@id`, `RatingDate@nil`, `../@year`.
  init(_ text: String) {
    self.init(text.split(separator: "/").map(String.init))
  }

  init(_ parts: [String]) {
    for part in parts {
      if part == ".." {
        up += 1
        continue
      }
      let pieces = part.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
      if let name = pieces.first, !name.isEmpty { names.append(matchingKey(String(name))) }
      if pieces.count > 1 { attribute = matchingKey(String(pieces[1])) }
    }
  }

  /// The same path seen from the root.
  func absolute(from rows: [String]) -> XMLPath {
    var path = self
    path.names = Array(rows.dropLast(up)) + names
    path.up = 0
    return path
  }
}

/// What the reader does at an element.
struct PathNode: Sendable {
  var isRow = false
  /// Inside of a row or the row itself.
  var isInRow = false
  /// Slot that the element's text fills; −1 for none. Slots of a row come first, then those of
  /// elements around it, then control totals.
  var textSlot: Int32 = -1
  var attributes: [(name: String, slot: Int32)] = []
  /// Slots that are empty again when the element begins.
  var cleared: [Int32] = []
  /// Controls that are compared with the rows in it alone, as a part of the file.
  var partOf: [Int] = []
  fileprivate(set) var children: [String: Int32] = [:]
  fileprivate(set) var anyChild: Int32 = -1
  /// Name of the element below the row element, for messages.
  fileprivate(set) var shown = ""

  /// The child node of an element name; −1 for one that nobody asks for.
  func child(_ key: String) -> Int32 { children[key] ?? anyChild }

  /// The same without what stands for any name.
  func ownChild(_ key: String) -> Int32 { children[key] ?? -1 }
}

/// All paths of a profile as one tree from the root.
struct XMLPlan: Sendable {
  private(set) var nodes: [PathNode] = []
  private(set) var plan: RowPlan
  let profile: Int
  let rowSlots: Int
  /// Slots of elements around the row follow those of the row.
  let outerSlots: Int
  let controls: [SourceProfile.Control]
  /// For each control the names of the element whose rows it counts; empty for the whole file.
  let parts: [[String]]
  /// Matching keys of names that are the dictionary's, be they read or not.
  let dictionary: Set<String>

  init(_ profile: Int, _ pack: RulePack) {
    let source = pack.sources[profile]
    var rows: [String] = []
    if case .xml(let path) = source.format { rows = path.map(XMLPlan.key) }
    var book = SlotBook(rows)
    // What rules name stands first: a dictionary name that means the same element gives way.
    for rule in source.columns {
      for path in rule.from + rule.when.map(\.column) { book.add(XMLPath(path)) }
    }
    plan = RowPlan(
      source, in: pack,
      find: { name, _ in book.slot(of: XMLPath(name)).map { [FoundColumn(slot: $0)] } ?? [] },
      findAny: { names, _ in book.addAny(names).map { FoundColumn(slot: $0) } })
    plan.findMarks(pack.words) { book.addAny([$0]) }
    dictionary = dictionaryNames(pack.records[source.record])
    controls = source.controls.filter { $0.from != nil }
    parts = controls.map { $0.isOfPart ? $0.part(in: source).map(XMLPlan.key) : [] }
    self.profile = profile
    rowSlots = book.rowSlots
    outerSlots = book.outer.count
    var patterns = book.patterns()
    patterns.append(Pattern(names: rows, action: .row))
    for (index, control) in controls.enumerated() {
      let path = XMLPath(control.from ?? [])
      let slot = Int32(rowSlots + outerSlots + index)
      patterns.append(Pattern(path: path, slot: slot))
    }
    for (index, part) in parts.enumerated() where !part.isEmpty {
      patterns.append(Pattern(names: part, action: .part(index)))
    }
    plan.renumber(book.renumbering)
    plan.slotNames = book.names()
    _ = build(patterns, depth: 0, isInRow: false, shown: "")
  }

  static func key(_ name: String) -> String { name == "*" ? name : matchingKey(name) }

  /// Adds the node for patterns of which `depth` names are behind us.
  private mutating func build(
    _ patterns: [Pattern], depth: Int, isInRow: Bool, shown: String
  ) -> Int32 {
    let index = nodes.count
    var node = PathNode()
    node.isInRow = isInRow
    for pattern in patterns where pattern.names.count == depth {
      switch pattern.action {
      case .row:
        node.isRow = true
        node.isInRow = true
      case .text(let slot): if node.textSlot < 0 { node.textSlot = slot }
      case .attribute(let name, let slot): node.attributes.append((name, slot))
      case .clear(let slot): node.cleared.append(slot)
      case .part(let control): node.partOf.append(control)
      }
    }
    nodes.append(node)
    let deeper = patterns.filter { $0.names.count > depth }
    for name in Set(deeper.map { $0.names[depth] }).sorted() {
      let below = deeper.filter { $0.names[depth] == name || $0.names[depth] == "*" }
      let path = node.isInRow && !node.isRow ? shown + "/" + name : name
      let child = build(below, depth: depth + 1, isInRow: node.isInRow, shown: path)
      if name == "*" { nodes[index].anyChild = child } else { nodes[index].children[name] = child }
    }
    nodes[index].shown = node.isRow ? "" : shown
    return Int32(index)
  }
}

private struct Pattern {
  enum Action {
    case row
    case text(Int32)
    case attribute(String, Int32)
    case clear(Int32)
    case part(Int)
  }

  var names: [String]
  var action: Action

  init(names: [String], action: Action) {
    self.names = names
    self.action = action
  }

  /// A path from the root that fills a slot.
  init(path: XMLPath, slot: Int32) {
    names = path.names
    action = path.attribute.map { .attribute($0, slot) } ?? .text(slot)
  }
}

/// Gives every path of a profile a slot; the names of one dictionary field share one.
private struct SlotBook {
  let rows: [String]
  private var slots: [XMLPath: Int32] = [:]
  private var order: [(path: XMLPath, slot: Int32)] = []
  private var count: Int32 = 0
  /// Slots of paths that step out of the row.
  private(set) var outer: [Int32] = []

  init(_ rows: [String]) { self.rows = rows }

  var rowSlots: Int { Int(count) - outer.count }

  mutating func add(_ path: XMLPath) {
    guard slots[path] == nil else { return }
    insert(path, count)
    if path.up > 0 { outer.append(count) }
    count += 1
  }

  func slot(of path: XMLPath) -> Int32? { slots[path] }

  /// The slots of the elements and attributes of the row that go by one of the names: those that
  /// others ask for too, and one for all the rest.
  mutating func addAny(_ names: [String]) -> [Int32] {
    var found: [Int32] = []
    let slot = count
    for name in names {
      for path in [XMLPath([name]), XMLPath(["@" + name])] {
        if slots[path] == nil { insert(path, slot) }
        if let slot = slots[path], !found.contains(slot) { found.append(slot) }
      }
    }
    if found.contains(slot) { count += 1 }
    return found
  }

  private mutating func insert(_ path: XMLPath, _ slot: Int32) {
    slots[path] = slot
    order.append((path, slot))
  }

  /// New numbers, by which the slots of the row itself come first.
  var renumbering: [Int32] {
    var numbers = Array(repeating: Int32(0), count: Int(count))
    var next = Int32(0)
    for slot in 0..<count where !outer.contains(slot) {
      numbers[Int(slot)] = next
      next += 1
    }
    for slot in outer {
      numbers[Int(slot)] = next
      next += 1
    }
    return numbers
  }

  /// What each slot is called, by its number: its paths.
  func names() -> [String] {
    let numbers = renumbering
    var names: [[String]] = numbers.map { _ in [] }
    for (path, slot) in order {
      let attribute = path.attribute.map { "@" + $0 } ?? ""
      let steps = Array(repeating: "..", count: path.up) + path.names
      names[Int(numbers[Int(slot)])].append(steps.joined(separator: "/") + attribute)
    }
    return names.map { $0.filter { !$0.hasPrefix("@") }.prefix(3).joined(separator: " / ") }
  }

  func patterns() -> [Pattern] {
    let numbers = renumbering
    var patterns: [Pattern] = []
    for (path, slot) in order {
      let number = numbers[Int(slot)]
      patterns.append(Pattern(path: path.absolute(from: rows), slot: number))
      if path.up > 0 {
        patterns.append(Pattern(names: Array(rows.dropLast(path.up)), action: .clear(number)))
      }
    }
    return patterns
  }
}

extension RowPlan {
  /// Gives every slot another number.
  fileprivate mutating func renumber(_ numbers: [Int32]) {
    for mark in marks.indices { marks[mark].slot = numbers[Int(marks[mark].slot)] }
    for field in fields.indices {
      for group in fields[field].same.indices {
        for column in fields[field].same[group].indices {
          let slot = fields[field].same[group][column].slot
          fields[field].same[group][column].slot = numbers[Int(slot)]
        }
      }
      if fields[field].onlySlot >= 0 {
        fields[field].onlySlot = numbers[Int(fields[field].onlySlot)]
      }
      for rule in fields[field].rules.indices {
        fields[field].rules[rule].slots = fields[field].rules[rule].slots.map { numbers[Int($0)] }
        for index in fields[field].rules[rule].conditions.indices {
          let slot = fields[field].rules[rule].conditions[index].slot
          if slot >= 0 {
            fields[field].rules[rule].conditions[index].slot = numbers[Int(slot)]
          }
        }
      }
    }
  }
}
