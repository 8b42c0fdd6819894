import Fields
import Tables

/// Whether a file is a workbook, or another thing in the containers that workbooks come in: a zip
/// archive, or what Office keeps its old files and those with passwords in.
func looksLikeWorkbook(_ head: Span<UInt8>) -> Bool {
  guard head.count >= 4 else { return false }
  switch (head[0], head[1], head[2], head[3]) {
  case (0x50, 0x4B, 3, 4), (0x50, 0x4B, 5, 6), (0xD0, 0xCF, 0x11, 0xE0): return true
  default: return false
  }
}

/// Whether an XML file is a workbook of 2003, as the “XML” exports of many office systems are.
func looksLikeSpreadsheetML(_ head: Span<UInt8>) -> Bool {
  var bytes: [UInt8] = []
  // In UTF-16 every other byte is zero.
  for index in 0..<min(head.count, 4096) where head[index] != 0 { bytes.append(head[index]) }
  let text = String(decoding: bytes, as: UTF8.self)
  return text.contains("urn:schemas-microsoft-com:office:spreadsheet")
    && (text.contains("<Workbook") || text.contains(":Workbook"))
}

/// Follows the elements of a workbook of 2003; a class, because the parser's callbacks share it.
final class SpreadsheetML {
  private let book: WorkbookTaking
  private let limits: WorkbookLimits
  /// Why the rest is not looked at.
  private(set) var fault: WorkbookFault?

  private var formats: [String: NumberFormat] = [:]
  /// Styles whose font is crossed out.
  private var struck: Set<String> = []
  private var style = ""
  private var sheets = 0
  private var isInSheet = false
  private var row = SheetRow(number: 0, isHidden: false, cells: [])
  private var rowBytes = 0
  private var end = SheetEnd(merged: [])
  private var isHidden = false
  /// Styles that the sheet names for whole columns, and the row for its cells.
  private var columnStyles: [(columns: ClosedRange<Int>, style: String)] = []
  private var nextColumn = 0
  private var rowStyle: String?
  /// The cell in hand, and the column after it.
  private var column = -1
  private var next = 0
  private var format = NumberFormat.number
  private var isFormula = false
  private var strike = Strike.nothing
  private var kind = ""
  private var value: [UInt8] = []
  private var captured = Capture.nothing
  private var comments = 0

  private enum Capture { case nothing, cell, visibility }

  init(_ book: WorkbookTaking, _ limits: WorkbookLimits) {
    self.book = book
    self.limits = limits
  }

  var listener: XMLListener {
    XMLListener(
      open: { self.open($0, $1) }, close: { self.close($0) }, text: { self.text($0) })
  }

  private func open(_ name: String, _ attributes: [XMLAttribute]) {
    guard fault == nil else { return }
    switch name {
    case "Style": style = attributes["ID"] ?? ""
    case "NumberFormat":
      guard formats.count < 65_536 else { return }
      let code = attributes["Format"] ?? ""
      formats[style] = NumberFormat(named: code)
    case "Font":
      if isTrue(attributes["StrikeThrough"]), struck.count < 65_536 { struck.insert(style) }
    case "Worksheet": openSheet(attributes)
    case "Column": openColumns(attributes)
    case "Row": openRow(attributes)
    case "Cell": openCell(attributes)
    case "Comment": comments += 1
    case "Data":
      guard column >= 0, comments == 0 else { return }
      kind = attributes["Type"] ?? "String"
      captured = .cell
    case "Visible":
      captured = .visibility
      value.removeAll(keepingCapacity: true)
    default: break
    }
  }

  private func text(_ piece: Span<UInt8>) {
    guard captured != .nothing, fault == nil else { return }
    rowBytes += piece.count
    guard value.count + piece.count <= limits.cell, rowBytes <= limits.row else {
      return stop("cell")
    }
    append(piece, to: &value)
  }

  private func close(_ name: String) {
    guard fault == nil else { return }
    switch name {
    case "Data" where captured == .cell: captured = .nothing
    case "Comment": comments -= 1
    case "Cell": closeCell()
    case "Row":
      if isInSheet, !row.cells.isEmpty { book.read(row) }
      row.cells = []
    case "Visible":
      captured = .nothing
      isHidden =
        isHidden || value.starts(with: Array("SheetHidden".utf8))
        || value.starts(with: Array("SheetVeryHidden".utf8))
    case "Worksheet":
      if isInSheet { book.end(end, isHidden: isHidden) }
      isInSheet = false
    default: break
    }
  }

