import Testing

@testable import Reports

@Suite struct ChecksumTests {
  @Test(
    "tells every change of a bit, every swap and every length apart",
    arguments: [0, 1, 7, 8, 31, 32, 33, 95, 100])
  func changes(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let sum = checksum(bytes.span)
    #expect(sum == checksum(Array(bytes).span))
    #expect(sum != checksum((bytes + [0]).span))
    for place in bytes.indices {
      for bit in 0..<8 {
        var other = bytes
        other[place] ^= 1 << bit
        #expect(checksum(other.span) != sum)
      }
      var swapped = bytes
      swapped.swapAt(place, (place + 9) % count)
      #expect(swapped == bytes || checksum(swapped.span) != sum)
    }
  }
}
