import Tables

extension Rubric.Band {
  /// An interval as officials write it: `>= 100`, `> 5`, `<= 3`, `< 20`, `= 0`, `[20..100)`.
  init?(written text: String, points: Int) {
    let text = trimmed(text)
    var band = Rubric.Band(
      text: text, lower: nil, includesLower: false, upper: nil, includesUpper: false,
      points: points)
    func number(_ rest: Substring) -> Exact? { Exact(written: trimmed(String(rest))) }
    if text.hasPrefix(">=") {
      guard let bound = number(text.dropFirst(2)) else { return nil }
      (band.lower, band.includesLower) = (bound, true)
    } else if text.hasPrefix("<=") {
      guard let bound = number(text.dropFirst(2)) else { return nil }
      (band.upper, band.includesUpper) = (bound, true)
    } else if text.hasPrefix(">") {
      guard let bound = number(text.dropFirst()) else { return nil }
      band.lower = bound
    } else if text.hasPrefix("<") {
      guard let bound = number(text.dropFirst()) else { return nil }
      band.upper = bound
    } else if text.hasPrefix("=") {
      guard let bound = number(text.drop { $0 == "=" }) else { return nil }
      (band.lower, band.includesLower) = (bound, true)
      (band.upper, band.includesUpper) = (bound, true)
    } else {
      guard let first = text.first, let last = text.last, "[(".contains(first),
        "])".contains(last), let dots = text.firstRange(of: ".."),
        let lower = number(text[..<dots.lowerBound].dropFirst()),
        let upper = number(text[dots.upperBound...].dropLast())
      else { return nil }
      (band.lower, band.includesLower) = (lower, first == "[")
      (band.upper, band.includesUpper) = (upper, last == "]")
    }
    self = band
  }

  /// The first and last number of a step that it holds; nil is without end.
  ///
  /// Numbers are whole or have six decimals, so between two of them there is nothing and holes
  /// and overlaps can be told exactly.
  fileprivate func closed(step: Int64) -> (first: Int64?, last: Int64?) {
    let first = lower.map { bound in
      includesLower ? ceiling(bound.millionths, step) : floor(bound.millionths, step) + 1
    }
    let last = upper.map { bound in
      includesUpper ? floor(bound.millionths, step) : ceiling(bound.millionths, step) - 1
    }
    return (first, last)
  }
}

/// The number with the fewest decimals between two bands that do not touch.
func between(_ below: Rubric.Band, _ above: Rubric.Band) -> Exact? {
  guard let last = below.closed(step: 1).last, let first = above.closed(step: 1).first else {
    return nil
  }
  var unit = Exact.one
  while unit >= 1 {
    let (number, overflow) = ceiling(last + 1, unit).multipliedReportingOverflow(by: unit)
    if !overflow, number < first { return Exact(millionths: number) }
    unit /= 10
  }
  return nil
}

private func floor(_ value: Int64, _ step: Int64) -> Int64 {
  value / step - (value % step < 0 ? 1 : 0)
}

private func ceiling(_ value: Int64, _ step: Int64) -> Int64 {
  value / step + (value % step > 0 ? 1 : 0)
}

/// What is wrong with a set of bands; indices are those of the bands.
enum BandFault: Equatable {
  case empty(Int)
  /// Outside the least and most number that occur.
  case unreached(Int)
  case overlap(Int, Int, at: Exact?)
  case hole(after: Int, before: Int)
  case holeBelow(Int)
  case holeAbove(Int)
}

/// Whether bands hold every number between two ends exactly once.
///
/// - Parameters:
///   - whole: Only whole numbers occur.
///   - least: The least number that occurs; nil is without end.
func faults(
  of bands: [Rubric.Band], whole: Bool, least: Exact? = nil, most: Exact? = nil
) -> [BandFault] {
  let step = whole ? Exact.one : 1
  var faults: [BandFault] = []
  var intervals: [(index: Int, first: Int64?, last: Int64?)] = []
  for (index, band) in bands.enumerated() {
    let (first, last) = band.closed(step: step)
    if let first, let last, last < first {
      faults.append(.empty(index))
    } else if let last, let least, last < ceiling(least.millionths, step) {
      faults.append(.unreached(index))
    } else if let first, let most, first > floor(most.millionths, step) {
      faults.append(.unreached(index))
    } else {
      intervals.append((index, first, last))
    }
  }
  intervals.sort { left, right in
    (left.first ?? .min, left.last ?? .max) < (right.first ?? .min, right.last ?? .max)
  }
  guard let lowest = intervals.first else { return faults }
  if let first = lowest.first, least.map({ first > ceiling($0.millionths, step) }) ?? true {
    faults.append(.holeBelow(lowest.index))
  }
  var highest = lowest
  for next in intervals.dropFirst() {
    guard let first = next.first, let last = highest.last, first > last else {
      let shared = next.first.flatMap { $0 <= Int64.max / step ? $0 * step : nil }
      faults.append(
        .overlap(highest.index, next.index, at: shared.map { Exact(millionths: $0) }))
      if let last = highest.last, next.last.map({ $0 > last }) ?? true { highest = next }
      continue
    }
    if first > last + 1 { faults.append(.hole(after: highest.index, before: next.index)) }
    highest = next
  }
  if let last = highest.last, most.map({ last < floor($0.millionths, step) }) ?? true {
    faults.append(.holeAbove(highest.index))
  }
  return faults
}
