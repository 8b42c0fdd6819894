import RulePacks
package import Rulemaking
package import Tables

extension ShownRules {
  /// The tables for a terminal of so many places.
  package func lines(in language: Language, width: Int) -> [String] {
    tables.flatMap { lines(of: $0, in: language, width: width) }
  }

  private func lines(of table: RubricTable, in language: Language, width: Int) -> [String] {
    let rubric = pack.rubrics[table.rubric]
    var lines = ["", "\(rubric.title)（\(rubric.edition)）"]
    for row in table.rows where row.kind == .setting {
      guard row[.id] != "title", row[.id] != "edition" else { continue }
      lines.append("  \(row.shown(.title, in: language))  \(row.shown(.rule, in: language))")
    }
    let parts: [([RubricRow.Kind], [RubricRow.Column])] = [
      ([.named], [.id, .rule, .source]),
      ([.gate], [.id, .title, .rule, .basis, .source, .unknown, .note]),
      (
        [.group, .indicator],
        [.id, .title, .points, .rule, .basis, .source, .unknown, .applies, .note]
      ),
      ([.deduction, .bonus], [.id, .title, .points, .rule, .basis, .source, .unknown]),
      ([.cap], [.id, .title, .rule, .basis, .source, .unknown]),
      ([.tier], [.id, .title, .points]),
    ]
    for (kinds, columns) in parts {
      let rows = table.readRows.filter { kinds.contains($0.kind) }
      guard let last = rows.last else { continue }
      let used = columns.filter { column in rows.contains { !$0[column].isEmpty } }
      let text = TextTable(
        heading: used.map { $0.title(above: last.kind).text(in: language) },
        rows: rows.map { row in used.map { row.shown($0, in: language) } },
        numbers: Set(used.indices.filter { used[$0] == .points }))
      lines += ["", "〔\(last.kind.title.text(in: language))〕"] + text.lines(width: width)
    }
    return lines
  }
}
