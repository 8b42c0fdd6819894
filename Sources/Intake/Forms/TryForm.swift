import Fields
public import RulePacks
public import Tables

/// How a form would be read if it came back with nothing but its example.
public struct TriedForm: Sendable, Equatable {
  /// Index of the source profile that it is recognised by; nil where none is.
  public var profile: Int?
  /// By column of the form, the field that is read from it, or −1.
  public var fields: [Int] = []
  /// Fields of which the example is not taken without a word.
  public var refused: Set<Int> = []
}

/// Reads headings and example of a form as a sheet of a delivery is read, before anybody gets it:
/// what intake would not take is never handed out as an example.
///
/// - Parameter asOf: the day by which the example is looked at.
public func tryForm(_ form: RecordForm, pack: RulePack, asOf: PartialDate) -> TriedForm {
  // As on the form, a title stands above.
  let headings =
    [[pack.records[form.record].title]]
    + (0..<form.headingLines).map { line in form.columns.map { $0.headings[line] } }
  let guess = EncodingGuess(encoding: .utf8, evidence: "xlsx")
  guard let layout = recogniseSheet(headings, guess, HeaderVocabulary(pack), pack).layout else {
    return TriedForm()
  }
  var tried = TriedForm(profile: layout.profile)
  // Numbers of persons are in no example, so any key does.
  var reader = RowReader(layout.plan, file: 0, asOf: asOf, digestKey: [0])
  reader.isSheet = true
  var reading = CSVReading(layout, pack, reader: reader)
  tried.fields = form.columns.indices.map { column in
    column < reading.columns.readers.count ? reading.columns.readers[column] : -1
  }
  let cells = form.columns.enumerated().filter { !$1.advice.example.isEmpty }.map { column, cell in
    SheetCell(column: column, content: .text(cell.advice.example), isFormula: false)
  }
  reading.read(SheetRow(number: headings.count + 1, isHidden: false, cells: cells))
  reading.finish()
  let kind = pack.records[form.record]
  let named =
    reading.reader.quarantine.flatMap { $0.faults.map(\.field) }
    + reading.reader.findings.compactMap(\.field)
  tried.refused = Set(named.compactMap { kind.field($0) })
  return tried
}
