import Tables
import Testing

@testable import Linkage

@Suite("Key index")
struct KeyIndexTests {
  @Test(
    "finds the first row with the same bytes, for keys of any length",
    arguments: [1, 7, 8, 24, 25, 99])
  func find(length: Int) {
    var keys = TextColumn()
    var expected: [Int32] = []
    for row in 0..<500 {
      if row % 10 == 9 {
        keys.appendAbsent(.notStated)
        expected.append(-1)
      } else {
        let number = String(row % 200 % 90)
        keys.append(String(repeating: "x", count: length) + number)
        expected.append(
          Int32((0...row).first { $0 % 10 != 9 && String($0 % 200 % 90) == number } ?? -1))
      }
    }
    let index = KeyIndex(keys)
    #expect(index.groups == expected)
    #expect(index.find(0..<500, in: keys) == expected)
    #expect(index.find(100..<200, in: keys) == Array(expected[100..<200]))
    var others = TextColumn()
    others.append("y")
    others.append(String(repeating: "x", count: length))
    #expect(index.find(0..<2, in: others) == [-1, -1])
  }
}
