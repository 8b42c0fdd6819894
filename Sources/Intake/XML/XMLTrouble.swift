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
