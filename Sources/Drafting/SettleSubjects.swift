import RulePacks

/// Whose rows the drafted records are, and by what they find their subject.
extension Drafter {
  mutating func settleSubjects() {
    var places: [KnownSubject: Int] = [:]
    let order = records.indices.filter { records[$0].known != nil }
    for record in order { settleKnown(record, &places) }
    for record in records.indices where records[record].known == nil { settleNew(record) }
    for subject in subjects.indices { finish(subject) }
  }

  struct KnownSubject: Hashable {
    var pack: Int
    var subject: Int
  }

  private mutating func settleKnown(_ record: Int, _ places: inout [KnownSubject: Int]) {
    guard let kind = records[record].known else { return }
    switch names.kind(kind).subject {
    case .corrections:
      let needed = [
        "record", "target", "field", "old_value", "new_value", "reason", "decided_on", "result",
      ]
      if needed.allSatisfy({ records[record].keeps($0) }) { return }
      settleNew(record)
    case .subject(let index):
      let key = KnownSubject(pack: kind.pack, subject: index)
      let known = names.packs[kind.pack].subjects[index]
      let place = places[key] ?? subjects.count
      if places[key] == nil {
        places[key] = place
        subjects.append(
          SubjectDraft(
            id: known.id, title: known.title, steps: known.identity,
            name: known.facts.indices.contains(known.name) ? known.facts[known.name].id : ""))
      }
      records[record].subject = place
    }
  }

  /// A record kind that no pack knows: rows with a shared identifier belong to the same subject.
  private mutating func settleNew(_ record: Int) {
    let shared = ["uscc", "reg_no", "org_code"].filter { records[record].keeps($0) }
    if let subject = subjects.firstIndex(where: { subject in
      shared.contains { subject.steps.contains([$0]) }
    }) {
      records[record].subject = subject
      return
    }
    let key = shared.first ?? bestKey(of: records[record])
    guard let key else { return }
    records[record].subject = subjects.count
    subjects.append(
      SubjectDraft(
        id: subjects.isEmpty ? "subject" : "subject_\(subjects.count + 1)",
        title: records[record].title, steps: [[key]], name: key))
  }

  /// The field with the most different texts among those that nearly every row states.
  private func bestKey(of record: RecordDraft) -> String? {
    let kept = record.fields.filter { $0.type != nil }
    let full = kept.filter { $0.stated * 100 >= record.rows * 95 }
    let keys = (full.isEmpty ? kept : full).filter {
      switch $0.type {
      case .text, .name, .int, .uscc, .registrationNumber, .usccOrNumber, .organizationCode, .code:
        true
      default: false
      }
    }
    return (keys.isEmpty ? kept : keys).enumerated().max { left, right in
      left.element.different == right.element.different
        ? left.offset > right.offset : left.element.different < right.element.different
    }?.element.id
  }

  private mutating func finish(_ subject: Int) {
    let own = records.indices.filter { records[$0].subject == subject }
    subjects[subject].steps = subjects[subject].steps.filter { step in
      own.contains { record in step.allSatisfy { records[record].keeps($0) } }
    }
    for record in own where !findsSubject(records[record], subject) {
      if let key = bestKey(of: records[record]) { subjects[subject].steps.append([key]) }
    }
    for record in own where records[record].known == nil {
      let key = subjects[subject].steps.first { step in
        step.allSatisfy { records[record].keeps($0) }
      }?.first
      let field = records[record].fields.first { $0.id == key }
      records[record].isMany = field.map { $0.different * 10 < records[record].rows * 9 } ?? false
    }
    // A subject's name is a fact of it, and rows of lists state none.
    if !own.contains(where: { !records[$0].isMany }), let first = own.first {
      records[first].isMany = false
    }
    if !own.contains(where: { records[$0].isRoster }) {
      for record in own { records[record].isRoster = true }
    }
    let facts = own.filter { !records[$0].isMany }
    if !facts.contains(where: { records[$0].keeps(subjects[subject].name) }) {
      let steps = subjects[subject].steps.joined()
      subjects[subject].name =
        steps.first { id in facts.contains { records[$0].keeps(id) } } ?? ""
    }
  }

  private func findsSubject(_ record: RecordDraft, _ subject: Int) -> Bool {
    subjects[subject].steps.contains { step in step.allSatisfy { record.keeps($0) } }
  }
}
