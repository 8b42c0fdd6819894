import RulePacks
import Tables

extension RuleResults {
  /// The rounded points of a form that reads the subject's own facts, meaningless where unknown;
  /// opinions are read elsewhere.
  mutating func points(of form: FormPlan) -> [Int32] {
    switch form {
    case .condition(let points, let when): return chosen(points, evaluate(when).flags)
    case .bands(let on, let table): return banded(evaluate(on).numbers, table)
    case .lookup(let on, let table, let otherwise):
      return lookedUp(evaluate(on), table, otherwise)
    case .ratio(let points, let part, let whole, let unit):
      let share = evaluate(part)
      let all = evaluate(whole)
      closeRatios(share, all)
      return shared(points, share.numbers, of: all.numbers, unit: unit)
    case .number(let points, let value, let unit):
      return bounded(evaluate(value).numbers, most: points, unit: unit)
    case .each(let points, let count, let limit, let unit):
      return counted(evaluate(count).numbers, points, limit: limit, unit: unit)
    case .opinions, .measure, .group: return Array(repeating: 0, count: count)
    }
  }

  private mutating func banded(_ numbers: Numbers, _ table: BandTable) -> [Int32] {
    let (points, outside) = table.points(of: numbers)
    for lane in outside.indices where outside[lane] && !isUnknown(lane) {
      giveUp(lane, .between(bands: numbers.text(lane)))
    }
    return points
  }

  private mutating func lookedUp(
    _ vector: Vector, _ table: [String: Int32], _ otherwise: Int32?
  ) -> [Int32] {
    switch vector.values {
    case .codes(let ids, let names):
      let listed = names.map { table[$0] ?? otherwise }
      let points = spread(listed.map { $0 ?? 0 }, over: ids)
      if listed.contains(nil) {
        for lane in ids.indices where !isUnknown(lane) && listed[Int(ids[lane])] == nil {
          giveUp(lane, .notListed(code: names[Int(ids[lane])]))
        }
      }
      return points
    case .texts(let texts): return lookedUp(table, otherwise) { texts[$0] }
    case .boxed(let values):
      return lookedUp(table, otherwise) { lane in
        if case .string(let text) = values[lane] { text } else { "" }
      }
    case .flags, .integers, .decimals, .reals, .dates, .rows:
      return Array(repeating: 0, count: count)
    }
  }

  private mutating func lookedUp(
    _ table: [String: Int32], _ otherwise: Int32?, text: (Int) -> String
  ) -> [Int32] {
    var result = Array(repeating: Int32(0), count: count)
    for lane in 0..<count where !isUnknown(lane) {
      let code = text(lane)
      if let points = table[code] ?? otherwise {
        result[lane] = points
      } else {
        giveUp(lane, .notListed(code: code))
      }
    }
    return result
  }

  private mutating func shared(
    _ points: Int, _ part: Numbers, of whole: Numbers, unit: Int
  ) -> [Int32] {
    let (parts, wholes): ([Int64], [Int64]) =
      switch (part, whole) {
      case (.whole(let parts), .whole(let wholes)): (parts, wholes)
      case (.millionths(let parts), .millionths(let wholes)): (parts, wholes)
      case (.whole, .millionths), (.millionths, .whole):
        (part.inMillionths, whole.inMillionths)
      }
    var result = Array(repeating: Int32(0), count: count)
    divide(parts, by: wholes, points: points, unit: unit, &result)
    for lane in 0..<count where wholes[lane] <= 0 || parts[lane] < 0 {
      guard !isUnknown(lane) else { continue }
      if wholes[lane] == 0 {
        giveUp(lane, .wholeIsZero)
      } else {
        remark(lane, .outOfRange(number: "\(part.text(lane)) / \(whole.text(lane))"))
      }
    }
    return result
  }

  /// No part of anything is nothing, however great the whole that is missing.
  private mutating func closeRatios(_ part: Vector, _ whole: Vector) {
    guard !whole.missing.isEmpty else { return }
    let parts = part.numbers.inMillionths
    for lane in 0..<count where whole.missing[lane] != 0 && part.isKnown(lane) && parts[lane] <= 0 {
      if givesNothing.isEmpty { givesNothing = Array(repeating: false, count: count) }
      givesNothing[lane] = true
    }
  }

