import Tables

/// By record kind, the fields that rubrics read, themselves or through derived facts.
///
/// Of a list all that expressions read of its rows; what belongs to other subjects counts where
/// their own rubrics read it, and what identifies rows is needed in another way.
public func neededFields(_ pack: RulePack) -> [[Int]] {
  var needed: [Set<Int>] = pack.records.map { _ in [] }
  for rubric in pack.rubrics {
    let facts = pack.subjects[rubric.subject].facts
    for read in pack.factsRead(by: rubric) where facts.indices.contains(read.slot) {
      add(facts[read.slot], read.fields, facts, to: &needed)
    }
  }
  return needed.map { $0.sorted() }
}

private func add(_ fact: Fact, _ fields: [Int], _ facts: [Fact], to needed: inout [Set<Int>]) {
  switch fact.origin {
  case .record(let record, let field): needed[record].insert(field)
  case .list(let record): needed[record].formUnion(fields)
  // What several record kinds state need not be in each.
  case .merged(let slots) where slots.count == 1: add(facts[slots[0]], [], facts, to: &needed)
  case .merged, .reference, .result, .members, .asOf, .derived: break
  }
}
