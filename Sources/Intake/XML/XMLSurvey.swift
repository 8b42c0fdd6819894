import Fields
import RulePacks
import Tables

/// Which elements and attributes stand in the beginning of an XML file.
struct XMLSurvey: Sendable {
  struct Element: Sendable {
    var children: [String: Int] = [:]
    /// Matching key → name as written.
    var attributes: [String: String] = [:]
    /// As written, for messages.
    var name = ""
    /// How often it occurs, and how often at most within one parent; counted on request.
    var count = 0
    var most = 0
  }

  private(set) var elements: [Element] = [Element()]
  /// For each open element how often each child has occurred in it; nil where nobody asked.
  private var repeats: [[Int: Int]]?
  private var stack: [Int] = [0]
  private var known = ElementNameCache(nodes: 1)
  /// Different elements kept at most.
  private static let most = 5000

  /// - Parameter counting: whether occurrences are counted, which recognition does not need.
  init(counting: Bool = false) { if counting { repeats = [[:]] } }

  /// - Parameter address: of the name; the same name always has the same.
  mutating func open(_ address: UInt, name: () -> String) {
    let element = element(address, name)
    stack.append(element)
    guard repeats != nil else { return }
    let count = (repeats?[stack.count - 2][element] ?? 0) + 1
    repeats?[stack.count - 2][element] = count
    repeats?.append([:])
    elements[element].count += 1
    elements[element].most = max(elements[element].most, count)
  }

  private mutating func element(_ address: UInt, _ name: () -> String) -> Int {
    let parent = stack[stack.count - 1]
    if let element = known.child(address, of: parent) { return Int(element) }
    let name = name()
    let key = matchingKey(name)
    if elements[parent].children[key] == nil {
      guard elements.count < XMLSurvey.most else { return parent }
      elements.append(Element(name: name))
      known.addNode()
      elements[parent].children[key] = elements.count - 1
    }
    let element = elements[parent].children[key] ?? parent
    known.remember(address, of: parent, as: Int32(element))
    return element
  }

  mutating func attribute(_ address: UInt, name: () -> String) {
    let element = stack[stack.count - 1]
    guard known.attribute(address, of: element) == nil else { return }
    let name = name()
    elements[element].attributes[matchingKey(name)] = name
    known.remember(
      ElementNameCache.Attribute(name: address, slot: -1, isNilMark: false), of: element)
  }

  mutating func close() {
    guard stack.count > 1 else { return }
    stack.removeLast()
    repeats?.removeLast()
  }

  /// How well an XML profile describes the file; nil where its row element does not occur.
  func fit(_ profile: Int, _ pack: RulePack) -> ProfileFit? {
    guard case .xml(let path) = pack.sources[profile].format else { return nil }
    let rowPath = path.map(XMLPlan.key)
    let rows = find(rowPath)
    guard !rows.isEmpty else { return nil }
    var names: Set<String> = Set(pack.sources[profile].ignored)
    var fit = Intake.fit(profile, in: pack) { field, rule in
      guard let rule else {
        let keys = ([field.label, field.id] + field.aliases).map(matchingKey)
        names.formUnion(keys)
        return rows.contains { row in
          keys.contains {
            elements[row].children[$0] != nil || elements[row].attributes[$0] != nil
          }
        }
      }
      names.formUnion(rule.from.compactMap { XMLPath($0).names.first })
      return rule.from.contains { has(XMLPath($0).absolute(from: rowPath)) }
    }
    let below = rows.flatMap { elements[$0].children }
    fit.unknown = below.filter { !names.contains($0.key) }.map { elements[$0.value].name }.sorted()
    return fit
  }

  /// Whether the file is what a profile describes, only without any row: all of its elements stand
  /// around rows, or hold what the profile reads beside them.
  func isNilReturn(_ profile: Int, _ pack: RulePack) -> Bool {
    let source = pack.sources[profile]
    guard case .xml(let path) = source.format, path.count > 1 else { return false }
    let rows = path.map(XMLPlan.key)
    guard find([rows[0]]).count == 1 else { return false }
    let controls = source.controls.compactMap { $0.from.map { XMLPath($0).names } }
    let around = source.columns.flatMap { $0.from + $0.when.map(\.column) }.map { XMLPath($0) }
      .filter { $0.up > 0 }.map { $0.absolute(from: rows).names }
    let known = [Array(rows.dropLast())] + controls + around
    return isKnown(0, [], known, ignored: source.ignored)
  }

  private func isKnown(
    _ element: Int, _ names: [String], _ paths: [[String]], ignored: [String]
  ) -> Bool {
    elements[element].children.allSatisfy { key, child in
      let path = names + [key]
      if ignored.contains(key) { return true }
      let fits = paths.contains { known in
        known.count >= path.count
          && zip(known, path).allSatisfy { $0 == $1 || $0 == "*" }
      }
      return fits && isKnown(child, path, paths, ignored: ignored)
    }
  }

  private func has(_ path: XMLPath) -> Bool {
    find(path.names).contains { element in
      path.attribute.map { elements[element].attributes[$0] != nil } ?? true
    }
  }

  /// Says which profile's path of rows begins as the file does, and where they part; nil where no
  /// profile has the file's root.
  func pathFailure(_ pack: RulePack, _ shown: String) -> IntakeFailure? {
    var best: (source: SourceProfile, path: [String], depth: Int)?
    for source in pack.sources {
      guard case .xml(let path) = source.format else { continue }
      let keys = path.map(XMLPlan.key)
      let depth = (0...keys.count).last { !find(Array(keys.prefix($0))).isEmpty } ?? 0
      if depth > best?.depth ?? 0 { best = (source, path, depth) }
    }
    guard let (source, path, depth) = best, depth < path.count else { return nil }
    let reached = path.prefix(depth).joined(separator: "/")
    let there = find(path.prefix(depth).map(XMLPlan.key)).flatMap { elements[$0].children.values }
    let names = Set(there.map { scrubbed(elements[$0].name) }).sorted().prefix(20)
      .joined(separator: "、")
    let rows = path.joined(separator: "/")
    return IntakeFailure(
      .unrecognised, shown,
      zh: "没有来源配置能识别这个文件；最接近的是“\(source.title)”（\(source.id)），它写的行路径“\(rows)”"
        + "（\(source.place):\(source.rowsLine)）在文件中没有：“\(reached)”之下是\(names.isEmpty ? "空的" : names)"
        + " — 请更正来源配置的 rows，或为这个文件编写来源配置",
      en: "no source profile describes this file; nearest is “\(source.title)” (\(source.id)), "
        + "whose rows “\(rows)” (\(source.place):\(source.rowsLine)) are not there: below "
        + "“\(reached)” stands \(names.isEmpty ? "nothing" : names) — correct “rows” of the source "
        + "profile, or write a profile for this file")
  }

  private func find(_ names: [String]) -> [Int] {
    var found = [0]
    for name in names {
      found = found.flatMap { element in
        name == "*"
          ? elements[element].children.values.sorted()
          : elements[element].children[name].map { [$0] } ?? []
      }
    }
    return found
  }
}
