import RulePacks
import Tables

/// Scores and ranks of some subjects under weights that move.
///
/// Scores are whole multiples of what the rubric rounds to, so that they tie as published ones do.
struct WeightTrials: Sendable {
  /// Multiplications that one set of draws may take; about half a second on one core.
  private static let budget = 800_000_000
  private static let fewest = 50

  let draws: Int
  /// For each part the points of the subjects.
  private let points: [[Int32]]
  /// For each draw and part what a thousandth of a point counts, times two to the `shift`; the
  /// first are the published weights.
  private let factors: [[Int64]]
  private let shift: Int64
  /// The most that each subject can score, in rounding units.
  private let limits: [Int32]
  private let groups: [Int32]
  private let groupCount: Int
  /// One more than the highest score.
  private let levels: Int

  /// - Parameters:
  ///   - entries: Entries of the scorecard.
  ///   - groups: For each of them, who it is ranked with.
  /// - Returns: nil where the rubric has no settings for moving weights.
  init?(_ card: Scorecard, rubric: Rubric, entries: [Int], groups: [Int32]) {
    guard let robustness = rubric.robustness else { return nil }
    let unit = rubric.unit
    let ceiling = rubric.ceiling
    let isWhole = entries.count == card.count
    points = card.parts.map { part in
      isWhole ? part.points : entries.map { part.points[$0] }
    }
    let work = max(1, points.count * entries.count)
    draws = min(robustness.draws, max(WeightTrials.fewest, WeightTrials.budget / work))
    // Safe: sums stay below the ceiling times 1.25 and two to the shift, so below 2^62.
    shift = Int64(min(40, 60 - (Int.bitWidth - max(ceiling, 1).leadingZeroBitCount)))
    factors = weights(of: rubric, robustness, draws: draws, unit: unit, shift: shift)
    levels = ceiling / unit + 2
    limits = entries.map { Int32(clamping: card.limit(of: $0, rubric, ceiling) / unit) }
    self.groups = groups
    groupCount = Int(groups.max() ?? -1) + 1
  }

  /// The best and worst ranks of some draws.
  struct Extremes: Sendable {
    var best: [Int32]
    var worst: [Int32]

    mutating func widen(to other: Extremes) {
      for index in best.indices {
        best[index] = min(best[index], other.best[index])
        worst[index] = max(worst[index], other.worst[index])
      }
    }
  }

  /// Best and worst ranks over a stretch of draws and the published weights.
  func extremes(of stretch: Range<Int>) -> Extremes {
    let published = ranks(of: scores(factors[0]))
    var result = Extremes(best: published, worst: published)
    for draw in stretch {
      let ranks = ranks(of: scores(factors[draw + 1]))
      result.widen(to: Extremes(best: ranks, worst: ranks))
    }
    return result
  }

  private func scores(_ factors: [Int64]) -> [Int32] {
    var scores = limits
    var start = 0
    // A stretch at a time, so that its sums stay in the cache while the parts are added.
    while start < limits.count {
      let stretch = start..<min(start + 8192, limits.count)
      var sums = Array(repeating: Int64(1) << (shift - 1), count: stretch.count)
      for part in points.indices {
        add(points[part], from: start, times: factors[part], to: &sums)
      }
      settle(sums, shift: shift, from: start, &scores)
      start = stretch.upperBound
    }
    return scores
  }

  private func ranks(of scores: [Int32]) -> [Int32] {
    groupCount * levels <= 4 * scores.count + 4096
      ? countedRanks(scores, groups, groupCount: groupCount, levels: levels)
      : sortedRanks(scores, groups)
  }
}

private func add(
  _ points: [Int32], from start: Int, times factor: Int64, to sums: inout [Int64]
) {
  precondition(start + sums.count <= points.count)
  for index in sums.indices {
    // Safe: see where the shift is chosen.
    sums[index] &+= Int64(points[start + index]) &* factor
  }
}

