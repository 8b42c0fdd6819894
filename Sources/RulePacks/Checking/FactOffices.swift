import Expressions
import Tables

// Where a fact is delivered, and who can be asked for it.

extension RulePack {
  /// Title of the record kind in which a fact is delivered, of one that is worked out that of the
  /// first fact behind it; empty where there is none.
  public func recordTitle(of slot: Int, subject: Int) -> String {
    first(behind: slot, of: subject) { owner, slot in
      switch subjects[owner].facts[slot].origin {
      case .record(let record, _), .list(let record): records[record].title
      case .derived(let index): pick(index).map { records[$0.record].title }
      case .asOf, .reference, .members, .result, .merged: nil
      }
    } ?? ""
  }

  /// Id of the office that can supply a fact, of one that is worked out that of the first fact
  /// behind it; nil where none is known.
  public func office(behind slot: Int, of subject: Int) -> String? {
    first(behind: slot, of: subject) { owner, slot in
      let fact = subjects[owner].facts[slot]
      if let office = fact.office { return office }
      switch fact.origin {
      case .record(let record, let field):
        return records[record].fields[field].office ?? records[record].office
      case .list(let record): return records[record].office
      case .derived(let index): return pick(index).flatMap { records[$0.record].office }
      case .asOf, .reference, .members, .result, .merged: return nil
      }
    }
  }

  private func pick(_ derivation: Int) -> Derivation.Pick? {
    if case .pick(let pick) = derivations[derivation].form { pick } else { nil }
  }

  /// What is found of a fact, or else of the first of those that it follows from.
  private func first<Found>(
    behind slot: Int, of subject: Int, _ find: (_ subject: Int, _ slot: Int) -> Found?
  ) -> Found? {
    if let found = find(subject, slot) { return found }
    switch subjects[subject].facts[slot].origin {
    case .merged(let slots):
      for slot in slots {
        if let found = first(behind: slot, of: subject, find) { return found }
      }
      return nil
    case .reference(let reference, let other):
      return first(behind: other, of: subjects[subject].references[reference].subject, find)
    case .derived(let index):
      switch derivations[index].form {
      case .value(let value), .lookup(_, let value, _, _), .successor(_, let value):
        return first(in: [value], of: subject, find)
      case .rules(let rules, _): return first(in: rules.map(\.when), of: subject, find)
      case .pick: return nil
      }
    case .result(let id, _):
      guard let rubric = rubrics.first(where: { $0.id == id }) else { return nil }
      return first(in: rubric.parts.flatMap(\.form.read), of: rubric.subject, find)
    case .asOf, .record, .list, .members: return nil
    }
  }

  private func first<Found>(
    in expressions: [CheckedExpression], of subject: Int,
    _ find: (_ subject: Int, _ slot: Int) -> Found?
  ) -> Found? {
    for use in expressions.flatMap(\.facts) where use.slots[0] < Demand.outer {
      if let found = first(behind: use.slots[0], of: subject, find) { return found }
    }
    return nil
  }
}

extension Rubric.Form {
  /// What it reads of the subject itself.
  fileprivate var read: [CheckedExpression] {
    switch self {
    case .condition(_, let on), .bands(let on, _), .lookup(let on, _, _), .number(_, let on),
      .each(_, let on, _):
      [on]
    case .ratio(_, let part, let whole): [part, whole]
    case .measure(let measure): [measure.value]
    case .opinions, .group: []
    }
  }
}
