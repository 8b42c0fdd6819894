/// What stands between the texts of a file's elements, such as `</NAME><CODE>`, or from the last
/// text of a row to the first of the next.
///
/// Clever: exports write row after row alike, so that between texts the same bytes stand again and
/// again. Bytes that were read tag by tag once are compared whole, eight at a time, and what they
/// meant is done again. Tag by tag is the obvious way, which goes on wherever no seam is known.
struct RepeatedMarkup {
  /// An element that begins within a seam.
  struct Element {
    var name: Int
    /// Its node; −1 for one that nobody asks for.
    var node: Int32
    /// Where its tag begins in the seam, and the line feeds of the seam before it.
    var offset: Int32
    var lines: Int32
  }

  /// What is done where a seam stands.
  struct Seam {
    var context: Int
    var length: Int
    var lines: Int
    /// Which of `ended` end, innermost first, and which of `begun` begin then.
    var ends: Range<Int>
    var begins: Range<Int>
    fileprivate var words: Range<Int>
    /// Of the last word, the bytes that count.
    fileprivate var mask: UInt64
    /// Another seam that may end the same element; −1 for none.
    fileprivate var other: Int
    /// The seam that was met after it the last time; −1 for none.
    fileprivate var following = -1
  }

  /// In bytes; what is longer is hardly met twice.
  static let longest = 256
  /// More are not kept, so that a file without order does not fill the memory.
  static let most = 2000
  /// More that end the same element are not looked through.
  static let mostOthers = 8

  private(set) var ended: [Int] = []
  private(set) var begun: [Element] = []
  private var seams: [Seam] = []
  private var words: [UInt64] = []
  /// By name, the newest seam that ends such an element, and how many there are.
  private var newest: [Int] = []
  private var counts: [Int] = []
  private var last = -1
  private var draft = Draft()

  /// A seam in the making.
  private struct Draft {
    /// Where it begins in the window; −1 while there is none.
    var start = -1
    var line = 0
    var context = 0
    var ends: [Int] = []
    var begins: [Element] = []
  }

  subscript(seam: Int) -> Seam { seams[seam] }

  // MARK: Finding

  /// The seam that stands at a place of a text, or −1.
  ///
  /// - Parameters:
  ///   - end: where the text ends; what stands behind it is none of the file's.
  ///   - name: of the innermost element.
  ///   - context: what `XMLRows.context` says there.
  mutating func find(
    _ text: [UInt8], upTo end: Int, at place: Int, ending name: Int, in context: Int
  ) -> Int {
    if last >= 0 {
      let likely = seams[last].following
      if likely >= 0, seams[likely].context == context, stands(likely, text, end, place) {
        last = likely
        return likely
      }
    }
    var seam = name < newest.count ? newest[name] : -1
    while seam >= 0 {
      if seams[seam].context == context, stands(seam, text, end, place) {
        if last >= 0 { seams[last].following = seam }
        last = seam
        return seam
      }
      seam = seams[seam].other
    }
    return -1
  }

  private func stands(_ seam: Int, _ text: [UInt8], _ end: Int, _ place: Int) -> Bool {
    let own = seams[seam].words
    guard end <= text.count, place &+ own.count &* 8 <= end else { return false }
    let raw = unsafe text.span.bytes
    let words = words.span
    var offset = place
    for index in own.lowerBound..<own.upperBound &- 1 {
      // Safe: as many bytes as the words have are left.
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      guard word == words[index] else { return false }
      offset &+= 8
    }
    let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return word.littleEndian & seams[seam].mask == words[own.upperBound &- 1].littleEndian
  }

  // MARK: Learning

  /// An element ends whose tag begins at a place.
  ///
  /// - Parameter line: of the tag.
  mutating func end(_ name: Int, at place: Int, line: Int, in context: Int) {
    if draft.start < 0 || !draft.begins.isEmpty {
      draft.start = place
      draft.line = line
      draft.context = context
      draft.begins.removeAll(keepingCapacity: true)
      draft.ends.removeAll(keepingCapacity: true)
    }
    draft.ends.append(name)
  }

  /// An element begins whose tag, which begins at a place, is its name only.
  mutating func begin(_ name: Int, node: Int32, at place: Int, line: Int) {
    guard draft.start >= 0, place - draft.start <= RepeatedMarkup.longest else { return forget() }
    draft.begins.append(
      Element(
        name: name, node: node, offset: Int32(place - draft.start),
        lines: Int32(line - draft.line)))
  }

  /// Text begins after a tag: what led there is a seam, if an element began.
  mutating func learn(_ text: [UInt8], upTo end: Int, line: Int) {
    guard draft.start >= 0, !draft.begins.isEmpty, let name = draft.ends.first else { return }
    let start = draft.start
    draft.start = -1
    while newest.count <= name {
      newest.append(-1)
      counts.append(0)
    }
    guard end - start <= RepeatedMarkup.longest, seams.count < RepeatedMarkup.most,
      counts[name] < RepeatedMarkup.mostOthers
    else { return }
    let firstWord = words.count
    for place in stride(from: start, to: end, by: 8) {
      var word: UInt64 = 0
      for offset in 0..<min(8, end - place) { word |= UInt64(text[place + offset]) << (8 * offset) }
      words.append(UInt64(littleEndian: word))
    }
    let rest = (end - start) % 8
    seams.append(
      Seam(
        context: draft.context, length: end - start, lines: line - draft.line,
        ends: ended.count..<ended.count + draft.ends.count,
        begins: begun.count..<begun.count + draft.begins.count, words: firstWord..<words.count,
        mask: rest == 0 ? .max : 1 << (8 * rest) - 1, other: newest[name]))
    ended += draft.ends
    begun += draft.begins
    newest[name] = seams.count - 1
    counts[name] += 1
  }

  /// What was read last belongs to no seam.
  mutating func forget() { draft.start = -1 }
}
