/// What the normalising of one column goes by: its known values in order, their mean and spread.
public struct Reference: Sendable {
  /// Ascending; NaN, which stands for unknown, is left out.
  public private(set) var sorted: [Double]
  public private(set) var mean: Double
  /// Standard deviation of a sample (divided by one less than the number); NaN below two values.
  public private(set) var deviation: Double

  public init(_ values: [Double]) {
    sorted = values.filter { !$0.isNaN }.sorted()
    let count = Double(sorted.count)
    let mean = sorted.reduce(0, +) / count
    self.mean = mean
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation = sorted.count > 1 ? (squares / (count - 1)).squareRoot() : .nan
  }

  public var least: Double { sorted.first ?? .nan }
  public var most: Double { sorted.last ?? .nan }

  /// The middle value, or the mean of the two in the middle; NaN without values.
  public var median: Double {
    guard !sorted.isEmpty else { return .nan }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// How many values are below a number.
  func countBelow(_ value: Double) -> Int { sorted.partitioningIndex { !($0 < value) } }
}

/// How values of one indicator are brought to a scale that they share with others.
///
/// More is better here; an indicator of which less is better is turned (`turned`) together with
/// its values.
public struct Scale: Sendable, Equatable {
  /// The ways that the OECD and JRC handbook on composite indicators (2008) describes.
  public enum Method: String, Sendable, CaseIterable {
    /// From the least to the most value.
    case minMax = "min-max"
    /// Between two fixed values, beyond which nothing counts.
    case goalposts
    /// Standard deviations from the mean.
    case zScore = "z-score"
    /// Share of the others that are below.
    case percentile
    /// Place from below, from 1; ties share the lowest.
    case rank
    /// How many are below.
    case borda
    /// 1 at the most value, 0 at the least.
    case distanceToMax = "distance-to-max"
    /// Share of the most value.
    case fractionOfMax = "fraction-of-max"
  }

  public var method: Method
  /// Fixed numbers to go by, as many as `referenceCount`; empty takes them from the values at hand.
  public var reference: [Double]
  /// Where the scale begins and ends; for z-scores the mean and the standard deviation to give.
  public var low: Double
  public var high: Double

  public init(_ method: Method, reference: [Double] = [], low: Double, high: Double) {
    self.method = method
    self.reference = reference
    self.low = low
    self.high = high
  }

  /// How many fixed numbers a method goes by; nil where it cannot go by fixed numbers.
  public static func referenceCount(_ method: Method) -> Int? {
    switch method {
    case .minMax, .goalposts, .zScore, .distanceToMax: 2
    case .fractionOfMax: 1
    case .percentile, .rank, .borda: nil
    }
  }

  /// The least and most that it can give; nil where it has no ends.
  public func ends(count: Int) -> (low: Double, high: Double)? {
    switch method {
    case .goalposts, .percentile: (low, high)
    case .minMax, .distanceToMax: reference.isEmpty ? (low, high) : nil
    case .rank: (1, Double(max(count, 1)))
    case .borda: (0, Double(max(count - 1, 0)))
    case .zScore, .fractionOfMax: nil
    }
  }

  /// The same for values whose sign is turned, because less is better.
  public var turned: Scale {
    var turned = self
    switch method {
    case .minMax, .goalposts, .distanceToMax: turned.reference = reference.reversed().map { -$0 }
    case .zScore: turned.reference = reference.isEmpty ? [] : [-reference[0], reference[1]]
    case .fractionOfMax: turned.reference = reference.map { -$0 }
    case .percentile, .rank, .borda: break
    }
    return turned
  }

  /// Whether the values differ enough to be told apart; if not, all get the middle of the scale.
  public func hasSpread(_ values: Reference) -> Bool {
    switch method {
    case .minMax, .goalposts, .distanceToMax:
      reference.isEmpty ? values.least < values.most : reference[0] < reference[1]
    case .zScore: reference.isEmpty ? values.deviation > 0 : reference[1] > 0
    case .percentile: values.sorted.count > 1
    case .rank, .borda: true
    case .fractionOfMax: reference.isEmpty ? values.most != 0 : true
    }
  }

  /// Values on the scale; NaN stays NaN.
  ///
  /// Where the values have no spread (`hasSpread`), each known one gets the middle of the scale,
  /// for z-scores the mean; shares of a maximum of 0 have no value at all.
  public func normalised(_ values: [Double], over set: Reference) -> [Double] {
    guard hasSpread(set) else {
      let middle =
        switch method {
        case .zScore: low
        case .fractionOfMax: Double.nan
        case .minMax, .goalposts, .percentile, .rank, .borda, .distanceToMax: (low + high) / 2
        }
      return values.map { $0.isNaN ? $0 : middle }
    }
    let first = reference.first ?? set.least
    let last = reference.last ?? set.most
    switch method {
    case .minMax, .distanceToMax: return stretched(values, from: first, to: last)
    case .goalposts:
      let kept = values.map { $0.isNaN ? $0 : Swift.max(first, Swift.min($0, last)) }
      return stretched(kept, from: first, to: last)
    case .zScore:
      let mean = reference.first ?? set.mean
      let deviation = reference.last ?? set.deviation
      return values.map { ($0 - mean) / deviation * high + low }
    case .fractionOfMax: return values.map { $0 / last * (high - low) + low }
    case .percentile:
      let others = Double(set.sorted.count - 1)
      return values.map {
        $0.isNaN
          ? $0 : Swift.min(Double(set.countBelow($0)) / others, 1) * (high - low) + low
      }
    case .rank: return values.map { $0.isNaN ? $0 : Double(set.countBelow($0) + 1) }
    case .borda: return values.map { $0.isNaN ? $0 : Double(set.countBelow($0)) }
    }
  }

  private func stretched(_ values: [Double], from first: Double, to last: Double) -> [Double] {
    values.map { ($0 - first) / (last - first) * (high - low) + low }
  }
}
