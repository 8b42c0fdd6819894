/// A cell of a table that another part of the program made.
public enum PlainCell: Sendable, Equatable {
  case text(String)
  /// Written bare; the digits must be a number's.
  case number(String)
}

/// A table as clerks' spreadsheets read it: UTF-8 with a byte order mark, CRLF, and no text that
/// a spreadsheet would take for a formula.
public func separatedFile(header: [String], rows: [[PlainCell]]) -> [UInt8] {
  var csv = CSV(header: header)
  for row in rows {
    for cell in row {
      switch cell {
      case .text(let text): csv.cell(text)
      case .number(let digits): csv.made(Array(digits.utf8))
      }
    }
    csv.endRow()
  }
  return csv.bytes
}
