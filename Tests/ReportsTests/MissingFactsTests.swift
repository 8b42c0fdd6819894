import Tables
import Testing

@testable import Reports

@Suite("What is missing of a subject")
struct MissingFactsTests {
  @Test("is told each once, with all that waits for it, and what is not public never")
  func missing() {
    var results = sampleResults()
    results.scorecards[0].gaps.entries = [2, 2, 2, 3]
    results.scorecards[0].gaps.missing = [0, 1, 0, 0]
    results.scorecards[0].gaps.sites = [.part(0), .part(0), .part(2), .part(0)]
    let missing = MissingFacts(results, card: 0)
    #expect(missing.of(entry: 0).isEmpty)
    let found = missing.of(entry: 2)
    #expect(found.map(\.sites) == [["S1", "D1"]])
    #expect(missing.of(entry: 3).map(\.sites) == [["S1"]])
    #expect(missing.of(entry: 3).map(\.label) == found.map(\.label))
  }
}
