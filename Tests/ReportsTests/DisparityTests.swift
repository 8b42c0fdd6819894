import Testing

@testable import Reports

@Suite("Disparity")
struct DisparityTests {
  typealias Told = (group: String, tally: Tally, tellsScores: Bool)

  /// Groups `a`, `b`, … with so many subjects, of whom so many are ranked.
  private func groups(_ sizes: [(Int, Int)]) -> [(group: String, tally: Tally)] {
    zip("abcdefghij", sizes).map { name, size in
      var tally = Tally()
      tally.subjects = size.0
      tally.ranked = size.1
      tally.score = size.1 * 1000
      return (String(name), tally)
    }
  }

  @Test(
    "tells no group below the least size, alone or by subtraction",
    arguments: [
      // Subjects and ranked of each group; what is told, `~` without rates and means.
      ([(20, 20), (12, 12)], ["a 20", "b 12"]),
      ([(20, 20), (6, 6), (5, 5)], ["a 20", "rest 11"]),
      // 5 would follow from the whole, so the smaller of the others goes with them.
      ([(31, 30), (30, 26), (5, 5)], ["a 31", "rest 35"]),
      ([(20, 20), (9, 9)], ["rest 29"]),
      ([(5, 5), (3, 3)], []),
      ([(20, 20), (0, 0)], ["a 20"]),
      ([(10, 10)], ["a 10"]),
      // Few have a score: how few is told, their mean is not, nor does it follow.
      ([(50, 3), (40, 30), (20, 15)], ["a~ 50", "b 40", "c~ 20"]),
      ([(50, 0), (40, 30)], ["a 50 none", "b 40"]),
      ([(14, 9)], ["a~ 14"]),
      ([(20, 6), (20, 7), (30, 25)], ["a~ 20", "b~ 20", "c 30"]),
    ] as [([(Int, Int)], [String])])
  func told(sizes: [(Int, Int)], expected: [String]) {
    let told = toldGroups(groups(sizes), least: 10, together: "rest")
    let shown = told.map { one in
      one.tally.ranked == 0
        ? "\(one.group) \(one.tally.subjects) none"
        : "\(one.group)\(one.tellsScores ? "" : "~") \(one.tally.subjects)"
    }
    #expect(shown == expected)
  }

  @Test("whatever the groups, what is not told is nobody or enough", arguments: 1...40)
  func subtraction(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
    func draw(_ most: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % (most + 1)
    }
    let sizes = (0...draw(8)).map { _ in
      let subjects = draw(3) == 0 ? draw(40) : draw(12)
      return (subjects, draw(subjects))
    }
    let least = 1 + draw(14)
    let all = groups(sizes)
    let told = toldGroups(all, least: least, together: "rest")
    let whole = all.reduce(0) { $0 + $1.tally.subjects }
    let ranked = all.reduce(0) { $0 + $1.tally.ranked }
    #expect(told.allSatisfy { $0.tally.subjects >= least })
    let untold = whole - told.reduce(0) { $0 + $1.tally.subjects }
    #expect(untold == 0 || untold >= least || told.isEmpty)
    let scored = told.filter(\.tellsScores)
    #expect(scored.allSatisfy { $0.tally.ranked >= least })
    let unscored = ranked - scored.reduce(0) { $0 + $1.tally.ranked }
    #expect(unscored == 0 || unscored >= least || scored.isEmpty)
  }
}
