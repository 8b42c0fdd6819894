import Fields
import FoundationEssentials
public import RulePacks
import Tables

/// How many rows a table may have for its sheet of `rankings.xlsx` to hold all of them by default,
/// and how many of a longer table it holds.
///
/// So the workbook of a city of any size costs about the same: libxlsxwriter takes more than a
/// microsecond a cell, on one core, and a million rows a sheet would keep the whole run waiting.
let mostSheetRows = 20_000
let rowsOfLongerTable = 500

/// The workbook of a run in its folder, with as many rows as `run.yaml` asks for.
func writeRunWorkbook(_ results: RunResult, _ gaps: [ShownGaps], to folder: String)
  throws(ReportFailure) -> WrittenFile
{
  let name = "rankings.xlsx"
  let path = "\(folder)/\(name)"
  try writeRunWorkbook(results, gaps, rows: results.run.workbookRows, to: path)
  return try written(name, at: path)
}

/// Writes a workbook of a few sheets into the run's folder.
///
/// - Parameters:
///   - paper: which paper it is.
///   - asOf: what the file gives as its date, so that the clock is not in it; it also says so of
///     itself, by which a paper of an earlier run is known.
///   - name: its path within the folder.
func writeSheets(
  _ sheets: [WorkbookSheet], _ paper: OwnPaper, asOf: PartialDate, _ name: String, to folder: String
) throws(ReportFailure) -> WrittenFile {
  let path = "\(folder)/\(name)"
  var book = try Workbook(path, paper, created: Int(asOf.firstDay) * 86_400, inRows: true)
  try book.setProperty(OwnPaper.asOfProperty, asOf.description)
  for sheet in sheets { try book.add(sheet) }
  try book.close()
  return try written(name, at: path)
}

/// Writes what officials look at first as a workbook that prints.
///
/// A sheet that does not hold every row says so in its first line and names the CSV file that
/// does. Where a sheet has more rows than Excel takes, it goes on in `NAME (2)`.
///
/// - Parameters:
///   - results: all that the run found out.
///   - rows: how many of each ranking, list and table.
///   - path: the file, which is replaced if it is there.
public func writeRunWorkbook(
  _ results: RunResult, rows: RunPlan.WorkbookRows, to path: String
) throws(ReportFailure) {
  let gaps = results.scorecards.indices.map {
    ShownGaps(results.scorecards[$0], subject: results.rubric(of: $0).subject, pack: results.pack)
  }
  try writeRunWorkbook(results, gaps, rows: rows, to: path)
}

/// - Parameter mostInSheet: rows that a sheet takes.
func writeRunWorkbook(
  _ results: RunResult, _ gaps: [ShownGaps], rows: RunPlan.WorkbookRows, to path: String,
  mostInSheet: Int = Workbook.mostRows
) throws(ReportFailure) {
  var names: Set<String> = []
  var book = try Workbook(
    path, .run, created: Int(results.run.asOf.firstDay) * 86_400, inRows: true)
  let sheets =
    [overviewSheet(results, &names)] + tableSheets(results, gaps, rows, &names)
  for sheet in sheets {
    for part in sheet.parts(most: mostInSheet, language: results.language, taken: &names) {
      try book.add(part)
    }
  }
  try book.close()
}

/// A sheet for each table that people look through.
///
/// - Parameter rows: how many rows a sheet holds.
func tableSheets(
  _ results: RunResult, _ gaps: [ShownGaps], _ rows: RunPlan.WorkbookRows,
  _ names: inout Set<String>
) -> [WorkbookSheet] {
  let language = results.language
  func sheet(
    _ table: ReportTable, named name: String? = nil, first: [Int32]? = nil, printed: Int? = nil
  ) -> WorkbookSheet {
    table.sheet(
      in: language,
      named: sheetName(name ?? table.title.text(in: language), taken: &names),
      most: rows.bound(of: table.count),
      first: first, printed: printed)
  }
  var sheets = results.scorecards.indices.map { index in
    let table = rankingTable(results, index)
    // Reasons and the points of the parts are for the screen.
    let printed = table.columns(for: .people).firstIndex { $0.id == "reasons" }
    return sheet(table, named: results.rubric(of: index).title, printed: printed)
  }
  for screening in results.screenings {
    let rubric = results.run.honours[screening.honour].rubric
    guard results.scorecards.contains(where: { $0.rubric == rubric }) else { continue }
    let table = screeningTable(results, screening, gaps)
    // What was recorded at length is for the screen; the progress tells that there is something.
    let printed = table.columns(for: .people).firstIndex { $0.id == "objections" }
    sheets.append(
      sheet(
        table,
        named: Bilingual(zh: "名单 ", en: "List ").text(in: language)
          + table.title.text(in: language),
        first: firstLines(of: screening, most: rows.bound(of: table.count)), printed: printed))
  }
  for table in [overviewTable(results), formsTable(results)] where table.count > 0 {
    sheets.append(sheet(table))
  }
  sheets.append(sheet(coverageTable(results)))
  let more = [
    formationSummary(results), formationTable(results), statisticsTable(results),
    publishedTable(results), ratingCounts(results), differingRatings(results),
  ]
  for table in more where table.count > 0 {
    sheets.append(sheet(table))
  }
  sheets.append(sheet(findingsTable(results)))
  return sheets
}

extension RunPlan.WorkbookRows {
  /// How many rows the sheet of a table of so many holds at most.
  fileprivate func bound(of count: Int) -> Int {
    switch self {
    case .usual: count > mostSheetRows ? rowsOfLongerTable : mostSheetRows
    case .atMost(let rows): rows
    case .all: Int.max
    }
  }
}

/// Size and digest of a file, which is not read into memory.
private func written(_ name: String, at path: String) throws(ReportFailure) -> WrittenFile {
  guard let data = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) else {
    throw .system(path)
  }
  var digest = Digest()
  unsafe data.withUnsafeBytes { digest.update(unsafe $0.bindMemory(to: UInt8.self).span) }
  return WrittenFile(path: name, bytes: data.count, sha256: digest.finish())
}

/// The first line of a sheet; says where the rest is, if there is one.
func heading(_ title: String, shown: Int, of all: Int, file: String, in language: Language)
  -> String
{
  guard shown < all else { return title }
  let rest = Bilingual(
    zh: "（前 \(grouped(shown)) 行，共 \(grouped(all)) 行，全部见 \(file)）",
    en: " (the first \(grouped(shown)) of \(grouped(all)) rows; all are in \(file))")
  return title + rest.text(in: language)
}

func column(
  _ zh: String, _ en: String, _ width: Double, _ language: Language,
  _ figures: WorkbookSheet.Figures = .plain, marks: [String] = []
) -> WorkbookSheet.Column {
  WorkbookSheet.Column(
    title: Bilingual(zh: zh, en: en).text(in: language), width: width, figures: figures,
    marks: marks)
}

extension WorkbookSheet.Cell {
  /// Empty where there is no rank.
  init(rank: Int) {
    if rank > 0 { self.init(number: Double(rank)) } else { self.init("") }
  }

  /// Thousandths of a point, or of a whole.
  init(points thousandths: Int) { self.init(number: Double(thousandths) / 1000) }
}
