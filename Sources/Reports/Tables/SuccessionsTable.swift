import Labels
import RulePacks
import Tables

/// `successions.csv`: subjects that may be others, or the same, as in the run before, and what
/// persons have said of them.
func successionsTable(_ results: RunResult) -> ReportTable {
  let all = results.successions
  let dossiers = results.dossiers
  let names = results.pack.subjects.map(\.name)
  let kinds = results.pack.subjects.map { ($0.id, Bilingual(zh: $0.title, en: $0.title)) }
  let changes = Succession.Change.allCases
  let states = Succession.State.allCases
  return ReportTable(
    path: "successions.csv", title: SuccessionLabel.title,
    columns: [
      ReportColumn(
        id: "kind", label: ColumnLabel.kind, values: .word(Words(kinds)) { all[$0].kind },
        readers: .machines),
      ReportColumn(
        id: "subject", label: ColumnLabel.subject,
        values: .text { dossiers.subjects[all[$0].kind].ids[all[$0].row] }, width: 22),
      ReportColumn(
        id: "name", label: ColumnLabel.name,
        values: .text { row in
          dossiers.text(subject: all[row].kind, fact: names[all[row].kind], row: all[row].row) ?? ""
        }, width: 32),
      ReportColumn(
        id: "change", label: ColumnLabel.change,
        values: .word(Words(changes.map { ($0.rawValue, $0.label) })) {
          changes.firstIndex(of: all[$0].change)
        }, width: 22),
      ReportColumn(
        id: "earlier_subject", label: SuccessionLabel.earlierID,
        values: .text { all[$0].earlierID }, width: 22),
      ReportColumn(
        id: "earlier_name", label: SuccessionLabel.earlierName,
        values: .text { all[$0].earlierName }, width: 32),
      ReportColumn(
        id: "state", label: ColumnLabel.status,
        values: .word(Words(states.map { ($0.rawValue, $0.label) })) {
          states.firstIndex(of: all[$0].state)
        }, width: 14),
    ], count: all.count)
}
