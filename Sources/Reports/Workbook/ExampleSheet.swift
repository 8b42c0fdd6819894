import Labels
import RulePacks
import Tables

/// A rubric's examples as a sheet that can be edited and read back; what an example expects and the
/// rules do not give is coloured, with what they give beside it.
func exampleSheet(
  _ table: ExampleTable, named name: String, pack: RulePack, language: Language
) -> WorkbookSheet {
  let rubric = pack.rubrics[table.rubric]
  let word = Bilingual(zh: "例子：", en: "Examples: ").text(in: language)
  let columns = table.columns.map { column in
    var shown = WorkbookSheet.Column(
      title: pack.title(of: column, rubric: table.rubric).text(in: language),
      width: width(of: column))
    shown.choices = choices(for: column, rubric, language)
    return shown
  }
  let rows = table.rows.map { row in
    table.columns.map { column -> WorkbookSheet.Cell in
      let text = pack.shown(row[column], in: column, rubric: table.rubric, language)
      if column == .proposal { return WorkbookSheet.Cell(text, text.isEmpty ? .plain : .faulty) }
      if column == .accept {
        return WorkbookSheet.Cell(text, row[.proposal].isEmpty ? .plain : .open)
      }
      let style: WorkbookSheet.Style = column == .number ? .quiet : .plain
      if let number = Double(text), text.utf8.count < 12, isNumber(column) {
        return WorkbookSheet.Cell(number: number, style)
      }
      return WorkbookSheet.Cell(text, style)
    }
  }
  return WorkbookSheet(
    name: name, title: "\(word)\(rubric.title)　\(rubric.edition)（\(rubric.id)）", columns: columns,
    rows: WorkbookSheet.Rows(rows))
}

/// Whether a number in the column may stand as one; ids and codes keep their zeros.
private func isNumber(_ column: ExampleTable.Column) -> Bool {
  switch column {
  case .number, .score, .points: true
  case .note, .tier, .status, .given, .proposal, .accept: false
  }
}

private func width(of column: ExampleTable.Column) -> Double {
  switch column {
  case .number: 7
  case .note: 30
  case .score, .tier: 9
  case .status: 14
  case .points: 10
  case .given: 16
  case .proposal: 34
  case .accept: 10
  }
}

private func choices(
  for column: ExampleTable.Column, _ rubric: Rubric, _ language: Language
) -> [String] {
  switch column {
  case .status: Status.allCases.map { $0.label.text(in: language) }
  case .tier: rubric.tiers.map(\.id)
  case .accept: Acceptance.allCases.map { $0.label.text(in: language) }
  case .number, .note, .score, .points, .given, .proposal: []
  }
}
