import Testing

@testable import Fields

@Suite struct ValidUTF8Tests {
  @Test(
    "knows whole characters from broken and cut ones",
    arguments: [
      ([0x61, 0xE6, 0xB4, 0x9B], 4, false), ([0x61, 0xE6, 0xB4], 1, true),
      ([0xC0, 0x80], 0, false),
      ([0xED, 0xA0, 0x80], 0, false), ([0xF4, 0x90, 0x80, 0x80], 0, false),
      ([0xF0, 0x9F], 0, true),
      ([0x80], 0, false), ([0xE0, 0x80, 0x80], 0, false), ([], 0, false), ([0xC2], 0, true),
    ] as [([UInt8], Int, Bool)])
  func utf8(bytes: [UInt8], count: Int, isIncomplete: Bool) {
    let end = validUTF8(bytes.span)
    #expect(end.count == count && end.isIncomplete == isIncomplete)
  }

  /// The obvious way: one character after the other.
  private func slowly(_ bytes: [UInt8]) -> (count: Int, isIncomplete: Bool) {
    var index = 0
    while index < bytes.count {
      let width = bytes[index] < 0x80 ? 1 : scalarWidth(bytes.span, index)
      guard width > 0 else { return (index, width < 0) }
      index += width
    }
    return (index, false)
  }

  @Test("finds what one look at each character finds, in texts of all lengths and with any fault")
  func twin() {
    var state: UInt64 = 7
    func next(_ most: Int) -> Int {
      // Knuth's MMIX; the upper half is good enough to choose by.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % most
    }
    let characters = ["a", ",", "洛", "阳", "（", "é", "𠮷", "ࠀ", "퟿", "", "\u{E000}", "\u{FFFD}"]
    for length in 0...40 {
      for _ in 0..<400 {
        var bytes = (0..<length).flatMap { _ in
          Array(characters[next(characters.count)].utf8)
        }
        for fault in 0..<3 where !bytes.isEmpty && next(2) == 0 {
          let place = next(bytes.count)
          let byte = UInt8(next(256))
          if fault == 0 { bytes[place] = byte } else { bytes.removeLast(min(fault, bytes.count)) }
        }
        let (fast, slow) = (validUTF8(bytes.span), slowly(bytes))
        #expect(fast.count == slow.count && fast.isIncomplete == slow.isIncomplete, "\(bytes)")
      }
    }
  }

  @Test(
    "tells the place of what is no text, wherever the pieces are cut",
    arguments: [
      ("洛阳 heng（衡）𠮷", [], nil), ("", [], nil), ("洛阳", [0xFF], 6), ("a洛", [0xC0, 0x80], 4),
      ("洛", [0xE6, 0x41], 3), ("abcdefgh", [0xED, 0xA0, 0x80, 0x61], 8),
      ("洛", [0xE6, 0x9B], 3), ("洛", [0xF0, 0x9F, 0x98], 3),
    ] as [(String, [UInt8], Int?)])
  func pieces(text: String, broken: [UInt8], place: Int?) {
    let bytes = Array(text.utf8) + broken
    for first in 0...bytes.count {
      for second in first...bytes.count {
        var check = UTF8Check()
        var found: Int?
        for piece in [bytes[..<first], bytes[first..<second], bytes[second...]] {
          found = found ?? check.take(Array(piece).span)
        }
        #expect(found ?? check.unfinished == place)
      }
    }
  }
}
