/// The decimal digit, or the X of a check character, whose last byte stands at an index of a text:
/// ASCII, of full width, Arabic as in Arabic or Persian, or Chinese in any of its writings; as an
/// ASCII byte.
///
/// - Complexity: constant.
public func writtenDigit(_ text: Span<UInt8>, endingAt index: Int) -> UInt8? {
  let byte = text[index]
  if byte &- 0x30 <= 9 { return byte }
  if byte | 0x20 == UInt8(ascii: "x") { return UInt8(ascii: "X") }
  guard mayEndDigit(byte), index >= 1 else { return nil }
  switch text[index - 1] {
  // D9 A0–A9, and in Persian DB B0–B9; no longer character has these bytes but at its beginning.
  case 0xD9: return byte &- 0xA0 <= 9 ? byte - 0x70 : nil
  case 0xDB: return byte &- 0xB0 <= 9 ? byte - 0x80 : nil
  default: return index >= 2 ? wideDigit(text, index) : nil
  }
}

/// Whether a byte is a digit or an X, or such as a longer one ends with; false for most others.
@inlinable
public func mayEndDigit(_ byte: UInt8) -> Bool {
  // The lower six bits of the last bytes of all digits that have more than one.
  byte < 0x80
    ? byte &- 0x30 <= 9 || byte | 0x20 == UInt8(ascii: "x")
    : byte < 0xC0 && 0x7FF_2BFF_2BFF_3ADB >> UInt64(byte & 0x3F) & (1 as UInt64) == 1
}

let chineseDigits: [(text: String, digit: UInt8)] = [
  ("〇零○", 0x30), ("一壹幺弌", 0x31), ("二贰贰貳两", 0x32), ("三叁叄參", 0x33), ("四肆", 0x34),
  ("五伍", 0x35), ("六陆陸", 0x36), ("七柒", 0x37), ("八捌", 0x38), ("九玖", 0x39),
]

/// By the three bytes of the character, as one number, ascending.
private let chineseByBytes: [(bytes: UInt32, digit: UInt8)] = chineseDigits.flatMap { text, digit in
  text.unicodeScalars.map { scalar in
    (String(scalar).utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }, digit)
  }
}.sorted { $0.bytes < $1.bytes }

@inline(never)
private func wideDigit(_ text: Span<UInt8>, _ index: Int) -> UInt8? {
  let (last, before) = (text[index], text[index - 1])
  let first = text[index - 2]
  // Full width EF BC 90–99, X as B8 and x as EF BD 98.
  if first == 0xEF {
    if before == 0xBC, last &- 0x90 <= 9 { return last - 0x60 }
    return before == 0xBC && last == 0xB8 || before == 0xBD && last == 0x98
      ? UInt8(ascii: "X") : nil
  }
  guard first >= 0xE2 else { return nil }
  let bytes = UInt32(first) << 16 | UInt32(before) << 8 | UInt32(last)
  var (low, high) = (0, chineseByBytes.count)
  while low < high {
    let middle = (low + high) / 2
    if chineseByBytes[middle].bytes < bytes { low = middle + 1 } else { high = middle }
  }
  return low < chineseByBytes.count && chineseByBytes[low].bytes == bytes
    ? chineseByBytes[low].digit : nil
}
