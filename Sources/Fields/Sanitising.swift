/// Adds an identifier in the form that checks and joins use: without spaces, hyphens and a leading
/// apostrophe, in half-width capitals.
public func appendSanitised(_ text: Span<UInt8>, to bytes: inout [UInt8]) {
  let range = trimmed(text)
  guard !range.isEmpty else { return }
  let first = text[range.lowerBound]
  let skips = first == UInt8(ascii: "'") || first == UInt8(ascii: "`") ? 1 : 0
  let start = bytes.count
  appendMatchingKey(
    of: text.extracting(range.lowerBound + skips..<range.upperBound), to: &bytes)
  var kept = start
  for index in start..<bytes.count where bytes[index] != UInt8(ascii: "-") {
    bytes[kept] = bytes[index]
    kept += 1
  }
  bytes.removeLast(bytes.count - kept)
}

/// Whether a text is a code that a spreadsheet made a number of: `9.14103E+17`, `9.14E17`.
public func isMangledBySpreadsheet(_ text: Span<UInt8>) -> Bool {
  var index = 0
  var digits = 0
  var hasPoint = false
  while index < text.count {
    let byte = text[index]
    if byte &- 0x30 <= 9 {
      digits += 1
    } else if byte == UInt8(ascii: "."), !hasPoint {
      hasPoint = true
    } else {
      break
    }
    index += 1
  }
  guard digits > 0, index < text.count, text[index] | 0x20 == 0x65 else { return false }
  index += 1
  let hasSign = index < text.count && (text[index] == 0x2B || text[index] == 0x2D)
  if hasSign { index += 1 }
  // Without point or sign it may be a code that happens to hold an E.
  guard hasPoint || hasSign, index < text.count, text.count - index <= 3 else { return false }
  while index < text.count {
    guard text[index] &- 0x30 <= 9 else { return false }
    index += 1
  }
  return true
}
