import Tables

/// One column of an operation: its lanes, or the one value for all.
struct Side<Element> {
  let lanes: [Element]
  let isOne: Bool
}

/// Applies a function to two columns lane by lane; the loop for each shape is on its own, so that
/// none asks in every lane which it is.
@inline(__always)
func zipped<Left, Right, Result>(
  _ left: Side<Left>, _ right: Side<Right>, _ count: Int, _ nothing: Result,
  _ function: (Left, Right) -> Result
) -> [Result] {
  let width = left.isOne && right.isOne ? 1 : count
  var result = [Result](repeating: nothing, count: width)
  // Counts are compared first, so that the loops need no checks of their own.
  precondition(left.isOne ? !left.lanes.isEmpty : left.lanes.count == width)
  precondition(right.isOne ? !right.lanes.isEmpty : right.lanes.count == width)
  let first = left.lanes.span
  let second = right.lanes.span
  var output = result.mutableSpan
  if left.isOne {
    let one = first[0]
    if right.isOne {
      output[0] = function(one, second[0])
    } else {
      for lane in 0..<width { output[lane] = function(one, second[lane]) }
    }
  } else if right.isOne {
    let one = second[0]
    for lane in 0..<width { output[lane] = function(first[lane], one) }
  } else {
    for lane in 0..<width { output[lane] = function(first[lane], second[lane]) }
  }
  return result
}

func compared(
  _ comparison: Comparison, _ left: Side<Int64>, _ right: Side<Int64>, _ count: Int
) -> [Bool] {
  switch comparison {
  case .equal: zipped(left, right, count, false) { $0 == $1 }
  case .notEqual: zipped(left, right, count, false) { $0 != $1 }
  case .less: zipped(left, right, count, false) { $0 < $1 }
  case .lessOrEqual: zipped(left, right, count, false) { $0 <= $1 }
  case .greater: zipped(left, right, count, false) { $0 > $1 }
  case .greaterOrEqual: zipped(left, right, count, false) { $0 >= $1 }
  }
}

func compared(
  _ comparison: Comparison, _ left: Side<Int32>, _ right: Side<Int32>, _ count: Int
) -> [Bool] {
  switch comparison {
  case .equal: zipped(left, right, count, false) { $0 == $1 }
  case .notEqual: zipped(left, right, count, false) { $0 != $1 }
  case .less: zipped(left, right, count, false) { $0 < $1 }
  case .lessOrEqual: zipped(left, right, count, false) { $0 <= $1 }
  case .greater: zipped(left, right, count, false) { $0 > $1 }
  case .greaterOrEqual: zipped(left, right, count, false) { $0 >= $1 }
  }
}

func compared(
  _ comparison: Comparison, _ left: Side<Double>, _ right: Side<Double>, _ count: Int
) -> [Bool] {
  switch comparison {
  case .equal: zipped(left, right, count, false) { $0 == $1 }
  case .notEqual: zipped(left, right, count, false) { $0 != $1 }
  case .less: zipped(left, right, count, false) { $0 < $1 }
  case .lessOrEqual: zipped(left, right, count, false) { $0 <= $1 }
  case .greater: zipped(left, right, count, false) { $0 > $1 }
  case .greaterOrEqual: zipped(left, right, count, false) { $0 >= $1 }
  }
}

func compared(
  _ comparison: Comparison, _ left: Side<Bool>, _ right: Side<Bool>, _ count: Int
) -> [Bool] {
  zipped(left, right, count, false) { comparison.holds($0 ? 1 : 0, $1 ? 1 : 0) }
}

// MARK: - Arithmetic

/// The result, and the lanes that are in error because it does not fit (or a divisor is 0); empty
/// where none is.
func computed(
  _ operation: Arithmetic, _ left: Side<Int64>, _ right: Side<Int64>, _ count: Int
) -> (values: [Int64], faults: [UInt8]) {
  var isFaulty = false
  let values: [Int64]
  switch operation {
  case .add:
    values = zipped(left, right, count, 0) {
      let (result, overflow) = $0.addingReportingOverflow($1)
      isFaulty = isFaulty || overflow
      return result
    }
  case .subtract:
    values = zipped(left, right, count, 0) {
      let (result, overflow) = $0.subtractingReportingOverflow($1)
      isFaulty = isFaulty || overflow
      return result
    }
  case .multiply:
    values = zipped(left, right, count, 0) {
      let (result, overflow) = $0.multipliedReportingOverflow(by: $1)
      isFaulty = isFaulty || overflow
      return result
    }
  case .divide:
    values = zipped(left, right, count, 0) {
      let (result, overflow) = $0.dividedReportingOverflow(by: $1)
      isFaulty = isFaulty || overflow
      return result
    }
  case .remainder:
    values = zipped(left, right, count, 0) {
      guard $1 != -1 else { return 0 }
      let (result, overflow) = $0.remainderReportingOverflow(dividingBy: $1)
      isFaulty = isFaulty || overflow
      return result
    }
  }
  guard isFaulty else { return (values, []) }
  return (values, zipped(left, right, count, 0) { faultOf(operation, $0, $1) })
}

