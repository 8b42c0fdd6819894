import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("The points at stake")
struct PointsAtStakeTests {
  @Test("count each part once, however many of its facts an office could supply")
  func once() {
    var results = resultsWithGaps()
    results.pack.subjects[0].facts[1].office = "health"
    #expect(points(results) == [[13_000, -4_000], [0, CSV.absent]])
  }

  @Test("are none where only a gate or a cap waits")
  func gates() {
    var results = resultsWithGaps()
    results.scorecards[0].gates = [[.met, .met, .pending, .met]]
    results.scorecards[0].caps = [[.free, .free, .free, .pending]]
    results.scorecards[0].gaps.entries = [2, 3]
    results.scorecards[0].gaps.missing = [0, 0]
    results.scorecards[0].gaps.sites = [.gate(0), .cap(0)]
    #expect(points(results) == [[CSV.absent, CSV.absent], [CSV.absent, CSV.absent]])
  }

  @Test("of a composite rubric are what the score could gain, as its measures do not add up")
  func composite() {
    var results = resultsWithGaps()
    results.pack.subjects[0].facts[1].office = "health"
    results.pack.rubrics[0].composite = Composite()
    #expect(points(results).map(\.[0]) == [10_000, 0])
    results.scorecards[0].gates = [[.met, .met, .pending, .met]]
    results.scorecards[0].gaps.sites = [.gate(0), .gate(0), .gate(0), .gate(0), .part(1)]
    #expect(points(results).map(\.[0]) == [CSV.absent, 0])
  }

  /// By row, what could be gained and lost.
  private func points(_ results: RunResult) -> [[Int32]] {
    let card = results.scorecards[0]
    let gaps = GapsByOffice(card, ShownGaps(card, subject: 0, pack: results.pack))
    let points = PointsAtStake(gaps, results.pack.rubrics[0])
    return zip(points.toGain(gaps.rows), points.toLose(gaps.rows)).map { [$0, $1] }
  }
}
