import Glibc
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

  /// How scores come about.
  private enum Form: Sendable {
    case sum(Sums)
    case composite(Composition)
  }

  /// - Parameters:
  ///   - entries: Entries of the scorecard, all with a rank.
  ///   - groups: For each of them, who it is ranked with.
  init(_ card: Scorecard, rubric: Rubric, entries: [Int], groups: [Int32]) {
    if let composite = rubric.composite, let measured = card.measured {
      profiles = Profiles(count: entries.count)
      form = .composite(Composition(rubric, composite, measured, card, entries))
      self.groups = groups
    } else {
      let unit = Int32(rubric.unit)
      let isWhole = entries.count == card.count
      let limits = card.limits(of: entries, rubric).map { Int32(clamping: $0) / unit }
      let columns = card.parts.map { part in
        isWhole ? part.points : Integers(entries.map { part.points[$0] })
      }
      profiles = Profiles(
        columns + [Integers(limits), Integers(groups)], count: entries.count,
        most: WeightTrials.most / WeightTrials.fewest)
      form = .sum(Sums(columns, limits, profiles, rubric))
      self.groups = profiles.firsts.map { groups[Int($0)] }
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
    fileprivate var sums: [Int32] = []
    fileprivate var wide: [Int64] = []
    fileprivate var scores: [Int32] = []
    fileprivate var levels: [Int32] = []
  }

  /// The rank of every profile in one draw.
  func ranks(_ weights: DrawnWeights, _ draw: Int, ties: Ties, _ room: inout Room) -> [Int32] {
    switch form {
    case .composite(let composition):
      return sortedRanks(
        composition.scores(weights.factors[draw]), groups, counts: profiles.counts, ties)
    case .sum(let sums):
      sums.score(weights, draw, &room)
      let levels = sums.levels
      guard groupCount * levels <= 32 * profiles.count + 65_536 else {
        return sortedRanks(room.scores, groups, counts: profiles.counts, ties)
      }
      return countedRanks(
        room.scores, groups, counts: profiles.counts, groupCount: groupCount, levels: levels, ties,
        &room.levels)
    }
  }
}

// MARK: - Sums of points

/// Points of the profiles, and their weighted sums.
private struct Sums: Sendable {
  /// For each part the points of the profiles in rounding units; 16 bits where all fit, because
  /// so many more are added at a time.
  private let narrow: [[Int16]]
  private let wide: [[Int32]]
  /// The most that each profile can score, in rounding units.
  private let limits: [Int32]
  /// One more than the highest score.
  let levels: Int

  init(
    _ columns: [Integers<Int32>], _ limits: [Int32], _ profiles: Profiles, _ rubric: Rubric
  ) {
    let unit = Int32(rubric.unit)
    let picked = columns.map { column in profiles.firsts.map { column[Int($0)] / unit } }
    let extent = picked.reduce(0) { sum, column in
      sum + Int(column.lazy.map { $0.magnitude }.max() ?? 0)
    }
    // Factors stay below four times the weight (`scaled` is held to that), so sums in 32 bits.
    let fits = extent < 1 << 15
    narrow = fits ? picked.map { $0.map { Int16(truncatingIfNeeded: $0) } } : []
    wide = fits ? [] : picked
    self.limits = profiles.firsts.map { limits[Int($0)] }
    levels = rubric.ceiling / Int(unit) + 2
  }

  func score(_ weights: DrawnWeights, _ draw: Int, _ room: inout WeightTrials.Room) {
    if room.scores.count != limits.count {
      room.scores = Array(repeating: 0, count: limits.count)
    }
    wide.isEmpty ? addNarrow(weights, draw, &room) : addWide(weights, draw, &room)
  }

  // A stretch at a time, so that its sums stay in the cache while the parts are added.
  private static let stretch = 4096

  private func addNarrow(
    _ weights: DrawnWeights, _ draw: Int, _ room: inout WeightTrials.Room
  ) {
    let shift: Int32 = 13
    let factors = weights.scaled(draw, one: 1 << 13).map { Int16(min($0, 1 << 15 - 1)) }
    for start in stride(from: 0, to: limits.count, by: Sums.stretch) {
      let range = start..<min(start + Sums.stretch, limits.count)
      room.sums.removeAll(keepingCapacity: true)
      room.sums.append(contentsOf: repeatElement(1 << (shift - 1), count: range.count))
      for part in narrow.indices where factors[part] != 0 {
        add(narrow[part], range, times: factors[part], to: &room.sums)
      }
      settle(room.sums, shift: shift, limits, range, &room.scores)
    }
  }

