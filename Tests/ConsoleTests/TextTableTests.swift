import Testing

@testable import Console

@Suite("A table for terminals")
struct TextTableTests {
  @Test("gives Chinese characters two places, so that columns stand straight")
  func widths() {
    let table = TextTable(
      heading: ["编号", "title", "分值"], rows: [["A1", "党建", "8"], ["B", "x", "10"]], numbers: [2])
    #expect(
      table.lines(width: 80) == [
        "编号  title  分值", "─────────────────", "A1    党建      8", "B     x        10",
      ])
  }

  @Test(
    "breaks lines where they are full, words kept whole where they fit",
    arguments: [
      ("党建工作评价", 6, ["党建工", "作评价"]),
      ("a >= 100 && b", 8, ["a >= 100", "&& b"]),
      ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
      ("一\n二", 10, ["一", "二"]), ("", 5, [""]),
    ] as [(String, Int, [String])])
  func wraps(text: String, width: Int, lines: [String]) {
    #expect(wrapped(text, width: width) == lines)
  }

  @Test("is no wider than asked")
  func narrow() {
    let long = String(repeating: "长", count: 50)
    let lines = TextTable(heading: ["a", "b"], rows: [[long, long]]).lines(width: 40)
    #expect(lines.allSatisfy { displayWidth($0) <= 40 })
    #expect(lines.joined().filter { $0 == "长" }.count == 100)
  }
}
