/// Rows of separated text as clerks' spreadsheets read them: UTF-8, CRLF, and no cell that a
/// spreadsheet would take for a formula.
///
/// Texts are quoted where they need it; a text that begins with `=`, `+`, `-`, `@`, a tab or a
/// carriage return gets a `'` in front. Numbers are written by their own methods and stay bare.
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

  mutating func cell(_ text: String) {
    separate()
    let utf8 = Array(text.utf8)
    append(utf8[...])
  }

  mutating func cell(_ text: ArraySlice<UInt8>) {
    separate()
    append(text)
  }

  mutating func cell(_ number: Int) {
    separate()
    bytes.appendDigits(number)
  }

  /// Points in thousandths.
  mutating func points(_ thousandths: Int, decimals: Int) {
    separate()
    bytes.appendThousandths(thousandths, decimals: decimals)
  }

  /// A share in thousandths as a percentage; empty for nil.
  mutating func percent(_ thousandths: Int?) {
    separate()
    if let thousandths { bytes.appendPercent(thousandths) }
  }

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

  private mutating func separate() {
    if isInRow { bytes.append(UInt8(ascii: ",")) }
    isInRow = true
  }

  private mutating func append(_ text: ArraySlice<UInt8>) {
    guard let first = text.first else { return }
    let isFormula = isFormulaSign(first)
    guard needsQuotes(text) else {
      if isFormula { bytes.append(UInt8(ascii: "'")) }
      bytes.append(contentsOf: text)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    if isFormula { bytes.append(UInt8(ascii: "'")) }
    for byte in text {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

private func isFormulaSign(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
    true
  default: false
  }
}

/// Whether a separator, a quote or a line break stands in the text.
private func needsQuotes(_ text: ArraySlice<UInt8>) -> Bool {
  for byte in text
  where byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D {
    return true
  }
  return false
}
