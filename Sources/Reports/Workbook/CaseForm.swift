import Fields
import RulePacks
import Tables

/// The rows of a record kind as a paper that is filled in and read back: its columns are headed as
/// the pack calls the fields, so that the pack's own source profile reads them.
struct CaseForm {
  let kind: RecordKind
  private let pack: RulePack
  private let subject: Int

  /// - Parameters:
  ///   - role: what the rows record.
  ///   - subject: whose rows they are.
  /// - Returns: nil where the pack keeps no such rows.
  init?(_ pack: RulePack, _ role: RecordKind.CaseRole, of subject: Int) {
    let kind = pack.records.first { $0.caseRole == role && $0.subject == .subject(subject) }
    guard let kind else { return nil }
    self.kind = kind
    self.pack = pack
    self.subject = subject
  }

  /// Under which names its columns are known, as keys: where a column that only tells is called as
  /// one of them, the reader of the filled form would not know which is meant.
  var names: Set<String> {
    Set(kind.fields.flatMap { [$0.label, $0.id] + $0.aliases }.map(matchingKey))
  }

  /// Columns by which a row finds its subject.
  func identity(of results: RunResult) -> [(
    column: WorkbookSheet.Column, text: @Sendable (Int) -> String
  )] {
    var ids: [String] = []
    for id in pack.subjects[subject].identity.joined() where !ids.contains(id) { ids.append(id) }
    return ids.compactMap { id in
      guard let field = kind.field(id), let slot = pack.subjects[subject].fact(id),
        kind.fields[field].sensitivity == .open,
        pack.subjects[subject].facts[slot].sensitivity == .open
      else { return nil }
      let (dossiers, subject) = (results.dossiers, subject)
      return (
        WorkbookSheet.Column(title: kind.fields[field].label, width: 22),
        { row in dossiers.text(subject: subject, fact: slot, row: row) ?? "" }
      )
    }
  }

  /// A sheet that tells about subjects with columns in which something is filled in behind: what it
  /// tells as far as it is not called as a field, what a row is found by, and the columns.
  ///
  /// - Parameters:
  ///   - carried: Keys of names that the sheet tells although a field is called so: it is read back.
  ///   - count: How many rows the sheet has.
  ///   - row: Of each row of the sheet that of its subject.
  ///   - cells: Of each row of the sheet those of the columns.
  func filledIn(
    _ sheet: WorkbookSheet, _ results: RunResult, columns: [WorkbookSheet.Column],
    carried: Set<String> = [], count: Int,
    row: @escaping (Int) -> Int, cells: @escaping (Int) -> [WorkbookSheet.Cell]
  ) -> WorkbookSheet {
    var sheet = sheet
    let (told, names, identity) = (sheet.rows, names, identity(of: results))
    let kept = sheet.columns.indices.filter {
      let key = matchingKey(sheet.columns[$0].title)
      return !names.contains(key) || carried.contains(key)
    }
    sheet.columns = kept.map { sheet.columns[$0] } + identity.map(\.column) + columns
    sheet.rows = WorkbookSheet.Rows(count: count) { range in
      zip(told.some(range), range).map { shown, place in
        kept.map { shown[$0] } + identity.map { WorkbookSheet.Cell($0.text(row(place)), .quiet) }
          + cells(place)
      }
    }
    return sheet
  }

  /// Fields of the kind, those that it has.
  func fields(_ ids: [String]) -> [Field] {
    ids.compactMap { id in kind.field(id).map { kind.fields[$0] } }
  }

  /// A column in which a field is filled in.
  func column(_ field: Field) -> WorkbookSheet.Column {
    var column = WorkbookSheet.Column(title: field.label, width: 16)
    column.note = field.definition
    return column
  }
}
