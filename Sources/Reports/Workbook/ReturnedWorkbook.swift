import Fields
import Labels
import RulePacks
import Tables

/// `returned/OFFICE.xlsx`: the rows of one office's files that were not accepted, whole, in the
/// columns in which they came; what has to be mended is coloured and says why and how.
///
/// Mended and put into the delivery, its rows replace those that had not been accepted: the last
/// column tells which.
struct ReturnedWorkbook: Sendable {
  /// Path within the run's folder.
  var path: String
  private var files: [Int32] = []
  /// By file, indices into the run's quarantine, in order of the rows.
  private var rows: [Int32: [Int]] = [:]

  /// Rows that a sheet has at most, and all sheets of a workbook together; what is left out stands
  /// in `quarantine.csv`, and comes when the first are mended.
  static let mostInSheet = 5_000
  static let mostInAll = 20_000
  /// Sheets of a workbook; nobody leafs through more.
  static let mostSheets = 200

  /// One for each office that has rows to mend, in order of their ids. Record kinds without an
  /// office share one.
  static func all(of results: RunResult) -> [ReturnedWorkbook] {
    let offices = Dictionary(
      results.pack.records.map { ($0.id, $0.office) }, uniquingKeysWith: { first, _ in first })
    var books: [String: ReturnedWorkbook] = [:]
    let quarantine = results.quarantine
    let order = quarantine.indices.sorted { left, right in
      let (one, other) = (quarantine[left].place, quarantine[right].place)
      return one.file == other.file ? one.record < other.record : one.file < other.file
    }
    for row in order {
      let name = fileName((offices[quarantine[row].record] ?? nil) ?? "no-office")
      let file = quarantine[row].place.file
      guard results.files.indices.contains(Int(file)) else { continue }
      var book = books.removeValue(forKey: name) ?? ReturnedWorkbook(path: "returned/\(name).xlsx")
      if book.rows[file] == nil { book.files.append(file) }
      book.rows[file, default: []].append(row)
      books[name] = book
    }
    return books.sorted { precedes($0.key, $1.key) }.map(\.value)
  }

  private init(path: String) { self.path = path }

  func write(_ results: RunResult, to folder: String) throws(ReportFailure) -> WrittenFile {
    try writeSheets(sheets(results), .returned, asOf: results.run.asOf, path, to: folder)
  }

  func sheets(_ results: RunResult) -> [WorkbookSheet] {
    var names: Set<String> = []
    var room = ReturnedWorkbook.mostInAll
    var sheets: [WorkbookSheet] = []
    for file in files.prefix(ReturnedWorkbook.mostSheets) {
      let returned = ReturnedSheet(results, file: Int(file), rows: rows[file] ?? [])
      // A little of every file, however many rows the first have.
      let shown = min(returned.count, ReturnedWorkbook.mostInSheet, max(room, 20))
      room -= shown
      sheets.append(returned.sheet(most: shown, taken: &names))
    }
    guard files.count > sheets.count else { return sheets }
    let left = files.dropFirst(sheets.count).reduce(0) { $0 + (rows[$1]?.count ?? 0) }
    let rest = Bilingual(
      zh: "另有 \(files.count - sheets.count) 个文件退回 \(left) 行，见 quarantine.csv",
      en: "\(left) more rows of \(files.count - sheets.count) files are in quarantine.csv")
    let name = Bilingual(zh: "其余", en: "The rest").text(in: results.language)
    sheets.append(
      WorkbookSheet(
        name: sheetName(name, taken: &names), title: rest.text(in: results.language), columns: [],
        rows: WorkbookSheet.Rows([])))
    return sheets
  }
}

/// The returned rows of one file as a sheet.
private struct ReturnedSheet {
  private let results: RunResult
  private let file: DeliveredFile
  private let language: Language
  /// Row by row, its entries in quarantine: several where cells hold several values.
  private var rows: [[QuarantinedRow]] = []
  /// Where the kept cells of a row stand, by record.
  private var kept: [UInt32: Int] = [:]
  private let columns: [ReturnedRows.Column]
  /// By field id, the first column that it is read from.
  private var columnOfField: [String: Int] = [:]
  private let hasLines: Bool

  init(_ results: RunResult, file: Int, rows: [Int]) {
    self.results = results
    self.file = results.files[file]
    language = results.language
    columns = self.file.returned.columns
    for row in rows.lazy.map({ results.quarantine[$0] }) {
      if self.rows.last?.first?.place == row.place {
        self.rows[self.rows.count - 1].append(row)
      } else {
        self.rows.append([row])
      }
    }
    for (place, record) in self.file.returned.records.enumerated() { kept[record] = place }
    for (index, column) in columns.enumerated() {
      for field in column.fields where columnOfField[field] == nil { columnOfField[field] = index }
    }
    let (kept, returned) = (self.kept, self.file.returned)
    hasLines = self.rows.contains { row in
      guard let record = row.first?.place.record, let place = kept[record] else { return true }
      if case .cells = returned[place] { return false }
      return true
    }
  }

  var count: Int { rows.count }

