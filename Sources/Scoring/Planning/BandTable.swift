import RulePacks
import Tables

/// Intervals of numbers and the points they give, as least and greatest number of each.
///
/// Where the intervals cover every number without a hole, points are found by comparing with each
/// beginning once, for all lanes at a time.
struct BandTable: Sendable {
  /// For whole numbers, and for numbers of millionths.
  private let whole: Intervals
  private let millionths: Intervals

  init(_ bands: [Rubric.Band], unit: Int) {
    whole = Intervals(bands.map { $0.wholeRange }, points: bands.map { kept($0.points, unit) })
    millionths = Intervals(
      bands.map { $0.millionthRange }, points: bands.map { kept($0.points, unit) })
  }

  /// The points of each lane, and for each lane whether no interval holds it; that is empty if
  /// none is so.
  func points(of numbers: Numbers) -> (points: [Int32], outside: [Bool]) {
    switch numbers {
    case .whole(let lanes): whole.points(of: lanes)
    case .millionths(let lanes): millionths.points(of: lanes)
    }
  }

  private struct Intervals: Sendable {
    var ranges: [ClosedRange<Int64>] = []
    var points: [Int32] = []
    let hasNoHole: Bool

    init(_ all: [ClosedRange<Int64>?], points given: [Int32]) {
      let sorted = zip(all, given).compactMap { range, points in range.map { ($0, points) } }
        .sorted { $0.0.lowerBound < $1.0.lowerBound }
      ranges = sorted.map(\.0)
      points = sorted.map(\.1)
      let meet = zip(ranges, ranges.dropFirst()).allSatisfy { left, right in
        left.upperBound < .max && left.upperBound + 1 == right.lowerBound
      }
      hasNoHole = meet && ranges.first?.lowerBound == .min && ranges.last?.upperBound == .max
    }

    func points(of lanes: [Int64]) -> (points: [Int32], outside: [Bool]) {
      guard hasNoHole else { return searched(lanes) }
      var result = Array(repeating: points[0], count: lanes.count)
      for index in ranges.indices.dropFirst() {
        step(lanes, at: ranges[index].lowerBound, by: points[index] - points[index - 1], &result)
      }
      return (result, [])
    }

    private func searched(_ lanes: [Int64]) -> (points: [Int32], outside: [Bool]) {
      var result = Array(repeating: Int32(0), count: lanes.count)
      var outside = Array(repeating: true, count: lanes.count)
      for lane in lanes.indices {
        guard let index = ranges.firstIndex(where: { $0.contains(lanes[lane]) }) else { continue }
        result[lane] = points[index]
        outside[lane] = false
      }
      return (result, outside)
    }
  }
}

/// Adds to every lane that reaches a number.
private func step(_ lanes: [Int64], at least: Int64, by points: Int32, _ result: inout [Int32]) {
  precondition(lanes.count == result.count)
  for lane in lanes.indices {
    // Safe: the sum after each step is one of the bands' points.
    result[lane] &+= lanes[lane] >= least ? points : 0
  }
}

extension Rubric.Band {
  /// The numbers of millionths in it; nil if it is empty.
  fileprivate var millionthRange: ClosedRange<Int64>? {
    var least = lower?.millionths ?? .min
    var greatest = upper?.millionths ?? .max
    if lower != nil, !includesLower {
      guard least < .max else { return nil }
      least += 1
    }
    if upper != nil, !includesUpper {
      guard greatest > .min else { return nil }
      greatest -= 1
    }
    return least <= greatest ? least...greatest : nil
  }

  /// The whole numbers in it; nil if there is none.
  fileprivate var wholeRange: ClosedRange<Int64>? {
    guard let range = millionthRange else { return nil }
    let least = lower == nil ? .min : ceiling(range.lowerBound)
    let greatest = upper == nil ? .max : floor(range.upperBound)
    return least <= greatest ? least...greatest : nil
  }
}

/// The greatest whole number that is no more than so many millionths.
private func floor(_ millionths: Int64) -> Int64 {
  millionths / Exact.one - (millionths % Exact.one < 0 ? 1 : 0)
}

/// The least whole number that is no less than so many millionths.
private func ceiling(_ millionths: Int64) -> Int64 {
  millionths / Exact.one + (millionths % Exact.one > 0 ? 1 : 0)
}
