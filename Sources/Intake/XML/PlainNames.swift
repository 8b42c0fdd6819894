/// The names of a file's elements, each kept once.
struct PlainNames {
  /// So many different names stand in no export.
  static let most = 1000
  /// Bytes of a name.
  static let longest = 200

  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// The name that followed each when it was last looked for.
  private var following: [Int] = []
  private var last = -1

  func range(_ name: Int) -> Range<Int> { (name == 0 ? 0 : ends[name - 1])..<ends[name] }

  /// A name without its prefix.
  func localText(_ name: Int) -> String {
    let text = bytes[range(name)]
    let local = text.firstIndex(of: UInt8(ascii: ":")).map { text[($0 + 1)...] } ?? text
    return String(decoding: local, as: UTF8.self)
  }

  /// Whether a name stands at a place of a text.
  func stands(_ name: Int, in text: Span<UInt8>, at place: Int) -> Bool {
    let start = name == 0 ? 0 : ends[name - 1]
    let count = ends[name] - start
    guard place + count <= text.count else { return false }
    let bytes = bytes.span
    for offset in 0..<count where bytes[start &+ offset] != text[place &+ offset] { return false }
    return true
  }

  /// The name that is likely to be next, because it was the last time; −1 for none.
  var likely: Int { last < 0 ? -1 : following[last] }

  /// Goes on from a name.
  mutating func follow(_ name: Int) {
    if last >= 0 { following[last] = name }
    last = name
  }

  /// The number of the name that stands in a range of a text; −1 for a new one.
  func find(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    for name in ends.indices
    where self.range(name).count == range.count && stands(name, in: text, at: range.lowerBound) {
      return name
    }
    return -1
  }

  mutating func add(_ name: [UInt8]) throws(NotPlain) -> Int {
    guard ends.count < PlainNames.most, name.count <= PlainNames.longest else { throw NotPlain() }
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
    following.append(-1)
    return ends.count - 1
  }
}

/// Where the name of an element ends that begins at a place, its prefix with it.
///
/// - Returns: the place itself where no name begins there; nil where its end is not there yet.
func elementNameEnd(_ text: Span<UInt8>, _ start: Int) throws(NotPlain) -> Int? {
  let end = nameEnd(text, start)
  guard end < text.count else { return nil }
  guard text[end] == UInt8(ascii: ":") else { return end }
  let localEnd = nameEnd(text, end + 1)
  guard localEnd < text.count else { return nil }
  // Prefixes that begin with “xml” mean something to every parser.
  guard end > start, localEnd > end + 1, text[start] | 0x20 != UInt8(ascii: "x") else {
    throw NotPlain()
  }
  return localEnd
}

/// Where the name that begins at a place ends; the place itself where none begins there.
///
/// A name is of letters, digits, `_`, `-` and `.`, or of Chinese characters; what else XML allows
/// is left to libxml2.
func nameEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
  var index = start
  while index < text.count {
    switch text[index] {
    case 0x41...0x5A, 0x61...0x7A, 0x5F: index += 1
    case 0x30...0x39, 0x2D, 0x2E:
      guard index > start else { return index }
      index += 1
    // U+4000 to U+9FFF; the text is valid UTF-8.
    case 0xE4...0xE9: index += 3
    default: return index
    }
  }
  return min(index, text.count)
}
