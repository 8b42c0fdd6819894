import Testing

@testable import Reports

@Suite struct SubjectOrderTests {
  @Test(
    "rows stand in their own order, though they are made in that of their entries",
    arguments: [0, 1, 2, 1024, 1025, 5000])
  func rows(count: Int) {
    // 7919 has no factor in common with any of the counts, so every entry comes up once.
    let entries = (0..<count).map { Int32(($0 * 7919) % count * 3) }
    var made: [Int32] = []
    let bytes = inSubjectOrder(entries) { places, rows in
      made += places.map { entries[Int($0)] }
      rows.append(upTo: places.count * 8) { output, ends, start in
        for place in places {
          output.putDigits(Int(entries[Int(place)]))
          output.append(0x0A)
          ends.append(start + output.count)
        }
      }
    }
    #expect(made == entries.sorted())
    #expect(String(decoding: bytes, as: UTF8.self) == entries.map { "\($0)\n" }.joined())
  }

  @Test("a table is cut into a few stretches, none too small and none too large")
  func stretches() {
    #expect(
      [0, 8_669, 1_000_000, 10_000_000].map(subjectOrderStretch) == [1024, 1024, 31_250, 65_536])
  }
}
