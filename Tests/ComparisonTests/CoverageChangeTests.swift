import Tables
import Testing

@testable import Comparison

@Suite("What became of coverage")
struct CoverageChangeTests {
  private func line(_ group: String, _ numerator: Int, of denominator: Int) -> CoverageLine {
    CoverageLine(
      population: "units", populationTitle: "Units", dimension: group.isEmpty ? "" : "District",
      group: group, units: denominator,
      measures: [
        CoverageLine.Measured(
          id: "covered", title: "Covered", numerator: numerator, unknown: 0,
          denominator: denominator, definition: "")
      ], definition: "")
  }

  @Test("joins the lines of both runs by what they are about, and loses none")
  func joined() {
    let changes = coverageChanges(
      [line("", 50, of: 100), line("North", 20, of: 40), line("Gone", 5, of: 5)],
      [line("", 60, of: 110), line("North", 20, of: 40), line("New", 1, of: 3)])
    #expect(changes.map(\.line.group) == ["", "North", "New", "Gone"])
    #expect(changes.map { $0.before?.numerator } == [50, 20, nil, 5])
    #expect(changes.map { $0.after?.numerator } == [60, 20, 1, nil])
    // 50 % and 54.5 %.
    #expect(changes.map(\.rise) == [45, 0, nil, nil])
    #expect(changes.map(\.hasChanged) == [true, false, true, true])
  }

  @Test("has no rise where nobody was concerned")
  func nobody() {
    #expect(coverageChanges([line("", 0, of: 0)], [line("", 3, of: 4)]).map(\.rise) == [nil])
  }
}
