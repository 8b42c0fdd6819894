import RulePacks
import Tables

/// Keeps less believed sources from speaking for one that delivered a code which could not be read:
/// the fact is not known then.
///
/// A code that no table has may mean anything, also what nobody else has heard of yet. A number
/// that could not be read is not stated, so that another source may state it; and facts that
/// subjects are found by are left as they are.
///
/// - Parameter findings: What intake says of single cells.
/// - Returns: What is not used, a finding a subject and fact.
func blockUnread(_ dossiers: inout Dossiers, _ findings: [Finding], _ rows: Rows) -> [Finding] {
  let cells = UnreadCells(findings, rows)
  guard !cells.isEmpty else { return [] }
  var all: [Finding] = []
  for (subject, kind) in rows.pack.subjects.enumerated() {
    let identity = Set(kind.identity.joined())
    for (slot, fact) in kind.facts.enumerated() {
      guard case .merged(let slots) = fact.origin, fact.codes != nil, !identity.contains(fact.id)
      else { continue }
      let unread = unread(slots, of: subject, in: dossiers, cells)
      guard !unread.isEmpty else { continue }
      dossiers.subjects[subject].facts[slot] = .firstStated(slots, unread: UnreadSources(unread))
      for (row, place) in unread.sorted(by: { $0.key < $1.key }) {
        let behind = slots[(place + 1)...].first {
          dossiers.isStated(subject: subject, fact: $0, row: Int(row))
        }
        guard let behind, let blocking = dossiers.statement(slots[place], of: subject, Int(row)),
          let other = dossiers.statement(behind, of: subject, Int(row)), all.count < findingLimit
        else { continue }
        all.append(
          notUsed(blocking, other, fact, dossiers.subjects[subject].ids[Int(row)], rows))
      }
    }
  }
  return all
}

/// By the subject's row, the place of the first source that says something, where that cannot be
/// read.
private func unread(
  _ slots: [Int], of subject: Int, in dossiers: Dossiers, _ cells: UnreadCells
) -> [Int32: Int] {
  var unread: [Int32: Int] = [:]
  for (place, slot) in slots.enumerated() {
    guard case .chosen(let record, let field, let chosen) = dossiers.subjects[subject].facts[slot],
      let found = cells.rows(record, field)
    else { continue }
    for row in chosen.indices where chosen[row] >= 0 && found.contains(chosen[row]) {
      let isStated = slots[..<place].contains {
        dossiers.isStated(subject: subject, fact: $0, row: row)
      }
      if !isStated, unread[Int32(row)] == nil { unread[Int32(row)] = place }
    }
  }
  return unread
}

/// Cells of accepted rows in which something was delivered that could not be read.
private struct UnreadCells {
  private var found: [Cell: Set<Int32>] = [:]

  private struct Cell: Hashable {
    var record: Int
    var field: Int
  }

  init(_ findings: [Finding], _ rows: Rows) {
    for finding in findings {
      // An element that occurs again is another thing than one that cannot be read.
      guard let place = finding.place, place.record > 0, let id = finding.field,
        finding.rule != "repeated-element"
      else { continue }
      for (record, kind) in rows.pack.records.enumerated() {
        guard let field = kind.fields.firstIndex(where: { $0.id == id }),
          let row = row(at: place, in: rows.tables[record]),
          !rows.tables[record].columns[field].presence.isStated(row)
        else { continue }
        found[Cell(record: record, field: field), default: []].insert(Int32(row))
      }
    }
  }

  var isEmpty: Bool { found.isEmpty }

  func rows(_ record: Int, _ field: Int) -> Set<Int32>? {
    found[Cell(record: record, field: field)]
  }
}

extension Dossiers {
  fileprivate func statement(_ slot: Int, of subject: Int, _ row: Int) -> Statement? {
    guard case .chosen(let record, let field, let rows) = subjects[subject].facts[slot],
      rows[row] >= 0
    else { return nil }
    return Statement(record: record, field: field, row: Int(rows[row]))
  }
}

private func notUsed(
  _ unread: Statement, _ other: Statement, _ fact: Fact, _ id: String, _ rows: Rows
) -> Finding {
  let places = (rows.name(of: unread.place(in: rows)), rows.name(of: other.place(in: rows)))
  let titles = (rows.pack.records[unread.record].title, rows.pack.records[other.record].title)
  let left = other.shown(in: rows)
  return Finding(
    .warning, "unread-source", subject: id, place: unread.place(in: rows), field: fact.id,
    message: Bilingual(
      zh: "\(fact.label)：\(titles.0)的内容不能识别（\(places.0)），\(titles.1)为\(left.zh)（\(places.1)）；"
        + "不用后者代替，按未知处理。",
      en:
        "\(fact.label): what \(titles.0) delivered cannot be read (\(places.0)), \(titles.1) states "
        + "\(left.en) (\(places.1)); the latter is not used instead, and the fact is not known."),
    cure: Bilingual(
      zh: "请报送单位更正后重新报送，或者将属实的代码补入代码表。",
      en: "Have the office send the row again, or add the code to its table if it is right."))
}
