/// The rows of a delivered file that were not accepted, with their cells as they were delivered, so
/// that whoever sent them gets them back whole.
///
/// Only what may be shown is kept, and of a file with very many such rows only the first.
public struct ReturnedRows: Sendable, Equatable {
  /// The columns of the file that are read, in their order.
  public var columns: [Column] = []
  /// Which rows of the file these are (`Place.record`), in their order.
  public private(set) var records: [UInt32] = []
  private var texts = DeliveredTexts()
  /// For rows that were mended and sent again: what their place column says, by record.
  public var mends: [UInt32: String] = [:]

  /// Beyond so many bytes no further rows of a file are kept.
  public static let mostBytes = 16 << 20

  /// One column of the file.
  public struct Column: Sendable, Equatable {
    /// As the file heads it; of XML, what the data dictionary calls its field.
    public var title: String
    /// Ids of the fields that are read from it; none where it only decides how others are.
    public var fields: [String]

    public init(title: String, fields: [String]) {
      self.title = title
      self.fields = fields
    }
  }

  public enum Cell: Sendable, Equatable {
    case text(String)
    /// Something was delivered that may not be shown, or is too long for a cell of a workbook.
    case withheld
  }

  /// What is kept of a row.
  public enum Row: Sendable, Equatable {
    /// One a column; where a further table of the file has more columns, the last are left out.
    case cells([Cell])
    /// A row whose cells do not stand under the header, as one text.
    case line(String)
    /// The same where it may not be shown.
    case withheldLine
  }

  public init() {}

  public var count: Int { records.count }

  /// Whether no further row can be kept.
  public var isFull: Bool { texts.bytes.count >= ReturnedRows.mostBytes }

  public mutating func append(_ row: Row, record: UInt32) {
    guard !isFull else { return }
    var bytes: [UInt8] = []
    switch row {
    case .cells(let cells):
      for (index, cell) in cells.enumerated() {
        if index > 0 { bytes.append(Mark.nextCell) }
        switch cell {
        case .text(let text): bytes += text.utf8.lazy.filter { !Mark.all.contains($0) }
        case .withheld: bytes.append(Mark.withheld)
        }
      }
    case .line(let text):
      bytes.append(Mark.line)
      bytes += text.utf8.lazy.filter { !Mark.all.contains($0) }
    case .withheldLine: bytes += [Mark.line, Mark.withheld]
    }
    records.append(record)
    texts.append(from: [0].span, to: [Int32(bytes.count)].span, of: bytes.span)
  }

  /// The row at a place in `records`.
  public subscript(index: Int) -> Row {
    let bytes = texts.bytes[texts.range(index)]
    if bytes.first == Mark.line {
      let rest = bytes.dropFirst()
      return rest.first == Mark.withheld
        ? .withheldLine : .line(String(decoding: rest, as: UTF8.self))
    }
    return .cells(
      bytes.split(separator: Mark.nextCell, omittingEmptySubsequences: false).map { cell in
        cell.first == Mark.withheld ? .withheld : .text(String(decoding: cell, as: UTF8.self))
      })
  }

  /// What stands between kept texts: separators of ASCII, which no cell of a workbook can hold.
  private enum Mark {
    static let line: UInt8 = 0x1D
    static let withheld: UInt8 = 0x1E
    static let nextCell: UInt8 = 0x1F
    static let all = line...nextCell
  }
}
