import Testing

@testable import Synthesis

@Test("puts every number at a place of its own", arguments: [1, 2, 3, 7, 16, 17, 1000, 6352])
func shuffleIsPermutation(count: Int) {
  let shuffle = Shuffle(count: count, key: 42)
  let places = (0..<count).map { shuffle.place(of: $0) }
  #expect(places.sorted() == Array(0..<count))
  #expect(places.enumerated().allSatisfy { shuffle.index(at: $0.element) == $0.offset })
}

@Test("orders by its key")
func shuffleHasKey() {
  let (one, other) = (Shuffle(count: 500, key: 1), Shuffle(count: 500, key: 2))
  #expect((0..<500).contains { one.place(of: $0) != other.place(of: $0) })
}

@Test("picks evenly below a count")
func picksEvenly() {
  var counts = [Int](repeating: 0, count: 7)
  for number in 0..<70_000 { counts[Int(pick(scrambled(UInt64(number)), below: 7))] += 1 }
  #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
}
