import Labels
package import Tables

/// Writes what changed between two runs as a workbook: coverage, and a sheet a ranking with
/// everyone who changed.
///
/// - Parameters:
///   - day: Of the later run's date since 1970, which the file gives as its own.
package func writeWorkbook(
  _ runs: ComparedRuns, day: Int, to path: String, in language: Language
) throws(ReportFailure) {
  var book = try Workbook(path, .comparison, created: day * 86_400)
  var names: Set<String> = []
  let compared = "\(runs.before) → \(runs.after)"
  if runs.coverage.count > 0 {
    let name = sheetName(runs.coverage.title.text(in: language), taken: &names)
    try book.add(
      runs.coverage.comparedSheet(
        named: name, title: "\(runs.coverage.title.text(in: language)) \(compared)", in: language))
  }
  for ranking in runs.rankings where ranking.moves.count > 0 {
    let name = sheetName(ranking.title, taken: &names)
    try book.add(
      ranking.moves.comparedSheet(named: name, title: "\(ranking.title) \(compared)", in: language))
  }
  try book.close()
}

extension ReportTable {
  /// The columns that pages have, in one language.
  fileprivate func comparedSheet(named name: String, title: String, in language: Language)
    -> WorkbookSheet
  {
    let rows = min(count, Workbook.mostRows)
    let heads = shown([]).heads
    return WorkbookSheet(
      name: name, title: title,
      columns: heads.map { head in
        WorkbookSheet.Column(title: head.text(in: language), width: 18)
      },
      rows: WorkbookSheet.Rows(count: rows) { range in
        shown(range.map { Int32($0) }).rows.map { cells in
          cells.map { WorkbookSheet.Cell($0.text(in: language)) }
        }
      })
  }
}
