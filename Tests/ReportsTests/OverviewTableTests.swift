import Expressions
import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("The first screen")
struct OverviewTableTests {
  /// The sample with an overview, three groups, and a run before.
  private static func results() throws -> RunResult {
    let nothing = Environment(scopes: [Scope(names: [:])])
    let always = try check("true", in: nothing, scope: 0)
    var results = sampleResults()
    results.pack.coverages = [
      Coverage(
        subject: 0,
        populations: [.init(id: "all", title: "All", definition: "", condition: always)],
        dimensions: [.init(fact: 2, title: "Size")],
        measures: [
          .init(id: "clean", title: "Clean", definition: "", count: always, of: nil, target: 800)
        ])
    ]
    results.pack.overview = Overview(
      subject: 0, populations: [0], measures: [0], dimensions: [0], forms: nil,
      rubric: results.pack.rubrics[0].id)
    results.coverage = [
      line("", "", 79_960, 100_000), line("Size", "small", 5_726, 5_728),
      line("Size", "large", 1, 4), line("Size", "new", 0, 0),
    ]
    let rubric = results.pack.rubrics[0]
    results.earlier = [
      EarlierRun(
        id: "winter", title: "Winter", asOf: "2018-06-30",
        rankings: [
          EarlierRanking(
            edition: rubric.edition, tiers: rubric.tiers.map(\.id), count: 3,
            entries: [
              // Ranked both times and a tier up; a gated one is in no tier.
              entry(.ranked, 1), entry(.ranked, 1), entry(.gated, -1), nil,
            ])
        ],
        figures: RunFigures(
          rates: [
            rate("", "", 70_000, 100_000), rate("Size", "small", 5_728, 5_728),
            rate("Size", "large", 0, 4),
          ],
          rubrics: [
            RunFigures.Rubric(
              id: rubric.id, edition: rubric.edition, ranked: 2, score: 20_000,
              parts: Dictionary(
                uniqueKeysWithValues: rubric.parts.map { ($0.id, 0) }))
          ]))
    ]
    return results
  }

  private static func entry(_ status: Status, _ tier: Int16) -> EarlierRanking.Entry {
    EarlierRanking.Entry(status: status, score: 5_000, rank: 1, tier: tier, cohortSize: 3)
  }

  private static func line(_ dimension: String, _ group: String, _ part: Int, _ whole: Int)
    -> CoverageLine
  {
    CoverageLine(
      population: "all", populationTitle: "All", dimension: dimension, group: group, units: whole,
      measures: [
        CoverageLine.Measured(
          id: "clean", title: "Clean", numerator: part, unknown: 0, denominator: whole,
          definition: "")
      ], definition: "")
  }

  private static func rate(_ dimension: String, _ group: String, _ part: Int, _ whole: Int)
    -> RunFigures.Rate
  {
    RunFigures.Rate(
      place: RunFigures.Place(
        population: "all", dimension: dimension, group: group, measure: "clean"),
      part: part, whole: whole)
  }

  @Test("shows each rate on its side of the target, and by how much it changed")
  func rates() throws {
    let rows = OverviewRow.all(of: try Self.results())
    #expect(rows.map(\.group) == ["", "small", "large", "new"])
    #expect(rows.map { $0.rates[0].now } == [799, 999, 250, nil])
    #expect(rows.map { $0.rates[0].then } == [700, 1000, 0, nil])
    #expect(rows.map { $0.rates[0].change.shown } == ["▲9.9", "▼0.1", "▲25.0", ""])
    #expect(rows.map { $0.rates[0].change.plain } == ["9.9", "-0.1", "25.0", ""])
    #expect(rows[0].tally?.ranked == 3)
  }

  @Test("tells in at most five sentences what moved, and from one count with the page")
  func moved() throws {
    let results = try Self.results()
    let lines = movedLines(results)
    #expect(lines.count == 2)
    #expect(
      lines[0].en == "All Clean: 70.0% → 79.9% (+9.9 points); numerator 70,000 → 79,960, "
        + "denominator 100,000 → 100,000; rose most: large (+25.0); fell most: small (−0.1)")
    let moves = try #require(ResultChanges(results, 0)).moves
    // From one tier to the better one; whoever was gated was in no tier.
    #expect((moves.tierUp, moves.tierDown) == (1, 0))
    #expect(lines[1].en.contains("1 up a tier, 0 down a tier"))
    #expect(lines[1].en.contains("mean score of the ranked 10.00 → 11.17"))
    var names: Set<String> = []
    let sheet = overviewSheet(results, &names).rows.all.map { $0.map(\.shown) }
    #expect(sheet.contains { $0[1] == "up a tier" && $0[2] == "1.0" })
    #expect(sheet.contains { $0[1] == "down a tier" && $0[2] == "0.0" })
  }

  @Test("is nothing where the pack has no overview or there is no run before")
  func nothing() throws {
    #expect(OverviewRow.all(of: sampleResults()).isEmpty)
    #expect(!tablePaths(sampleResults()).contains("overview.csv"))
    var results = try Self.results()
    #expect(tablePaths(results).contains("overview.csv"))
    results.earlier = []
    #expect(movedLines(results).isEmpty)
    #expect(OverviewRow.all(of: results).allSatisfy { $0.rates[0].change.shown.isEmpty })
  }
}
