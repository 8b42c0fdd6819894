import Testing

@testable import Tables

@Suite("Texts as they were delivered")
struct DeliveredTextsTests {
  @Test("lie end to end, with an empty one where none was delivered")
  func rows() {
    var texts = DeliveredTexts()
    let bytes = Array("约3；２０１８；".utf8)
    // The second row has none, wherever it says that it stands.
    texts.append(from: [0, 7, 4].span, to: [4, 7, 4].span, of: bytes.span)
    texts.append(from: [7].span, to: [19].span, of: bytes.span)
    #expect((0..<texts.count).map { texts[$0] } == ["约3", "", "", "２０１８"])
    #expect(texts.range(3) == 4..<16)
  }

  @Test("of one part follow those of the part before")
  func parts() {
    var texts = DeliveredTexts(["a", "", "bc"])
    texts.append(contentsOf: DeliveredTexts(["", "d"]))
    texts.append(contentsOf: DeliveredTexts())
    #expect(texts == DeliveredTexts(["a", "", "bc", "", "d"]))
    #expect(String(decoding: texts.bytes, as: UTF8.self) == "abcd")
  }
}
