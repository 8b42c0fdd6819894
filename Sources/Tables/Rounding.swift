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

/// A share in thousandths, rounded half up, but never to the whole where something is lacking: 5,726
/// of 5,728 are not 100.0%. Nil without a whole.
public func share(_ part: Int, of whole: Int) -> Int? {
  guard whole > 0 else { return nil }
  let rounded = (part * 2000 + whole) / (whole * 2)
  return part < whole ? min(rounded, 999) : rounded
}
