/// Brings in outlying values one by one while a column is skewed and peaked beyond bounds.
///
/// As COINr does: while both the skewness and the excess kurtosis (of samples, as spreadsheets
/// give them) exceed their bounds, the farthest value on the longer side, and whatever is beyond
/// it, takes the value next to it; at most so many values on both sides together.
public struct Winsorising: Sendable, Equatable {
  public var most: Int
  public var skewness: Double
  public var kurtosis: Double

  public init(most: Int = 5, skewness: Double = 2, kurtosis: Double = 3.5) {
    self.most = most
    self.skewness = skewness
    self.kurtosis = kurtosis
  }

  /// The least and most value to keep, and how many values were brought in for that.
  public func bounds(of set: Reference) -> (least: Double, most: Double, count: Int) {
    var (below, above) = (0, 0)
    let sorted = set.sorted
    var values = sorted
    while below + above < min(most, sorted.count - 1) {
      let shape = Shape(values)
      guard abs(shape.skewness) > skewness, shape.kurtosis > kurtosis else { break }
      if shape.skewness > 0 { above += 1 } else { below += 1 }
      let (least, most) = (sorted[below], sorted[sorted.count - 1 - above])
      values = sorted.map { max(least, min($0, most)) }
    }
    return (values.first ?? .nan, values.last ?? .nan, below + above)
  }
}

/// Skewness and excess kurtosis of a sample (types “G1” and “G2” of Joanes and Gill 1998); NaN
/// where values are too few or all alike.
public struct Shape: Sendable {
  public private(set) var skewness: Double
  public private(set) var kurtosis: Double

  public init(_ values: [Double]) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    var (second, third, fourth) = (0.0, 0.0, 0.0)
    for value in values {
      let distance = value - mean
      let square = distance * distance
      second += square
      third += square * distance
      fourth += square * square
    }
    let g1 = n.squareRoot() * third / (second * second.squareRoot())
    let ratio = n * fourth / (second * second)
    skewness = values.count > 2 ? g1 * (n * (n - 1)).squareRoot() / (n - 2) : .nan
    kurtosis =
      values.count > 3
      ? ((n + 1) * (ratio - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)) : .nan
  }
}
