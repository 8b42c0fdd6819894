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
  // Only the believed statement, the first that is made, is compared with the others.
  var undecided = Array(0..<Int32(ids.count))
  for (index, believed) in stated.enumerated() where !undecided.isEmpty {
    for lost in stated[(index + 1)...] where believed.isCompared && lost.isCompared {
      for row in differing(believed, lost, at: undecided) {
        guard findings.count < findingLimit else {
          unwritten += 1
          continue
        }
        findings.append(conflict(believed, lost, Int(row), fact, ids[Int(row)], rows))
      }
    }
    if index + 2 < stated.count { undecided = undecided.filter { !believed.states(Int($0)) } }
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
private func differing(_ a: Source, _ b: Source, at subjects: [Int32]) -> [Int32] {
  var pairs: [Pair] = []
  pairs.reserveCapacity(subjects.count)
  for subject in subjects {
    let (left, right) = (a.rows[Int(subject)], b.rows[Int(subject)])
    if left >= 0 && right >= 0 { pairs.append(Pair(subject: subject, left: left, right: right)) }
  }
  switch (a.column, b.column) {
  case (.number(let left), .number(let right)), (.decimal(let left), .decimal(let right)):
    keepUnequal(&pairs, left.values, right.values)
  case (.day(let left), .day(let right)): keepUnequal(&pairs, left.values, right.values)
  case (.flag(let left), .flag(let right)): keepUnequal(&pairs, left.values, right.values)
  case (.code(let left), .code(let right)) where left.names == right.names:
    keepUnequal(&pairs, left.cells.values, right.cells.values)
  case (.text(let left), .text(let right)): keepUnequal(&pairs, left, right)
  case (.number, _), (.decimal, _), (.day, _), (.flag, _), (.code, _), (.text, _): break
  }
  let (aStates, bStates) = (a.column.presence, b.column.presence)
  let asNames = a.isName || b.isName
  return pairs.filter {
    aStates.isStated(Int($0.left)) && bStates.isStated(Int($0.right))
      && !agree(a.column, Int($0.left), b.column, Int($0.right), asNames: asNames)
  }.map(\.subject)
}

/// A subject's rows in two record kinds.
private struct Pair {
  var subject: Int32
  var left: Int32
  var right: Int32
}

private func keepUnequal<Element: Equatable>(
  _ pairs: inout [Pair], _ left: [Element], _ right: [Element]
) {
  pairs.removeAll { left[Int($0.left)] == right[Int($0.right)] }
}

/// Bytes first: texts that differ there may still agree.
private func keepUnequal(_ pairs: inout [Pair], _ left: TextColumn, _ right: TextColumn) {
  let (leftEnds, rightEnds) = (left.ends.span, right.ends.span)
  let (leftBytes, rightBytes) = (left.bytes.span, right.bytes.span)
  var kept = 0
  for index in pairs.indices {
    let (a, b) = (Int(pairs[index].left), Int(pairs[index].right))
    let leftRange = (a == 0 ? 0 : leftEnds[a - 1])..<leftEnds[a]
    let rightRange = (b == 0 ? 0 : rightEnds[b - 1])..<rightEnds[b]
    guard !sameBytes(leftBytes, leftRange, rightBytes, rightRange) else { continue }
    pairs[kept] = pairs[index]
    kept += 1
  }
  pairs.removeLast(pairs.count - kept)
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