  private func addWide(
    _ weights: DrawnWeights, _ draw: Int, _ room: inout WeightTrials.Room
  ) {
    // Safe: points are below 2^31 and factors below 2^24, so a few hundred sums stay below 2^63.
    let shift: Int64 = 22
    let factors = weights.scaled(draw, one: 1 << shift).map { min($0, 1 << (shift + 2)) }
    for start in stride(from: 0, to: limits.count, by: Sums.stretch) {
      let range = start..<min(start + Sums.stretch, limits.count)
      room.wide.removeAll(keepingCapacity: true)
      room.wide.append(contentsOf: repeatElement(1 << (shift - 1), count: range.count))
      for part in wide.indices { add(wide[part], range, times: factors[part], to: &room.wide) }
      settle(room.wide, shift: shift, limits, range, &room.scores)
    }
  }
}

private func add(
  _ points: [Int16], _ range: Range<Int>, times factor: Int16, to sums: inout [Int32]
) {
  let points = points.span.extracting(range)
  var sums = sums.mutableSpan
  precondition(points.count == sums.count)
  for index in points.indices {
    // Safe: magnitudes of points add up to less than 2^15 and factors are below 2^15.
    sums[index] &+= Int32(points[index]) &* Int32(factor)
  }
}

private func add(
  _ points: [Int32], _ range: Range<Int>, times factor: Int64, to sums: inout [Int64]
) {
  let points = points.span.extracting(range)
  var sums = sums.mutableSpan
  precondition(points.count == sums.count)
  for index in points.indices {
    // Safe: see where the factors are made.
    sums[index] &+= Int64(points[index]) &* factor
  }
}

/// Rounds sums to scores between 0 and their limits.
private func settle<Sum: FixedWidthInteger>(
  _ sums: [Sum], shift: Sum, _ limits: [Int32], _ range: Range<Int>, _ scores: inout [Int32]
) {
  let limits = limits.span.extracting(range)
  let sums = sums.span
  var scores = scores.mutableSpan
  precondition(sums.count == limits.count)
  for index in sums.indices {
    let score = Int32(truncatingIfNeeded: sums[index] >> shift)
    scores[range.lowerBound &+ index] = max(0, min(score, limits[index]))
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
    unit = rubric.ranksOnRounded ? Double(rubric.unit) / 1000 : 1e-9
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

// MARK: - Ranks

/// Ranks by counting how many of the group have each score.
///
/// - Parameter counts: How many subjects each score stands for.
func countedRanks(
  _ scores: [Int32], _ groups: [Int32], counts: [Int32], groupCount: Int, levels: Int,
  _ ties: WeightTrials.Ties, _ room: inout [Int32]
) -> [Int32] {
  room.removeAll(keepingCapacity: true)
  room.append(contentsOf: repeatElement(0, count: groupCount * levels))
  count(scores, groups, counts, levels: levels, into: &room)
  place(groups: groupCount, levels: levels, ties, &room)
  var ranks = scores
  lookUp(groups, levels: levels, in: room, &ranks)
  return ranks
}

private func count(
  _ scores: [Int32], _ groups: [Int32], _ counts: [Int32], levels: Int, into places: inout [Int32]
) {
  let scores = scores.span
  let groups = groups.span
  let counts = counts.span
  var places = places.mutableSpan
  precondition(scores.count == groups.count && scores.count == counts.count)
  for index in scores.indices {
    places[Int(groups[index]) &* levels &+ Int(scores[index])] &+= counts[index]
  }
}

/// From how many have each score to the place that they share.
private func place(
  groups: Int, levels: Int, _ ties: WeightTrials.Ties, _ places: inout [Int32]
) {
  var places = places.mutableSpan
  for group in 0..<groups {
    var above: Int32 = 0
    var level = (group + 1) * levels - 1
    while level >= group * levels {
      let count = places[level]
      places[level] = ties == .first ? above &+ 1 : above &+ count
      above &+= count
      level -= 1
    }
  }
}

/// From scores to the places that they share.
private func lookUp(
  _ groups: [Int32], levels: Int, in places: [Int32], _ ranks: inout [Int32]
) {
  let groups = groups.span
  let places = places.span
  var ranks = ranks.mutableSpan
  precondition(groups.count == ranks.count)
  for index in groups.indices {
    ranks[index] = places[Int(groups[index]) &* levels &+ Int(ranks[index])]
  }
}

/// Ranks by sorting; for many possible scores and few subjects.
func sortedRanks<Score: Comparable>(
  _ scores: [Score], _ groups: [Int32], counts: [Int32], _ ties: WeightTrials.Ties
) -> [Int32] {
  let order = scores.indices.sorted { left, right in
    groups[left] == groups[right]
      ? scores[left] > scores[right] : groups[left] < groups[right]
  }
  var ranks = Array(repeating: Int32(0), count: scores.count)
  var above: Int32 = 0
  var start = 0
  while start < order.count {
    let (group, score) = (groups[order[start]], scores[order[start]])
    var end = start
    var count: Int32 = 0
    while end < order.count, groups[order[end]] == group, scores[order[end]] == score {
      count += counts[order[end]]
      end += 1
    }
    for place in start..<end { ranks[order[place]] = ties == .first ? above + 1 : above + count }
    above = end < order.count && groups[order[end]] == group ? above + count : 0
    start = end
  }
  return ranks
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
