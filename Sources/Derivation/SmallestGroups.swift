import Tables

/// Groups of those at one place that reach the threshold and are no larger than they need be.
///
/// Each begins with the strongest who is left and is completed by the weakest who is enough; while
/// nobody is enough, the strongest joins. If that does not reach the threshold, no group can.
///
/// - Returns: positions among the given, ascending in each group.
func smallest(_ strengths: [Int], threshold: Int, atMost: Int) -> [[Int]] {
  var pool = Pool(strengths)
  var gathered: [[Int]] = []
  while let first = pool.takeStrongest() {
    var together = [first]
    var sum = strengths[first]
    while sum < threshold, together.count < atMost {
      guard let next = pool.takeWeakest(atLeast: threshold - sum) ?? pool.takeStrongest() else {
        break
      }
      together.append(next)
      sum += strengths[next]
    }
    guard sum >= threshold, together.count <= atMost else { break }
    gathered.append(together.sorted())
  }
  return gathered
}

/// Who is left, by strength and then by position.
private struct Pool {
  private let sorted: [Int]
  private let strengths: [Int]
  /// The first who is left at or after each position; `sorted.count` if nobody.
  private var next: [Int]
  private var last: Int

  init(_ group: [Int]) {
    sorted = group.indices.sorted { one, other in
      group[one] == group[other] ? one < other : group[one] < group[other]
    }
    strengths = sorted.map { group[$0] }
    next = Array(0...sorted.count)
    last = sorted.count - 1
  }

  mutating func takeStrongest() -> Int? {
    while last >= 0, find(last) != last { last -= 1 }
    return last < 0 ? nil : takeWeakest(atLeast: strengths[last])
  }

  mutating func takeWeakest(atLeast strength: Int) -> Int? {
    let position = find(strengths.partitioningIndex { $0 >= strength })
    guard position < sorted.count else { return nil }
    next[position] = position + 1
    return sorted[position]
  }

  private mutating func find(_ position: Int) -> Int {
    var root = position
    while next[root] != root { root = next[root] }
    var step = position
    while next[step] != root, step != root { (step, next[step]) = (next[step], root) }
    return root
  }
}
