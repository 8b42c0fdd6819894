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
  @Test("finds rows with the key of their neighbour like any other")
  func neighbours() {
    var keys = TextColumn()
    for key in ["a", "b", "", "c"] { keys.append(key) }
    let index = KeyIndex(keys)
    let texts: [String?] = ["b", "b", "x", "x", nil, nil, "", "", "c", nil, "c", "c", "a"]
    var others = TextColumn()
    var expected: [Int32] = []
    for round in 0..<20 {
      for text in texts {
        for _ in 0...round {
          guard let text else {
            others.appendAbsent(.notStated)
            expected.append(-1)
            continue
          }
          others.append(text)
          expected.append(["a": 0, "b": 1, "": 2, "c": 3][text] ?? -1)
        }
      }
    }
    #expect(index.find(0..<others.count, in: others) == expected)
    #expect(index.find(300..<400, in: others) == Array(expected[300..<400]))
  }
  @Test("finds rows in the order of the keys like any other", arguments: [0, 1, 2, 3, 7])
  func order(gap: Int) {
    var keys = TextColumn()
    for row in 0..<900 {
      // Some keys stand twice, and some rows state none.
      if row % 31 == 30 {
        keys.appendAbsent(.notStated)
      } else {
        keys.append("k\(row / 37 * 30 + row % 30)")
      }
    }
    let index = KeyIndex(keys)
    var first: [String: Int32] = [:]
    for row in 0..<900 where keys.presence.isStated(row) && first[keys[row]] == nil {
      first[keys[row]] = Int32(row)
    }
    var others = TextColumn()
    for row in stride(from: 0, to: 900, by: gap + 1) {
      others.append(keys[row])
      if row % 17 == 3 { others.append("x\(row)") }
      if row % 19 == 4 { others.appendAbsent(.notStated) }
    }
    let expected = (0..<others.count).map { row in
      others.presence.isStated(row) ? first[others[row]] ?? -1 : -1
    }
    #expect(
      index.groups == (0..<900).map { keys.presence.isStated($0) ? first[keys[$0]] ?? -1 : -1 })
    #expect(index.find(0..<others.count, in: others) == expected)
  }
}
