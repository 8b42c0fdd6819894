import Expressions
import RulePacks
import Tables
import Testing

@testable import Reports

@Suite struct GatesTests {
  @Test("prints gates and caps with their state, and counts what is missing in them")
  func gatesAndCaps() async throws {
    let results = try resultsWithGates()
    let ranked = try await rows(of: ranking(results, 0))
    #expect(ranked.first?.contains("ranked,limited: no A without a visit,10.0") == true)
    #expect(
      ranked.last
        == ",,,all,3,R3,<script>alert(1)</script>,2.0,12.0,33.3%,,gated,"
        + "not met: open for business,,2.0,0.0")
    let gaps = [ShownGaps(results.scorecards[0], subject: 0, pack: results.pack)]
    let missing = try await rows(of: evidenceGaps(results, gaps))
    #expect(
      missing == [
        "R2,\"Bistro, \"\"old\"\"\",hygiene,Health office,Size,C1,no A without a visit,,,A,A,Kitchen",
        "R3,<script>alert(1)</script>,hygiene,Health office,Size,G1,open for business,,,,A,Kitchen",
      ])
  }

  private func rows(of document: Document) async throws -> [String] {
    Array(try await ReportsTests.rows(document).dropFirst())
  }
}

/// The sample run with one gate, which the third subject fails, and one cap, which holds back the
/// second.
private func resultsWithGates() throws -> RunResult {
  var results = sampleResults()
  let always = try check("true", in: Environment(scopes: [Scope(names: [:])]), scope: 0)
  results.pack.rubrics[0].gates = [
    Rubric.Gate(
      id: "G1", text: "open for business", require: always, unknown: .pending, basis: "§ 1",
      cure: "open", contact: "")
  ]
  results.pack.rubrics[0].caps = [
    Rubric.Cap(
      id: "C1", text: "no A without a visit", when: always, unknown: .pending, basis: "§ 2",
      limit: .tier(0))
  ]
  results.scorecards[0].gates = [[.met, .met, .failed, .met]]
  results.scorecards[0].caps = [[.free, .capped, .free, .free]]
  results.scorecards[0].statuses[2] = .gated
  results.scorecards[0].gaps.entries = [2, 1]
  results.scorecards[0].gaps.missing = [0, 0]
  results.scorecards[0].gaps.sites = [.gate(0), .cap(0)]
  return results
}
