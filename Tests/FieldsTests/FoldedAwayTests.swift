import Testing

@testable import Fields

@Suite("What comparing folds away")
struct FoldedAwayTests {
  @Test(
    "is what nobody sees or what looks like another, and nothing that people type",
    arguments: [
      ("\u{202D}V100\u{202C}", ["202d", "202c"]), ("V\u{200E}1", ["200e"]), ("从业⼈数", ["2f08"]),
      ("⻓", ["2ed3"]), ("甲②", ["2461"]), ("\u{F9DC}", ["f9dc"]), ("\u{2F81A}", ["2f81a"]),
      ("ＡＢ（甲）·–，　b \u{A0}é", []), ("Cafe\u{301}", []), ("Straße", []), ("ASCII-1", []), ("⺀", []),
    ])
  func found(text: String, characters: [String]) {
    let bytes = Array(text.utf8)
    let found = foldedAway(in: bytes.span).map { String($0.value, radix: 16) }
    let mayBeThere = mayFoldAway(bytes.span)
    #expect(found == characters)
    #expect(mayBeThere || characters.isEmpty)
  }

  @Test("is left out of codes where it has no shape")
  func removed() {
    var bytes = Array("x\u{202D}V\u{200E}1⼈é\u{FEFF}".utf8)
    removeShapeless(from: &bytes, from: 1)
    #expect(String(decoding: bytes, as: UTF8.self) == "xV1⼈é")
  }
}
