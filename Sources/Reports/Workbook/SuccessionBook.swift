import Labels
import RulePacks
import Tables

/// `successions.xlsx`: of one kind of subjects those that may be others, or the same, as in the run
/// before, with columns in which a person says which.
///
/// These columns are headed as the pack calls the fields of its `successions` records, so that the
/// filled workbook, put into the delivery, is read by the pack's own source profile.
struct SuccessionBook: Sendable {
  let path: String
  private let results: RunResult
  private let table: ReportTable
  private let kind: Int
  /// Rows of `successions.csv`.
  private let rows: [Int32]

  /// A workbook a kind of which something is to be confirmed and for which the pack has records.
  static func all(of results: RunResult) -> [SuccessionBook] {
    let kinds = results.pack.subjects.indices.filter { kind in
      results.successions.contains { $0.kind == kind && $0.state == .open }
        && CaseForm(results.pack, .successions, of: kind) != nil
    }
    return kinds.map { kind in
      SuccessionBook(
        results, kind,
        kinds.count == 1
          ? "successions.xlsx"
          : "successions-\(fileName(results.pack.subjects[kind].id)).xlsx")
    }
  }

  private init(_ results: RunResult, _ kind: Int, _ path: String) {
    self.results = results
    self.kind = kind
    self.path = path
    table = successionsTable(results)
    rows = results.successions.indices.filter {
      results.successions[$0].kind == kind && results.successions[$0].state == .open
    }.map { Int32($0) }
  }

  /// The open ones, as far as a sheet has room.
  func sheet() -> WorkbookSheet {
    let language = results.language
    let shown = Array(rows.prefix(Workbook.mostRows))
    var taken: Set<String> = []
    var sheet = table.sheet(
      in: language, named: sheetName(SuccessionLabel.title.text(in: language), taken: &taken),
      most: .max, first: shown)
    sheet.title = SuccessionLabel.title.text(in: language)
    guard let form = CaseForm(results.pack, .successions, of: kind) else { return sheet }
    let fields = form.fields([
      "earlier_id", "same_body", "confirmed_by", "confirmed_on", "confirmation_basis",
    ])
    let successions = results.successions
    return form.filledIn(
      sheet, results, columns: fields.map { column($0, form, language) }, count: shown.count,
      row: { successions[Int(shown[$0])].row },
      cells: { place in
        fields.map { field in
          field.id == "earlier_id"
            ? WorkbookSheet.Cell(successions[Int(shown[place])].earlierID, .quiet)
            : WorkbookSheet.Cell("", .open)
        }
      })
  }

  private func column(_ field: Field, _ form: CaseForm, _ language: Language)
    -> WorkbookSheet.Column
  {
    var column = form.column(field)
    guard field.id == "same_body" else { return column }
    column.choices = [results.pack.words.yes, results.pack.words.no].compactMap(\.first)
    column.note = SuccessionLabel.howToFill.text(in: language)
    return column
  }
}
