/// The digits of a number that is kept with all of them, for arithmetic in binary floating point
/// (field type `double`): a sign, digits, and a point with digits, without groups or exponent.
///
/// It is held as a text, since neither millionths nor a binary number keeps what was delivered;
/// only where it is reckoned with does the nearest binary number stand for it.
///
/// - Throws: `badNumber` for anything but one number, `outOfRange` where no binary number is near
///   (beyond 10^308).
public func realDigits(_ text: Span<UInt8>) throws(CellFault) -> [UInt8] {
  guard !holdsEnumerationComma(text) else { throw .badNumber }
  var key: [UInt8] = []
  appendMatchingKey(of: text, to: &key)
  var scan = NumberScan(key: key)
  guard scan.isAtNumber else { throw .badNumber }
  let number = try scan.number()
  guard scan.index == key.count else { throw .badNumber }
  let digits = number.plain
  guard let real = Double(String(decoding: digits, as: UTF8.self)), real.isFinite else {
    throw .outOfRange
  }
  return digits
}

extension WrittenNumber {
  /// The number written out: zeros in front and at the end of decimals are left away.
  fileprivate var plain: [UInt8] {
    var whole = digits.prefix(max(point, 0)).drop { $0 == 0 }.map { $0 + 0x30 }
    whole += Array(
      repeating: 0x30, count: whole.isEmpty && isZero ? 0 : max(point - digits.count, 0))
    var decimals = Array(repeating: UInt8(0x30), count: max(-point, 0))
    decimals += digits.dropFirst(max(point, 0)).map { $0 + 0x30 }
    while decimals.last == 0x30 { decimals.removeLast() }
    var plain = isNegative && !isZero ? [UInt8(ascii: "-")] : []
    plain += whole.isEmpty ? [0x30] : whole
    if !decimals.isEmpty { plain += [UInt8(ascii: ".")] + decimals }
    return plain
  }
}
