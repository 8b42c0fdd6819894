import Tables

/// A column whose cells are written as JSON strings without making a String of each.
///
/// The arrays stand side by side, only those of the column's kind filled: taking them out of an
/// enum for every cell costs more than writing the cell.
struct QuotedColumn: Sendable {
  private let kind: ColumnKind
  private let presence: Presence
  private var numbers = Integers<Int64>()
  private var flags = Flags()
  private var days = Integers<Int32>()
  private var codes = Integers<Int32>()
  /// The codes, quoted.
  private var names: [[UInt8]] = []
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
      names = column.names.map(JSON.quoted)
    case .text(let column):
      kind = .text
      texts = column
    }
  }

  func isStated(_ cell: Int) -> Bool { presence.isStated(cell) }

  /// The cell as `Column.text` writes it, quoted; `null` where nothing is stated.
  func append(_ cell: Int, to bytes: inout [UInt8]) {
    guard presence.isStated(cell) else { return bytes.append("null") }
    switch kind {
    case .code: bytes.append(contentsOf: names[Int(codes[cell])])
    case .text: JSON.quote(texts.bytes[texts.range(cell)], to: &bytes)
    case .flag: bytes.append(flags[cell] ? "\"true\"" : "\"false\"")
    case .number:
      bytes.append(UInt8(ascii: "\""))
      bytes.appendDigits(Int(numbers[cell]))
      bytes.append(UInt8(ascii: "\""))
    case .decimal:
      bytes.append(contentsOf: JSON.quoted(Exact(millionths: numbers[cell]).description))
    case .day: bytes.append(contentsOf: JSON.quoted(PartialDate(packed: days[cell]).description))
    }
  }
}
