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
  /// Room in which a row of points is written before it is appended at once.
  private var room: [UInt8] = []

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

  /// Stands for an empty cell in a row of points.
  static let absent = Int32.min

  /// A row of points in thousandths, after at least one other cell.
  mutating func points(_ row: Span<Int32>, decimals: Int) {
    let most = row.count * 16
    while room.count < most { room.append(0) }
    var span = room.mutableSpan
    let length = write(row, decimals: decimals, into: &span)
    bytes.append(contentsOf: room[..<length])
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

/// Writes a separator and a number for each value; 16 bytes a value are enough.
///
/// The same text as `appendThousandths`, for tables of millions of points.
///
/// - Returns: how many bytes were written.
private func write(
  _ row: Span<Int32>, decimals: Int, into text: inout MutableSpan<UInt8>
) -> Int {
  let zero = UInt32(UInt8(ascii: "0"))
  var end = 0
  func put(_ digit: UInt32) {
    // Safe: a digit is below ten.
    text[end] = UInt8(truncatingIfNeeded: zero &+ digit)
    end += 1
  }
  func putWhole(_ number: UInt32) {
    if number >= 10 { putWhole(number / 10) }
    put(number % 10)
  }
  for index in row.indices {
    text[end] = UInt8(ascii: ",")
    end += 1
    let value = row[index]
    guard value != CSV.absent else { continue }
    if value < 0 {
      text[end] = UInt8(ascii: "-")
      end += 1
    }
    let whole = value.magnitude / 1000
    let rest = value.magnitude % 1000
    if whole < 10 {
      put(whole)
    } else {
      putWhole(whole)
    }
    let needed = rest == 0 ? 0 : rest % 100 == 0 ? 1 : rest % 10 == 0 ? 2 : 3
    let shown = max(needed, decimals)
    guard shown > 0 else { continue }
    text[end] = UInt8(ascii: ".")
    end += 1
    put(rest / 100)
    if shown > 1 { put(rest / 10 % 10) }
    if shown > 2 { put(rest % 10) }
  }
  return end
}
