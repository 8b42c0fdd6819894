import Expressions
import RulePacks
import Tables
import Testing

@testable import Ranking

@Suite("Ranks within tiers under other weights")
struct TiersFirstTests {
  @Test("let no draw carry a capped subject past a better tier")
  func capped() async throws {
    let (card, rubric) = try world(capped: [0, 3])
    let found = try #require(await rankIntervals(card, rubric: rubric))
    // Two are held at the second tier; the four others reach the first whatever the weights.
    let (held, free) = (card.caps[0].indices.filter { card.caps[0][$0] == .capped }, [1, 2, 4, 5])
    #expect(held == [0, 3])
    #expect(held.allSatisfy { found.low[$0] >= 5 })
    #expect(free.allSatisfy { found.high[$0] <= 4 })
    // Without the setting the score alone counts, and the first is the best.
    var plain = rubric
    plain.ranksWithinTiers = false
    let other = try #require(await rankIntervals(card, rubric: plain))
    #expect(other.high[0] == 1)
  }

  @Test("are the published ranks where weights do not move")
  func still() async throws {
    var (card, rubric) = try world(capped: [0, 3])
    rubric.robustness = Rubric.Robustness(draws: 20, weights: 0, seed: 1)
    card.rankWithinTiers()
    let found = try #require(await rankIntervals(card, rubric: rubric))
    let ranks = rank(card, subjects: table(card.count), rubric: rubric).ranks
    #expect(ranks == [5, 1, 2, 6, 3, 4])
    #expect(found.low == ranks && found.high == ranks)
  }

  @Test("order by tier, then by score, tiers beginning at their least score in rounding units")
  func keys() throws {
    let (card, rubric) = try world(capped: [3])
    let tiers = try #require(TiersFirst(sumOf: rubric, card, [0, 1, 2, 3], unit: 100))
    let keys = tiers.keys([600, 599, 601, 1000])
    #expect(keys[2] > keys[0] && keys[0] > keys[3] && keys[3] > keys[1])
    #expect(tiers.best == [0, 0, 0, 1])
    #expect(tiers.picked([3, 0]).best == [1, 0])
    var plain = rubric
    plain.ranksWithinTiers = false
    #expect(TiersFirst(sumOf: plain, card, [0], unit: 100) == nil)
  }

  @Test("take tiers from rounded scores where composite ranks go by exact ones")
  func exact() throws {
    var (card, rubric) = try world(capped: [])
    rubric.ranksOnRounded = false
    let tiers = try #require(TiersFirst(compositeOf: rubric, card, [0, 1, 2], unit: 1e-9))
    // 59.95 is rounded to 60.0 and reaches the tier; a billionth less does not.
    let keys = tiers.keys([59_950_000_000, 59_949_999_999, 60_000_000_000])
    #expect(keys[2] > keys[0] && keys[0] - keys[1] > 1_000_000)
  }

  /// Six subjects with two indicators of 50 points, two tiers, and a cap that holds some of them
  /// at the second.
  private func world(capped: Set<Int>) throws -> (Scorecard, Rubric) {
    var rubric = rubric
    rubric.robustness = Rubric.Robustness(draws: 200, weights: 200, seed: 2018)
    rubric.ranksWithinTiers = true
    rubric.tiers = [
      Rubric.Tier(id: "A", title: "", from: 60_000), Rubric.Tier(id: "B", title: "", from: nil),
    ]
    let form = Rubric.Form.opinions(
      Rubric.Opinions(
        list: 0, record: 0, condition: nil, grade: 0, signed: nil, basis: nil, aggregate: .worst,
        points: []))
    rubric.parts = ["I1", "I2"].map {
      Rubric.Part(
        id: $0, title: "", kind: .indicator, unknown: .withhold, form: form, most: 50_000, least: 0)
    }
    let given: [[Int32]] = [[50, 45, 44, 41, 40, 38], [50, 45, 42, 43, 40, 38]]
    let points = given.map { $0.map { $0 * 1000 } }
    var card = card((0..<6).map { entry in points.reduce(0) { $0 + $1[entry] } })
    card.parts = points.map { column in
      var part = PartPoints()
      part.points = Integers(column)
      part.states = column.map { _ in .assessed }
      return part
    }
    card.caps = [(0..<6).map { capped.contains($0) ? .capped : .free }]
    card.tiers = (0..<6).map { capped.contains($0) ? 1 : 0 }
    rubric.caps = [
      Rubric.Cap(
        id: "C1", text: "", when: try anything, unknown: .withhold, basis: "", limit: .tier(1))
    ]
    return (card, rubric)
  }

  /// Stands for the cap's condition, whose outcome the card holds.
  private var anything: CheckedExpression {
    get throws { try check("true", in: Environment(scopes: [Scope(names: [:])]), scope: 0) }
  }
}
