import RulePacks
import Tables

/// Scores and ranks of some subjects under weights that move.
///
/// Scores are whole multiples of what the rubric rounds to, so that they tie as published ones do.
/// Subjects with the same points share a profile and are worked out once.
struct WeightTrials: Sendable {
  /// So many ranks are worked out for one ranking: draws times different results.
  static let most = 10_000_000
  /// With fewer draws the outer twentieths would be a matter of chance.
  static let fewest = 100

  let profiles: Profiles
  private let form: Form
  /// For each profile who it is ranked with.
  private let groups: [Int32]
  private let groupCount: Int
  /// Nil where ranks follow the score alone.
  private let tiersFirst: TiersFirst?

  /// How scores come about.
  private enum Form: Sendable {
    case sum(WeightedSums)
    case composite(Composition)
  }

  /// - Parameters:
  ///   - entries: Entries of the scorecard, all with a rank.
  ///   - groups: For each of them, who it is ranked with.
  init(_ card: Scorecard, rubric: Rubric, entries: [Int], groups: [Int32]) {
    if let composite = rubric.composite, let measured = card.measured {
      profiles = Profiles(count: entries.count)
      tiersFirst = TiersFirst(
        compositeOf: rubric, card, entries, unit: Composition.unit(of: rubric))
      form = .composite(Composition(rubric, composite, measured, card, entries))
      self.groups = groups
    } else {
      let unit = Int32(rubric.unit)
      let limits = card.limits(of: entries, rubric).map { Int32(clamping: $0) / unit }
      let rows = entries.map { Int32($0) }
      let tiers = TiersFirst(sumOf: rubric, card, entries, unit: Int(unit))
      profiles = Profiles(
        card.parts.map(\.points), at: rows,
        and: [limits, groups] + (tiers.map { [$0.best] } ?? []), count: entries.count,
        most: WeightTrials.most / WeightTrials.fewest)
      // Of too many profiles nothing is worked out.
      let isTooMany = profiles.count > WeightTrials.most / WeightTrials.fewest
      let firsts = isTooMany ? [] : profiles.firsts.map { rows[Int($0)] }
      form = .sum(
        WeightedSums(
          card.parts.map { $0.points.picked(firsts, absent: 0).map { $0 / unit } },
          limits: isTooMany ? [] : profiles.firsts.map { limits[Int($0)] },
          levels: rubric.ceiling / Int(unit) + 2))
      self.groups = profiles.firsts.map { groups[Int($0)] }
      tiersFirst = tiers?.picked(profiles.firsts)
    }
    groupCount = Int(groups.max() ?? -1) + 1
  }

  /// How many draws are made: as many as asked for, unless very many results differ; none where
  /// fewer than `fewest` would be left of them.
  func draws(asked: Int) -> Int {
    let possible = WeightTrials.most / max(1, profiles.count)
    return asked <= possible ? asked : possible >= WeightTrials.fewest ? possible : 0
  }

  /// Which of those who tie a place is counted for.
  enum Ties: Sendable {
    /// All share the first of their places: 1, 2, 2, 4.
    case first
    /// All share the last: 1, 3, 3, 4.
    case last
  }

  /// Room that draws share.
  struct Room {
    var sums = WeightedSums.Room()
    fileprivate var levels: [Int32] = []
  }

  /// The rank of every profile in one draw.
  func ranks(_ weights: DrawnWeights, _ draw: Int, ties: Ties, _ room: inout Room) -> [Int32] {
    switch form {
    case .composite(let composition):
      let scores = composition.scores(weights.factors[draw])
      return sortedRanks(
        tiersFirst?.keys(scores) ?? scores, groups, counts: profiles.counts, ties)
    case .sum(let sums):
      sums.score(weights, draw, &room.sums)
      if let tiersFirst {
        let keys = tiersFirst.keys(room.sums.scores.map { Int64($0) })
        return sortedRanks(keys, groups, counts: profiles.counts, ties)
      }
      let levels = sums.levels
      guard groupCount * levels <= 32 * profiles.count + 65_536 else {
        return sortedRanks(room.sums.scores, groups, counts: profiles.counts, ties)
      }
      return countedRanks(
        room.sums.scores, groups, counts: profiles.counts, groupCount: groupCount, levels: levels,
        ties,
        &room.levels)
    }
  }
}

// MARK: - Composite scores

/// Measures of a composite rubric on their scales, aggregated with other weights.
private struct Composition: Sendable {
  private let hierarchy: Hierarchy
  private let leaves: [[Double]]
  private let measures: [Int]
  private let limits: [Double]
  /// What scores are rounded to a multiple of.
  private let unit: Double

  init(
    _ rubric: Rubric, _ composite: Composite, _ measured: MeasuredScores, _ card: Scorecard,
    _ entries: [Int]
  ) {
    hierarchy = composite.hierarchy
    leaves = measured.normalised.map { column in entries.map { column[$0] } }
    measures = composite.measures
    limits = card.limits(of: entries, rubric).map { Double($0) / 1000 }
    unit = Composition.unit(of: rubric)
  }

  static func unit(of rubric: Rubric) -> Double {
    rubric.ranksOnRounded ? Double(rubric.unit) / 1000 : 1e-9
  }

  /// In rounding units.
  func scores(_ factors: [Int64]) -> [Int64] {
    let weights = measures.map { Double(factors[$0]) / 1000 }
    let whole = hierarchy.scores(of: leaves, factors: weights).last ?? []
    return whole.indices.map { index in
      // Without any of the measures it has there is nothing to rank by.
      let score = whole[index].isNaN ? -1e6 : whole[index]
      let held = max(-1e6, min(score, limits[index], 1e6))
      return Int64((held / unit).rounded(.toNearestOrAwayFromZero))
    }
  }
}

extension Rubric {
  /// What scores are rounded to, in thousandths.
  var unit: Int {
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
  /// The most that each of some subjects can score, after caps that apply.
  fileprivate func limits(of entries: [Int], _ rubric: Rubric) -> [Int] {
    let ceiling = rubric.composite == nil ? rubric.ceiling : 1_000_000_000
    var limits = Array(repeating: ceiling, count: entries.count)
    for (index, cap) in rubric.caps.enumerated() {
      guard case .score(let most) = cap.limit else { continue }
      for (position, entry) in entries.enumerated() where caps[index][entry] == .capped {
        limits[position] = min(limits[position], most)
      }
    }
    return limits
  }
}
