import RulePacks
import Tables

/// Sums over the parts while a batch is scored, a lane each.
struct Totals {
  static let gated: UInt8 = 1
  static let waits: UInt8 = 2
  static let withheld: UInt8 = 4
  static let unrated: UInt8 = 8

  /// Points given, in thousandths.
  var given: [Int]
  /// What missing facts could take away at worst and add at best.
  var low: [Int]
  var high: [Int]
  /// Most points of indicators that could not be assessed, and of those that do not apply.
  var unassessed: [Int]
  var excluded: [Int]
  /// What was met on the way: a failed gate, a wait, something withheld, no rating yet.
  var marks: [UInt8]

  init(count: Int) {
    given = Array(repeating: 0, count: count)
    low = given
    high = given
    unassessed = given
    excluded = given
    marks = Array(repeating: 0, count: count)
  }

  mutating func add(_ points: Integers<Int32>) { sum(points.elements, into: &given) }

  /// Works out scores, bounds, tiers and statuses.
  func conclude(
    _ plan: ScoringPlan, capsThatMayApply: [[Bool]], into card: inout Scorecard
  ) {
    let rubric = plan.rubric
    card.scores = clamped(given, plus: [], to: plan.ceiling)
    card.lower = clamped(given, plus: low, to: plan.ceiling)
    card.upper = clamped(given, plus: high, to: plan.ceiling)
    card.limit(by: rubric, capsThatMayApply: capsThatMayApply)
    assess(plan, into: &card)
  }

  private func assess(_ plan: ScoringPlan, into card: inout Scorecard) {
    let minimum = plan.rubric.minimumAssessed
    card.assessed.reserveCapacity(marks.count)
    card.statuses.reserveCapacity(marks.count)
    for lane in marks.indices {
      let whole = plan.assessable - excluded[lane]
      let assessed = whole - unassessed[lane]
      // Rounded down, so that a share shown as the minimum is no less than it.
      let share = whole <= 0 ? 0 : assessed * 1000 / whole
      card.assessed.append(Int16(share))
      card.statuses.append(status(of: marks[lane], isEnough: share >= minimum))
    }
  }

  private func status(of marks: UInt8, isEnough: Bool) -> Status {
    if marks & Totals.gated != 0 { return .gated }
    if marks & Totals.unrated != 0 { return .unrated }
    if marks & Totals.waits != 0 { return .pending }
    if !isEnough { return .notEvaluable }
    return marks & Totals.withheld != 0 ? .provisional : .ranked
  }
}

extension Scorecard {
  /// Applies caps to scores and their bounds, and works out the tiers.
  mutating func limit(by rubric: Rubric, capsThatMayApply: [[Bool]]) {
    for (index, cap) in rubric.caps.enumerated() {
      guard case .score(let most) = cap.limit else { continue }
      let limit = Int32(clamping: most)
      let capped = caps[index].map { $0 == .capped }
      Scoring.lower(&scores, to: limit, where: capped)
      Scoring.lower(&lower, to: limit, where: capped)
      Scoring.lower(&upper, to: limit, where: capped)
      Scoring.lower(
        &lower, to: limit, where: capsThatMayApply.isEmpty ? [] : capsThatMayApply[index])
    }
    tiers = Scoring.tiers(of: scores, in: rubric)
    bestTiers = Scoring.tiers(of: upper, in: rubric)
    for (index, cap) in rubric.caps.enumerated() {
      guard case .tier(let tier) = cap.limit else { continue }
      for lane in tiers.indices where caps[index][lane] == .capped {
        tiers[lane] = max(tiers[lane], Int16(tier))
        bestTiers[lane] = max(bestTiers[lane], Int16(tier))
      }
    }
  }
}

private func sum(_ points: [Int32], into sums: inout [Int]) {
  precondition(points.count == sums.count)
  for lane in points.indices {
    // Safe: each addend has 32 bits, and a rubric has fewer than 2^31 parts.
    sums[lane] &+= Int(points[lane])
  }
}

/// Sums that stay between 0 and a ceiling.
private func clamped(_ sums: [Int], plus more: [Int], to ceiling: Int) -> [Int32] {
  let most = min(ceiling, Int(Int32.max))
  if more.isEmpty { return sums.map { Int32(truncatingIfNeeded: max(0, min($0, most))) } }
  return sums.indices.map { Int32(truncatingIfNeeded: max(0, min(sums[$0] + more[$0], most))) }
}

private func lower(_ scores: inout [Int32], to limit: Int32, where capped: [Bool]) {
  for lane in capped.indices where capped[lane] { scores[lane] = min(scores[lane], limit) }
}

/// For each score the first tier that it reaches; −1 where the rubric has no tiers.
private func tiers(of scores: [Int32], in rubric: Rubric) -> [Int16] {
  let last = Int16(rubric.tiers.count) - 1
  var result = Array(repeating: last, count: scores.count)
  for index in rubric.tiers.indices.dropLast().reversed() {
    let from = Int32(clamping: rubric.tiers[index].from ?? 0)
    for lane in scores.indices where scores[lane] >= from { result[lane] = Int16(index) }
  }
  return result
}
