import RulePacks
import Tables

/// What each part does to a ranking: its effective weight, and how ranks move without it.
///
/// The effective weight is the share of the variance of the scores that the part accounts for:
/// the covariance of its points with the sum of all points, divided by the variance of that sum,
/// over everybody with a rank. Where points are added, the shares add up to 1; a part on which
/// all agree has 0 whatever its nominal weight. Ranks without a part are those under weights in
/// which its own is 0 and the others of the indicators are scaled to the full mark.
func effects(
  _ card: Scorecard, _ trials: WeightTrials, rubric: Rubric, entries: [Int], jobs: Int
) async -> [RankIntervals.Effect] {
  let weights = DrawnWeights(leavingOutEachOf: rubric)
  var room = WeightTrials.Room()
  let before = trials.ranks(weights, 0, ties: .first, &room)
  let shares = rubric.parts.reduce(0) { $0 + ($1.kind == .indicator ? $1.most : 0) }
  let sums = Spreads(card, rubric, entries)
  return await inParallel(rubric.parts.count, jobs: jobs) { part in
    var effect = RankIntervals.Effect(part: part)
    switch rubric.parts[part].form {
    case .measure(let measure): effect.weight = Double(measure.share) / 1_000_000
    case .group: return effect
    case .condition, .bands, .lookup, .ratio, .number, .opinions, .each:
      if rubric.parts[part].kind == .indicator, shares > 0 {
        effect.weight = Double(rubric.parts[part].most) / Double(shares)
      }
    }
    effect.effective = sums.share(of: part)
    var room = WeightTrials.Room()
    let after = trials.ranks(weights, part + 1, ties: .first, &room)
    var (moved, far) = (0, 0)
    var whole = 0
    for profile in after.indices {
      let distance = Int(abs(after[profile] - before[profile]))
      let count = Int(trials.profiles.counts[profile])
      if distance > 0 { moved += count }
      whole += distance * count
      far = max(far, distance)
    }
    effect.moved = entries.isEmpty ? 0 : Double(moved) / Double(entries.count)
    effect.meanShift = entries.isEmpty ? 0 : Double(whole) / Double(entries.count)
    effect.largestShift = far
    return effect
  }
}

/// How points and their sums spread over the ranked.
private struct Spreads: Sendable {
  private let card: Scorecard
  private let rubric: Rubric
  private let entries: [Int]
  /// Sums of points of each entry; of a composite rubric its score before rounding.
  private let sums: [Double]
  private let mean: Double
  private let variance: Double

  init(_ card: Scorecard, _ rubric: Rubric, _ entries: [Int]) {
    self.card = card
    self.rubric = rubric
    self.entries = entries
    if let whole = card.measured?.groups.last {
      sums = entries.map { whole[$0] }
    } else {
      var given = [Int](repeating: 0, count: card.count)
      for part in card.parts {
        for entry in given.indices { given[entry] += Int(part.points[entry]) }
      }
      sums = entries.map { Double(given[$0]) }
    }
    mean = sums.reduce(0, +) / Double(max(1, sums.count))
    let center = mean
    variance = sums.reduce(0) { $0 + ($1 - center) * ($1 - center) }
  }

  /// Nil where the scores do not differ.
  func share(of part: Int) -> Double? {
    guard variance > 0 else { return nil }
    var points: [Double]
    if case .measure(let measure) = rubric.parts[part].form, let scores = card.measured {
      let weight = Double(measure.share) / 1_000_000
      points = entries.map { scores.normalised[measure.leaf][$0] * weight }
    } else {
      points = entries.map { Double(card.parts[part].points[$0]) }
    }
    // What is missing is left out.
    let known = points.indices.filter { !points[$0].isNaN }
    let center = known.reduce(0) { $0 + points[$1] } / Double(max(1, known.count))
    return known.reduce(0) { $0 + (points[$1] - center) * (sums[$1] - mean) } / variance
  }
}
