import Fields
import RulePacks
import Tables

/// Follows the elements of an XML file and hands every row element, as cells, to a reader.
///
/// Element names are compared once per distinct name and place: libxml2 keeps one copy of each, so
/// afterwards its address is enough.
struct XMLRows {
  /// Text of one row beyond which the row is refused.
  static let mostRowBytes = 16 << 20
  /// Text beyond which rows do not wait for more.
  static let mostBlockBytes = 128 << 10

  let plan: XMLPlan
  var reader: RowReader
  /// Names below the row element that nobody asks for, in order of appearance.
  private(set) var dropped: [String] = []
  /// Control totals as they stand in the file, by index into the plan's controls.
  private(set) var stated: [[(text: String, line: Int)]]
  /// What looks like rows where nobody asks for any.
  private(set) var elsewhere = RowsElsewhere()
  /// The node of a row.
  private let rowNode: Int
  private var fileParts: PartsOfFile
  /// By slot, whether an element or attribute of it occurred.
  private var seen: [Bool]

  /// Slots of a row with those around it.
  private let width: Int
  private var known: ElementNameCache
  private var stack: [Int32] = []
  private var current: Int32 = 0
  /// Depth within an element that nobody asks for.
  private var skipped = 0
  /// Texts of the elements around the rows, of the rows that wait in the block, then of the row in
  /// hand; or the window of the file's text in which all of them stand.
  var bytes: [UInt8] = []
  private let isWindow: Bool
  private var rowStart = 0
  /// The row in hand is its last.
  private var block: RowBlock
  /// Where the cells of the row in hand begin in the block.
  private var firstCell = 0
  private var repeats: [RepeatedCell] = []
  /// Texts of the elements around the row.
  private var outer: [CellRange]
  /// Slot of the text that is being read, and where it begins in `bytes`.
  private var slot: Int32 = -1
  private var textStart = 0
  private var isNil = false
  /// What stands in the text that is being read beside its own characters.
  private var mixed = MixedText()
  /// Texts in which an element is open whose text is asked for too.
  private var interrupted: [InterruptedText] = []
  private var isTooLong = false
  private var rowLine = 0
  private(set) var isInRow = false
  /// Elements that are open around the row in hand.
  private var rowDepth = 0

  /// - Parameter isWindow: whether texts are not handed over but stand in `bytes`.
  init(_ plan: XMLPlan, reader: RowReader, isWindow: Bool = false) {
    self.plan = plan
    self.isWindow = isWindow
    self.reader = reader
    known = ElementNameCache(nodes: plan.nodes.count)
    width = plan.rowSlots + plan.outerSlots
    block = RowBlock(width: width, most: reader.mostWaiting)
    outer = Array(repeating: .absent, count: plan.outerSlots)
    stated = Array(repeating: [], count: plan.controls.count)
    seen = Array(repeating: false, count: width + plan.controls.count)
    fileParts = PartsOfFile(plan)
    rowNode = plan.nodes.firstIndex(where: \.isRow) ?? 0
  }

  /// Control totals part by part, for controls of which each is compared with its own.
  var parts: [[CountedPart]] { fileParts.counted }

  /// Whether an element or attribute of a slot occurred.
  func isSeen(_ slot: Int32) -> Bool { seen.indices.contains(Int(slot)) && seen[Int(slot)] }

  /// Whether the text that comes is asked for: also that of elements within, such as `<b>`.
  var isInText: Bool { slot >= 0 }

  /// The node of the element that began last; −1 for one that nobody asks for.
  var node: Int32 { skipped == 0 ? current : -1 }

  /// Tells where in the plan's tree the reader is: the same wherever the same elements that are
  /// asked for are open, with as many others within.
  var context: Int { Int(current) << 32 | skipped }

  /// An element begins.
  ///
  /// - Parameters:
  ///   - address: of the name; the same name always has the same.
  ///   - line: asked for rows and totals only.
  /// - Returns: whether its attributes are of interest.
  mutating func open(_ address: UInt, name: () -> String, line: () -> Int) -> Bool {
    let child = skipped == 0 ? child(address, name) : -1
    if skipped == 0 ? child < 0 && !plan.nodes[Int(current)].isInRow : elsewhere.isWithin {
      elsewhere.begin(address, name: name(), line: line(), row: plan.nodes[rowNode])
    }
    guard skipped == 0 else {
      skipped += 1
      return false
    }
    if slot >= 0, child < 0 { mixed.note(name()) }
    return enter(child, line: line)
  }

  /// An element begins of which is known what `open` made of it; see `node`.
  @discardableResult
  mutating func enter(_ child: Int32, line: () -> Int) -> Bool {
    guard skipped == 0, child >= 0 else {
      skipped += 1
      return false
    }
    // A reader with a window hands over no text with elements in it.
    if slot >= 0, !isWindow { interrupt() }
    stack.append(current)
    current = child
    let node = Int(child)
    if plan.nodes[node].isRow { beginRow(line()) }
    slot = plan.nodes[node].textSlot
    if slot >= 0 {
      textStart = bytes.count
      isNil = false
      if !isWindow { mixed.begin() }
      if Int(slot) >= width { rowLine = line() }
    }
    if !plan.nodes[node].isInRow {
      clear(node)
      if !plan.nodes[node].partOf.isEmpty { beginPart() }
    }
    return true
  }

