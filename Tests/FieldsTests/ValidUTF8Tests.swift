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
