/// The text of a cell of a web page as people see it: blanks in a row are one, those at the ends
/// none, and a line break within Chinese text, which editors put into long lines, is nothing.
struct HTMLText {
  private(set) var bytes: [UInt8] = []
  private var isWide = false
  private var blank = Blank.none
  private var breaks = 0

  private enum Blank { case none, space, line }

  var isEmpty: Bool { bytes.isEmpty }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func clear() { self = HTMLText() }

  /// - Parameter isKept: whether blanks stay as they stand, as within `pre`.
  mutating func append(_ piece: Span<UInt8>, isKept: Bool = false) {
    var index = 0
    while index < piece.count {
      let byte = piece[index]
      index += 1
      switch byte {
      case 0x0A where isKept: breakLine()
      case 0x0A, 0x0D, 0x0C: blank = .line
      case 0x20 where isKept, 0x09 where isKept: appendHard(byte)
      case 0x20, 0x09: if blank == .none { blank = .space }
      // A space that holds words together; it is also how pages write several of them.
      case 0xC2 where index < piece.count && piece[index] == 0xA0:
        index += 1
        appendHard(0x20)
      case 0x80...0xBF: bytes.append(byte)
      default:
        let isWide = (0xE3...0xE9).contains(byte) || byte == 0xEF || byte == 0xF0
        separate(isWide)
        self.isWide = isWide
        bytes.append(byte)
      }
    }
  }

  /// The text goes on in a new line; at its ends that means nothing.
  mutating func breakLine() {
    guard !bytes.isEmpty else { return }
    breaks = 1
    blank = .none
  }

  private mutating func appendHard(_ byte: UInt8) {
    guard !bytes.isEmpty else { return }
    separate(false)
    bytes.append(byte)
    isWide = false
  }

  private mutating func separate(_ isWide: Bool) {
    if breaks > 0 {
      while bytes.last == 0x20 { bytes.removeLast() }
      bytes.append(0x0A)
    } else if !bytes.isEmpty, blank == .space || blank == .line && !(isWide && self.isWide) {
      bytes.append(0x20)
    }
    blank = .none
    breaks = 0
  }

  /// Ends the text: spaces at its end are none of it.
  mutating func finish() {
    while bytes.last == 0x20 || bytes.last == 0x09 { bytes.removeLast() }
  }
}
