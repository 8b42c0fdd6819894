/// Which fields of the data dictionary rubrics read, for those who have to know whether one counts.
extension RulePack {
  /// By record kind, the fields whose cells can stand as evidence on a subject's page: those of
  /// public facts that some rubric reads, as far as the fields are public themselves.
  public var fieldsShown: [Set<Int>] {
    var shown = fieldsRead(for: .evidence)
    for record in records.indices {
      shown[record] = shown[record].filter { records[record].fields[$0].sensitivity == .open }
    }
    return shown
  }

  /// By record kind, the fields that some rubric reads, directly or through derived facts.
  public var fieldsScored: [Set<Int>] { fieldsRead(for: .score) }

  /// The same, without those that another record kind may state instead, or that are another
  /// subject's: what each file of a record kind should have.
  public var fieldsNeeded: [[Int]] { fieldsRead(for: .file).map { $0.sorted() } }

  private enum Use { case evidence, score, file }

  private func fieldsRead(for use: Use) -> [Set<Int>] {
    var read: [Set<Int>] = records.map { _ in [] }
    for rubric in rubrics {
      for fact in factsRead(by: rubric) {
        add(fact.slot, of: rubric.subject, fields: fact.fields, use, to: &read)
      }
    }
    return read
  }

  private func add(
    _ slot: Int, of subject: Int, fields: [Int], _ use: Use, to read: inout [Set<Int>]
  ) {
    let fact = subjects[subject].facts[slot]
    guard use != .evidence || fact.sensitivity == .open else { return }
    switch fact.origin {
    case .record(let record, let field): read[record].insert(field)
    case .merged(let slots) where use != .file || slots.count == 1:
      for slot in slots { add(slot, of: subject, fields: [], use, to: &read) }
    case .list(let record): read[record].formUnion(fields)
    case .reference(let reference, let fact) where use != .file:
      // It is the other kind's own, so that this goes no further.
      add(fact, of: subjects[subject].references[reference].subject, fields: [], use, to: &read)
    case .merged, .reference, .asOf, .derived, .members, .result: break
    }
  }
}
