import Tables
import Testing

@Suite("A binary search")
struct PartitioningIndexTests {
  @Test("finds where the far side begins, in collections of every length")
  func everywhere() {
    for count in 0..<40 {
      for line in 0...count {
        #expect((0..<count).partitioningIndex { $0 >= line } == line)
        let slice = Array(-7..<count)[7...]
        #expect(slice.partitioningIndex { $0 >= line } == line + 7)
      }
    }
  }

  @Test("looks at few elements")
  func few() {
    var looked = 0
    _ = (0..<1 << 20).partitioningIndex {
      looked += 1
      return $0 >= 777_777
    }
    #expect(looked <= 21)
  }

  @Test(
    "gives the entry of a subject's row, or none",
    arguments: [(2, 0), (5, 1), (9, 2), (0, nil), (4, nil), (10, nil)] as [(Int, Int?)])
  func entries(row: Int, entry: Int?) {
    var card = Scorecard(rubric: 0, subjects: [2, 5, 9])
    #expect(card.entry(of: row) == entry)
    card.subjects = []
    #expect(card.entry(of: row) == nil)
  }

  @Test(
    "gives the first entry that does not stand before a row", arguments: [(0, 0), (3, 1), (10, 3)])
  func firstEntries(row: Int, entry: Int) {
    #expect(Scorecard(rubric: 0, subjects: [2, 5, 9]).firstEntry(from: row) == entry)
  }
}
