import Labels
import Tables

/// `forms.csv`: how the members of the overview's populations are organised: by form how many units,
/// organisations and people.
func formsTable(_ results: RunResult) -> ReportTable {
  let lines = results.forms
  func count(
    _ id: String, _ label: Bilingual, _ count: @escaping @Sendable (FormLine) -> Int?
  ) -> ReportColumn {
    ReportColumn(id: id, label: label, values: .count { count(lines[$0]) })
  }
  let notStated = Phrases.notStated.text(in: results.language)
  return ReportTable(
    path: "forms.csv", title: ReportLabel.forms,
    columns: [
      ReportColumn(
        id: "form", label: ColumnLabel.form, values: .text { lines[$0].code }, readers: .machines),
      ReportColumn(
        id: "form_title", label: ColumnLabel.form,
        values: .text { lines[$0].code.isEmpty ? notStated : lines[$0].title }, width: 20),
      count("units", ColumnLabel.number) { $0.units },
      count("organizations", ColumnLabel.organizations) { $0.organizations?.number },
      count("organizations_unknown", ColumnLabel.organizationsUnknown) {
        $0.organizations?.unknown
      },
      count("members", ColumnLabel.members) { $0.members?.number },
      count("members_unknown", ColumnLabel.membersUnknown) { $0.members?.unknown },
    ], count: lines.count)
}
