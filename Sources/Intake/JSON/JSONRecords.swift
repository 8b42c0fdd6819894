import Fields
import RulePacks
import Tables

/// Reads the records of one list of a JSON text and hands them, as cells, to a reader.
struct JSONRecords {
  var reader: RowReader
  private(set) var controls: [ControlTotal] = []
  private let list: JSONLists.List
  private let columns: CSVColumns
  private let words: (yes: [String], no: [String])
  private var bytes: [UInt8] = []
  private var cells: [CellRange]
  private var repeats: [RepeatedCell] = []
  private var line = 0
  private var brokenColumn = -1
  private var isInRecord = false

  /// Bytes of the texts of one record.
  private static let mostBytes = 16 << 20

  init(_ list: JSONLists.List, _ layout: CSVLayout, _ pack: RulePack, reader: RowReader) {
    self.list = list
    self.reader = reader
    columns = CSVColumns(
      layout.header, layout.plan, pack.words, width: layout.header.count)
    words = layout.plan.profile.flags ?? (pack.words.yes, pack.words.no)
    cells = Array(repeating: .absent, count: max(list.names.count, layout.header.count))
  }

  /// Takes all records, or those that were asked for.
  mutating func read(_ walk: inout JSONWalk) throws(JSONFault) {
    while !(reader.collector?.isComplete ?? false), let event = try walk.next() {
      switch event {
      case .beginObject where isRecord(walk): begin(line: walk.scanner.tokenLine)
      case .endObject where isInRecord && isOutside(walk): end()
      case .value(let token) where isInRecord: try keep(token, walk)
      case .beginObject, .endObject, .beginArray, .endArray, .value: continue
      }
    }
  }

  /// Whether the object that has begun is a record.
  private func isRecord(_ walk: JSONWalk) -> Bool {
    if list.isTop { return walk.open.count == 1 }
    guard walk.openLists == 1, walk.open.count >= 2 else { return false }
    let around = walk.open[walk.open.count - 2]
    return around.isArray && around.node == list.node
  }

  /// Whether the object that has ended was the record.
  private func isOutside(_ walk: JSONWalk) -> Bool {
    if list.isTop { return walk.open.isEmpty }
    return walk.openLists == 1 && walk.open.last?.isArray ?? false
      && walk.open.last?.node == list.node
  }

  private mutating func begin(line: Int) {
    self.line = line
    isInRecord = true
    brokenColumn = -1
    bytes.removeAll(keepingCapacity: true)
    if !repeats.isEmpty { repeats.removeAll(keepingCapacity: true) }
    for index in cells.indices { cells[index] = .absent }
  }

  private mutating func keep(
    _ token: JSONScanner.Token, _ walk: JSONWalk
  ) throws(JSONFault) {
    let column = walk.node < list.columns.count ? list.columns[walk.node] : -1
    guard column >= 0 else { return }
    let field = column < columns.readers.count ? columns.readers[column] : -1
    let start = bytes.count
    switch token {
    case .string:
      bytes.append(contentsOf: walk.scanner.value)
      if walk.scanner.hasLoneSurrogate, field >= 0, brokenColumn < 0 { brokenColumn = column }
    case .number: bytes.append(contentsOf: written(walk.scanner.value, field))
    case .flag(let isTrue): bytes.append(contentsOf: word(isTrue, field).utf8)
    case .null, .name, .beginObject, .endObject, .beginArray, .endArray: return
    }
    guard bytes.count <= JSONRecords.mostBytes else {
      throw JSONFault(
        kind: .tooLong, found: "", line: walk.scanner.tokenLine, column: walk.scanner.tokenColumn)
    }
    guard bytes.count > start else { return }
    // Safe: both are below 16 MB.
    let range = CellRange(
      start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: bytes.count))
    if cells[column].start < 0 {
      cells[column] = range
    } else {
      repeats.append(RepeatedCell(slot: Int32(column), range: range))
    }
  }

  /// A number as written; in fields that count, `1.5e3` is 1500.
  private func written(_ digits: [UInt8], _ field: Int) -> [UInt8] {
    guard field >= 0, digits.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
      return digits
    }
    switch reader.plan.kind.fields[field].type {
    case .int, .decimal, .double, .money, .percent: return withoutExponent(digits) ?? digits
    case .text, .name, .flag, .date, .code, .grade, .division, .uscc, .usccOrNumber,
      .registrationNumber, .organizationCode, .residentID:
      return digits
    }
  }

  private func word(_ isTrue: Bool, _ field: Int) -> String {
    let plain = isTrue ? "true" : "false"
    guard field >= 0, reader.plan.kind.fields[field].type == .flag else { return plain }
    return (isTrue ? words.yes.first : words.no.first) ?? plain
  }

  private mutating func end() {
    isInRecord = false
    guard let first = cells.firstIndex(where: { $0.start >= 0 }) else { return }
    if brokenColumn >= 0 { return reader.refuse(line: line, surrogateFault(brokenColumn)) }
    if columns.mayBeSpecial(bytes, cells[first]), columns.meaning(bytes, cells, first) == .total {
      return controls.append(contentsOf: totals(bytes, cells, line, &reader))
    }
    pass(bytes, cells, repeats, line, to: &reader)
  }

  private func surrogateFault(_ column: Int) -> QuarantinedRow.Fault {
    let field = reader.plan.kind.fields[columns.readers[column]]
    return QuarantinedRow.Fault(
      code: "broken-character", field: field.id, raw: "",
      message: Bilingual(
        zh: "“\(field.label)”中有半个字符（JSON 中单独的代理码）",
        en: "“\(field.label)” holds half a character (a surrogate by itself)"),
      cure: Bilingual(
        zh: "请在业务系统中核对该值，改正后重新报送",
        en: "look the value up in the system, mend it and deliver it again"))
  }
}

/// `-1.5e3` as `-1500`, all digits kept; nil where it would be longer than any amount.
func withoutExponent(_ number: [UInt8]) -> [UInt8]? {
  guard let mark = number.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }),
    let exponent = Int(String(decoding: number[(mark + 1)...], as: UTF8.self)),
    abs(exponent) <= 60, mark <= 60
  else { return nil }
  let isNegative = number.first == UInt8(ascii: "-")
  let front = number[(isNegative ? 1 : 0)..<mark]
  let whole = front.prefix { $0 != UInt8(ascii: ".") }
  var digits = whole + front.dropFirst(whole.count + 1)
  var point = whole.count + exponent
  while point > digits.count { digits.append(0x30) }
  if point < 1 {
    digits.insert(contentsOf: [UInt8](repeating: 0x30, count: 1 - point), at: digits.startIndex)
    point = 1
  }
  var before = Array(digits.prefix(point))
  var after = Array(digits.dropFirst(point))
  while before.count > 1, before[0] == 0x30 { before.removeFirst() }
  while after.last == 0x30 { after.removeLast() }
  return (isNegative ? [UInt8(ascii: "-")] : []) + before
    + (after.isEmpty ? [] : [UInt8(ascii: ".")] + after)
}
