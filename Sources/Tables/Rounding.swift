/// Rounds half away from zero to a multiple of `unit`: half-up for points given, and for
/// deductions the same amount as if they were given.
@inlinable
public func rounded<Number: SignedInteger & FixedWidthInteger>(
  _ number: Number, to unit: Number
) -> Number {
  let rest = number % unit
  let down = number - rest
  guard rest.magnitude >= unit.magnitude - rest.magnitude else { return down }
  return down + (rest < 0 ? -unit : unit)
}

/// A share in thousandths, rounded half up, but never over a line that is not crossed: 5,726 of
/// 5,728 are not 100.0%, 2 of 5,728 are not 0.0%, and what falls short of a target is not shown as
/// the target. Nil without a whole.
///
/// - Parameter target: A share that is to be reached, in thousandths.
public func share(_ part: Int, of whole: Int, target: Int? = nil) -> Int? {
  guard whole > 0 else { return nil }
  if part <= 0 { return 0 }
  if part >= whole { return (part * 2000 + whole) / (whole * 2) }
  let rounded = min(max((part * 2000 + whole) / (whole * 2), 1), 999)
  guard let target, rounded >= target, part * 1000 < target * whole else { return rounded }
  return max(target - 1, 0)
}
