/// An exact decimal number: a whole number of millionths.
///
/// Money, percentages and points are kept so; no binary floating point decides a comparison.
/// The range is about ±9.2 × 10¹².
public struct Exact: Sendable, Hashable, Comparable {
  /// How many of these units make one.
  public static let one: Int64 = 1_000_000

  public let millionths: Int64

  public init(millionths: Int64) { self.millionths = millionths }

  /// Nil where the number is out of range.
  public init?(_ whole: Int64) {
    let (scaled, overflow) = whole.multipliedReportingOverflow(by: Exact.one)
    guard !overflow else { return nil }
    millionths = scaled
  }

  /// The sum, or nil where it is out of range.
  public func adding(_ other: Exact) -> Exact? {
    let (sum, overflow) = millionths.addingReportingOverflow(other.millionths)
    return overflow ? nil : Exact(millionths: sum)
  }

  /// The product rounded half away from zero to a millionth, or nil where it is out of range.
  public func times(_ other: Exact) -> Exact? {
    Exact.divide(millionths.multipliedFullWidth(by: other.millionths), by: Exact.one)
  }

  /// The quotient rounded half away from zero to a millionth; nil for a zero divisor or out of
  /// range.
  public func divided(by other: Exact) -> Exact? {
    Exact.divide(millionths.multipliedFullWidth(by: Exact.one), by: other.millionths)
  }

  public static func < (left: Exact, right: Exact) -> Bool { left.millionths < right.millionths }

  private static func divide(
    _ wide: (high: Int64, low: UInt64), by divisor: Int64
  ) -> Exact? {
    guard divisor != 0 else { return nil }
    let negative = (wide.high < 0) != (divisor < 0)
    var high = UInt64(bitPattern: wide.high)
    var low = wide.low
    if wide.high < 0 {
      // Safe: two's complement negation of a 128-bit number.
      low = ~low &+ 1
      high = ~high &+ (low == 0 ? 1 : 0)
    }
    guard high < divisor.magnitude else { return nil }
    let (quotient, rest) = divisor.magnitude.dividingFullWidth((high, low))
    let roundsUp = rest >= divisor.magnitude - rest
    let (magnitude, overflow) = quotient.addingReportingOverflow(roundsUp ? 1 : 0)
    guard !overflow, magnitude <= UInt64(Int64.max) else { return nil }
    return Exact(millionths: negative ? -Int64(magnitude) : Int64(magnitude))
  }
}

extension Exact: CustomStringConvertible {
  /// The shortest exact form: `12`, `0.5`, `-1.000001`.
  public var description: String {
    let magnitude = millionths.magnitude
    let whole = magnitude / UInt64(Exact.one)
    var fraction = String(magnitude % UInt64(Exact.one))
    let sign = millionths < 0 ? "-" : ""
    if fraction == "0" { return sign + String(whole) }
    fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return sign + String(whole) + "." + fraction
  }
}
