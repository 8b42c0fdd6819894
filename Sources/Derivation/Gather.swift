/// Subjects that could get something together.
struct Together: Equatable {
  /// Indexes into those who lack it, ascending.
  var members: [Int]
  var strength: Int
  /// By which nearness they are near.
  var tie: Int
}

/// Gathers those who lack something into groups that reach a threshold together, nearest first.
///
/// First groups no larger than they need be, at the nearest places, then at the next nearest of
/// who is left. Whoever is left then joins the group with the fewest that is near and has room,
/// so that all whom a group can hold are in one. Those who bring nothing, or enough for
/// themselves, are in none.
///
/// - Returns: groups in order of nearness, place and first member; everybody in one at most.
/// - Complexity: O(n log n) for each nearness.
func gather(_ needy: Needy, threshold: Int, atMost: Int) -> [Together] {
  var gathering = Gathering(needy, threshold: threshold, atMost: atMost)
  for near in needy.places.indices { gathering.form(near) }
  for near in needy.places.indices { gathering.join(near) }
  return gathering.groups.sorted { left, right in
    if left.tie != right.tie { return left.tie < right.tie }
    let places = needy.places[left.tie]
    let (one, other) = (places[left.members[0]], places[right.members[0]])
    return one == other ? left.members[0] < right.members[0] : one < other
  }
}

private struct Gathering {
  let needy: Needy
  let threshold: Int
  let atMost: Int
  var groups: [Together] = []
  /// Who can be gathered and is in no group, ascending.
  var free: [Int]

  init(_ needy: Needy, threshold: Int, atMost: Int) {
    self.needy = needy
    self.threshold = threshold
    self.atMost = atMost
    free = needy.indices.filter { needy.strengths[$0] > 0 && needy.strengths[$0] < threshold }
  }

  /// Groups no larger than they need be.
  mutating func form(_ near: Int) {
    let places = needy.places[near]
    let here = free.filter { places[$0] >= 0 }.sorted { one, other in
      places[one] == places[other] ? one < other : places[one] < places[other]
    }
    var taken: Set<Int> = []
    var start = 0
    while start < here.count {
      let place = places[here[start]]
      let end = here[start...].firstIndex { places[$0] != place } ?? here.count
      let strengths = here[start..<end].map { Int(needy.strengths[$0]) }
      for group in smallest(strengths, threshold: threshold, atMost: atMost) {
        let members = group.map { here[start + $0] }
        taken.formUnion(members)
        groups.append(
          Together(
            members: members, strength: group.reduce(0) { $0 + strengths[$1] }, tie: near))
      }
      start = end
    }
    free.removeAll { taken.contains($0) }
  }

  /// Takes who is left into groups that have room and whose members are all near.
  mutating func join(_ near: Int) {
    let places = needy.places[near]
    let wanted = Set(free.map { places[$0] })
    var open: [Int32: [Int]] = [:]
    for (number, group) in groups.enumerated() where group.members.count < atMost {
      let place = places[group.members[0]]
      guard place >= 0, wanted.contains(place),
        group.members.allSatisfy({ places[$0] == place })
      else { continue }
      open[place, default: []].append(number)
    }
    for place in open.keys {
      open[place]?.sort { one, other in
        let (left, right) = (groups[one], groups[other])
        if left.members.count != right.members.count {
          return left.members.count > right.members.count
        }
        if left.strength != right.strength { return left.strength > right.strength }
        return left.members[0] > right.members[0]
      }
    }
    free.removeAll { one in
      // The last has the fewest.
      guard let number = open[places[one]]?.popLast() else { return false }
      groups[number].members.append(one)
      groups[number].members.sort()
      groups[number].strength += Int(needy.strengths[one])
      groups[number].tie = near
      if groups[number].members.count < atMost {
        // Whoever follows goes to another, as long as there is one.
        open[places[one]]?.insert(number, at: 0)
      }
      return true
    }
  }
}

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
    var (low, high) = (0, strengths.count)
    while low < high {
      let middle = (low + high) / 2
      if strengths[middle] < strength { low = middle + 1 } else { high = middle }
    }
    let position = find(low)
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