private func faultOf(_ operation: Arithmetic, _ left: Int64, _ right: Int64) -> UInt8 {
  switch operation {
  case .add: left.addingReportingOverflow(right).overflow ? Fault.overflow.rawValue : 0
  case .subtract:
    left.subtractingReportingOverflow(right).overflow ? Fault.overflow.rawValue : 0
  case .multiply:
    left.multipliedReportingOverflow(by: right).overflow ? Fault.overflow.rawValue : 0
  case .divide:
    right == 0
      ? Fault.divisionByZero.rawValue
      : left.dividedReportingOverflow(by: right).overflow ? Fault.overflow.rawValue : 0
  case .remainder: right == 0 ? Fault.divisionByZero.rawValue : 0
  }
}

/// A millionth of a number, rounded half away from zero.
@inline(__always)
private func roundedMillionth(_ number: Int64) -> Int64 {
  let quotient = number / Exact.one
  let rest = number % Exact.one
  // Safe: a quotient by a million is far from both ends.
  return quotient &+ (rest >= Exact.one / 2 ? 1 : 0) &- (rest <= -Exact.one / 2 ? 1 : 0)
}

/// A quotient rounded half away from zero; the divisor is neither 0 nor -1.
@inline(__always)
private func roundedQuotient(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  let quotient = dividend / divisor
  let rest = (dividend % divisor).magnitude
  guard rest >= divisor.magnitude - rest else { return quotient }
  // Safe: a quotient by 2 or more is far from both ends, and one by ±1 has no rest.
  return (dividend < 0) == (divisor < 0) ? quotient &+ 1 : quotient &- 1
}

/// Products and quotients of millionths, rounded half away from zero.
func computedExactly(
  _ operation: Arithmetic, _ left: Side<Int64>, _ right: Side<Int64>, _ count: Int
) -> (values: [Int64], faults: [UInt8]) {
  switch operation {
  case .add, .subtract: return computed(operation, left, right, count)
  case .multiply, .divide, .remainder: break
  }
  var isFaulty = false
  let isProduct = operation == .multiply
  let values: [Int64]
  if isProduct {
    values = zipped(left, right, count, 0) {
      // Most products fit into 64 bits, where dividing by a constant is cheap.
      let (product, overflow) = $0.multipliedReportingOverflow(by: $1)
      if !overflow { return roundedMillionth(product) }
      let wide = Exact(millionths: $0).times(Exact(millionths: $1))
      isFaulty = isFaulty || wide == nil
      return wide?.millionths ?? 0
    }
  } else {
    values = zipped(left, right, count, 0) {
      let (dividend, overflow) = $0.multipliedReportingOverflow(by: Exact.one)
      if !overflow, $1 != 0, $1 != -1 { return roundedQuotient(dividend, $1) }
      let wide = Exact(millionths: $0).divided(by: Exact(millionths: $1))
      isFaulty = isFaulty || wide == nil
      return wide?.millionths ?? 0
    }
  }
  guard isFaulty else { return (values, []) }
  let faults = zipped(left, right, count, UInt8(0)) {
    let first = Exact(millionths: $0)
    let second = Exact(millionths: $1)
    if !isProduct, $1 == 0 { return Fault.divisionByZero.rawValue }
    let result = isProduct ? first.times(second) : first.divided(by: second)
    return result == nil ? Fault.overflow.rawValue : 0
  }
  return (values, faults)
}

func computed(
  _ operation: Arithmetic, _ left: Side<Double>, _ right: Side<Double>, _ count: Int
) -> [Double] {
  switch operation {
  case .add: zipped(left, right, count, 0) { $0 + $1 }
  case .subtract: zipped(left, right, count, 0) { $0 - $1 }
  case .multiply: zipped(left, right, count, 0) { $0 * $1 }
  case .divide, .remainder: zipped(left, right, count, 0) { $0 / $1 }
  }
}
