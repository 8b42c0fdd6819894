public import RulePacks
public import Tables

/// Writes rubrics as a workbook that officials can read, print and edit: a sheet a rubric.
///
/// - Parameters:
///   - tables: one a sheet.
///   - examples: a sheet each, behind the rubrics.
///   - pack: the one that the tables are of.
///   - language: of headings; what the pack says stays as it is.
///   - path: the file, which is replaced if it is there.
public func writeWorkbook(
  of tables: [RubricTable], examples: [ExampleTable] = [], pack: RulePack, language: Language,
  to path: String
) throws(ReportFailure) {
  let date = pack.about.validFrom.map { Int($0.firstDay) } ?? 0
  var names: Set<String> = []
  var book = try Workbook(path, .rubrics, created: date * 86_400)
  for table in tables {
    let rubric = pack.rubrics[table.rubric]
    let name = sheetName(rubric.title, taken: &names)
    try book.add(
      WorkbookSheet(
        name: name, title: "\(rubric.title)　\(rubric.edition)",
        columns: RubricRow.Column.allCases.map { $0.column(in: language) },
        rows: WorkbookSheet.Rows(table.rows.map { cells(of: $0, in: language) })))
  }
  for table in examples {
    let word = Bilingual(zh: "例子 ", en: "Examples ").text(in: language)
    let name = sheetName(word + pack.rubrics[table.rubric].title, taken: &names)
    try book.add(exampleSheet(table, named: name, pack: pack, language: language))
  }
  try book.close()
}

private func cells(of row: RubricRow, in language: Language) -> [WorkbookSheet.Cell] {
  RubricRow.Column.allCases.map { column in
    let text = row.shown(column, in: language)
    let style: WorkbookSheet.Style =
      row.kind == .group ? .strong : column == .source || column == .kind ? .quiet : .plain
    if column == .points, let number = Double(text) {
      return WorkbookSheet.Cell(number: number, style)
    }
    return WorkbookSheet.Cell(text, style)
  }
}

extension RubricRow.Column {
  fileprivate func column(in language: Language) -> WorkbookSheet.Column {
    let width: Double =
      switch self {
      case .kind: 9
      case .group: 16
      case .id: 12
      case .title: 28
      case .points: 7
      case .rule: 44
      case .basis: 28
      case .source: 30
      case .unknown: 10
      case .applies: 16
      case .note: 30
      case .contact: 16
      }
    let choices =
      switch self {
      case .kind: RubricRow.Kind.allCases.map { $0.title.text(in: language) }
      case .unknown: Rubric.Unknown.allCases.map { $0.title.text(in: language) }
      case .group, .id, .title, .points, .rule, .basis, .source, .applies, .note, .contact:
        [String]()
      }
    return WorkbookSheet.Column(
      title: title.text(in: language), width: width, choices: choices)
  }
}
