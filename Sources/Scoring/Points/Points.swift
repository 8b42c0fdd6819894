import Tables

/// Points as a part keeps them.
func kept(_ points: Int, _ unit: Int) -> Int32 {
  Int32(clamping: rounded(points, to: unit))
}

extension Vector {
  /// The lanes as yes or no; false where they hold something else.
  var flags: [Bool] {
    switch values {
    case .flags(let lanes): lanes
    case .boxed(let lanes): lanes.map { $0 == .bool(true) }
    case .integers, .decimals, .reals, .dates, .codes, .texts, .rows:
      Array(repeating: false, count: count)
    }
  }

  /// The lanes as numbers.
  var numbers: Numbers {
    switch values {
    case .integers(let lanes): return .whole(lanes)
    case .decimals(let lanes): return .millionths(lanes)
    case .reals(let lanes): return .millionths(lanes.map { millionths($0) })
    case .boxed(let lanes): return .millionths(lanes.map { millionths($0) })
    case .flags, .dates, .codes, .texts, .rows:
      return .whole(Array(repeating: 0, count: count))
    }
  }
}

/// Numbers of one unit, a lane each.
enum Numbers {
  case whole([Int64])
  case millionths([Int64])

  /// In millionths; numbers beyond the range stand at its end.
  var inMillionths: [Int64] {
    switch self {
    case .whole(let lanes): lanes.map { scaled($0) }
    case .millionths(let lanes): lanes
    }
  }

  func text(_ lane: Int) -> String {
    switch self {
    case .whole(let lanes): String(lanes[lane])
    case .millionths(let lanes): Exact(millionths: lanes[lane]).description
    }
  }
}

private func scaled(_ whole: Int64) -> Int64 {
  let (product, overflow) = whole.multipliedReportingOverflow(by: Exact.one)
  guard overflow else { return product }
  return whole < 0 ? .min : .max
}

/// A real number rounded half away from zero to a millionth; the range ends it.
private func millionths(_ real: Double) -> Int64 {
  let product = (real * Double(Exact.one)).rounded(.toNearestOrAwayFromZero)
  return Int64(exactly: product) ?? (product < 0 ? .min : .max)
}

private func millionths(_ value: Value) -> Int64 {
  switch value {
  case .int(let whole): scaled(whole)
  case .decimal(let exact): exact.millionths
  case .double(let real): millionths(real)
  case .null, .bool, .string, .date, .timestamp, .duration, .list, .map, .type: 0
  }
}
