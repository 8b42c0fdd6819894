import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("Evidence gaps")
struct EvidenceGapsTests {
  @Test("have the points at stake, and never a fact that is not public")
  func gaps() async throws {
    #expect(
      try await table(sampleResults()) == [
        "subject,name,rubric,office,facts,counts_in,titles,points_at_stake,deduction_at_stake,"
          + "tier_now,tier_best,record",
        "R3,<script>alert(1)</script>,hygiene,Health office,Size,S1,Kitchen,10.0,,,A,Kitchen",
      ])
  }

  @Test("are a row a subject and office, with all its facts and all that waits for them, each once")
  func rowsByOffice() async throws {
    var results = resultsWithGaps()
    results.pack.subjects[0].facts[1].office = "market"
    #expect(
      try await table(results).dropFirst() == [
        "R3,<script>alert(1)</script>,hygiene,Health office,Size,S1; S2,Kitchen; Store,13.0,,,A,"
          + "Kitchen",
        "R3,<script>alert(1)</script>,hygiene,Market office,Name,S1; D1,Kitchen; Complaints,10.0,"
          + "-4.0,,A,Kitchen",
        "R4,丁 & 店,hygiene,Health office,Size,S2,Store,0.0,,B,B,Kitchen",
      ])
    results.pack.subjects[0].facts[1].office = "health"
    #expect(
      try await table(results).dropFirst() == [
        "R3,<script>alert(1)</script>,hygiene,Health office,Size; Name,S1; S2; D1,"
          + "Kitchen; Store; Complaints,13.0,-4.0,,A,Kitchen",
        "R4,丁 & 店,hygiene,Health office,Size,S2,Store,0.0,,B,B,Kitchen",
      ])
  }

  @Test("that no office is known to supply are a row of their own")
  func withoutOffice() async throws {
    let found = try await table(resultsWithGaps())
    #expect(found.count == 4)
    #expect(found[2].hasPrefix("R3,<script>alert(1)</script>,hygiene,,Name,S1; D1,"))
  }

  @Test("stand under the same columns where no rubric was scored")
  func nothingScored() async throws {
    var results = sampleResults()
    let head = try await table(results)[0]
    results.scorecards = []
    #expect(try await table(results) == [head])
  }

  private func table(_ results: RunResult) async throws -> [String] {
    let gaps = results.scorecards.map {
      ShownGaps($0, subject: 0, pack: results.pack)
    }
    return try await rows(evidenceGaps(results, gaps))
  }
}

/// The sample run, in which the third subject lacks two facts for three parts, and the fourth one.
func resultsWithGaps() -> RunResult {
  var results = sampleResults()
  results.pack.about.offices.append(RulePack.Office(id: "market", title: "Market office"))
  results.scorecards[0].gaps.facts.append(Gaps.MissingFact(shown: "name", slots: [1]))
  results.scorecards[0].gaps.entries = [2, 2, 2, 2, 3]
  results.scorecards[0].gaps.missing = [0, 2, 0, 2, 0]
  results.scorecards[0].gaps.sites = [.part(0), .part(0), .part(1), .part(2), .part(1)]
  return results
}
