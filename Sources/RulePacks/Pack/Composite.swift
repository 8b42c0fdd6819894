public import Expressions
public import Tables

/// What makes a rubric composite: how measured values of many kinds become one score.
///
/// Indicators are measures, groups are nodes of a hierarchy; both are parts of the rubric, so
/// that each has its column in the ranking. Arithmetic is in binary floating point; the score and
/// every part shown are rounded once, from numbers that are not rounded.
public struct Composite: Sendable {
  /// Leaves are the rubric's measures in their order.
  public var hierarchy = Hierarchy()
  /// Parts that are measures, by leaf.
  public var measures: [Int] = []
  /// For each node the part that shows it; nil for the whole.
  public var groups: [Int?] = []
  /// Whether values are compared within the cohort only, rather than with all.
  public var isWithinCohort = false
  /// Slot of the fact among whose like a mean or median is taken; nil is all.
  public var imputedBy: Int?

  public init() {}

  /// One measured indicator.
  public struct Measure: Sendable {
    public var value: CheckedExpression
    /// Index among the rubric's measures.
    public var leaf: Int
    /// Within its group.
    public var weight: Double
    public var lowerIsBetter: Bool
    /// Fixed bounds, beyond which a value counts as the bound.
    public var cap: ClosedRange<Double>?
    public var winsorising: Winsorising?
    /// Whether the natural logarithm counts, after bounds.
    public var isLogarithmic: Bool
    /// For values whose logarithm, where it counts, is taken and whose sign is turned where less
    /// is better.
    public var scale: Scale
    public var missing: Missing
    /// Share of the whole that its weight makes, in millionths.
    public var share: Int

    public init(
      value: CheckedExpression, leaf: Int, weight: Double, lowerIsBetter: Bool,
      cap: ClosedRange<Double>?, winsorising: Winsorising?, isLogarithmic: Bool, scale: Scale,
      missing: Missing
    ) {
      self.value = value
      self.leaf = leaf
      self.weight = weight
      self.lowerIsBetter = lowerIsBetter
      self.cap = cap
      self.winsorising = winsorising
      self.isLogarithmic = isLogarithmic
      self.scale = scale
      self.missing = missing
      share = 0
    }
  }

  /// What a missing value means for a measure.
  public enum Missing: String, Sendable, CaseIterable {
    /// Left out; the others of its group weigh more.
    case reweight
    /// The mean of those that are known stands for it.
    case mean
    /// Their median.
    case median
    /// The least of the scale for now, and counted in the upper bound.
    case withhold
    /// The least of the scale.
    case zero
    /// As withhold, and the subject waits.
    case pending
  }
}

extension Composite.Measure {
  /// `ln(income) → goalposts [4.6, 11.2] × 2.0`, with what is done to the value before.
  public var text: String {
    var text = value.text
    if let cap { text = "\(cap.lowerBound) ≤ \(text) ≤ \(cap.upperBound)" }
    if winsorising != nil { text = "winsorise(\(text))" }
    if isLogarithmic { text = "ln(\(text))" }
    if lowerIsBetter { text = "−\(text)" }
    let reference = scale.reference.isEmpty ? "" : " \(scale.reference)"
    return "\(text) → \(scale.method.rawValue)\(reference) × \(weight)"
  }
}
