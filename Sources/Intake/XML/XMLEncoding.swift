import Fields

/// How the bytes of an XML file become text.
struct XMLEncoding: Sendable {
  var guess: EncodingGuess
  /// Whether the file is read so whatever it declares; otherwise libxml2 follows the declaration.
  var isForced: Bool
  /// The encoding that the file declares although its bytes say otherwise.
  var contradicted: String?
}

/// The encoding to read an XML file in.
///
/// A byte order mark counts for more than a declaration: an editor that saves a file anew writes the
/// mark and leaves the declaration as it was. The subsets of GB18030 are read as GB18030, because
/// files that declare them hold characters outside. A declaration over bytes that are plainly of
/// another encoding is not believed. All but UTF-8 as declared, and encodings that only libxml2
/// knows, is decoded here, so that bytes outside of an encoding never become other text.
func xmlEncoding(_ head: Span<UInt8>) -> XMLEncoding {
  xmlEncoding(head, declared: declaredEncoding(head), in: "XML declaration")
}

/// - Parameters:
///   - declared: in lower case.
///   - place: where it is declared.
func xmlEncoding(_ head: Span<UInt8>, declared: String?, in place: String) -> XMLEncoding {
  if let known = markedEncoding(head) ?? wideEncoding(head) {
    let agrees = declared.map { isSame($0, known.encoding) } ?? true
    return XMLEncoding(
      guess: known, isForced: known.encoding != .utf8 || !agrees,
      contradicted: agrees ? nil : declared)
  }
  guard let declared else {
    return XMLEncoding(
      guess: EncodingGuess(encoding: .utf8, evidence: "XML without declaration"), isForced: false)
  }
  if isSame(declared, .gb18030) {
    let end = validUTF8(head)
    if end.count + 4 > head.count, isWide(head, end.count) {
      return XMLEncoding(
        guess: EncodingGuess(encoding: .utf8, evidence: "valid UTF-8"), isForced: true,
        contradicted: declared)
    }
    let evidence = "\(place) (\(declared))"
    return XMLEncoding(
      guess: EncodingGuess(encoding: .gb18030, evidence: evidence), isForced: true)
  }
  // The declaration itself could be read, so the file is not in characters of two bytes.
  if isSame(declared, .utf16LittleEndian) || isSame(declared, .utf16BigEndian) {
    return XMLEncoding(
      guess: EncodingGuess(encoding: .utf8, evidence: "a declaration in single bytes"),
      isForced: true, contradicted: declared)
  }
  var guess = EncodingGuess(encoding: .utf8, evidence: place)
  if !isSame(declared, .utf8) { guess.declared = declared }
  return XMLEncoding(guess: guess, isForced: false)
}

/// The encoding that an XML declaration names, in lower case; nil where it names none.
func declaredEncoding(_ head: Span<UInt8>) -> String? {
  var bytes: [UInt8] = []
  for index in 0..<min(head.count, 400) {
    if head[index] == UInt8(ascii: ">") { break }
    // In UTF-16 every other byte is zero.
    if head[index] != 0 { bytes.append(head[index]) }
  }
  let text = String(decoding: bytes, as: UTF8.self)
  guard text.contains("<?xml"), let name = text.firstRange(of: "encoding") else { return nil }
  let parts = text[name.upperBound...].split(
    omittingEmptySubsequences: false, whereSeparator: { $0 == "\"" || $0 == "'" })
  return parts.count > 1 ? parts[1].lowercased() : nil
}

/// Whether a declared name, in lower case, is one of an encoding's.
private func isSame(_ declared: String, _ encoding: TextEncoding) -> Bool {
  switch encoding {
  case .utf8: ["utf-8", "utf8", "us-ascii", "ascii"].contains(declared)
  case .gb18030:
    [
      "gb2312", "gbk", "gb18030", "cp936", "ms936", "euc-cn", "hz-gb-2312", "gb_2312-80", "x-gbk",
    ].contains(declared)
  case .utf16LittleEndian: ["utf-16", "utf16", "utf-16le", "ucs-2", "unicode"].contains(declared)
  case .utf16BigEndian: ["utf-16", "utf16", "utf-16be", "ucs-2", "unicode"].contains(declared)
  }
}

/// Whether valid UTF-8 holds characters beyond ASCII, and cannot be GB18030 by chance: many of
/// them, or all of three bytes, as Chinese ones are.
private func isWide(_ bytes: Span<UInt8>, _ count: Int) -> Bool {
  var wide = 0
  var ideographs = 0
  for index in 0..<count where bytes[index] >= 0x80 {
    wide += 1
    if bytes[index] >= 0xE3, bytes[index] <= 0xEF { ideographs += 1 }
  }
  return wide >= 24 || (wide > 0 && ideographs * 3 == wide)
}
