import Testing

@testable import Intake

@Suite("Texts that outlive their window")
struct KeptTextsTests {
  @Test("stand at its beginning, before what was not read")
  func front() {
    var window = Array("甲,乙,c|rest".utf8)
    var texts = [CellRange(start: 4, end: 7), .absent, CellRange(start: 8, end: 9)]
    let position = discard(&window, upTo: 10, keeping: &texts)
    #expect(String(decoding: window, as: UTF8.self) == "乙crest")
    #expect(position == 4)
    #expect(texts == [CellRange(start: 0, end: 3), .absent, CellRange(start: 3, end: 4)])
    // And so on, from window to window.
    #expect(discard(&window, upTo: window.count, keeping: &texts) == 4)
    #expect(String(decoding: window, as: UTF8.self) == "乙c")
  }
}
