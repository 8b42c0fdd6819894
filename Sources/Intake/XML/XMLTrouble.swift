/// What libxml2 objects to first.
struct XMLTrouble: Sendable {
  enum Kind: Sendable {
    /// All of the text has been read, and elements are still open.
    case cut
    /// Bytes are not of the encoding.
    case encoding
    case unknownEncoding
    case documentType
    /// A character that XML does not allow anywhere.
    case character
    case afterRoot
    case noRoot
    /// More attributes than any export writes.
    case attributes
    case malformed
  }

  var kind: Kind
  var message: String
  var line: Int
  var column: Int
}

/// Whether what is left of a text is the beginning of a comment or a CDATA section; the `<` before
/// it may have been read.
func beginsMarkup(_ rest: [UInt8]) -> Bool {
  let tag = rest.first == UInt8(ascii: "<") ? rest : [UInt8(ascii: "<")] + rest
  return [Array("<![CDATA[".utf8), Array("<!--".utf8)].contains { $0.starts(with: tag) }
}

/// A byte as messages name it.
func shownByte(_ byte: UInt8) -> String {
  if byte == 0 { return "NUL" }
  guard byte > 0x20, byte < 0x7F else { return "0x" + String(byte, radix: 16, uppercase: true) }
  return String(decoding: [byte], as: UTF8.self)
}