  private func openSheet(_ attributes: [XMLAttribute]) {
    sheets += 1
    guard sheets <= limits.sheets else {
      fault = .tooManySheets
      return
    }
    row = SheetRow(number: 0, isHidden: false, cells: [])
    end = SheetEnd(merged: [])
    isHidden = false
    column = -1
    nextColumn = 0
    columnStyles = []
    do throws(WorkbookFault) {
      isInSheet = try book.begin(attributes["Name"] ?? "")
    } catch { fault = error }
  }

  /// A cell without a style has its row's, else its column's.
  private func openColumns(_ attributes: [XMLAttribute]) {
    let first = attributes["Index"].map { (Int($0) ?? 0) - 1 } ?? nextColumn
    let more = attributes["Span"].map { Int($0) ?? -1 } ?? 0
    guard first >= nextColumn, more >= 0, first + more <= 16_383 else { return }
    nextColumn = first + more + 1
    guard let style = attributes["StyleID"], formats[style] != nil || struck.contains(style)
    else { return }
    columnStyles.append((columns: first...first + more, style: style))
  }

  private func style(of column: Int, _ attributes: [XMLAttribute]) -> String? {
    attributes["StyleID"] ?? rowStyle
      ?? columnStyles.first { $0.columns.contains(column) }?.style
  }

  private func openRow(_ attributes: [XMLAttribute]) {
    let number = attributes["Index"].map { Int($0) ?? 0 } ?? row.number + 1
    guard number > row.number, number <= 1_048_576 else { return stop("row") }
    row = SheetRow(number: number, isHidden: isTrue(attributes["Hidden"]), cells: [])
    rowStyle = attributes["StyleID"]
    rowBytes = 0
    next = 0
    column = -1
  }

  private func openCell(_ attributes: [XMLAttribute]) {
    let index = attributes["Index"].map { (Int($0) ?? 0) - 1 } ?? next
    let across = attributes["MergeAcross"].map { Int($0) ?? -1 } ?? 0
    let down = attributes["MergeDown"].map { Int($0) ?? -1 } ?? 0
    guard index >= next, index <= 16_383, (0...16_383).contains(across),
      (0...1_048_576).contains(down)
    else { return stop("cell") }
    column = index
    next = index + 1 + across
    let style = style(of: index, attributes)
    format = style.flatMap { formats[$0] } ?? .number
    strike = style.map { struck.contains($0) } ?? false ? .whole : .nothing
    isFormula = attributes["Formula"] != nil
    kind = ""
    value.removeAll(keepingCapacity: true)
    if across > 0 || down > 0, end.merged.count < 1_048_576 {
      let last = columnName(index + across) + String(row.number + down)
      end.merged.append(columnName(index) + String(row.number) + ":" + last)
    }
  }

  private func closeCell() {
    guard column >= 0 else { return }
    if let content {
      row.cells.append(
        SheetCell(column: column, content: content, isFormula: isFormula, strike: strike))
    } else if isFormula, kind.isEmpty, end.unsolved.count < 20 {
      end.unsolved.append(columnName(column) + String(row.number))
    }
    column = -1
  }

  /// What the cell holds; nil for nothing.
  private var content: SheetCell.Content? {
    guard !value.isEmpty else { return nil }
    let text = String(decoding: value, as: UTF8.self)
    switch kind {
    case "Number": return SheetCell.Content(text, as: format, .from1900)
    case "DateTime": return .date(date(text), number: text)
    case "Boolean": return .flag(isTrue(text))
    case "Error": return .fault(text)
    default: return .text(text)
    }
  }

  /// `2018-09-30T00:00:00.000` as a date.
  private func date(_ text: String) -> String {
    let parts = text.split(separator: "T", maxSplits: 1)
    guard let day = parts.first else { return text }
    let clock = parts.count > 1 ? parts[1].prefix { $0 != "." } : "00:00:00"
    guard clock == "00:00:00" else { return "\(day) \(clock)" }
    return format.shortened(String(day))
  }

  private func stop(_ what: String) { fault = fault ?? .damaged("Worksheet", what) }
}

extension NumberFormat {
  /// A format of SpreadsheetML, which has names for the usual ones.
  fileprivate init(named name: String) {
    switch name {
    case "General Number", "General", "Currency", "Euro Currency", "Fixed", "Standard", "Yes/No",
      "True/False", "On/Off", "@", "":
      self = .number
    case "Percent": self = .percent
    case "Scientific": self = .calculated
    case "General Date": self = .dateAndTime
    case "Long Date", "Medium Date", "Short Date": self = .date
    case "Long Time", "Medium Time", "Short Time": self = .time
    default: self = NumberFormat(code: name)
    }
  }
}

extension WorkbookFault {
  static let tooManySheets = WorkbookFault.tooLarge(
    Bilingual(zh: "工作簿中的工作表过多", en: "the workbook has too many sheets"))
}
