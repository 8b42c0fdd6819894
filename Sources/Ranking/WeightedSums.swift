import Tables

/// Points of different results in rounding units, and their sums under weights that move.
struct WeightedSums: Sendable {
  /// Where the points are small enough, 32 bits hold their sums.
  private let bundles: [Bundle]
  /// For each part the points, where they are not.
  private let wide: [[Int32]]
  /// The most that each result can score, in rounding units.
  private let limits: [Int32]
  /// One more than the highest score.
  let levels: Int

  /// Parts that are weighted together: there are few different rows of their points, each of which
  /// is weighted once a draw.
  private struct Bundle: Sendable {
    var parts: [Int]
    /// Part after part its points in the different rows; one array, because jobs that count
    /// references to the same arrays wait for each other.
    var points: [Int16]
    /// For each result its row.
    var rows: [UInt16]

    /// How many different rows there are.
    var count: Int { points.count / parts.count }
  }

  /// Room that draws share.
  struct Room {
    fileprivate var weighted: [Int32] = []
    fileprivate var sums: [Int32] = []
    fileprivate var wide: [Int64] = []
    /// Of every result, in rounding units.
    fileprivate(set) var scores: [Int32] = []
  }

  /// - Parameters:
  ///   - points: For each part the points of the results.
  ///   - limits: The most that each can score.
  ///   - levels: One more than the highest score.
  init(_ points: [[Int32]], limits: [Int32], levels: Int) {
    let extent = points.reduce(0) { sum, column in
      sum + Int(column.lazy.map { $0.magnitude }.max() ?? 0)
    }
    // Factors stay below four times the weight (`scaled` is held to that), so sums in 32 bits.
    let fits = extent < 1 << 15
    bundles = fits ? WeightedSums.bundles(points, count: limits.count) : []
    wide = fits ? [] : points
    self.limits = limits
    self.levels = levels
  }

  /// Puts parts together as long as there are few different rows.
  private static func bundles(_ points: [[Int32]], count: Int) -> [Bundle] {
    // So few that weighting them costs little beside looking them up.
    let most = max(16, min(count / 8, 2048))
    var bundles: [Bundle] = []
    var parts: [Int] = []
    var last = Profiles([], count: count)
    func close() {
      guard !parts.isEmpty else { return }
      bundles.append(
        Bundle(
          parts: parts,
          points: parts.flatMap { part in
            last.firsts.map { Int16(truncatingIfNeeded: points[part][Int($0)]) }
          },
          rows: last.numbers.map { UInt16(truncatingIfNeeded: $0) }))
      parts = []
    }
    // What is zero for all adds nothing.
    for part in points.indices where points[part].contains(where: { $0 != 0 }) {
      var next = Profiles([], and: [last.numbers, points[part]], count: count, most: most)
      if next.count > most {
        close()
        // Even one part may have many different points, though no more than fit into 16 bits.
        next = Profiles([], and: [points[part]], count: count)
      }
      parts.append(part)
      last = next
    }
    close()
    return bundles
  }

  /// The scores of one draw.
  func score(_ weights: DrawnWeights, _ draw: Int, _ room: inout Room) {
    if room.scores.count != limits.count {
      room.scores = Array(repeating: 0, count: limits.count)
    }
    wide.isEmpty ? addNarrow(weights, draw, &room) : addWide(weights, draw, &room)
  }

  private func addNarrow(_ weights: DrawnWeights, _ draw: Int, _ room: inout Room) {
    let shift: Int32 = 13
    let factors = weights.scaled(draw, one: 1 << 13).map { Int16(min($0, 1 << 15 - 1)) }
    room.sums.removeAll(keepingCapacity: true)
    room.sums.append(contentsOf: repeatElement(1 << (shift - 1), count: limits.count))
    for bundle in bundles {
      room.weighted.removeAll(keepingCapacity: true)
      room.weighted.append(contentsOf: repeatElement(0, count: bundle.count))
      for (index, part) in bundle.parts.enumerated() where factors[part] != 0 {
        let own = index * bundle.count..<(index + 1) * bundle.count
        add(bundle.points.span.extracting(own), times: factors[part], to: &room.weighted)
      }
      add(room.weighted, at: bundle.rows, to: &room.sums)
    }
    settle(room.sums, shift: shift, limits, 0, &room.scores)
  }

  private func addWide(_ weights: DrawnWeights, _ draw: Int, _ room: inout Room) {
    // Safe: points are below 2^31 and factors below 2^24, so a few hundred sums stay below 2^63.
    let shift: Int64 = 22
    let factors = weights.scaled(draw, one: 1 << shift).map { min($0, 1 << (shift + 2)) }
    // A stretch at a time, so that its sums stay in the cache while the parts are added.
    let stretch = 4096
    for start in stride(from: 0, to: limits.count, by: stretch) {
      let range = start..<min(start + stretch, limits.count)
      room.wide.removeAll(keepingCapacity: true)
      room.wide.append(contentsOf: repeatElement(1 << (shift - 1), count: range.count))
      for part in wide.indices { add(wide[part], range, times: factors[part], to: &room.wide) }
      settle(room.wide, shift: shift, limits, start, &room.scores)
    }
  }
}

private func add(_ points: Span<Int16>, times factor: Int16, to sums: inout [Int32]) {
  var sums = sums.mutableSpan
  precondition(points.count == sums.count)
  for index in points.indices {
    // Safe: magnitudes of points add up to less than 2^15 and factors are below 2^15.
    sums[index] &+= Int32(points[index]) &* Int32(factor)
  }
}

/// Adds to each sum what stands in its row.
///
/// Clever: four sums a turn, which takes less than half the time of one a turn and, unlike it, does
/// not depend on where in memory the loop happens to begin.
private func add(_ weighted: [Int32], at rows: [UInt16], to sums: inout [Int32]) {
  let weighted = weighted.span
  let rows = rows.span
  var sums = sums.mutableSpan
  precondition(rows.count == sums.count)
  // Safe: as above, the sums of all parts fit.
  let fours = rows.count & ~3
  var index = 0
  while index < fours {
    sums[index] &+= weighted[Int(rows[index])]
    sums[index | 1] &+= weighted[Int(rows[index | 1])]
    sums[index | 2] &+= weighted[Int(rows[index | 2])]
    sums[index | 3] &+= weighted[Int(rows[index | 3])]
    index &+= 4
  }
  while index < rows.count {
    sums[index] &+= weighted[Int(rows[index])]
    index &+= 1
  }
}

private func add(
  _ points: [Int32], _ range: Range<Int>, times factor: Int64, to sums: inout [Int64]
) {
  let points = points.span.extracting(range)
  var sums = sums.mutableSpan
  precondition(points.count == sums.count)
  for index in points.indices {
    // Safe: see where the factors are made.
    sums[index] &+= Int64(points[index]) &* factor
  }
}

/// Rounds sums to scores between 0 and their limits, from the one at `start`.
private func settle<Sum: FixedWidthInteger>(
  _ sums: [Sum], shift: Sum, _ limits: [Int32], _ start: Int, _ scores: inout [Int32]
) {
  let limits = limits.span.extracting(start..<start + sums.count)
  let sums = sums.span
  var scores = scores.mutableSpan
  precondition(sums.count == limits.count && start + sums.count <= scores.count)
  for index in sums.indices {
    let score = Int32(truncatingIfNeeded: sums[index] >> shift)
    scores[start &+ index] = max(0, min(score, limits[index]))
  }
}
