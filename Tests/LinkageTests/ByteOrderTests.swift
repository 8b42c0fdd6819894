import Tables
import Testing

@testable import Linkage

@Suite("Order by bytes")
struct ByteOrderTests {
  @Test(
    "is that of the bytes, then of the rows, whatever the number of jobs", arguments: [1, 2, 5])
  func order(jobs: Int) async {
    var texts = TextColumn()
    // Some are the same, some differ only far behind or in length.
    let all = (0..<10_000).map { row in
      "9141" + String(row * 7919 % 3001) + String(repeating: "甲", count: row % 4 * 6)
    }
    for text in all { texts.append(text) }
    let expected = all.indices.sorted {
      let (one, other) = (Array(all[$0].utf8), Array(all[$1].utf8))
      return one == other ? $0 < $1 : one.lexicographicallyPrecedes(other)
    }
    #expect(await byteOrder(texts, jobs: jobs) == expected.map { Int32($0) })
  }

  @Test("of no texts, and of texts that are all the same")
  func none() async {
    #expect(await byteOrder(TextColumn(), jobs: 2).isEmpty)
    var same = TextColumn()
    for _ in 0..<5000 { same.append("甲") }
    #expect(await byteOrder(same, jobs: 2) == (0..<5000).map { Int32($0) })
  }
}
