import Expressions
import RulePacks
import Tables

/// For each derivation those before it in the pack whose facts it reads, itself or through others.
func prerequisites(of derivations: [Derivation], in dossiers: Dossiers) -> [Set<Int>] {
  var makers: [Reading: Int] = [:]
  return derivations.enumerated().map { number, derivation in
    var readings: Set<Reading> = []
    for demand in derivation.demands {
      readings.read(demand, of: derivation.subject, in: dossiers)
    }
    let earlier = Set(readings.compactMap { makers[$0] })
    makers[Reading(subject: derivation.subject, slot: derivation.slot)] = number
    return earlier
  }
}

/// For each derivation how many follow one from the other after it, itself included, at most.
func chains(after prerequisites: [Set<Int>]) -> [Int] {
  var lengths = Array(repeating: 1, count: prerequisites.count)
  for number in prerequisites.indices.reversed() {
    for earlier in prerequisites[number] {
      lengths[earlier] = max(lengths[earlier], lengths[number] + 1)
    }
  }
  return lengths
}

/// A fact of a subject kind.
private struct Reading: Hashable {
  var subject: Int
  var slot: Int
}

extension Set<Reading> {
  fileprivate mutating func read(_ demand: Demand, of subject: Int, in dossiers: Dossiers) {
    for slot in demand.slots.union(demand.lists.keys) {
      read(slot, of: subject, demand.lists[slot] ?? Demand(), in: dossiers)
    }
  }

  /// - Parameter demand: what is read of the rows, where the fact is a list.
  private mutating func read(_ slot: Int, of subject: Int, _ demand: Demand, in dossiers: Dossiers)
  {
    insert(Reading(subject: subject, slot: slot))
    switch dossiers.subjects[subject].facts[slot] {
    case .absent, .constant, .own, .chosen, .list: return
    case .firstStated(let slots, _):
      for slot in slots { read(slot, of: subject, demand, in: dossiers) }
    case .reference(let other, let fact, _): read(fact, of: other, demand, in: dossiers)
    case .members(let other, _, _): read(demand, of: other, in: dossiers)
    }
  }
}

extension Derivation {
  /// What is read of its subject.
  fileprivate var demands: [Demand] {
    switch form {
    case .value(let expression), .lookup(_, let expression, _, _), .successor(_, let expression):
      [expression.demand]
    case .rules(let rules, _): rules.map(\.when.demand)
    case .pick(let pick):
      // Of the list's rows nothing is derived.
      [
        Demand(
          slots: Set(
            (pick.condition?.demand.slots ?? []).filter { $0 >= Demand.outer }
              .map { $0 - Demand.outer }))
      ]
    }
  }
}
