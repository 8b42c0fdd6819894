import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("Facts that offices are asked for")
struct AskedFactsTests {
  @Test("are counted once a subject, whatever rubrics wait for them")
  func once() {
    let (results, gaps) = resultsOfTwoRubrics()
    let asked = AskedFacts(results, gaps)
    #expect(asked.counts(results, gaps) == [2, 1])
    #expect(asked.alike[0] == asked.alike[1])
    #expect(asked.owners[0] == [0, -1, 1])
  }
}

/// The sample run under its rubric twice.
func resultsOfTwoRubrics() -> (results: RunResult, gaps: [ShownGaps]) {
  var results = resultsWithGaps()
  results.pack.subjects[0].facts[1].office = "market"
  results.pack.rubrics.append(results.pack.rubrics[0])
  results.pack.rubrics[1].id = "again"
  results.scorecards.append(results.scorecards[0])
  results.scorecards[1].rubric = 1
  return (results, results.scorecards.map { ShownGaps($0, subject: 0, pack: results.pack) })
}
