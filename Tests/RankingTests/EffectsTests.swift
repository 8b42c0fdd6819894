import RulePacks
import Tables
import Testing

@testable import Ranking

@Suite("Effects of parts")
struct EffectsTests {
  /// Points of two indicators of 50 and a deduction, by subject.
  static let points: [[Int32]] = [[50, 40, 10, 0], [20, 20, 20, 20], [0, 0, -5, 0]]

  @Test("are shares of the variance that add up, and nothing for what all have alike")
  func effective() async throws {
    let intervals = try #require(await rankIntervals(card(Self.points), rubric: rubric(points: 2)))
    let shares = intervals.effects.map { $0.effective ?? -1 }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    #expect(shares[1] == 0)
    // Deviations of the sums from their mean of 43.75: 26.25, 16.25, −18.75, −23.75; of the first
    // indicator from 25: 25, 15, −15, −25.
    let covariance = 25 * 26.25 + 15 * 16.25 + 15 * 18.75 + 25 * 23.75
    let variance = 26.25 * 26.25 + 16.25 * 16.25 + 18.75 * 18.75 + 23.75 * 23.75
    #expect(abs(shares[0] - covariance / variance) < 1e-12)
    #expect(intervals.effects.map(\.weight) == [0.5, 0.5, nil])
  }

  @Test("are how ranks move without a part")
  func without() async throws {
    let intervals = try #require(await rankIntervals(card(Self.points), rubric: rubric(points: 2)))
    // Without the first indicator: 20, 20, 15, 20, so ranks 1, 1, 4, 1 instead of 1, 2, 3, 4.
    #expect(intervals.effects[0].moved == 0.75)
    #expect(intervals.effects[0].meanShift == 1.25)
    #expect(intervals.effects[0].largestShift == 3)
    #expect(intervals.effects[1].moved == 0)
    #expect(intervals.effects[2].moved == 0)
  }

  @Test("are unknown where all scores are alike")
  func alike() async throws {
    let intervals = try #require(
      await rankIntervals(card([[5, 5], [7, 7]]), rubric: rubric(points: 2)))
    #expect(intervals.effects.allSatisfy { $0.effective == nil && $0.moved == 0 })
    #expect(intervals.low == [1, 1] && intervals.high == [1, 1])
  }

  private func rubric(points: Int) -> Rubric {
    var rubric = Rubric(id: "R", title: "", edition: "", basis: "", subject: 0, full: 100_000)
    rubric.robustness = Rubric.Robustness(draws: 100, weights: 200, seed: 1)
    rubric.parts = Self.points.indices.map { part in
      Rubric.Part(
        id: "P\(part)", title: "", kind: part < points ? .indicator : .deduction,
        unknown: .withhold, form: .lookupOfNothing, most: part < points ? 50_000 : 0, least: 0)
    }
    return rubric
  }

  private func card(_ points: [[Int32]]) -> Scorecard {
    let count = points[0].count
    var card = RankingTests.card(
      (0..<count).map { entry in points.reduce(0) { $0 + $1[entry] * 1000 } })
    card.parts = points.map { column in
      var part = PartPoints()
      part.points = Integers(column.map { $0 * 1000 })
      part.states = column.map { _ in .assessed }
      return part
    }
    return card
  }
}

extension Rubric.Form {
  static var lookupOfNothing: Rubric.Form {
    .opinions(
      Rubric.Opinions(
        list: 0, record: 0, condition: nil, grade: 0, signed: nil, basis: nil, aggregate: .worst,
        points: []))
  }
}
