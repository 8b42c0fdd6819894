/// Thousandths as people write points: 87500 is `87.5`, 12000 is `12`.
public func shownPoints(_ thousandths: Int) -> String { shownPoints(thousandths, decimals: 0) }

/// Thousandths with at least so many decimals, and more only where exactness needs them: 87000
/// with one decimal is `87.0`, 12345 is `12.345`.
public func shownPoints(_ thousandths: Int, decimals: Int) -> String {
  let magnitude = thousandths.magnitude
  // The leading 1 keeps zeros in front.
  var fraction = String(1000 + magnitude % 1000).dropFirst()
  while fraction.count > max(decimals, 0), fraction.last == "0" { fraction.removeLast() }
  let whole = (thousandths < 0 ? "-" : "") + String(magnitude / 1000)
  return fraction.isEmpty ? whole : whole + "." + fraction
}

/// A change in points as people write it, with its sign: 2000 is `+2`, -2000 is `−2`.
public func shownChange(_ thousandths: Int) -> String {
  switch thousandths {
  case 0: "0"
  case 1...: "+" + shownPoints(thousandths)
  default: "\u{2212}" + shownPoints(abs(thousandths))
  }
}

/// Thousandths of a whole as a percentage, with at least so many decimals: 857 is `85.7%`, 1000 is
/// `100%`.
public func shownPercent(_ thousandths: Int, decimals: Int = 0) -> String {
  shownPoints(thousandths * 100, decimals: decimals) + "%"
}