  /// A part of the file begins or ends, of which the rows are counted by themselves.
  private mutating func beginPart() {
    takeBlock()
    fileParts.begin(counts, stated)
  }

  private mutating func endPart() {
    takeBlock()
    fileParts.end(of: plan.nodes[Int(current)].partOf, counts, stated)
  }

  private var counts: PartCounts {
    PartCounts(rows: reader.delivered, sums: reader.totals.all)
  }

  /// Leaves the text in hand for that of an element within.
  private mutating func interrupt() {
    mixed.hasOthers = true
    interrupted.append(
      InterruptedText(
        depth: stack.count, slot: slot, isNil: isNil, mixed: mixed,
        text: Array(bytes[textStart...])))
  }

  /// Goes on with the text around an element that ended, whose text is part of it.
  private mutating func goOn(after text: [UInt8]) {
    guard let outer = interrupted.last, outer.depth == stack.count else { return }
    interrupted.removeLast()
    (slot, isNil, mixed) = (outer.slot, outer.isNil, outer.mixed)
    textStart = bytes.count
    bytes.append(contentsOf: outer.text)
    bytes.append(contentsOf: text)
  }

  /// An attribute of the element that began last.
  mutating func attribute(_ name: String, isNilMark: Bool, value: Span<UInt8>) {
    if isNilMark, isTrueOfSchema(value) { isNil = true }
    guard let slot = attributeSlot(name, isNilMark: isNilMark) else { return }
    let start = bytes.count
    appendAttribute(value)
    keep(slot, start..<bytes.count)
    if self.slot >= 0 { textStart = bytes.count }
  }

  /// The same, where the value stands in `bytes` and the name has a number.
  ///
  /// - Parameters:
  ///   - address: the same for the same name with its prefix.
  ///   - name: without its prefix.
  mutating func attribute(
    _ address: UInt, name: ([UInt8]) -> String, isSchema: Bool, at range: Range<Int>
  ) {
    let attribute =
      known.attribute(address, of: Int(current)) ?? resolve(address, name(bytes), isSchema)
    if attribute.isNilMark, isTrueOfSchema(bytes.span.extracting(range)) { isNil = true }
    if attribute.slot >= 0 { keep(attribute.slot, range) }
  }

  private mutating func resolve(
    _ address: UInt, _ name: String, _ isSchema: Bool
  ) -> ElementNameCache.Attribute {
    let isNilMark = isSchema && name == "nil"
    let slot = attributeSlot(name, isNilMark: isNilMark) ?? -1
    let attribute = ElementNameCache.Attribute(name: address, slot: slot, isNilMark: isNilMark)
    known.remember(attribute, of: Int(current))
    return attribute
  }

  private mutating func attributeSlot(_ name: String, isNilMark: Bool) -> Int32? {
    let node = Int(current)
    let key = matchingKey(name)
    if let slot = plan.nodes[node].attributes.first(where: { $0.name == key })?.slot {
      seen[Int(slot)] = true
      return slot
    }
    if plan.nodes[node].isInRow, !isNilMark {
      drop((plan.nodes[node].shown.isEmpty ? "" : plan.nodes[node].shown) + "@" + name)
    }
    return nil
  }

  mutating func text(_ text: Span<UInt8>) {
    guard slot >= 0 else { return }
    if skipped == 0, !mixed.hasOwnText, !trimmed(text).isEmpty { mixed.hasOwnText = true }
    guard bytes.count - rowStart + text.count <= XMLRows.mostRowBytes else {
      isTooLong = true
      return
    }
    append(text, to: &bytes)
  }

  /// The element that began last ends; what text was handed over is its own.
  mutating func close() {
    if isInText, skipped == 0, isNil { bytes.removeLast(bytes.count - textStart) }
    close(textStart..<max(textStart, bytes.count))
  }

  /// The element that began last ends.
  ///
  /// - Parameter text: where its text stands in `bytes`.
  mutating func close(_ text: Range<Int>) {
    guard skipped == 0 else {
      skipped -= 1
      elsewhere.end()
      return
    }
    if slot >= 0 {
      keep(slot, isNil || !isWindow && isOnlyElements() ? text.lowerBound..<text.lowerBound : text)
      slot = -1
    }
    guard interrupted.isEmpty else { return closeWithin(text) }
    if plan.nodes[Int(current)].isRow { endRow() }
    if fileParts.areCounted, !plan.nodes[Int(current)].partOf.isEmpty { endPart() }
    current = stack.popLast() ?? 0
  }

  /// An element within a text ends; it may itself have been a row.
  private mutating func closeWithin(_ text: Range<Int>) {
    let within = Array(bytes[text])
    if plan.nodes[Int(current)].isRow { endRow() }
    current = stack.popLast() ?? 0
    goOn(after: within)
  }

