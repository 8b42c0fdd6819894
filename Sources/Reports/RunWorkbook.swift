import Fields
import FoundationEssentials
public import RulePacks
import Tables

/// How many rows of a ranking or screening list `rankings.xlsx` holds by default, and how many of
/// the other tables, which have fewer columns.
///
/// So the workbook costs the same however large the run is: libxlsxwriter takes more than a
/// microsecond a cell, on one core.
let mostRankedRows = 500
let mostTableRows = 1000

/// The workbook of a run in its folder, with as many rows as `run.yaml` asks for.
func writeRunWorkbook(_ results: Results, _ gaps: [ShownGaps], to folder: String)
  throws(ReportFailure) -> WrittenFile
{
  let name = "rankings.xlsx"
  let path = "\(folder)/\(name)"
  try writeRunWorkbook(results, gaps, rows: results.run.workbookRows, to: path)
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
  _ results: Results, rows: RunPlan.WorkbookRows, to path: String
) throws(ReportFailure) {
  let gaps = results.scorecards.indices.map {
    ShownGaps(results.scorecards[$0], subject: results.rubric(of: $0).subject, pack: results.pack)
  }
  try writeRunWorkbook(results, gaps, rows: rows, to: path)
}

/// - Parameter mostInSheet: rows that a sheet takes.
func writeRunWorkbook(
  _ results: Results, _ gaps: [ShownGaps], rows: RunPlan.WorkbookRows, to path: String,
  mostInSheet: Int = Workbook.mostRows
) throws(ReportFailure) {
  let (ranked, others) = rows.bounds
  var names: Set<String> = []
  var book = try Workbook(
    path, created: Int(results.run.asOf.firstDay) * 86_400, inRows: true)
  var sheets = [overviewSheet(results, &names)]
  for index in results.scorecards.indices {
    sheets.append(rankingSheet(results, index, most: ranked, &names))
  }
  for screening in results.screenings {
    guard let sheet = screeningSheet(results, screening, gaps, most: ranked, &names) else {
      continue
    }
    sheets.append(sheet)
  }
  sheets.append(coverageSheet(results, most: others, &names))
  if let summary = formationSummarySheet(results, most: others, &names) { sheets.append(summary) }
  if let plan = formationSheet(results, most: ranked, &names) { sheets.append(plan) }
  sheets.append(findingsSheet(results, most: others, &names))
  for sheet in sheets {
    for part in sheet.parts(most: mostInSheet, language: results.language, taken: &names) {
      try book.add(part)
    }
  }
  try book.close()
}

extension RunPlan.WorkbookRows {
  /// Of rankings and screening lists, and of the other tables.
  fileprivate var bounds: (ranked: Int, others: Int) {
    switch self {
    case .usual: (mostRankedRows, mostTableRows)
    case .atMost(let rows): (rows, rows)
    case .all: (Int.max, Int.max)
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
