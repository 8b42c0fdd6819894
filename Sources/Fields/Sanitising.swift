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
