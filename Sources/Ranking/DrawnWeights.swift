import RulePacks
import Tables

/// What the weights of a rubric's parts are multiplied with, in thousandths, draw by draw.
struct DrawnWeights: Sendable {
  private(set) var factors: [[Int64]] = []
  /// The most points of each indicator; 0 for other parts, whose weights do not move.
  private let mosts: [Int64]
  private let isIndicator: [Bool]

  /// Every indicator's weight moves by itself, evenly within the rubric's share of it; deductions
  /// and bonuses stay. Fewer draws are the first of more.
  init(_ rubric: Rubric, _ robustness: Rubric.Robustness, draws: Int) {
    var generator = SplitMix(state: UInt64(bitPattern: Int64(robustness.seed)))
    let reach = UInt64(max(0, min(robustness.weights, 1000)))
    isIndicator = rubric.parts.map { $0.kind == .indicator }
    mosts = rubric.parts.map { $0.kind == .indicator ? Int64($0.most) : 0 }
    factors.reserveCapacity(draws)
    for _ in 0..<draws {
      factors.append(
        isIndicator.map { isIndicator in
          isIndicator
            ? 1000 - Int64(reach) + Int64(generator.next() % (2 * reach + 1)) : 1000
        })
    }
  }

  /// The published weights, then for each part those without it.
  init(leavingOutEachOf rubric: Rubric) {
    isIndicator = rubric.parts.map { $0.kind == .indicator }
    mosts = rubric.parts.map { $0.kind == .indicator ? Int64($0.most) : 0 }
    let all = rubric.parts.map { _ in Int64(1000) }
    factors =
      [all]
      + all.indices.map { part in
        var factors = all
        factors[part] = 0
        return factors
      }
  }

  var count: Int { factors.count }

  /// What a unit of each part's points counts in one draw, times `one`: scaled so that the
  /// indicators together keep their full mark.
  func scaled(_ draw: Int, one: Int64) -> [Int64] {
    let drawnFactors = factors[draw]
    var full: Int64 = 0
    var drawn: Int64 = 0
    for (most, factor) in zip(mosts, drawnFactors) {
      full += most
      drawn += most * factor
    }
    return drawnFactors.indices.map { part in
      let factor = drawnFactors[part]
      guard isIndicator[part] else { return one * factor / 1000 }
      guard drawn > 0 else { return 0 }
      let product = Int128(one) * Int128(factor) * Int128(full)
      return Int64(clamping: (product + Int128(drawn) / 2) / Int128(drawn))
    }
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
