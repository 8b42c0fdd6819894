import RulePacks
import Tables

/// Where the facts of one subject kind stand that come from its own records.
///
/// Derived facts and results of rubrics are filled by later stages, references and members when
/// all kinds are known.
func factColumns(of subject: Int, kept: [Kept], asOf: PartialDate, _ rows: Rows) -> [FactColumn] {
  rows.pack.subjects[subject].facts.map { fact in
    switch fact.origin {
    case .asOf: .constant(.date(asOf))
    case .record(let record, let field):
      kept[record].offsets.isEmpty && rows.tables[record].count > 0
        ? .chosen(record: record, field: field, rows: kept[record].rows) : .absent
    case .merged(let slots): .firstStated(slots)
    case .list(let record):
      rows.delivered[record] || rows.tables[record].count > 0
        ? .list(record: record, offsets: kept[record].offsets, rows: kept[record].rows) : .absent
    case .derived, .result, .reference, .members: .absent
    }
  }
}

/// Slots of lists whose record kind says nothing by having no row for a subject.
func unknownWhenEmpty(of subject: Int, _ pack: RulePack) -> Set<Int> {
  let facts = pack.subjects[subject].facts
  return Set(
    facts.indices.filter { slot in
      guard case .list(let record) = facts[slot].origin,
        case .many(_, _, let emptyIsKnown) = pack.records[record].holds
      else { return false }
      return !emptyIsKnown
    })
}

/// Fills the facts of one kind that lead to others, and the others' lists of members.
func fill(
  _ reference: Int, of subject: Int, others: [Int32], into dossiers: inout Dossiers,
  _ pack: RulePack
) {
  let other = pack.subjects[subject].references[reference].subject
  for (slot, fact) in pack.subjects[subject].facts.enumerated() {
    guard case .reference(reference, let otherFact) = fact.origin else { continue }
    dossiers.subjects[subject].facts[slot] = .reference(
      subject: other, fact: otherFact, rows: others)
  }
  for (slot, fact) in pack.subjects[other].facts.enumerated()
  where fact.origin == .members(subject: subject, reference: reference) {
    let (offsets, members) = grouped(others, groups: dossiers.subjects[other].count)
    dossiers.subjects[other].facts[slot] = .members(
      subject: subject, offsets: offsets, rows: members)
  }
}
