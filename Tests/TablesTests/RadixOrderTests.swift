import Tables
import Testing

@Suite("A radix sort")
struct RadixOrderTests {
  @Test(
    "gives the places of numbers in ascending order, those of equal ones as they come",
    arguments: [
      ([], []), ([0], [0]), ([5, 3, 5, 0], [3, 1, 0, 2]),
      ([.max, 1 << 22, 2047, 2048, 0], [4, 2, 3, 1, 0]),
    ] as [([Int32], [Int32])])
  func places(numbers: [Int32], places: [Int32]) {
    #expect(ascending(numbers) == places)
    #expect(ascending(numbers.map { UInt32($0) }) == places)
    #expect(ascending(numbers.map { Int64($0) << 20 }) == places)
  }

  @Test("keeps the order that equal numbers had")
  func kept() {
    #expect(ascending([1, 0, 1, 0] as [UInt32], from: [3, 2, 1, 0]) == [3, 1, 2, 0])
    #expect(ascending([0, 0, 0] as [UInt32], from: [1, 0, 2]) == [1, 0, 2])
  }

  @Test("tells the highest bits of unsigned numbers apart")
  func high() {
    #expect(ascending([.max, 1 << 31, .max - 1, 0] as [UInt32]) == [3, 1, 2, 0])
  }

  @Test("sorts as any other sort does", arguments: [UInt64(1), 2, 3])
  func alike(seed: UInt64) {
    var state = seed
    let keys = (0..<5000).map { _ -> Int32 in
      // Knuth's generator; its upper bits are drawn well.
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Int32(state >> 40 & (seed == 1 ? 15 : 0xFF_FFFF))
    }
    let expected = keys.indices.sorted {
      keys[$0] == keys[$1] ? $0 < $1 : keys[$0] < keys[$1]
    }
    #expect(ascending(keys) == expected.map { Int32($0) })
  }
}
