import Tables

/// The different results among some subjects: who has the same points in every part, the same
/// limit and the same competitors has the same rank whatever the weights, so that one of them
/// stands for all.
struct Profiles: Sendable {
  /// For each subject its profile.
  private(set) var numbers: [Int32] = []
  /// For each profile the position of its first subject, and how many have it.
  private(set) var firsts: [Int32] = []
  private(set) var counts: [Int32] = []

  /// - Parameters:
  ///   - columns: What tells subjects apart; a value a subject.
  ///   - most: Beyond so many profiles the rest of the subjects is left out.
  init(_ columns: [Integers<Int32>], count: Int, most: Int = .max) {
    numbers.reserveCapacity(count)
    var hashes = [UInt64](repeating: 0, count: count)
    for column in columns { mix(column, into: &hashes) }
    var bits = 6
    while 1 << bits < count * 2 { bits += 1 }
    var slots = [Int32](repeating: -1, count: 1 << bits)
    for position in 0..<count where firsts.count <= most {
      // The upper bits of a product depend on all of the factor's.
      var slot = Int(truncatingIfNeeded: hashes[position] >> UInt64(64 - bits))
      while true {
        let profile = slots[slot]
        if profile < 0 {
          slots[slot] = Int32(firsts.count)
          numbers.append(Int32(firsts.count))
          firsts.append(Int32(position))
          counts.append(1)
          break
        }
        let first = Int(firsts[Int(profile)])
        if hashes[first] == hashes[position],
          columns.allSatisfy({ $0[first] == $0[position] })
        {
          numbers.append(profile)
          counts[Int(profile)] += 1
          break
        }
        slot = (slot + 1) & (slots.count - 1)
      }
    }
  }

  /// Everybody alone.
  init(count: Int) {
    numbers = (0..<count).map { Int32($0) }
    firsts = numbers
    counts = Array(repeating: 1, count: count)
  }

  var count: Int { firsts.count }
}

private func mix(_ column: Integers<Int32>, into hashes: inout [UInt64]) {
  precondition(column.count == hashes.count)
  for index in hashes.indices {
    // Safe: a hash wraps at 2^64 by design.
    let mixed = (hashes[index] ^ UInt64(UInt32(bitPattern: column[index]))) &* 0x9E37_79B9_7F4A_7C15
    hashes[index] = (mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9
  }
}
