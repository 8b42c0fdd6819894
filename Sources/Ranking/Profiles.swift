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
  ///   - columns: What tells subjects apart.
  ///   - rows: For each subject its row in the columns; nil where it is its position.
  ///   - own: What tells them apart besides; a value a subject.
  ///   - most: Beyond so many profiles the rest of the subjects is left out.
  init(
    _ columns: [Integers<Int32>], at rows: [Int32]? = nil, and own: [[Int32]] = [], count: Int,
    most: Int = .max
  ) {
    var bits = 6
    while 1 << bits < min(count, most) * 2 { bits += 1 }
    var slots = [Int32](repeating: -1, count: 1 << bits)
    var hashesOfFirsts: [UInt64] = []
    // Subject after subject, so that two of them are compared in one cache line or two.
    let width = columns.count + own.count
    var known: [Int32] = []
    numbers.reserveCapacity(count)
    // A stretch at a time, because often there are too many profiles long before the end.
    let stretch = 1 << 12
    for start in stride(from: 0, to: count, by: stretch) where firsts.count <= most {
      let positions = start..<min(count, start + stretch)
      let some = positions.map { rows?[$0] ?? Int32($0) }
      var hashes = [UInt64](repeating: 0, count: positions.count)
      var values = [Int32](repeating: 0, count: positions.count * width)
      for (place, column) in columns.enumerated() {
        let picked = column.picked(some, absent: 0)
        mix(picked[...], into: &hashes)
        lay(picked[...], at: place, every: width, into: &values)
      }
      for (place, column) in own.enumerated() {
        mix(column[positions], into: &hashes)
        lay(column[positions], at: columns.count + place, every: width, into: &values)
      }
      for position in positions where firsts.count <= most {
        let hash = hashes[position - start]
        let first = (position - start) * width
        // The upper bits of a product depend on all of the factor's.
        var slot = Int(truncatingIfNeeded: hash >> UInt64(64 - bits))
        while true {
          let profile = slots[slot]
          if profile < 0 {
            slots[slot] = Int32(firsts.count)
            numbers.append(Int32(firsts.count))
            firsts.append(Int32(position))
            hashesOfFirsts.append(hash)
            known.append(contentsOf: values[first..<first + width])
            counts.append(1)
            break
          }
          if hashesOfFirsts[Int(profile)] == hash,
            isSame(known, Int(profile) * width, values, first, count: width)
          {
            numbers.append(profile)
            counts[Int(profile)] += 1
            break
          }
          slot = (slot + 1) & (slots.count - 1)
        }
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

private func mix(_ column: ArraySlice<Int32>, into hashes: inout [UInt64]) {
  let column = column.span
  var hashes = hashes.mutableSpan
  precondition(column.count == hashes.count)
  for index in column.indices {
    // Safe: a hash wraps at 2^64 by design.
    let mixed = (hashes[index] ^ UInt64(UInt32(bitPattern: column[index]))) &* 0x9E37_79B9_7F4A_7C15
    hashes[index] = (mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9
  }
}

private func lay(
  _ column: ArraySlice<Int32>, at first: Int, every step: Int, into values: inout [Int32]
) {
  let column = column.span
  var values = values.mutableSpan
  for index in column.indices { values[index &* step &+ first] = column[index] }
}

private func isSame(
  _ left: [Int32], _ leftStart: Int, _ right: [Int32], _ rightStart: Int, count: Int
) -> Bool {
  let (left, right) = (
    left.span.extracting(leftStart..<leftStart + count),
    right.span.extracting(rightStart..<rightStart + count)
  )
  for index in left.indices where left[index] != right[index] { return false }
  return true
}
