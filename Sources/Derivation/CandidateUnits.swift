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
  /// Whether each can be covered by an area.
  var areCoverable: [Bool] = []
  /// Whether each is to get what is provided for all others, if it comes to that.
  var needs: [Need] = []

  /// What can be said to a question about a subject.
  enum Need: Sendable, Equatable {
    case yes, no, unknown
  }

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
    needy.areCoverable += part.areCoverable
    needy.needs += part.needs
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
  var areCoverable: [Bool]
  var needs: [CandidateUnits.Need]
  var places: [Places]
}

private func part(_ plan: Formation, _ rows: Range<Int>, _ dossiers: Dossiers) -> Part {
  var demand = plan.without.demand
  demand.form(union: plan.strength.demand)
  demand.form(union: Demand(slots: Set(plan.near.joined()).union(plan.apart)))
  for condition in [plan.condition, plan.areaCondition, plan.otherwiseCondition] {
    if let condition { demand.form(union: condition.demand) }
  }
  let batch = dossiers.batch(of: plan.subject, rows: rows, demand: demand)
  func answers(_ condition: CheckedExpression?) -> Answers? {
    condition.map { Answers($0.evaluate(over: batch)) }
  }
  let without = Answers(plan.without.evaluate(over: batch))
  let (planned, coverable) = (answers(plan.condition), answers(plan.areaCondition))
  let otherwise = answers(plan.otherwiseCondition)
  let strength = plan.strength.evaluate(over: batch)
  let lanes = (0..<rows.count).filter { without.isTrue($0) && planned?.isTrue($0) ?? true }
  let areas = Places(of: plan.near.first ?? [], in: batch, at: lanes)
  return Part(
    rows: lanes.map { Int32(rows.lowerBound + $0) },
    strengths: lanes.map { lane in
      guard case .integers(let numbers) = strength.values, strength.isKnown(lane) else { return -1 }
      return Int32(clamping: max(0, numbers[lane]))
    },
    areCoverable: zip(lanes, areas.numbers).map { lane, area in
      area >= 0 && coverable?.isTrue(lane) ?? true
    },
    needs: lanes.map { lane in
      guard let otherwise else { return .yes }
      return otherwise.isUnknown(lane) ? .unknown : otherwise.isTrue(lane) ? .yes : .no
    },
    // Those who are to be apart are at different places.
    places: plan.near.map { Places(of: $0 + plan.apart, in: batch, at: lanes) })
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

  /// Where all of some facts are the same; not known where one is not, or where there are none.
  init(of slots: [Int], in batch: Batch, at lanes: [Int]) {
    let facts = slots.map { Places(batch.vectors[$0], at: lanes) }
    guard let first = facts.first else {
      self.init(nil, at: lanes)
      return
    }
    self = facts.dropFirst().reduce(first) { $0.combined(with: $1) }
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
