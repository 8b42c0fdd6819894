import Labels
public import RulePacks
public import Tables

/// Writes a form that an office fills in and puts into a delivery: a sheet with the headings, an
/// example and blank lines, and one that explains every column.
///
/// - Parameters:
///   - form: of `pack`.
///   - language: of what explains it; headings and words to choose from are the pack's.
///   - path: the file, which is replaced if it is there.
public func writeForm(
  _ form: RecordForm, pack: RulePack, language: Language, to path: String
) throws(ReportFailure) {
  let sheets = FormSheets(form: form, pack: pack, language: language)
  let date = pack.about.validFrom.map { Int($0.firstDay) } ?? 0
  var book = try Workbook(path, .form, created: date * 86_400)
  for property in pack.properties(of: form) {
    try book.setProperty(property.name.rawValue, property.text)
  }
  for sheet in sheets.all { try book.add(sheet) }
  try book.close()
}

/// The sheets of a form.
struct FormSheets {
  let form: RecordForm
  let pack: RulePack
  let language: Language

  private var kind: RecordKind { pack.records[form.record] }

  /// Lines that are drawn to be filled in, and how many have choices and warnings in all.
  private static let blankLines = 40
  private static let linesToFill = 5_000

  var all: [WorkbookSheet] {
    var names: Set<String> = []
    // Its own name first: a record kind that is called so gets another.
    let guide = sheetName(FormLabel.guide.text(in: language), taken: &names)
    let rows = sheetName(kind.title, taken: &names)
    return [toFillIn(rows), explaining(guide)]
  }

  // MARK: - To fill in

  private func toFillIn(_ name: String) -> WorkbookSheet {
    let office = pack.about.offices.first { $0.id == kind.office }?.title ?? ""
    let lower = form.columns.map { $0.headings.dropFirst().first ?? "" }
    var rows: [[WorkbookSheet.Cell]] = []
    if form.headingLines > 1 {
      rows.append(([""] + lower).map { WorkbookSheet.Cell($0, .strong) })
    }
    rows.append([WorkbookSheet.Cell(FormLabel.example.text(in: language), .quiet)] + examples)
    let blank = (0...form.columns.count).map { WorkbookSheet.Cell("", $0 == 0 ? .quiet : .open) }
    rows += Array(repeating: blank, count: FormSheets.blankLines)
    var mark = WorkbookSheet.Column(title: FormLabel.mark.text(in: language), width: 18)
    mark.note = FormLabel.rules[1].text(in: language)
    var sheet = WorkbookSheet(
      name: name, title: FormLabel.title(kind.title, office: office).text(in: language),
      columns: [mark] + form.columns.map { column($0) }, rows: WorkbookSheet.Rows(rows))
    sheet.headingRows = form.headingLines - 1
    sheet.linesToFill = FormSheets.linesToFill
    return sheet
  }

  private var examples: [WorkbookSheet.Cell] {
    form.columns.map { column in
      let example = column.advice.example
      switch column.advice.entry {
      case .whole, .number:
        if let number = Double(example) { return WorkbookSheet.Cell(number: number, .quiet) }
      case .text, .length, .date: break
      }
      return WorkbookSheet.Cell(example, .quiet)
    }
  }

  private func column(_ column: RecordForm.Column) -> WorkbookSheet.Column {
    let title = column.headings.first ?? ""
    let widest = (column.headings + [column.advice.example]).map(headingWidth).max() ?? 0
    var made = WorkbookSheet.Column(title: title, width: min(max(widest, 12), 26))
    made.choices = column.advice.choices
    made.note = lines(of: column).map { "\($0.label)：\($0.text)" }.joined(separator: "\n")
    made.entry = WorkbookSheet.Entry(
      kind: column.advice.entry, warning: warning(column.advice))
    return made
  }

  private func warning(_ advice: FieldAdvice) -> String {
    [advice.format, advice.range].compactMap { $0?.text(in: language) }
      .joined(separator: language == .zh ? "；" : "; ")
  }

  // MARK: - To explain

  /// What there is to say of a column, each under its own word.
  private func lines(of column: RecordForm.Column) -> [(label: String, text: String)] {
    let advice = column.advice
    let choices = advice.choices.prefix(FormSheets.mostChoices)
      .joined(separator: language == .zh ? "；" : "; ")
    let more =
      advice.choices.count > FormSheets.mostChoices
      ? Bilingual(
        zh: "；……共 \(advice.choices.count) 项，见下拉表",
        en: " … \(advice.choices.count) in all, see the list"
      ).text(in: language) : ""
    let all: [(label: Bilingual, text: String?)] = [
      (FormLabel.meaning, advice.meaning), (FormLabel.format, advice.format.text(in: language)),
      (FormLabel.need, advice.need.text(in: language)),
      (FormLabel.range, advice.range?.text(in: language)), (FormLabel.choices, choices + more),
      (FormLabel.fault, advice.fault?.text(in: language)), (FormLabel.sample, advice.example),
    ]
    return all.compactMap { label, text in
      guard let text, !text.isEmpty else { return nil }
      return (label.text(in: language), text)
    }
  }

  /// More words than these nobody reads in a row.
  private static let mostChoices = 40

  private func explaining(_ name: String) -> WorkbookSheet {
    let labels = [
      FormLabel.meaning, FormLabel.format, FormLabel.need, FormLabel.range, FormLabel.choices,
      FormLabel.fault, FormLabel.sample,
    ].map { $0.text(in: language) }
    let widths: [Double] = [30, 30, 26, 18, 40, 24, 22]
    let columns =
      [
        WorkbookSheet.Column(title: FormLabel.column.text(in: language), width: 7),
        WorkbookSheet.Column(title: FormLabel.heading.text(in: language), width: 24),
      ] + zip(labels, widths).map { WorkbookSheet.Column(title: $0, width: $1) }
    var rows = form.columns.enumerated().map { index, column in
      let told = Dictionary(
        lines(of: column).map { ($0.label, $0.text) }, uniquingKeysWith: { first, _ in first })
      let heading = column.headings.filter { !$0.isEmpty }.joined(separator: "·")
      return [WorkbookSheet.Cell(columnLetters(index + 1), .quiet), WorkbookSheet.Cell(heading)]
        + labels.map { WorkbookSheet.Cell(told[$0] ?? "") }
    }
    rows += FormLabel.rules.map { rule in
      [WorkbookSheet.Cell(""), WorkbookSheet.Cell("", .quiet)]
        + [WorkbookSheet.Cell(rule.text(in: language), .quiet)]
    }
    let about = pack.about
    let edition = "\(about.title.isEmpty ? about.id : about.title) \(about.edition)"
    return WorkbookSheet(
      name: name,
      title: FormLabel.guideTitle(kind.title, edition: edition).text(in: language),
      columns: columns, rows: WorkbookSheet.Rows(rows))
  }
}
