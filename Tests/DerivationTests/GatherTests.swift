import Testing

@testable import Derivation

@Suite("Gather")
struct GatherTests {
  @Test(
    "gathers as many groups as reach the threshold, none larger than it need be",
    arguments: [
      ([2, 2, 1, 1], 3, 5, [[2, 1], [2, 1]]), ([2, 2, 2], 3, 5, [[2, 2]]),
      ([1, 1, 1, 1, 1, 1, 1], 3, 5, [[1, 1, 1], [1, 1, 1]]), ([1, 1], 3, 5, []),
      ([1, 1, 1], 3, 2, []), ([2, 1, 1, 1, 1], 3, 2, [[2, 1]]),
      ([4, 3, 3, 2, 2, 1], 5, 3, [[4, 1], [3, 2], [3, 2]]), ([], 3, 5, []),
    ] as [([Int], Int, Int, [[Int]])])
  func small(strengths: [Int], threshold: Int, atMost: Int, expected: [[Int]]) {
    let gathered = smallest(strengths, threshold: threshold, atMost: atMost)
    #expect(gathered.map { $0.map { strengths[$0] }.sorted(by: >) } == expected)
    let positions = gathered.flatMap { $0 }
    #expect(Set(positions).count == positions.count)
  }

  @Test(
    "whoever is left joins the group with the fewest near, as long as there is room",
    arguments: [
      ([1, 1, 1, 1, 1, 2, 2, 2], 6, 5, [[0, 1, 5, 6, 7]], 3), ([1, 2, 2], 3, 5, [[0, 1, 2]], 0),
      ([1, 1, 1, 1], 3, 3, [[0, 1, 2]], 1), ([2, 2, 2, 1, 1], 3, 5, [[0, 2, 3], [1, 4]], 0),
    ] as [([Int32], Int, Int, [[Int]], Int)])
  func rest(strengths: [Int32], threshold: Int, atMost: Int, expected: [[Int]], left: Int) {
    let needy = CandidateUnits(
      rows: strengths.indices.map { Int32($0) }, strengths: strengths,
      places: [strengths.map { _ in 0 }])
    let groups = gather(needy, threshold: threshold, atMost: atMost)
    #expect(groups.map(\.members) == expected)
    #expect(strengths.count - groups.flatMap(\.members).count == left)
  }

  @Test("makes a group of one who is left and a member whom another group can spare")
  func spared() {
    // Three in one zone reach the threshold without the last of them, who shares a street with 3.
    let needy = CandidateUnits(
      rows: [0, 1, 2, 3], strengths: [2, 2, 2, 1], places: [[0, 0, 0, -1], [-1, 1, -1, 1]])
    #expect(
      gather(needy, threshold: 3, atMost: 5) == [
        FormationGroup(members: [0, 2], strength: 4, tie: 0),
        FormationGroup(members: [1, 3], strength: 3, tie: 1),
      ])
  }

  /// A register of a few, drawn from numbers that are the same everywhere.
  struct Register: Sendable {
    let needy: CandidateUnits
    let threshold: Int
    let atMost: Int
  }

  private struct Draws {
    var state: UInt64

    /// A number from 0 up to `bound`, which it never is.
    mutating func next(_ bound: Int) -> Int {
      // Safe: wrapping is what mixes.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  /// - Parameter areNested: whether places lie within places, as buildings in streets do, or
  ///   cross freely.
  static func register(_ seed: Int, areNested: Bool) -> Register {
    var draws = Draws(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    let threshold = 3 + (draws.next(3) == 0 ? draws.next(4) : 0)
    let atMost = 3 + draws.next(3)
    let count = 4 + draws.next(6)
    var strengths: [Int32] = []
    var places: [[Int32]] = [[], [], []]
    for _ in 0..<count {
      strengths.append(
        Int32(draws.next(10) == 0 ? draws.next(7) - 1 : 1 + draws.next(threshold - 1)))
      let zone = draws.next(4)
      let isKnown = [draws.next(10) < 7, draws.next(10) < 9, draws.next(10) < 9]
      let found = areNested ? [zone, zone / 2, 0] : [zone, draws.next(3), draws.next(3)]
      for near in 0..<3 { places[near].append(isKnown[near] ? Int32(found[near]) : -1) }
    }
    return Register(
      needy: CandidateUnits(
        rows: strengths.indices.map { Int32($0) }, strengths: strengths, places: places),
      threshold: threshold, atMost: atMost)
  }

  @Test("no subject twice, none too many, the threshold reached, and what is claimed is shared")
  func promises() {
    for seed in 0..<2000 {
      let register = GatherTests.register(seed, areNested: seed % 2 == 0)
      let needy = register.needy
      let groups = gather(needy, threshold: register.threshold, atMost: register.atMost)
      let members = groups.flatMap(\.members)
      #expect(Set(members).count == members.count)
      for group in groups {
        #expect((2...register.atMost).contains(group.members.count))
        let strengths = group.members.map { Int(needy.strengths[$0]) }
        #expect(strengths.allSatisfy { $0 > 0 && $0 < register.threshold })
        #expect(strengths.reduce(0, +) == group.strength && group.strength >= register.threshold)
        let places = Set(group.members.map { needy.places[group.tie][$0] })
        #expect(places.count == 1 && places.first ?? -1 >= 0)
      }
    }
  }

  @Test(
    "reaches nearly as many as the best possible plan, though it takes the nearest first",
    arguments: [(true, 97, 1), (false, 70, 8)])
  func gap(areNested: Bool, least: Int, most: Int) {
    let cases = 400
    var (same, worst, missed, all) = (0, 0, 0, 0)
    for seed in 0..<cases {
      let register = GatherTests.register(seed, areNested: areNested)
      let groups = gather(
        register.needy, threshold: register.threshold, atMost: register.atMost)
      let reached = groups.reduce(0) { $0 + $1.members.count }
      let best = mostReached(register)
      #expect(reached <= best)
      same += reached == best ? 1 : 0
      worst = max(worst, best - reached)
      missed += best - reached
      all += best
    }
    print(
      "places \(areNested ? "nested" : "crossing"): best possible in \(same) of \(cases) cases, "
        + "\(missed) of \(all) subjects missed, at most \(worst) in one")
    #expect(same * 100 >= cases * least)
    #expect(missed * 100 <= all * most)
  }

  /// How many the best of all plans reaches, found by trying every one.
  private func mostReached(_ register: Register) -> Int {
    let needy = register.needy
    let count = needy.rows.count
    let groups = (0..<1 << count).map { set in
      let members = (0..<count).filter { set >> $0 & 1 == 1 }
      let strengths = members.map { Int(needy.strengths[$0]) }
      return (2...register.atMost).contains(members.count)
        && strengths.allSatisfy { $0 > 0 && $0 < register.threshold }
        && strengths.reduce(0, +) >= register.threshold
        && needy.places.contains { places in
          places[members[0]] >= 0 && members.allSatisfy { places[$0] == places[members[0]] }
        }
    }
    let possible = groups.indices.filter { groups[$0] }
    var best = [Int](repeating: 0, count: 1 << count)
    for set in 1..<1 << count {
      let first = set & -set
      best[set] = best[set ^ first]
      for group in possible where group & first != 0 && group & ~set == 0 {
        best[set] = max(best[set], best[set ^ group] + group.nonzeroBitCount)
      }
    }
    return best[(1 << count) - 1]
  }
}
