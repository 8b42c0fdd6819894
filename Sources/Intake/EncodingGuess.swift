import Fields
import RulePacks

/// An encoding that a file may have, and why.
struct EncodingGuess: Sendable {
  var encoding: TextEncoding
  var evidence: String
  /// Length of the byte order mark.
  var markLength = 0
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
private func wideEncoding(_ head: Span<UInt8>) -> EncodingGuess? {
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

/// The encoding that an XML declaration names, in lower case; nil where it names none.
func declaredEncoding(_ head: Span<UInt8>) -> String? {
  var bytes: [UInt8] = []
  for index in 0..<min(head.count, 200) {
    if head[index] == UInt8(ascii: ">") { break }
    bytes.append(head[index])
  }
  let text = String(decoding: bytes, as: UTF8.self)
  guard text.contains("<?xml"), let name = text.firstRange(of: "encoding") else { return nil }
  let parts = text[name.upperBound...].split(
    omittingEmptySubsequences: false, whereSeparator: { $0 == "\"" || $0 == "'" })
  return parts.count > 1 ? parts[1].lowercased() : nil
}

/// The encoding to read an XML file in; nil leaves it to the parser, which follows mark and
/// declaration.
///
/// The subsets of GB18030 are read as GB18030: files that declare them hold characters outside.
/// A declaration of one of them over bytes that are plainly UTF-8 is not believed.
func xmlEncoding(_ head: Span<UInt8>) -> (
  guess: EncodingGuess, isForced: Bool, isContradicted: Bool
) {
  if let marked = markedEncoding(head) { return (marked, false, false) }
  let declared = declaredEncoding(head)
  switch declared {
  case "gb2312", "gbk", "gb18030", "cp936", "ms936", "euc-cn", "hz-gb-2312", "gb_2312-80", "x-gbk":
    let end = validUTF8(head)
    if end.count + 4 > head.count, wideCount(head, end.count) >= 24 {
      return (EncodingGuess(encoding: .utf8, evidence: "valid UTF-8"), true, true)
    }
    let evidence = "XML declaration (\(declared ?? ""))"
    return (EncodingGuess(encoding: .gb18030, evidence: evidence), true, false)
  case "utf-16", "utf-16le", "utf-16be":
    let wide = wideEncoding(head)
    return (
      EncodingGuess(
        encoding: wide?.encoding ?? .utf16LittleEndian, evidence: "XML declaration"), false, false
    )
  case .some:
    return (EncodingGuess(encoding: .utf8, evidence: "XML declaration"), false, false)
  case nil:
    if let wide = wideEncoding(head) { return (wide, false, false) }
    return (EncodingGuess(encoding: .utf8, evidence: "XML without declaration"), false, false)
  }
}

private func wideCount(_ bytes: Span<UInt8>, _ count: Int) -> Int {
  var wide = 0
  for index in 0..<count where bytes[index] >= 0x80 { wide += 1 }
  return wide
}
