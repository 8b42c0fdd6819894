import Tables

/// A column whose cells are written as JSON strings without making a String of each.
///
/// The arrays stand side by side, only those of the column's kind filled: taking them out of an
/// enum for every cell costs more than writing the cell.
struct QuotedColumn: Sendable {
  private let kind: ColumnKind
  let presence: Presence
  private var numbers = Integers<Int64>()
  private var flags = Flags()
  private var days = Integers<Int32>()
  private var codes = Integers<Int32>()
  /// The codes, quoted.
  private var names = TextBuffer()
  private var texts = TextColumn()

  init(_ column: Column) {
    presence = column.presence
    switch column {
    case .number(let cells):
      kind = .number
      numbers = cells.values
    case .decimal(let cells):
      kind = .decimal
      numbers = cells.values
    case .flag(let cells):
      kind = .flag
      flags = cells.values
    case .day(let cells):
      kind = .day
      days = cells.values
    case .code(let column):
      kind = .code
      codes = column.cells.values
      names = TextBuffer(column.names.map(JSON.quoted))
    case .text(let column):
      kind = .text
      texts = column
    }
  }

  /// The bytes that `write` needs at most.
  func most(of cell: Int) -> Int {
    switch kind {
    case .text: texts.range(cell).count * 6 + 4
    case .code: presence.isStated(cell) ? names.range(Int(codes[cell])).count + 4 : 4
    case .flag, .number, .decimal, .day: 26
    }
  }

  /// The cell as `Column.text` writes it, quoted; `null` where nothing is stated.
  func write(_ cell: Int, to output: inout OutputSpan<UInt8>) {
    guard presence.isStated(cell) else { return output.put("null") }
    switch kind {
    case .code: output.put(Int(codes[cell]), of: names.bytes.span, names.bounds.span)
    case .text: output.putQuoted(texts.bytes.span.extracting(texts.range(cell)))
    case .flag: output.put(flags[cell] ? "\"true\"" : "\"false\"")
    case .number:
      output.append(UInt8(ascii: "\""))
      output.putDigits(Int(numbers[cell]))
      output.append(UInt8(ascii: "\""))
    case .decimal:
      output.append(UInt8(ascii: "\""))
      output.put(Exact(millionths: numbers[cell]))
      output.append(UInt8(ascii: "\""))
    case .day:
      output.append(UInt8(ascii: "\""))
      output.put(PartialDate(packed: days[cell]))
      output.append(UInt8(ascii: "\""))
    }
  }
}
