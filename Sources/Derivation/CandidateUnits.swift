import Expressions
import RulePacks
import Tables

/// Those who lack something, in order of their rows.
struct CandidateUnits: Sendable, Equatable {
  var rows: [Int32] = []
  /// −1 where it is not known.
  var strengths: [Int32] = []
  /// By nearness, the place of each; −1 where it is not known. Places are numbered in the order
  /// of their names.
  var places: [[Int32]]

  var indices: Range<Int> { rows.indices }
}

/// Finds out who lacks something, what they bring and where they are.
func needy(_ plan: Formation, _ dossiers: Dossiers, jobs: Int) async -> CandidateUnits {
  let parts = await overStretches(of: dossiers.subjects[plan.subject].count, jobs: jobs) {
    part(plan, $0, dossiers)
  }
  var needy = CandidateUnits(places: plan.near.map { _ in [] })
  for part in parts {
    needy.rows += part.rows
    needy.strengths += part.strengths
  }
  for near in plan.near.indices {
    let all = Set(parts.flatMap { $0.places[near].names }).sorted {
      Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
    }
    let numbers = Dictionary(uniqueKeysWithValues: zip(all, all.indices.map { Int32($0) }))
    for part in parts {
      let places = part.places[near]
      let translated = places.names.map { numbers[$0] ?? -1 }
      needy.places[near] += places.numbers.map { $0 < 0 ? -1 : translated[Int($0)] }
    }
  }
  return needy
}

/// Those of one stretch.
private struct Part {
  var rows: [Int32]
  var strengths: [Int32]
  var places: [Places]
}

private func part(_ plan: Formation, _ rows: Range<Int>, _ dossiers: Dossiers) -> Part {
  var demand = plan.without.demand
  demand.form(union: plan.strength.demand)
  demand.form(union: Demand(slots: Set(plan.near.joined())))
  let batch = dossiers.batch(of: plan.subject, rows: rows, demand: demand)
  let without = Answers(plan.without.evaluate(over: batch))
  let strength = plan.strength.evaluate(over: batch)
  let lanes = (0..<rows.count).filter { without.isTrue($0) }
  return Part(
    rows: lanes.map { Int32(rows.lowerBound + $0) },
    strengths: lanes.map { lane in
      guard case .integers(let numbers) = strength.values, strength.isKnown(lane) else { return -1 }
      return Int32(clamping: max(0, numbers[lane]))
    },
    places: plan.near.map { slots in
      let facts = slots.map { Places(batch.vectors[$0], at: lanes) }
      guard let first = facts.first else { return Places(nil, at: lanes) }
      return facts.dropFirst().reduce(first) { $0.combined(with: $1) }
    })
}

/// The values of a fact as numbers into their names; −1 where it is not known.
private struct Places {
  var numbers: [Int32]
  var names: [String]

  init(_ vector: Vector?, at lanes: [Int]) {
    if let vector, case .codes(let ids, let names) = vector.values {
      numbers = lanes.map { vector.isKnown($0) ? ids[$0] : -1 }
      self.names = names
      return
    }
    var known: [String: Int32] = [:]
    var names: [String] = []
    numbers = labels(vector, at: lanes).map { label in
      guard let label else { return -1 }
      if let number = known[label] { return number }
      known[label] = Int32(names.count)
      names.append(label)
      return Int32(names.count - 1)
    }
    self.names = names
  }

  /// Where both are the same; not known where one is not.
  func combined(with other: Places) -> Places {
    var known: [Int64: Int32] = [:]
    var result = self
    result.names = []
    for index in numbers.indices {
      let (one, two) = (numbers[index], other.numbers[index])
      guard one >= 0, two >= 0 else {
        result.numbers[index] = -1
        continue
      }
      let pair = Int64(one) << 32 | Int64(two)
      if let number = known[pair] {
        result.numbers[index] = number
        continue
      }
      known[pair] = Int32(result.names.count)
      result.numbers[index] = Int32(result.names.count)
      // With the length of the first, so that different pairs have different names.
      let first = names[Int(one)]
      result.names.append("\(first)\u{1F}\(other.names[Int(two)])\u{1F}\(first.utf8.count)")
    }
    return result
  }
}
