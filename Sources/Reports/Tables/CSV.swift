/// Rows of separated text as clerks' spreadsheets read them: UTF-8, CRLF, and no cell that a
/// spreadsheet would take for a formula.
///
/// Texts are quoted where they need it; a text that begins with `=`, `+`, `-`, `@`, of either width,
/// a tab or the end of a line gets a `'` in front. Numbers are written by their own methods and stay bare.
struct CSV: Sendable {
  /// Must stand at the beginning of the file, or Excel takes the text for the local encoding.
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private(set) var bytes: [UInt8] = []
  private var isInRow = false

  init() {}

  /// The beginning of a file: byte order mark and header row.
  init(header: [String]) {
    bytes = CSV.byteOrderMark
    for name in header { cell(name) }
    endRow()
  }

  mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

  mutating func cell(_ text: String) { cell(text.utf8.span) }

  mutating func cell(_ text: ArraySlice<UInt8>) { cell(text.span) }

  mutating func cell(_ text: Span<UInt8>) {
    separate()
    bytes.append(addingCapacity: text.count * 2 + 3) { $0.putCell(text) }
  }

  mutating func cell(_ number: Int) {
    separate()
    bytes.appendDigits(number)
  }

  /// Stands for an empty cell among points.
  static let absent = Int32.min

  /// A cell as `CSV.made` gave it.
  mutating func made(_ cell: [UInt8]) {
    separate()
    bytes.append(contentsOf: cell)
  }

  mutating func empty() { separate() }

  mutating func endRow() {
    bytes.append(0x0D)
    bytes.append(0x0A)
    isInRow = false
  }

  /// A text as it stands in a cell, for texts that many rows share.
  static func made(_ text: String) -> [UInt8] {
    var csv = CSV()
    csv.cell(text)
    return csv.bytes
  }

  /// A text of UTF-8 bytes as it stands in a cell.
  static func made(_ text: [UInt8]) -> [UInt8] {
    var csv = CSV()
    csv.cell(text.span)
    return csv.bytes
  }

  private mutating func separate() {
    if isInRow { bytes.append(UInt8(ascii: ",")) }
    isInRow = true
  }
}

/// Whether a spreadsheet takes a text for a formula. East Asian editions read ＝ ＋ － ＠ of full width
/// as they read those of ASCII.
func isFormula(_ text: Span<UInt8>) -> Bool {
  switch text[0] {
  case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D:
    return true
  case 0xEF where text.count >= 3 && text[1] == 0xBC:
    switch text[2] {
    case 0x9D, 0x8B, 0x8D, 0xA0: return true
    default: return false
    }
  default: return false
  }
}
