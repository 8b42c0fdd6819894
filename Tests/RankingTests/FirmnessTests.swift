import RulePacks
import Tables
import Testing

@testable import Ranking

@Suite("How firm a place in the quota is")
struct FirmnessTests {
  @Test("is certain for who leads by far, and open where weights decide")
  func chances() async throws {
    // Two indicators of 50: the first two differ by which of them they are good at.
    let points: [[Int32]] = [[50, 40, 10, 0], [50, 10, 40, 0]]
    var screening = screening(points, quota: 2)
    await addChances(to: &screening, card(points), rubric: rubric)
    let chances = screening.lines.map { $0.chance?.inside ?? -1 }
    #expect(chances[0] == 1000)
    #expect(chances[3] == 0)
    // Exactly one of the two is inside, unless they tie and neither is.
    #expect((300...700).contains(chances[1]) && (300...700).contains(chances[2]))
    #expect(chances[1] + chances[2] <= 1000)
    #expect(screening.lines.map { $0.chance?.isFirm } == [true, false, false, true])
    var again = screening
    await addChances(to: &again, card(points), rubric: rubric, jobs: 4)
    #expect(again.lines.map(\.chance) == screening.lines.map(\.chance))
  }

  @Test("is said of those only who compete")
  func competing() async {
    let points: [[Int32]] = [[50, 40, 10, 0], [50, 10, 40, 0]]
    var screening = screening(points, quota: 2)
    for place in [1, 2] { screening.lines[place].rank = 0 }
    await addChances(to: &screening, card(points), rubric: rubric)
    #expect(screening.lines.map { $0.chance?.inside } == [1000, nil, nil, 1000])
    var other = screening
    var still = rubric
    still.robustness = nil
    other.lines[0].chance = nil
    await addChances(to: &other, card(points), rubric: still)
    #expect(other.lines[0].chance == nil)
  }

  @Test(
    "is firm outside the outer twentieths",
    arguments: [(0, true), (49, true), (50, false), (949, false), (950, true), (1000, true)])
  func firm(inside: Int, isFirm: Bool) {
    #expect(Screening.Chance(inside: inside, draws: 1000).isFirm == isFirm)
    #expect(Screening.Chance(inside: inside, draws: 1000).share == inside)
  }

  private var rubric: Rubric {
    var rubric = Rubric(id: "R", title: "", edition: "", basis: "", subject: 0, full: 100_000)
    rubric.robustness = Rubric.Robustness(draws: 1000, weights: 200, seed: 1)
    rubric.parts = ["A", "B"].map { id in
      Rubric.Part(
        id: id, title: "", kind: .indicator, unknown: .withhold, form: .lookupOfNothing,
        most: 50_000, least: 0)
    }
    return rubric
  }

  private func card(_ points: [[Int32]]) -> Scorecard {
    var card = RankingTests.card(
      points[0].indices.map { entry in points.reduce(0) { $0 + $1[entry] * 1000 } })
    card.parts = points.map { column in
      var part = PartPoints()
      part.points = Integers(column.map { $0 * 1000 })
      return part
    }
    return card
  }

  private func screening(_ points: [[Int32]], quota: Int) -> Screening {
    Screening(
      honour: 0,
      lines: points[0].indices.map { entry in
        Screening.Line(
          entry: entry, proposal: .recommend, rank: entry + 1, group: "", quota: quota)
      })
  }
}
