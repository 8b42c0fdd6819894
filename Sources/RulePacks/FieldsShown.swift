extension RulePack {
  /// By record kind, the fields whose cells can stand as evidence on a subject's page: those of
  /// public facts that some rubric reads, as far as the fields are public themselves.
  public var fieldsShown: [Set<Int>] {
    var shown = fieldsRead(openOnly: true)
    for record in records.indices {
      shown[record] = shown[record].filter { records[record].fields[$0].sensitivity == .open }
    }
    return shown
  }

  /// By record kind, the fields that some rubric reads, directly or through derived facts.
  public var fieldsScored: [Set<Int>] { fieldsRead(openOnly: false) }

  private func fieldsRead(openOnly: Bool) -> [Set<Int>] {
    var shown: [Set<Int>] = records.map { _ in [] }
    for rubric in rubrics {
      for read in factsRead(by: rubric) {
        show(read.slot, of: rubric.subject, fields: read.fields, openOnly, &shown)
      }
    }
    return shown
  }

  private func show(
    _ slot: Int, of subject: Int, fields: [Int], _ openOnly: Bool, _ shown: inout [Set<Int>]
  ) {
    let fact = subjects[subject].facts[slot]
    guard !openOnly || fact.sensitivity == .open else { return }
    switch fact.origin {
    case .record(let record, let field): shown[record].insert(field)
    case .merged(let slots):
      for slot in slots { show(slot, of: subject, fields: [], openOnly, &shown) }
    case .list(let record): shown[record].formUnion(fields)
    case .reference(let reference, let fact):
      // It is the other kind's own, so that this goes no further.
      show(
        fact, of: subjects[subject].references[reference].subject, fields: [], openOnly, &shown)
    case .asOf, .derived, .members, .result: break
    }
  }
}