  func sheet(most: Int, taken names: inout Set<String>) -> WorkbookSheet {
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    return WorkbookSheet(
      name: sheetName(name, taken: &names),
      title: heading(
        RowLabel.heading(file.path, rows: count).text(in: language), shown: most, of: count,
        file: "quarantine.csv", in: language),
      columns: columns.map { column($0) } + lastColumns,
      rows: WorkbookSheet.Rows(count: most) { range in range.map { cells(of: rows[$0]) } })
  }

  // MARK: - Columns

  private func column(_ column: ReturnedRows.Column) -> WorkbookSheet.Column {
    var made = WorkbookSheet.Column(
      title: column.title, width: min(max(headingWidth(column.title), 12), 28))
    made.choices = choices(column)
    return made
  }

  /// What tells of the row as a whole, and which it is.
  private var lastColumns: [WorkbookSheet.Column] {
    let raw = WorkbookSheet.Column(title: ColumnLabel.delivered.text(in: language), width: 40)
    return (hasLines ? [raw] : []) + [
      WorkbookSheet.Column(title: RowLabel.reasons.text(in: language), width: 60),
      WorkbookSheet.Column(
        title: RowLabel.place(ofProfile: file.profile).text(in: language), width: 24),
    ]
  }

  /// The words of the code table that rules a column, as its profile reads them.
  private func choices(_ column: ReturnedRows.Column) -> [String] {
    guard column.fields.count == 1,
      let source = results.pack.sources.first(where: { $0.id == file.profile }),
      let field = results.pack.records[source.record].field(column.fields[0])
    else { return [] }
    let kind = results.pack.records[source.record].fields[field]
    guard kind.split.isEmpty, !kind.matchesPrefix else { return [] }
    return results.pack.choices(of: field, in: source)
  }

  // MARK: - Rows

  private func cells(of row: [QuarantinedRow]) -> [WorkbookSheet.Cell] {
    guard let place = row.first?.place else { return [] }
    var cells = columns.map { _ in WorkbookSheet.Cell("") }
    var line = WorkbookSheet.Cell("")
    switch kept[place.record].map({ shown(file.returned[$0], ofRecord: row[0].record) }) {
    case .cells(let texts):
      for (index, text) in texts.enumerated() where index < cells.count {
        switch text {
        case .text(let text): cells[index] = WorkbookSheet.Cell(text)
        case .withheld:
          cells[index] = WorkbookSheet.Cell("", .open)
          cells[index].note = RowLabel.withheldCell.text(in: language)
        }
      }
    case .line(let text): line = WorkbookSheet.Cell(text, .quiet)
    case .withheldLine: line = WorkbookSheet.Cell(RowLabel.withheldRow.text(in: language), .quiet)
    case nil: line = WorkbookSheet.Cell(RowLabel.rowNotKept.text(in: language), .quiet)
    }
    var reasons: [String] = []
    for fault in row.flatMap(\.faults) {
      let words = words(fault, ofRecord: row[0].record)
      guard !reasons.contains(words) else { continue }
      reasons.append(words)
      guard let column = columnOfField[fault.field] else { continue }
      cells[column].style = .faulty
      cells[column].note += (cells[column].note.isEmpty ? "" : "\n") + words
    }
    let target =
      file.returned.mends[place.record] ?? RowTarget(file, record: place.record).description
    return cells + (hasLines ? [line] : []) + [
      WorkbookSheet.Cell(reasons.joined(separator: "\n"), .quiet),
      WorkbookSheet.Cell(target, .quiet),
    ]
  }

  /// A correction may be one of a field that is not public: then neither value is shown, nor where
  /// nobody can tell the field.
  private func shown(_ row: ReturnedRows.Row, ofRecord record: String) -> ReturnedRows.Row {
    guard results.pack.records.first(where: { $0.id == record })?.subject == .corrections else {
      return row
    }
    guard case .cells(var cells) = row else { return .withheldLine }
    var name = ""
    if let column = columnOfField["field"], column < cells.count,
      case .text(let text) = cells[column]
    {
      name = text
    }
    let isOpen = results.pack.records.contains { kind in
      kind.fields.contains { $0.sensitivity == .open && ($0.id == name || $0.label == name) }
    }
    guard !isOpen || results.sensitivity.hides(name) else { return row }
    for id in ["old_value", "new_value"] {
      guard let column = columnOfField[id], column < cells.count, cells[column] != .text("") else {
        continue
      }
      cells[column] = .withheld
    }
    return .cells(cells)
  }

  private func words(_ fault: QuarantinedRow.Fault, ofRecord record: String) -> String {
    let isHidden = results.sensitivity.hides(fault.field, ofRecord: record)
    // The cell that it names is one of the file as delivered.
    let said = file.sheet != nil || file.sharesLines ? fault.message.withoutPlace : fault.message
    let message = isHidden ? Phrases.withheldText : said
    let cure = isHidden ? Phrases.withheldCure : fault.cure
    return Bilingual(zh: "\(message.zh)。\(cure.zh)", en: "\(message.en): \(cure.en)")
      .text(in: language)
  }
}

/// What a heading needs, in characters of a sheet's standard font.
func headingWidth(_ title: String) -> Double {
  title.unicodeScalars.reduce(2.0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
}
