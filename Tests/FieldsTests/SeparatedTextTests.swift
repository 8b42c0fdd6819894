import Fields
import Testing

@Suite("The plain reader of separated text")
struct SeparatedTextTests {
  @Test(
    "reads fields and lines as RFC 4180 has them",
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]], [1, 2]),
      (
        "a,b\r\n\"1\r\nx\",\"say \"\"hi\"\"\"\r\n3,",
        [["a", "b"], ["1\r\nx", "say \"hi\""], ["3", ""]], [1, 2, 4]
      ),
      ("\u{FEFF}甲,乙\n\n丙", [["甲", "乙"], ["丙"]], [1, 3]),
      ("", [], []),
    ] as [(String, [[String]], [Int])])
  func read(text: String, fields: [[String]], lines: [Int]) {
    let records = separatedRecords(of: Array(text.utf8))
    #expect(records.map(\.fields) == fields)
    #expect(records.map(\.line) == lines)
  }
}
