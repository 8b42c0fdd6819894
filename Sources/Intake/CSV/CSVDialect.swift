import RulePacks

/// The bytes that have a meaning in a text with separators.
struct CSVDialect: Sendable, Hashable {
  var separator: UInt8
  /// What stands around cells that hold separators or line breaks; `nothing` where nothing does.
  var quote: UInt8
  /// What takes the meaning from the mark that follows; `nothing` where nothing does.
  var escape: UInt8
  /// No mark is above it, but perhaps the separator.
  let highestMark: UInt8

  /// A byte that no text in UTF-8 has.
  static let nothing: UInt8 = 0xFF

  init(separator: UInt8, quote: UInt8? = UInt8(ascii: "\""), escape: UInt8? = nil) {
    self.separator = separator
    self.quote = quote ?? CSVDialect.nothing
    self.escape = escape ?? CSVDialect.nothing
    highestMark = max(0x0D, quote ?? 0, escape ?? 0)
  }

  /// That of a profile, with the separator that a file has.
  init(_ profile: SourceProfile, separator: UInt8) {
    self.init(separator: separator, quote: profile.quote, escape: profile.escape)
  }

  /// Whether a cell ends at a byte that is not within quotes.
  func ends(_ byte: UInt8) -> Bool { byte == separator || byte == 0x0A || byte == 0x0D }

  /// Whether a file of this dialect is what a profile describes.
  func suits(_ profile: SourceProfile) -> Bool { self == CSVDialect(profile, separator: separator) }
}
