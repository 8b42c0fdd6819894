/// Counts the attributes of each tag while its text is still being given to libxml2, which compares
/// every attribute of a tag with every other once it has them all, in a time that grows with their
/// square.
///
/// What is counted are quoted values between `<` and `>`, in pieces of any size. Of text that is not
/// well-formed it may count too many or too few; libxml2 finds that by itself.
struct AttributeCount {
  /// More than any export writes of one record.
  static let most = 1000

  private enum Within: Equatable {
    case text
    /// Just behind a `<`.
    case opened
    case tag
    case value(quote: UInt8)
    /// `<!`, of which the next byte says what it is.
    case declared
    /// Up to a `>` behind two of such bytes; one for processing instructions.
    case skipped(until: UInt8, times: Int)
  }

  private var within = Within.text
  private var attributes = 0
  /// How many of the bytes that end what is skipped have come in a row.
  private var run = 0

  /// - Returns: false once a tag has more than `most`.
  mutating func add(_ bytes: Span<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch within {
      case .text:
        index = next(UInt8(ascii: "<"), in: bytes, from: index)
        if index < bytes.count { within = .opened }
      case .opened:
        attributes = 0
        run = 0
        switch byte {
        case UInt8(ascii: "!"): within = .declared
        case UInt8(ascii: "?"): within = .skipped(until: UInt8(ascii: "?"), times: 1)
        case UInt8(ascii: ">"): within = .text
        default: within = .tag
        }
      case .declared:
        switch byte {
        case UInt8(ascii: "-"): within = .skipped(until: UInt8(ascii: "-"), times: 2)
        case UInt8(ascii: "["): within = .skipped(until: UInt8(ascii: "]"), times: 2)
        default: within = .skipped(until: 0, times: 0)
        }
      case .skipped(let mark, let times):
        if byte == UInt8(ascii: ">"), run >= times { within = .text }
        run = byte == mark ? run + 1 : 0
      case .tag:
        if byte == UInt8(ascii: ">") {
          within = .text
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          within = .value(quote: byte)
          attributes += 1
          if attributes > AttributeCount.most { return false }
        }
      case .value(let quote):
        index = next(quote, in: bytes, from: index)
        if index < bytes.count { within = .tag }
      }
      index += 1
    }
    return true
  }

  private func next(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != byte { index += 1 }
    return index
  }
}