/// Rounds sums to scores between 0 and what stands there.
private func settle(
  _ sums: [Int64], shift: Int64, from start: Int, _ scores: inout [Int32]
) {
  precondition(start + sums.count <= scores.count)
  for index in sums.indices {
    let score = Int32(clamping: sums[index] >> shift)
    scores[start + index] = max(0, min(score, scores[start + index]))
  }
}

/// Ranks by counting how many of the group have each score.
func countedRanks(
  _ scores: [Int32], _ groups: [Int32], groupCount: Int, levels: Int
) -> [Int32] {
  var counts = Array(repeating: Int32(0), count: groupCount * levels)
  for index in scores.indices { counts[Int(groups[index]) * levels + Int(scores[index])] += 1 }
  for group in 0..<groupCount {
    // From a count of each score to the rank that it has.
    var rank: Int32 = 1
    for level in (group * levels..<(group + 1) * levels).reversed() {
      let count = counts[level]
      counts[level] = rank
      rank += count
    }
  }
  return scores.indices.map { counts[Int(groups[$0]) * levels + Int(scores[$0])] }
}

/// Ranks by sorting; for many possible scores and few subjects.
func sortedRanks(_ scores: [Int32], _ groups: [Int32]) -> [Int32] {
  let order = scores.indices.sorted { left, right in
    groups[left] == groups[right]
      ? scores[left] > scores[right] : groups[left] < groups[right]
  }
  var ranks = Array(repeating: Int32(0), count: scores.count)
  var first = 0
  for (place, index) in order.enumerated() {
    let before = place == 0 ? index : order[place - 1]
    if groups[before] != groups[index] { first = place }
    let ties = place > first && scores[before] == scores[index]
    ranks[index] = ties ? ranks[before] : Int32(place - first + 1)
  }
  return ranks
}

/// What a thousandth of a point of each part counts, for the published weights and each draw.
private func weights(
  of rubric: Rubric, _ robustness: Rubric.Robustness, draws: Int, unit: Int, shift: Int64
) -> [[Int64]] {
  let one = (Int64(1) << shift) / Int64(unit)
  var generator = SplitMix(state: UInt64(bitPattern: Int64(robustness.seed)))
  var result = [Array(repeating: one, count: rubric.parts.count)]
  let reach = UInt64(max(0, min(robustness.weights, 1000)))
  for _ in 0..<draws {
    let moved = rubric.parts.map { part in
      part.kind == .indicator
        ? 1000 - Int64(reach) + Int64(generator.next() % (2 * reach + 1)) : 1000
    }
    var full: Int64 = 0
    var drawn: Int64 = 0
    for (part, factor) in zip(rubric.parts, moved) where part.kind == .indicator {
      full += Int64(part.most)
      drawn += Int64(part.most) * factor
    }
    result.append(
      zip(rubric.parts, moved).map { part, factor in
        guard part.kind == .indicator, drawn > 0 else { return one }
        return Int64(clamping: Int128(one) * Int128(factor) * Int128(full) / Int128(drawn))
      })
  }
  return result
}

extension Rubric {
  /// What scores are rounded to, in thousandths.
  fileprivate var unit: Int {
    switch decimals {
    case 3...: 1
    case 2: 10
    case 1: 100
    default: 1000
    }
  }

  /// The most that can be scored.
  fileprivate var ceiling: Int {
    parts.reduce(full) { $0 + ($1.kind == .bonus ? max(0, $1.most) : 0) }
  }
}

extension Scorecard {
  /// The most that one subject can score, after caps that apply.
  fileprivate func limit(of entry: Int, _ rubric: Rubric, _ ceiling: Int) -> Int {
    var limit = ceiling
    for (index, cap) in rubric.caps.enumerated() where caps[index][entry] == .capped {
      if case .score(let most) = cap.limit { limit = min(limit, most) }
    }
    return limit
  }
}

/// Numbers that follow from a seed and look drawn at random (Steele, Lea and Flood 2014).
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    // Safe: the generator is defined on numbers that wrap at 2^64.
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
