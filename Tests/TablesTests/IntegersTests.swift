import Tables
import Testing

@Suite("Integers")
struct IntegersTests {
  private static let edges: [Int64] = [
    0, 1, -1, 127, 128, -128, -129, 32_767, 32_768, -32_768, -32_769, 2_147_483_647,
    2_147_483_648, -2_147_483_648, -2_147_483_649, .max, .min,
  ]

  @Test("give back every number, whatever its width and those before", arguments: edges)
  func appended(number: Int64) {
    var integers = Integers<Int64>()
    let all = [3, -4, number, 5, 0, number]
    for element in all { integers.append(element) }
    #expect((0..<all.count).map { integers[$0] } == all)
    #expect(integers == Integers(all))
    #expect(integers.picked([5, -1, 1], absent: 7) == [number, 7, -4])
  }

  @Test("widen when a number is put among smaller ones", arguments: edges)
  func replaced(number: Int64) {
    var integers = Integers<Int64>(repeating: -1, count: 3)
    integers[1] = number
    #expect((0..<3).map { integers[$0] } == [-1, number, -1])
  }

  @Test("are laid end to end whichever is wider", arguments: edges)
  func joined(number: Int64) {
    let (narrow, wide) = (Integers<Int64>([1, 2]), Integers([number]))
    var (first, second) = (narrow, wide)
    first.append(contentsOf: wide)
    second.append(contentsOf: narrow)
    #expect(first == Integers([1, 2, number]))
    #expect(second == Integers([number, 1, 2]))
  }

  @Test("are the same where the numbers are, however wide they are kept")
  func equality() {
    var wide = Integers<Int64>([1, 1000])
    wide[1] = 2
    #expect(wide == Integers([1, 2]))
    #expect(wide != Integers([1, 3]))
    #expect(wide != Integers([1]))
  }

  @Test("that are many are taken as each would be", arguments: edges)
  func appendedTogether(number: Int64) {
    var together = Integers<Int64>([5])
    var narrow = Integers<Int32>([5])
    let numbers = [0, -1, number, 7]
    together.append(truncating: numbers.span)
    narrow.append(truncating: numbers.span)
    #expect(together == Integers([5, 0, -1, number, 7]))
    #expect(narrow == Integers([5, 0, -1, Int32(truncatingIfNeeded: number), 7]))
  }
}