  /// Whether the element holds other data instead of a text, which then are not read.
  private mutating func isOnlyElements() -> Bool {
    guard mixed.isOnlyElements else { return false }
    let shown = plan.nodes[Int(current)].shown
    for name in mixed.elements { drop(shown.isEmpty ? name : shown + "/" + name) }
    return true
  }

  private mutating func child(_ address: UInt, _ name: () -> String) -> Int32 {
    known.child(address, of: Int(current)) ?? resolve(address, name())
  }

  private mutating func resolve(_ address: UInt, _ name: String) -> Int32 {
    let node = Int(current)
    let child = plan.nodes[node].child(matchingKey(name))
    // Within a text it may be markup, of which the text is read.
    if child < 0, plan.nodes[node].isInRow, slot < 0 {
      let above = plan.nodes[node].shown
      drop(above.isEmpty ? name : above + "/" + name)
    }
    if child >= 0, plan.nodes[Int(child)].textSlot >= 0 {
      seen[Int(plan.nodes[Int(child)].textSlot)] = true
    }
    known.remember(address, of: node, as: child)
    return child
  }

  private mutating func drop(_ name: String) {
    guard dropped.count < 1000, !dropped.contains(name),
      !plan.plan.profile.ignored.contains(matchingKey(name)),
      !plan.dictionary.contains(matchingKey(name))
    else { return }
    dropped.append(name)
  }

  private mutating func beginRow(_ line: Int) {
    rowLine = line
    isInRow = true
    rowDepth = stack.count
    rowStart = bytes.count
    firstCell = block.cells.count
    block.beginRow(line: line)
    if !repeats.isEmpty { repeats.removeAll() }
    isTooLong = false
  }

  private mutating func clear(_ node: Int) {
    for slot in plan.nodes[node].cleared { outer[Int(slot) - plan.rowSlots] = .absent }
  }

  /// Keeps a text for a slot; empty text is not stated.
  private mutating func keep(_ slot: Int32, _ text: Range<Int>) {
    let index = Int(slot)
    guard index < width else {
      stated[index - width].append((String(decoding: bytes[text], as: UTF8.self), rowLine))
      return
    }
    // Safe: a block is taken before it has many more than 16 MB.
    let range = CellRange(
      start: Int32(truncatingIfNeeded: text.lowerBound),
      end: Int32(truncatingIfNeeded: text.upperBound))
    guard index < plan.rowSlots else {
      outer[index - plan.rowSlots] = text.isEmpty ? .absent : range
      return
    }
    guard !text.isEmpty else { return }
    if block.cells[firstCell + index].start < 0 {
      block.cells[firstCell + index] = range
    } else {
      repeats.append(RepeatedCell(slot: slot, range: range))
    }
  }

  private mutating func endRow() {
    isInRow = false
    for index in 0..<outer.count where outer[index].start >= 0 {
      block.cells[firstCell + plan.rowSlots + index] = outer[index]
    }
    guard !isTooLong, repeats.isEmpty else { return endAlone() }
    if block.isFull || !isWindow && bytes.count >= XMLRows.mostBlockBytes { takeBlock() }
  }

  /// Goes back to before the row in hand.
  mutating func leaveRow() {
    isInRow = false
    block.removeLast()
    repeats.removeAll(keepingCapacity: true)
    skipped = 0
    slot = -1
    stack.removeLast(stack.count - rowDepth)
    current = stack.popLast() ?? 0
  }

  /// Ends a row that cannot wait for others: those before it are taken, then it is.
  private mutating func endAlone() {
    let cells = Array(block.cells[firstCell...])
    block.removeLast()
    pass(block, bytes, to: &reader)
    if isTooLong {
      reader.refuse(line: rowLine, .rowTooLong)
    } else {
      pass(bytes, cells, repeats, rowLine, to: &reader)
    }
    forget()
  }

  /// Takes the rows that wait.
  mutating func takeBlock() {
    pass(block, bytes, to: &reader)
    forget()
  }

  private mutating func forget() {
    block.removeAll()
    guard !isWindow else { return }
    rowStart = discard(upTo: bytes.count, textEnd: bytes.count)
  }

  /// Forgets the beginning of the texts, but for those of the elements around the rows, and what
  /// stands behind them.
  ///
  /// - Parameter textEnd: where the text ends that is not forgotten.
  /// - Returns: where what is left begins.
  mutating func discard(upTo position: Int, textEnd: Int) -> Int {
    let behind = bytes.count - textEnd
    let start = Intake.discard(&bytes, upTo: position, keeping: &outer)
    bytes.removeLast(behind)
    return start
  }

  private mutating func appendAttribute(_ value: Span<UInt8>) {
    guard bytes.count - rowStart + value.count <= XMLRows.mostRowBytes else {
      isTooLong = true
      return
    }
    appendAttributeValue(value, to: &bytes)
  }
}