  private mutating func bounded(_ numbers: Numbers, most: Int, unit: Int) -> [Int32] {
    let lanes = numbers.inMillionths
    let limit = Int64(most) * 1000
    var result = Array(repeating: Int32(0), count: count)
    let within = bound(lanes, limit: limit, unit: Int64(unit) * 1000, &result)
    if !within {
      for lane in 0..<count where lanes[lane] < 0 || lanes[lane] > limit {
        if !isUnknown(lane) { remark(lane, .outOfRange(number: numbers.text(lane))) }
      }
    }
    return result
  }

  private mutating func counted(
    _ numbers: Numbers, _ points: Int, limit: Int?, unit: Int
  ) -> [Int32] {
    let lanes: [Int64] =
      switch numbers {
      case .whole(let lanes): lanes
      case .millionths(let lanes): lanes.map { $0 / Exact.one }
      }
    var result = Array(repeating: Int32(0), count: count)
    let ends = points < 0 ? (limit ?? PartPlan.bottomless, 0) : (0, limit ?? -PartPlan.bottomless)
    multiply(lanes, points, within: ends, unit: unit, &result)
    for lane in 0..<count where lanes[lane] < 0 && !isUnknown(lane) {
      remark(lane, .outOfRange(number: numbers.text(lane)))
    }
    return result
  }
}

private func chosen(_ points: Int32, _ flags: [Bool]) -> [Int32] {
  var result = Array(repeating: Int32(0), count: flags.count)
  for lane in flags.indices { result[lane] = flags[lane] ? points : 0 }
  return result
}

/// The points of each lane's code; lanes that are not known may hold a number of no code.
private func spread(_ points: [Int32], over ids: [Int32]) -> [Int32] {
  var result = Array(repeating: Int32(0), count: ids.count)
  for lane in ids.indices {
    let id = Int(ids[lane])
    if id >= 0, id < points.count { result[lane] = points[id] }
  }
  return result
}

/// `points × part ÷ whole`, rounded once; from 0 to `points`, and 0 where the whole is not more
/// than 0.
private func divide(
  _ parts: [Int64], by wholes: [Int64], points: Int, unit: Int, _ result: inout [Int32]
) {
  let most = kept(points, unit)
  for lane in result.indices {
    let part = parts[lane]
    let whole = wholes[lane]
    if whole <= 0 || part <= 0 { continue }
    if part >= whole {
      result[lane] = most
    } else if whole < 1 << 40, points < 1 << 22 {
      // Safe: a part below 2^40 times points below 2^22 stays below 2^62; so does the whole times
      // a unit of at most 1000, and the quotient is no more than the points.
      let quotient = half(Int64(points) &* part, Int64(unit) &* whole)
      result[lane] = Int32(clamping: quotient &* Int64(unit))
    } else {
      let product = Int128(points) * Int128(part)
      let divisor = Int128(unit) * Int128(whole)
      result[lane] = Int32(clamping: (product + divisor / 2) / divisor * Int128(unit))
    }
  }
}

/// The quotient of two numbers that are not negative, rounded half up.
private func half(_ number: Int64, _ divisor: Int64) -> Int64 {
  let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
  return rest >= divisor - rest ? quotient + 1 : quotient
}

/// Numbers in millionths as points from 0 to `limit`, rounded to `unit` millionths.
///
/// - Returns: whether all lanes were within the bounds.
private func bound(
  _ lanes: [Int64], limit: Int64, unit: Int64, _ result: inout [Int32]
) -> Bool {
  var within = true
  for lane in lanes.indices {
    let number = max(0, min(lanes[lane], limit))
    within = within && number == lanes[lane]
    result[lane] = Int32(clamping: half(number, unit) * unit / 1000)
  }
  return within
}

private func multiply(
  _ counts: [Int64], _ points: Int, within ends: (Int, Int), unit: Int, _ result: inout [Int32]
) {
  // A million of anything, and a million points for each, are past every limit and in range.
  let each = max(PartPlan.bottomless, min(points, -PartPlan.bottomless))
  for lane in counts.indices {
    let count = Int(max(0, min(counts[lane], 1_000_000)))
    result[lane] = kept(max(ends.0, min(each * count, ends.1)), unit)
  }
}
