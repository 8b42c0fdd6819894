import Expressions
import RulePacks
import Scoring
import Tables
import Testing

@Suite("Criteria that one group meets far more than another")
struct DisparitiesTests {
  /// Ten large subjects, then twenty small ones and two of unknown size; points of one indicator.
  private func found(
    large: Int32, small: Int32, from least: Int?, smallest: Int = 10, large count: Int = 10
  ) throws -> [Finding] {
    let sizes: [String?] =
      Array(repeating: "large", count: count) + Array(repeating: "small", count: 20) + [nil, nil]
    var world = World(["size": .code(sizes)])
    var rubric = Rubric(id: "r", title: "评价", edition: "1", basis: "", subject: 0, full: 10_000)
    rubric.parts = [
      Rubric.Part(
        id: "S1", title: "规模", kind: .indicator, unknown: .withhold,
        form: .condition(points: 10_000, when: .constant(.bool(true))), most: 10_000, least: 0)
    ]
    rubric.tiers = [
      Rubric.Tier(id: "A", title: "", from: 5_000), Rubric.Tier(id: "B", title: "", from: nil),
    ]
    world.pack.rubrics = [rubric]
    world.pack.disparity = RulePack.Disparity(by: ["size", "unheard"], smallestGroup: smallest)
    world.pack.disparity?.findingFrom = least
    var card = Scorecard(rubric: 0, subjects: (0..<Int32(sizes.count)).map { $0 })
    var part = PartPoints()
    let points = sizes.map { $0 == "large" ? large : small }
    part.points = Integers(points)
    part.states = Array(repeating: .assessed, count: sizes.count)
    card.parts = [part]
    card.tiers = points.map { $0 >= 5_000 ? 0 : 1 }
    card.statuses = Array(repeating: .ranked, count: sizes.count)
    return disparities([card], world.dossiers, pack: world.pack)
  }

  @Test("are told with both groups and how many they are, of the rubric and of its indicators")
  func told() throws {
    let findings = try found(large: 9_000, small: 1_500, from: 500)
    #expect(
      findings.map(\.message.en) == [
        "r, by size, of “large” are above the last tier 100.0% (10), “small” 0.0% (20), 100.0% apart",
        "r, S1: by size, “large” reach on average, of the full mark, 90.0% (10), “small” 15.0% (20), "
          + "75.0% apart",
      ])
    #expect(findings.map(\.field) == ["r", "r.S1"])
    #expect(findings.map(\.rule) == ["disparity", "disparity"])
    #expect(
      findings[1].message.zh == "《评价》S1 规模：按size，“large”平均得满分的90.0%（10个），“small”15.0%（20个），相差75.0%")
  }

  @Test(
    "are not told where they are smaller than the pack says, or it says nothing",
    arguments: [(750, 2), (751, 1), (1000, 1), (nil, 0)] as [(Int?, Int)])
  func threshold(least: Int?, count: Int) throws {
    #expect(try found(large: 9_000, small: 1_500, from: least).count == count)
  }

  @Test("are not looked for in groups of fewer subjects than the pack's least", arguments: [9, 10])
  func small(count: Int) throws {
    let findings = try found(large: 9_000, small: 0, from: 100, large: count)
    #expect(findings.isEmpty == (count == 9))
  }
}
