/// Subjects that could get something together.
struct FormationGroup: Equatable {
  /// Indexes into those who lack it, ascending.
  var members: [Int]
  var strength: Int
  /// By which nearness they are near.
  var tie: Int
}

/// Gathers those who lack something into groups that reach a threshold together, nearest first.
///
/// First groups no larger than they need be, at the nearest places, then at the next nearest of
/// who is left. Whoever is left then joins the group with the fewest that is near and has room, or
/// makes a group with members whom others near can spare. Those who bring nothing, or enough for
/// themselves, are in none.
///
/// - Returns: groups in order of nearness, place and first member; everybody in one at most.
/// - Complexity: O(n log n) for each nearness.
func gather(_ needy: CandidateUnits, threshold: Int, atMost: Int) -> [FormationGroup] {
  var gathering = Gathering(needy, threshold: threshold, atMost: atMost)
  for near in needy.places.indices { gathering.form(near) }
  for near in needy.places.indices { gathering.join(near) }
  for near in needy.places.indices { gathering.share(near) }
  for near in needy.places.indices { gathering.join(near) }
  return gathering.groups.sorted { left, right in
    if left.tie != right.tie { return left.tie < right.tie }
    let places = needy.places[left.tie]
    let (one, other) = (places[left.members[0]], places[right.members[0]])
    return one == other ? left.members[0] < right.members[0] : one < other
  }
}

private struct Gathering {
  let needy: CandidateUnits
  let threshold: Int
  let atMost: Int
  var groups: [FormationGroup] = []
  /// Who can be gathered and is in no group, ascending.
  var free: [Int]

  init(_ needy: CandidateUnits, threshold: Int, atMost: Int) {
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
          FormationGroup(
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

extension Gathering {
  /// Makes groups of those who are left at a place and of members whom other groups can spare.
  mutating func share(_ near: Int) {
    let places = needy.places[near]
    var left: [Int32: [Int]] = [:]
    for one in free where places[one] >= 0 { left[places[one], default: []].append(one) }
    var spare: [Int32: [(group: Int, member: Int)]] = [:]
    for (number, group) in groups.enumerated() {
      for member in group.members
      where left[places[member]] != nil && canSpare(member, of: number) {
        spare[places[member], default: []].append((number, member))
      }
    }
    var taken: Set<Int> = []
    for place in left.keys.sorted() {
      let own = (left[place] ?? []).sorted(by: isStronger).prefix(atMost - 1)
      let others = (spare[place] ?? []).sorted { isStronger($0.member, $1.member) }
      guard let given = enough(of: others, with: own) else { continue }
      for (group, member) in given { leave(group, member) }
      let members = own + given.map(\.member)
      groups.append(
        FormationGroup(
          members: members.sorted(), strength: members.reduce(0) { $0 + strength($1) }, tie: near))
      taken.formUnion(own)
    }
    free.removeAll { taken.contains($0) }
  }

  private func strength(_ one: Int) -> Int { Int(needy.strengths[one]) }

  private func isStronger(_ one: Int, _ other: Int) -> Bool {
    strength(one) == strength(other) ? one < other : strength(one) > strength(other)
  }

  private func canSpare(_ member: Int, of group: Int) -> Bool {
    groups[group].strength - strength(member) >= threshold
  }

  private mutating func leave(_ group: Int, _ member: Int) {
    groups[group].members.removeAll { $0 == member }
    groups[group].strength -= strength(member)
  }

  /// The first of those who can be spared that, with those who are left, reach the threshold; nil
  /// where they cannot.
  private func enough(
    of others: [(group: Int, member: Int)], with own: ArraySlice<Int>
  ) -> [(group: Int, member: Int)]? {
    var given: [(group: Int, member: Int)] = []
    var losses: [Int: Int] = [:]
    var sum = own.reduce(0) { $0 + strength($1) }
    for (group, member) in others where sum < threshold && own.count + given.count < atMost {
      // It may have spared another already.
      let loss = losses[group, default: 0] + strength(member)
      guard groups[group].strength - loss >= threshold else { continue }
      losses[group] = loss
      given.append((group, member))
      sum += strength(member)
    }
    return sum >= threshold ? given : nil
  }
}
