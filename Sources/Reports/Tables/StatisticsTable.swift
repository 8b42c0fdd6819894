import Labels
import RulePacks
import Tables

/// `statistics.csv`: what the pack has counted beside the rankings, each for the whole and by its
/// groups.
func statisticsTable(_ results: RunResult) -> ReportTable {
  let lines = results.statistics
  let language = results.language
  @Sendable func statistic(_ row: Int) -> Statistic {
    results.pack.statistics[lines[row].statistic]
  }
  @Sendable func isWhole(_ row: Int) -> Bool { lines[row].dimension.isEmpty }
  var columns = [ReportColumn]()
  columns += .sentence("section", ColumnLabel.section, width: 16, language: language) {
    statistic($0).section
  }
  columns.append(
    ReportColumn(
      id: "statistic", label: ColumnLabel.statistic, values: .text { statistic($0).id },
      readers: [.machines, .page]))
  columns += .sentence("title", ColumnLabel.statistic, width: 30, language: language) {
    statistic($0).title
  }
  columns += [
    ReportColumn(
      id: "dimension", label: ColumnLabel.dimension, values: .text { lines[$0].dimension },
      width: 14),
    ReportColumn(
      id: "group", label: ColumnLabel.group, values: .text { lines[$0].group },
      readers: .machines),
    ReportColumn(
      id: "group", label: ColumnLabel.group, values: .text { lines[$0].name },
      readers: [.people, .page], width: 24),
    ReportColumn(
      id: "number", label: ColumnLabel.counted,
      values: .text { lines[$0].number?.description ?? "" }, readers: .machines),
    ReportColumn(
      id: "number", label: ColumnLabel.counted,
      values: .text { lines[$0].number.map(groupedNumber) ?? "" }, readers: [.people, .page],
      width: 14, isFigures: true),
    ReportColumn(
      id: "unit", label: ColumnLabel.unit, values: .text { statistic($0).unit }, width: 10),
    ReportColumn(
      id: "unknown", label: ColumnLabel.unknown, values: .count { lines[$0].unknown }),
    ReportColumn(
      id: "subjects", label: ColumnLabel.among, values: .count { lines[$0].subjects }),
  ]
  // On the page the words stand once, beside the whole.
  let words: [(id: String, text: @Sendable (Int) -> String)] = [
    ("definition", { @Sendable in statistic($0).count.definition.zh }),
    ("definition_en", { @Sendable in statistic($0).count.definition.en }),
    ("note", { @Sendable in statistic($0).note?.zh ?? "" }),
    ("note_en", { @Sendable in statistic($0).note?.en ?? "" }),
  ]
  for (id, text) in words {
    let label = id.hasPrefix("note") ? ColumnLabel.note : ColumnLabel.definition
    columns += [
      ReportColumn(id: id, label: label, values: .text(text), readers: .machines),
      ReportColumn(
        id: id, label: label, values: .text { isWhole($0) ? text($0) : "" }, readers: .page),
    ]
  }
  columns += [
    ReportColumn(
      id: "definition", label: ColumnLabel.definition,
      values: .text { statistic($0).count.definition.text(in: language) }, readers: .people,
      width: 60),
    ReportColumn(
      id: "note", label: ColumnLabel.note,
      values: .text { statistic($0).note?.text(in: language) ?? "" }, readers: .people, width: 40),
  ]
  return ReportTable(
    path: "statistics.csv", title: ReportLabel.statistics, columns: columns, count: lines.count)
}

/// As people read it: `1,234,567.5`.
@Sendable private func groupedNumber(_ number: Exact) -> String {
  let text = number.description
  let parts = text.split(separator: ".", maxSplits: 1)
  guard let whole = parts.first.flatMap({ Int($0) }) else { return text }
  return parts.count > 1 ? "\(grouped(whole)).\(parts[1])" : grouped(whole)
}
