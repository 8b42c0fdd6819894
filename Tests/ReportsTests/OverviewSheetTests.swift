import RulePacks
import Tables
import Testing

@testable import Reports

@Suite struct OverviewSheetTests {
  @Test("counts tiers and draws a chart of each ranking over the very rows that it stands for")
  func spread() {
    var names: Set<String> = []
    let sheet = overviewSheet(sampleResults(), &names)
    #expect(sheet.title == "Spring <round>")
    #expect(
      sheet.rows.all.map { $0.map(\.shown) } == [
        ["Hygiene", "good", "1.0", "3.0", "0.333"], ["Hygiene", "B", "2.0", "3.0", "0.667"],
      ])
    #expect(sheet.charts.map(\.title) == ["Hygiene"])
    #expect(sheet.charts[0].series.map(\.rows) == [0..<2])
  }

  @Test("draws rates by the first dimension of a population, a series each measure")
  func rates() {
    var results = sampleResults()
    var group = results.coverage[0]
    group.dimension = "Street"
    for (number, name) in ["Mill Lane", "High Street"].enumerated() {
      group.group = name
      group.measures[0].numerator = number
      results.coverage.append(group)
    }
    group.dimension = "Size"
    results.coverage.append(group)
    var names: Set<String> = []
    let sheet = overviewSheet(results, &names)
    #expect(sheet.charts.last?.title == "All · Street")
    #expect(sheet.charts.last?.series.map(\.rows) == [2..<4])
    #expect(
      sheet.rows.all[3].map(\.shown) == ["All · Clean", "High Street", "1.0", "3.0", "0.333"])
  }

  @Test("counts scores in tenths of the full mark where a rubric has no tiers")
  func tenths() {
    var results = sampleResults()
    results.pack.rubrics[0].tiers = []
    results.scorecards[0].tiers = [-1, -1, -1, -1]
    var names: Set<String> = []
    let rows = overviewSheet(results, &names).rows.all
    #expect(rows.count == 10)
    #expect(rows[6].map(\.shown) == ["Hygiene", "9–10.5", "2.0", "3.0", "0.667"])
    #expect(rows[9].map(\.shown) == ["Hygiene", "13.5–15", "1.0", "3.0", "0.333"])
  }
}
