import Expressions
import Reports
import RulePacks
import Scoring
import Tables

extension RunResult {
  /// The single changes that would better one result, cheapest first; where none does, those that
  /// bring the most points.
  ///
  /// Tried are the facts that the rubric rests on, one at a time: those that the data dictionary
  /// calls `changeable`, and those that are missing. A rubric with opinion-based indicators judges
  /// people; nothing is ever proposed there, nor under a composite rubric, which compares subjects
  /// with each other, nor where less is better.
  func changes(card: Int, entry: Int) async -> [Explanation.Change] {
    let scorecard = scorecards[card]
    let rubric = pack.rubrics[scorecard.rubric]
    guard !rubric.parts.contains(where: \.isOpinionBased), rubric.composite == nil,
      !rubric.leastIsBest
    else {
      return []
    }
    let row = Int(scorecard.subjects[entry])
    let trials = Trials(self, rubric: scorecard.rubric, row: row)
    guard let now = await trials.outcomes(nil, [nil])[0],
      now.score == Int(scorecard.scores[entry]), now.tier == Int(scorecard.tiers[entry]),
      now.status == scorecard.statuses[entry]
    else { return [] }
    var changes: [Explanation.Change] = []
    for candidate in candidates(for: rubric, row: row) {
      let outcomes = await trials.outcomes(candidate.slot, candidate.values)
      let choice = Choice(rubric: rubric, now: now, candidate: candidate)
      guard let best = choice.best(of: outcomes) else { continue }
      changes.append(change(candidate, best.value, best.outcome, now, rubric))
    }
    let sorted = changes.enumerated().sorted {
      let (left, right) = ($0.element, $1.element)
      if left.raises != right.raises { return left.raises }
      if left.raises, left.effort != right.effort { return left.effort < right.effort }
      if left.score != right.score { return left.score > right.score }
      if left.effort != right.effort { return left.effort < right.effort }
      return $0.offset < $1.offset
    }.map(\.element)
    return Array(sorted.prefix(Choice.most))
  }

  private func change(
    _ candidate: Candidate, _ value: Value, _ outcome: Trials.Outcome, _ now: Trials.Outcome,
    _ rubric: Rubric
  ) -> Explanation.Change {
    let fact = pack.subjects[rubric.subject].facts[candidate.slot]
    let tier = outcome.tier < 0 || !outcome.status.hasRank ? nil : rubric.tiers[outcome.tier]
    return Explanation.Change(
      fact: fact.id, label: fact.label, from: candidate.now.map { pack.shown($0, as: fact) },
      to: pack.shown(value, as: fact), effort: candidate.effort(to: value),
      raises: outcome.level(in: rubric) < now.level(in: rubric), score: outcome.score,
      tier: tier?.id ?? "", tierTitle: tier?.title ?? "", status: outcome.status,
      effects: effects(of: outcome, now, rubric),
      office: candidate.now == nil
        ? fact.office.map { id in pack.about.offices.first { $0.id == id }?.title ?? id } : nil)
  }

  private func effects(
    of outcome: Trials.Outcome, _ now: Trials.Outcome, _ rubric: Rubric
  ) -> [Explanation.Change.Effect] {
    var effects: [Explanation.Change.Effect] = []
    for (index, gate) in rubric.gates.enumerated()
    where outcome.gates[index] == .met && now.gates[index] != .met {
      effects.append(
        Explanation.Change.Effect(
          id: gate.id, title: gate.text, basis: gate.basis, points: nil))
    }
    for (index, part) in rubric.parts.enumerated()
    where outcome.points[index] != now.points[index] {
      effects.append(
        Explanation.Change.Effect(
          id: part.id, title: part.title, basis: part.basis,
          points: outcome.points[index] - now.points[index]))
    }
    for (index, cap) in rubric.caps.enumerated()
    where outcome.caps[index] == .free && now.caps[index] != .free {
      effects.append(
        Explanation.Change.Effect(id: cap.id, title: cap.text, basis: cap.basis, points: nil))
    }
    return effects
  }
}

extension Trials.Outcome {
  /// Places from the best: tiers, then those without a rank.
  func level(in rubric: Rubric) -> Int {
    switch status {
    case .ranked, .provisional: max(tier, 0)
    case .notEvaluable: max(rubric.tiers.count, 1)
    case .pending: max(rubric.tiers.count, 1) + 1
    case .gated, .unrated: max(rubric.tiers.count, 1) + 2
    }
  }
}

/// Chooses among the values of one fact.
private struct Choice {
  /// How many changes are told.
  static let most = 10

  let rubric: Rubric
  let now: Trials.Outcome
  let candidate: Candidate

  /// The cheapest value that betters the tier; for a missing fact the best there is. Where none
  /// betters the tier, the cheapest of those that bring the most points.
  func best(of outcomes: [Trials.Outcome?]) -> (value: Value, outcome: Trials.Outcome)? {
    let level = now.level(in: rubric)
    let better = zip(candidate.values, outcomes).compactMap { value, outcome in
      outcome.flatMap { $0.level(in: rubric) <= level ? (value: value, outcome: $0) : nil }
    }.filter { $0.outcome.level(in: rubric) < level || $0.outcome.score > now.score }
    let isSupply = candidate.now == nil
    return better.min { left, right in
      let (one, other) = (left.outcome.level(in: rubric), right.outcome.level(in: rubric))
      if isSupply, one != other { return one < other }
      if (one < level) != (other < level) { return one < level }
      let (cost, price) = (candidate.effort(to: left.value), candidate.effort(to: right.value))
      if one < level, !isSupply, cost != price { return cost < price }
      if left.outcome.score != right.outcome.score {
        return left.outcome.score > right.outcome.score
      }
      return cost < price
    }
  }
}
