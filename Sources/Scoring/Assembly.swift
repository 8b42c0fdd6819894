import RulePacks
import Tables

/// A scorecard put together from those of its batches, in order of the subjects.
struct Assembly {
  private let plan: ScoringPlan
  private var result: Scorecard
  private var cohortNumbers: [String: Int32] = [:]
  /// By measure of a composite rubric.
  private(set) var values: [[Double]] = []

  init(plan: ScoringPlan, count: Int) {
    self.plan = plan
    result = Scorecard(rubric: plan.index)
    result.subjects.reserveCapacity(count)
    result.gates = plan.gates.map { _ in reserved(count) }
    result.caps = plan.caps.map { _ in reserved(count) }
    result.parts = plan.parts.map { _ in
      var part = PartPoints()
      part.points.reserveCapacity(count, like: part.points)
      part.states.reserveCapacity(count)
      return part
    }
    result.scores.reserveCapacity(count)
    result.lower.reserveCapacity(count)
    result.upper.reserveCapacity(count)
    result.assessed.reserveCapacity(count)
    result.tiers.reserveCapacity(count)
    result.bestTiers.reserveCapacity(count)
    result.statuses.reserveCapacity(count)
    result.cohorts.reserveCapacity(count)
  }

  mutating func append(_ batch: BatchResult) {
    let card = batch.card
    if values.isEmpty { values = batch.values.map { _ in [] } }
    for leaf in values.indices { values[leaf].append(contentsOf: batch.values[leaf]) }
    let start = Int32(result.count)
    result.subjects.append(contentsOf: card.subjects)
    for index in card.gates.indices { result.gates[index].append(contentsOf: card.gates[index]) }
    for index in card.caps.indices { result.caps[index].append(contentsOf: card.caps[index]) }
    for index in card.parts.indices {
      result.parts[index].points.append(contentsOf: card.parts[index].points)
      result.parts[index].states.append(contentsOf: card.parts[index].states)
    }
    result.scores.append(contentsOf: card.scores)
    result.lower.append(contentsOf: card.lower)
    result.upper.append(contentsOf: card.upper)
    result.assessed.append(contentsOf: card.assessed)
    result.tiers.append(contentsOf: card.tiers)
    result.bestTiers.append(contentsOf: card.bestTiers)
    result.statuses.append(contentsOf: card.statuses)
    let cohorts = card.cohortNames.map { number(of: $0) }
    for cohort in card.cohorts { result.cohorts.append(cohorts[Int(cohort)]) }
    for entry in card.gaps.entries { result.gaps.entries.append(start + entry) }
    result.gaps.missing.append(contentsOf: card.gaps.missing)
    result.gaps.sites.append(contentsOf: card.gaps.sites)
  }

  /// The whole, with cohorts in order of their names and only the facts that are missing
  /// somewhere.
  func card() -> Scorecard {
    var card = result
    let order = card.cohortNames.indices.sorted {
      card.cohortNames[$0].utf8.lexicographicallyPrecedes(card.cohortNames[$1].utf8)
    }
    var places = Array(repeating: Int32(0), count: order.count)
    for (place, number) in order.enumerated() { places[number] = Int32(place) }
    card.cohortNames = order.map { card.cohortNames[$0] }
    for entry in card.cohorts.indices {
      card.cohorts[entry] = places[Int(card.cohorts[entry])]
    }
    card.gaps.keepMissing(of: plan.facts)
    return card
  }

  private mutating func number(of cohort: String) -> Int32 {
    if let number = cohortNumbers[cohort] { return number }
    let number = Int32(result.cohortNames.count)
    result.cohortNames.append(cohort)
    cohortNumbers[cohort] = number
    return number
  }
}

extension Gaps {
  /// Fills `facts` with those of `all` that are missing somewhere, in their order.
  fileprivate mutating func keepMissing(of all: [MissingFact]) {
    var isMissing = Array(repeating: false, count: all.count)
    for number in missing { isMissing[Int(number)] = true }
    var numbers = Array(repeating: Int32(0), count: all.count)
    for index in all.indices where isMissing[index] {
      numbers[index] = Int32(facts.count)
      facts.append(all[index])
    }
    for index in missing.indices { missing[index] = numbers[Int(missing[index])] }
  }
}

private func reserved<State>(_ count: Int) -> [State] {
  var states: [State] = []
  states.reserveCapacity(count)
  return states
}
