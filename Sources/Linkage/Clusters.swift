/// Which roster rows speak of the same subject.
///
/// Steps are taken in order. Rows with the same key of a step are one subject, unless they state
/// different keys of an earlier step: two codes are two subjects, however alike their names. Who
/// comes first decides nothing, so the outcome is the same for any order of the rows.
struct Clusters: Sendable {
  /// For each row a row that stands for its subject.
  private(set) var heads: [Int32]
  /// For each row that stands for a subject, the steps that the subject states, as bits.
  private(set) var stated: [UInt32]
  /// For each step the keys, by the first row that has them, that belong to several subjects.
  private(set) var ambiguous: [Set<Int32>]

  /// - Parameter groups: for each step and row the first row with the same key, or −1.
  init(groups: [[Int32]], count: Int) {
    heads = Array(0..<Int32(count))
    stated = Array(repeating: 0, count: count)
    ambiguous = Array(repeating: [], count: groups.count)
    for step in groups.indices {
      let contested = contestedKeys(groups[step])
      if step == 0 {
        joinAll(groups[0])
      } else if !contested.isEmpty {
        settle(contested, groups[step], step: step)
      }
      mark(groups[step], step: step)
      if step > 0 { ambiguous[step] = stillContested(contested, groups[step]) }
    }
    for row in heads.indices { heads[row] = find(Int32(row)) }
  }

  private mutating func joinAll(_ groups: [Int32]) {
    for row in groups.indices where groups[row] >= 0 && groups[row] != Int32(row) {
      join(groups[row], Int32(row))
    }
  }

  private mutating func mark(_ groups: [Int32], step: Int) {
    for row in groups.indices where groups[row] >= 0 {
      stated[Int(find(Int32(row)))] |= 1 << UInt32(step)
    }
  }

  private func contestedKeys(_ groups: [Int32]) -> Set<Int32> {
    var contested: Set<Int32> = []
    for row in groups.indices where groups[row] >= 0 && groups[row] != Int32(row) {
      if head(Int32(row)) != head(groups[row]) { contested.insert(groups[row]) }
    }
    return contested
  }

  private func stillContested(_ contested: Set<Int32>, _ groups: [Int32]) -> Set<Int32> {
    contested.isEmpty ? [] : contestedKeys(groups).intersection(contested)
  }

  /// Joins the subjects that share a key of one step, where nothing stated earlier speaks against.
  private mutating func settle(_ contested: Set<Int32>, _ groups: [Int32], step: Int) {
    let earlier = (UInt32(1) << UInt32(step)) - 1
    var sharers: [Int32: Set<Int32>] = [:]
    for row in groups.indices where contested.contains(groups[row]) {
      sharers[groups[row], default: []].insert(find(Int32(row)))
    }
    // Subjects that state something earlier may be tied to others by several keys; all that hang
    // together are judged at once, by what they stated before any of them was joined.
    let before = stated
    var ties = Ties()
    for subjects in sharers.values {
      let known = subjects.filter { before[Int($0)] & earlier != 0 }
      if isConsistent(known, earlier, before) { ties.join(known) }
    }
    let components = ties.components()
    for subjects in sharers.values {
      let known = subjects.filter { before[Int($0)] & earlier != 0 }
      let fresh = subjects.subtracting(known).sorted()
      for other in fresh.dropFirst() { join(fresh[0], other) }
      guard let first = known.min(), isConsistent(known, earlier, before) else { continue }
      guard known.count == 1 || isConsistent(components[first] ?? [], earlier, before)
      else { continue }
      for other in known { join(first, other) }
      if let other = fresh.first { join(first, other) }
    }
  }

  /// Whether no two of these subjects state the same earlier step.
  private func isConsistent(_ subjects: Set<Int32>, _ earlier: UInt32, _ stated: [UInt32])
    -> Bool
  {
    var seen: UInt32 = 0
    for subject in subjects {
      let mine = stated[Int(subject)] & earlier
      if seen & mine != 0 { return false }
      seen |= mine
    }
    return true
  }

  private func head(_ row: Int32) -> Int32 {
    var row = row
    while heads[Int(row)] != row { row = heads[Int(row)] }
    return row
  }

  private mutating func find(_ row: Int32) -> Int32 {
    let head = head(row)
    var row = row
    while heads[Int(row)] != head {
      let next = heads[Int(row)]
      heads[Int(row)] = head
      row = next
    }
    return head
  }

  private mutating func join(_ a: Int32, _ b: Int32) {
    let (a, b) = (find(a), find(b))
    guard a != b else { return }
    let (head, other) = a < b ? (a, b) : (b, a)
    heads[Int(other)] = head
    stated[Int(head)] |= stated[Int(other)]
  }
}

/// Which few subjects hang together by shared keys.
private struct Ties {
  private var heads: [Int32: Int32] = [:]

  mutating func join(_ subjects: Set<Int32>) {
    guard let first = subjects.first else { return }
    let head = find(first)
    for other in subjects {
      let otherHead = find(other)
      if otherHead != head { heads[otherHead] = head }
    }
  }

  /// For each subject all that hang together with it.
  mutating func components() -> [Int32: Set<Int32>] {
    var byHead: [Int32: Set<Int32>] = [:]
    for subject in Array(heads.keys) { byHead[find(subject), default: []].insert(subject) }
    var components: [Int32: Set<Int32>] = [:]
    for members in byHead.values {
      for member in members { components[member] = members }
    }
    return components
  }

  private mutating func find(_ subject: Int32) -> Int32 {
    var head = subject
    while let next = heads[head], next != head { head = next }
    heads[subject] = head
    return head
  }
}
