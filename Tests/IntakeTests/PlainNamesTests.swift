import Testing

@testable import Intake

@Suite("Names in plain XML")
struct PlainNamesTests {
  @Test("are kept once and found again")
  func found() throws {
    var names = PlainNames()
    let text = Array("ROW ENTNAME d:ROW ENTNAM".utf8)
    #expect(names.find(text.span, 0..<3) == -1)
    #expect(try names.add(Array("ROW".utf8)) == 0)
    #expect(try names.add(Array("ENTNAME".utf8)) == 1)
    #expect(try names.add(Array("d:ROW".utf8)) == 2)
    #expect(names.find(text.span, 0..<3) == 0)
    #expect(names.find(text.span, 4..<11) == 1)
    #expect(names.find(text.span, 18..<24) == -1)
    #expect(names.stands(1, in: text.span, at: 4) && !names.stands(1, in: text.span, at: 18))
    #expect(names.localText(2) == "ROW" && names.localText(1) == "ENTNAME")
  }

  @Test("are expected in the order of the last time")
  func expected() throws {
    var names = PlainNames()
    for name in ["ROW", "A", "B"] { _ = try names.add(Array(name.utf8)) }
    #expect(names.likely == -1)
    for name in [0, 1, 2, 0] { names.follow(name) }
    #expect(names.likely == 1)
    names.follow(1)
    #expect(names.likely == 2)
    names.follow(0)
    names.follow(1)
    #expect(names.likely == 0)
  }

  @Test("are too many or too long at some point")
  func limits() throws {
    var names = PlainNames()
    for number in 0..<PlainNames.most { _ = try names.add(Array("A\(number)".utf8)) }
    #expect(throws: NotPlain.self) { try names.add(Array("B".utf8)) }
    var others = PlainNames()
    #expect(throws: NotPlain.self) {
      try others.add(Array(repeating: 0x41, count: PlainNames.longest + 1))
    }
  }

  @Test(
    "end where no letter follows",
    arguments: [
      ("ROW>", 3), ("A-1.b_c ", 7), ("1A>", 0), ("-a>", 0), ("企业名称>", 12), ("é>", 0), (">", 0),
      ("d:ROW>", 1),
    ])
  func ends(text: String, end: Int) {
    #expect(nameEnd(Array(text.utf8).span, 0) == end)
  }

  @Test("of elements may have one prefix", arguments: [("d:ROW>", 5), ("ROW>", 3), ("a:b:c>", 3)])
  func prefixes(text: String, end: Int) throws {
    #expect(try elementNameEnd(Array(text.utf8).span, 0) == end)
  }

  @Test(
    "of elements are not plain with an empty or a reserved part",
    arguments: ["xml:a>", "d:>", ":a>"])
  func reserved(text: String) {
    #expect(throws: NotPlain.self) { try elementNameEnd(Array(text.utf8).span, 0) }
  }
}
