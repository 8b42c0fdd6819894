import RulePacks
import Tables

/// Puts a better tier before any score, in rubrics that rank within tiers.
///
/// Under other weights the score makes another tier, as it does under the published ones; caps on
/// the tier that apply hold whatever the weights.
struct TiersFirst: Sendable {
  /// For each result the best tier that its caps leave it.
  let best: [Int32]
  /// The least score of each tier but the last, best first, in units of the scores.
  private let floors: [Int64]

  /// More than two scores ever lie apart, in units of the scores.
  private static let span: Int64 = 1 << 52

  private init(best: [Int32], floors: [Int64]) {
    self.best = best
    self.floors = floors
  }

  /// For scores in whole units.
  ///
  /// - Parameter unit: What scores are rounded to, in thousandths.
  /// - Returns: nil where ranks follow the score alone.
  init?(sumOf rubric: Rubric, _ card: Scorecard, _ entries: [Int], unit: Int) {
    guard rubric.ranksWithinTiers else { return nil }
    best = card.bestTiersByCaps(of: entries, rubric)
    floors = rubric.floors(unit: unit).map { Int64($0) }
  }

  /// For scores of a composite rubric, which may be finer than what tiers are taken from.
  ///
  /// - Parameter unit: What scores are multiples of.
  init?(compositeOf rubric: Rubric, _ card: Scorecard, _ entries: [Int], unit: Double) {
    guard rubric.ranksWithinTiers else { return nil }
    best = card.bestTiersByCaps(of: entries, rubric)
    let floors = rubric.floors(unit: rubric.unit)
    guard !rubric.ranksOnRounded else {
      self.floors = floors.map { Int64($0) }
      return
    }
    let step = Int64((Double(rubric.unit) / 1000 / unit).rounded())
    // Tiers are taken from rounded scores, halves away from zero.
    self.floors = floors.map { floor in
      Int64(floor) * step - step / 2 + (floor > 0 ? 0 : 1)
    }
  }

  /// Those of some results alone.
  func picked(_ places: [Int32]) -> TiersFirst {
    TiersFirst(best: places.map { best[Int($0)] }, floors: floors)
  }

  /// Numbers in the order of tier and then score, more being better.
  func keys(_ scores: [Int64]) -> [Int64] {
    scores.indices.map { index in
      let score = scores[index]
      let tier = max(floors.firstIndex { $0 <= score } ?? floors.count, Int(best[index]))
      return Int64(floors.count - tier) * TiersFirst.span + score
    }
  }
}

extension Rubric {
  /// The least score of each tier but the last, best first, in units of so many thousandths,
  /// rounded up: a score below it does not reach the tier.
  fileprivate func floors(unit: Int) -> [Int] {
    tiers.dropLast().map { tier in
      let from = tier.from ?? 0
      let (whole, rest) = from.quotientAndRemainder(dividingBy: unit)
      return whole + (rest > 0 ? 1 : 0)
    }
  }
}

extension Scorecard {
  /// The best tier that the caps that apply leave each of some subjects.
  fileprivate func bestTiersByCaps(of entries: [Int], _ rubric: Rubric) -> [Int32] {
    var best = Array(repeating: Int32(0), count: entries.count)
    for (index, cap) in rubric.caps.enumerated() {
      guard case .tier(let tier) = cap.limit else { continue }
      for (position, entry) in entries.enumerated() where caps[index][entry] == .capped {
        best[position] = max(best[position], Int32(tier))
      }
    }
    return best
  }
}
