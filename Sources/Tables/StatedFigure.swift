/// A figure that a document states, and how it states it: so many, at least so many, or more.
public struct StatedFigure: Sendable, Equatable {
  public enum Value: Sendable, Equatable {
    case number(Int)
    /// In thousandths of a whole.
    case share(Int)
  }

  /// How the document puts it; the raw value is the pack's word.
  public enum Degree: String, Sendable, CaseIterable {
    case exactly
    case atLeast = "at-least"
    case moreThan = "more-than"
  }

  public var value: Value
  public var degree: Degree

  public init(_ value: Value, _ degree: Degree = .exactly) {
    self.value = value
    self.degree = degree
  }
}

/// What a delivery gives in place of a stated figure.
public struct ComputedFigure: Sendable, Equatable {
  /// As many as are known to count.
  public var number: Int
  /// Those of whom it is not known whether, or how much, they count.
  public var unknown: Int
  /// What the number is a share of; nil where it is no share.
  public var whole: Int?
  /// Whether each that is unknown counts at most one; a sum can miss any amount.
  public var countsOnes: Bool

  public init(number: Int, unknown: Int, whole: Int? = nil, countsOnes: Bool = true) {
    self.number = number
    self.unknown = unknown
    self.whole = whole
    self.countsOnes = countsOnes
  }

  /// The most that it can be; nil where nothing bounds it.
  public var most: Int? {
    if unknown == 0 { return number }
    return countsOnes ? number + unknown : nil
  }
}

/// How a stated figure and the computed one stand to each other; the raw value is for machines.
public enum FigureState: String, Sendable, CaseIterable {
  case agrees, differs
  /// The delivery does not carry it, or leaves open on which side of the stated figure it lies.
  case cannotBeKnown = "cannot-be-known"
  /// The delivery could carry it, but holds nothing of it.
  case nothingDelivered = "nothing-delivered"
}

extension StatedFigure {
  /// Whether what a delivery gives agrees with what is stated, whatever the unknown turn out to be.
  public func state(beside computed: ComputedFigure) -> FigureState {
    switch value {
    case .number(let stated):
      return state(computed) { number in
        degree.holds(number - stated)
      }
    case .share(let stated):
      let whole = computed.whole ?? 0
      guard whole > 0 else { return .nothingDelivered }
      return state(computed) { number in
        // A share that is stated exactly is known to its last digit only.
        degree == .exactly
          ? share(number, of: whole) == stated : degree.holds(number * 1000 - stated * whole)
      }
    }
  }

  /// - Parameter holds: Whether the statement is true of a number.
  private func state(_ computed: ComputedFigure, _ holds: (Int) -> Bool) -> FigureState {
    let (least, most) = (computed.number, computed.most)
    if let most, least == most { return holds(least) ? .agrees : .differs }
    switch degree {
    case .atLeast, .moreThan:
      if holds(least) { return .agrees }
      if let most, !holds(most) { return .differs }
    case .exactly:
      if lies(outside: least, most, computed.whole) { return .differs }
    }
    return .cannotBeKnown
  }

  /// Whether an exact figure lies outside what the computed one can be.
  private func lies(outside least: Int, _ most: Int?, _ whole: Int?) -> Bool {
    switch value {
    case .number(let stated): stated < least || most.map { stated > $0 } ?? false
    case .share(let stated):
      stated < share(least, of: whole ?? 0) ?? 0
        || most.flatMap { share($0, of: whole ?? 0) }.map { stated > $0 } ?? false
    }
  }
}

extension StatedFigure.Degree {
  /// Whether it is true of a number that exceeds the stated one by so much.
  fileprivate func holds(_ excess: Int) -> Bool {
    switch self {
    case .exactly: excess == 0
    case .atLeast: excess >= 0
    case .moreThan: excess > 0
    }
  }
}
