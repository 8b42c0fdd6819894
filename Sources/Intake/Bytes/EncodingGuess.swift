import Fields
import RulePacks

/// An encoding that a file may have, and why.
struct EncodingGuess: Sendable {
  var encoding: TextEncoding
  var evidence: String
  /// Length of the byte order mark.
  var markLength = 0
  /// The name of an encoding that a parser decodes by itself; nil where `encoding` is meant.
  var declared: String?

  /// What the encoding is called.
  var name: String { declared ?? encoding.rawValue }
}

/// The encodings to try for a text file, most likely first.
///
/// A byte order mark decides. Otherwise UTF-8 is tried strictly before GB18030, because most UTF-8
/// is also readable as GB18030, and wrongly so.
func encodingGuesses(_ head: Span<UInt8>, isWhole: Bool) -> [EncodingGuess] {
  if let marked = markedEncoding(head) { return [marked] }
  if let wide = wideEncoding(head) { return [wide] }
  let gb = EncodingGuess(encoding: .gb18030, evidence: "not UTF-8, valid GB18030")
  let end = validUTF8(head)
  let isUTF8 =
    end.count == head.count || (end.isIncomplete && (!isWhole || hasWide(head, end.count)))
  // UTF-8 with damage further down: its header is known, and reading says where it is damaged.
  guard isUTF8 else { return [gb, EncodingGuess(encoding: .utf8, evidence: "its first lines")] }
  let isASCII = !hasWide(head, end.count)
  return [EncodingGuess(encoding: .utf8, evidence: isASCII ? "ASCII" : "valid UTF-8"), gb]
}

/// What a byte order mark says.
func markedEncoding(_ head: Span<UInt8>) -> EncodingGuess? {
  let evidence = "byte order mark"
  guard head.count >= 2 else { return nil }
  switch (head[0], head[1]) {
  case (0xEF, 0xBB) where head.count > 2 && head[2] == 0xBF:
    return EncodingGuess(encoding: .utf8, evidence: evidence, markLength: 3)
  case (0xFF, 0xFE):
    return EncodingGuess(encoding: .utf16LittleEndian, evidence: evidence, markLength: 2)
  case (0xFE, 0xFF):
    return EncodingGuess(encoding: .utf16BigEndian, evidence: evidence, markLength: 2)
  default: return nil
  }
}

/// UTF-16 without a mark: half of the bytes of its ASCII characters are zero, always the same half.
func wideEncoding(_ head: Span<UInt8>) -> EncodingGuess? {
  var zeros = (even: 0, odd: 0)
  for index in 0..<min(head.count, 4096) where head[index] == 0 {
    if index & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
  }
  let looked = min(head.count, 4096)
  guard max(zeros.even, zeros.odd) * 20 > looked, looked >= 8 else { return nil }
  let evidence = "zero bytes of UTF-16"
  if zeros.even * 10 < zeros.odd {
    return EncodingGuess(encoding: .utf16LittleEndian, evidence: evidence)
  }
  if zeros.odd * 10 < zeros.even {
    return EncodingGuess(encoding: .utf16BigEndian, evidence: evidence)
  }
  return nil
}

private func hasWide(_ bytes: Span<UInt8>, _ count: Int) -> Bool {
  for index in 0..<count where bytes[index] >= 0x80 { return true }
  return false
}

/// Whether a file is XML: its first character that is not a space is `<`.
func looksLikeXML(_ head: Span<UInt8>) -> Bool {
  for index in 0..<min(head.count, 4096) {
    switch head[index] {
    case 0, 0x09, 0x0A, 0x0D, 0x20, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF: continue
    case let byte: return byte == UInt8(ascii: "<")
    }
  }
  return false
}
