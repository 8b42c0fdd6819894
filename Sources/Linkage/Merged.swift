import RulePacks
import Tables

/// Conflicts between record kinds that state the same fact: what is believed and what is lost.
func findings(
  ofMerged slots: [Int], fact: Fact, subject: Int, facts: [FactColumn], ids: TextColumn,
  _ rows: Rows
) -> [Finding] {
  let stated = slots.compactMap { Source(facts[$0], rows) }
  var findings: [Finding] = []
  var unwritten = 0
  for later in stated.indices {
    for earlier in stated[..<later] where earlier.isCompared && stated[later].isCompared {
      for row in differing(earlier, stated[later]) {
        // Only the believed statement is compared with the others.
        let believed = stated.first { $0.states(row) }
        guard believed?.record == earlier.record else { continue }
        guard findings.count < findingLimit else {
          unwritten += 1
          continue
        }
        findings.append(conflict(earlier, stated[later], row, fact, ids[row], rows))
      }
    }
  }
  findings.sort { ($0.subject ?? "") < ($1.subject ?? "") }
  if unwritten > 0 { findings.append(more("conflict", unwritten, of: fact.label)) }
  return findings
}

/// One record kind's statement of a fact.
private struct Source {
  let record: Int
  let field: Int
  let column: Column
  let rows: [Int32]
  let isCompared: Bool
  let isName: Bool

  init?(_ fact: FactColumn, _ all: Rows) {
    guard case .chosen(let record, let field, let rows) = fact else { return nil }
    self.record = record
    self.field = field
    self.rows = rows
    column = all.tables[record].columns[field]
    isCompared = all.pack.records[record].fields[field].isCompared
    isName = all.pack.records[record].fields[field].type == .name
  }

  func states(_ subject: Int) -> Bool {
    rows[subject] >= 0 && column.presence.isStated(Int(rows[subject]))
  }

  func statement(_ subject: Int) -> Statement {
    Statement(record: record, field: field, row: Int(rows[subject]))
  }
}

/// Subjects for which both state something and it is not the same.
private func differing(_ a: Source, _ b: Source) -> [Int] {
  var suspects: [Int] = []
  let (aStates, bStates) = (a.column.presence, b.column.presence)
  switch (a.column, b.column) {
  case (.number(let left), .number(let right)), (.decimal(let left), .decimal(let right)):
    collect(left.values, a.rows, aStates, right.values, b.rows, bStates, into: &suspects)
  case (.day(let left), .day(let right)):
    collect(left.values, a.rows, aStates, right.values, b.rows, bStates, into: &suspects)
  case (.flag(let left), .flag(let right)):
    collect(left.values, a.rows, aStates, right.values, b.rows, bStates, into: &suspects)
  case (.code(let left), .code(let right)) where left.names == right.names:
    collect(
      left.cells.values, a.rows, aStates, right.cells.values, b.rows, bStates, into: &suspects)
  case (.text(let left), .text(let right)):
    collect(left, a.rows, right, b.rows, into: &suspects)
  case (.number, _), (.decimal, _), (.day, _), (.flag, _), (.code, _), (.text, _):
    suspects = a.rows.indices.filter { a.states($0) && b.states($0) }
  }
  return suspects.filter {
    !agree(
      a.column, Int(a.rows[$0]), b.column, Int(b.rows[$0]), asNames: a.isName || b.isName)
  }
}

private func collect<Element: Equatable>(
  _ a: [Element], _ aRows: [Int32], _ aStates: Presence, _ b: [Element], _ bRows: [Int32],
  _ bStates: Presence, into suspects: inout [Int]
) {
  for subject in aRows.indices where aRows[subject] >= 0 && bRows[subject] >= 0 {
    let (left, right) = (Int(aRows[subject]), Int(bRows[subject]))
    if a[left] != b[right], aStates.isStated(left), bStates.isStated(right) {
      suspects.append(subject)
    }
  }
}

private func collect(
  _ a: TextColumn, _ aRows: [Int32], _ b: TextColumn, _ bRows: [Int32],
  into suspects: inout [Int]
) {
  let (aBytes, bBytes) = (a.bytes.span, b.bytes.span)
  for subject in aRows.indices where aRows[subject] >= 0 && bRows[subject] >= 0 {
    let (left, right) = (Int(aRows[subject]), Int(bRows[subject]))
    guard a.presence.isStated(left), b.presence.isStated(right) else { continue }
    if !sameBytes(aBytes, a.range(left), bBytes, b.range(right)) { suspects.append(subject) }
  }
}

private func conflict(
  _ believed: Source, _ lost: Source, _ row: Int, _ fact: Fact, _ id: String, _ rows: Rows
) -> Finding {
  let (used, left) = (believed.statement(row), lost.statement(row))
  let (usedText, leftText) = (used.shown(in: rows), left.shown(in: rows))
  let places = (rows.name(of: used.place(in: rows)), rows.name(of: left.place(in: rows)))
  let titles = (rows.pack.records[believed.record].title, rows.pack.records[lost.record].title)
  return Finding(
    .warning, "conflict", subject: id, place: left.place(in: rows), field: fact.id,
    message: Bilingual(
      zh: "\(fact.label)：\(titles.0)为\(usedText.zh)（\(places.0)），\(titles.1)为\(leftText.zh)"
        + "（\(places.1)）；采用前者。",
      en: "\(fact.label): \(titles.0) states \(usedText.en) (\(places.0)), \(titles.1) states "
        + "\(leftText.en) (\(places.1)); the former is used."),
    cure: Bilingual(
      zh: "请两家报送单位核对，错的一方更正后重新报送。",
      en: "Have both offices check; the one in error sends the row again or a correction."))
}
