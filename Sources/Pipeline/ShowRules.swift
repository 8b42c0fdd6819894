import Foundation
import Reports
import RulePacks
import Scoring
public import Tables

/// The rubrics of a pack as tables: of all, or of one.
public struct ShownRules: Sendable {
  let pack: RulePack
  let tables: [RubricTable]

  /// The tables for a terminal of so many places.
  public func lines(in language: Language, width: Int) -> [String] {
    tables.flatMap { lines(of: $0, in: language, width: width) }
  }

  /// Writes one page for a browser and for printing.
  public func writePage(to path: String, in language: Language) throws(RunFailure) {
    let bytes = rubricPage(tables, pack: pack, language: language)
    try write(Data(bytes), to: path)
  }

  /// Writes a workbook that can be edited and given to `heng rules revise`.
  public func writeWorkbook(to path: String, in language: Language) throws(RunFailure) {
    try replaceFile(path) { (unfinished) throws(ReportFailure) in
      try Reports.writeWorkbook(of: tables, pack: pack, language: language, to: unfinished)
    }
  }

  // MARK: - Terminal

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

/// Loads a pack and lays its rubrics out as tables.
///
/// - Parameters:
///   - folder: The pack's.
///   - rubric: One only; nil is all.
///   - expressions: Whether rules stand as they are in the pack, to be edited, and not as sentences.
public func showRules(at folder: String, rubric: String?, expressions: Bool = false)
  throws(RunFailure) -> ShownRules
{
  let pack = try loadedPack(at: folder)
  let tables = try rubrics(named: rubric, in: pack).map { pack.table(ofRubric: $0) }
  return ShownRules(pack: pack, tables: expressions ? tables : tables.map { pack.told($0) })
}
