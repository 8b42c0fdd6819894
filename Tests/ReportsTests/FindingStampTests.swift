import Testing

@testable import Reports

/// The same by a regular expression: short, plain, and a thousand times as slow.
private func plainly(_ text: String) -> String {
  text.replacing(#/[ \n]?[(（][^()（）]*:[0-9]+[)）]/#, with: "")
}

@Suite struct FindingStampTests {
  @Test(
    "leaves out what stands in brackets and ends in a line's number",
    arguments: [
      ("stated twice (a.csv:12)", "stated twice"),
      ("stated twice (a.csv:12) and (b.xml:3), see there", "stated twice and, see there"),
      ("两处不同（登记/a.csv:12）", "两处不同"),
      ("half（a:1) and full(b:2）", "half and full"),
      ("no line (a.csv) (:) (12) (a:1b)", "no line (a.csv) (:) (12) (a:1b)"),
      ("only a number (:7)", "only a number"),
      ("(one (a:1)", "(one"), ("((a:1))", "()"), ("open (a:1", "open (a:1"),
      ("（", "（"), ("", ""), ("）(", "）("), ("a\n(b:2)", "a"),
    ])
  func leavesOut(text: String, left: String) {
    #expect(text.withoutFiles == left)
    #expect(plainly(text) == left)
  }

  @Test("is the same as a regular expression leaves, whatever the text", arguments: 0..<40)
  func asPlainly(seed: Int) {
    var number = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    let pieces = ["(", ")", "（", "）", ":", "1", "23", " ", "  ", "\n", "a", "局", "！"]
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<12 {
        number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(number >> 33) % pieces.count]
      }
      #expect(text.withoutFiles == plainly(text), "\(text.debugDescription)")
    }
  }
}
