import Foundation
import RulePacks
import Tables
import Testing

@testable import Reports

@Suite struct RunWorkbookTests {
  @Test("holds a ranking with ids as texts, points as numbers, and nothing where nothing is known")
  func ranking() throws {
    let sheet = try sheet("Hygiene")
    #expect(sheet.title == "Hygiene 1")
    #expect(
      sheet.columns.map(\.title) == [
        "Rank", "Id", "Name", "Cohort", "Cohort size", "Score", "At most", "Evidence", "Tier",
        "Status", "Reasons", "S1 Kitchen", "S2 Store", "D1 Complaints",
      ])
    #expect(
      sheet.rows.all.map { $0.map(\.shown).prefix(3) } == [
        ["1.0", "R2", "Bistro, \"old\""], ["2.0", "R1", "=cmd|'/c calc'!A1"],
        ["2.0", "R4", "丁 & 店"],
        ["", "R3", "<script>alert(1)</script>"],
      ])
    #expect(sheet.rows.all[0].map(\.shown).suffix(3) == ["10.0", "4.5", ""])
    #expect(
      sheet.rows.all[3].map(\.shown).suffix(6) == [
        "", "waiting", "waiting: Kitchen", "", "2.0", "0.0",
      ])
    #expect(sheet.rows.all.allSatisfy { $0.count == sheet.columns.count })
    #expect(sheet.columns[5].figures == .points(decimals: 1))
    #expect(sheet.columns[7].figures == .share)
    #expect(sheet.columns[8].marks == ["good", "B"])
    #expect(sheet.columns[11].note.hasPrefix("S1 Kitchen"))
    #expect(sheet.printed == 10)
  }

  @Test("puts those to recommend first in a screening list, and hides what is not public")
  func screening() throws {
    var results = sampleResults()
    results.screenings[0].lines.reverse()
    let gaps = [ShownGaps(results.scorecards[0], subject: 0, pack: results.pack)]
    var names: Set<String> = ["list star"]
    let sheets = tableSheets(results, gaps, .usual, &names)
    let sheet = try #require(sheets.first { $0.name == "List Star 2" })
    #expect(sheet.rows.all.map { $0[0].shown } == ["recommended", "waiting for an opinion"])
    #expect(sheet.rows.all[1].last?.shown == "Size (Health office)")
    #expect(
      sheet.rows.all.map { $0[1].shown } == ["proposed, not decided", "proposed, not decided"])
    #expect(sheet.columns.count == 13)
    #expect(sheet.rows.all.allSatisfy { $0.count == sheet.columns.count })
  }

  @Test("tells objections and the decision that stands, of a list where anything was recorded")
  func recorded() throws {
    var results = sampleResults()
    var file = CaseFile(proposal: .recommend)
    try file.take(
      .decided(
        CaseFile.Decision(
          result: .reserve, title: "reserve list", on: PartialDate(year: 2018, month: 10, day: 9),
          by: CaseFile.Role("Board", key: "board"), reasons: "fire last week", saysDiffers: nil,
          place: Place(file: 1, line: 4, record: 3))))
    results.screenings[0].lines[0].file = file
    let sheet = try sheet("List Star", of: results)
    #expect(sheet.rows.all[0][1].shown == "decided")
    #expect(
      sheet.rows.all[0].map(\.shown).suffix(6) == [
        "", "reserve list", "below the proposal", "Board", "2018-10-09", "fire last week",
      ])
    #expect(sheet.rows.all[1].suffix(6).allSatisfy { $0.shown.isEmpty })
    #expect(sheet.columns.map(\.title).suffix(6).first == "Objections")
    #expect(sheet.printed == 14)
  }

  @Test("tells the formation plan by subject and by group, the first of them where there are many")
  func formation() throws {
    let plan = try sheet("Formation")
    #expect(plan.columns[3].note == "§ 2")
    #expect(
      plan.rows.all.map { $0.map(\.shown) } == [
        ["1.0", "R4", "丁 & 店", "single", "", "", "4.0", "4.0"],
        [
          "2.0", "R1", "=cmd|'/c calc'!A1", "joint", "<script>alert(1)</script>", "Size small",
          "3.0", "3.0",
        ],
        [
          "2.0", "R3", "<script>alert(1)</script>", "joint", "=cmd|'/c calc'!A1", "Size small", "",
          "3.0",
        ],
        [
          "3.0", "R2", "Bistro, \"old\"", "area", "", "Size small; Name Bistro, \"old\"", "0.0",
          "0.0",
        ],
      ])
    let some = try sheet("Formation", rows: .atMost(2))
    #expect(some.rows.all.map { $0[1].shown } == ["R4", "R1"])
    #expect(some.title == "Formation (the first 2 of 4 rows; all are in formation.csv)")
    let summary = try sheet("Formation summary")
    #expect(
      summary.rows.all.map { $0.map(\.shown).dropFirst(3) } == [
        [
          "4.0", "1.0", "0.25", "1.0", "1.0", "0.0", "2.0", "3.0", "0.75", "0.0", "1.0", "0.0",
          "0.0",
        ]
      ])
    for sheet in [plan, summary] {
      #expect(sheet.rows.all.allSatisfy { $0.count == sheet.columns.count })
    }
  }

  @Test("has no sheet of a formation plan where nothing was planned")
  func noFormation() throws {
    var results = sampleResults()
    results.formation = []
    results.coverage[0].plan = nil
    #expect(
      sheets(results).map(\.name) == ["Hygiene", "List Star", "Coverage", "Findings"])
  }

  @Test("tells coverage as numbers and shares, and findings without what is not public")
  func tables() throws {
    let coverage = try sheet("Coverage")
    #expect(
      coverage.rows.all[0].map(\.shown).dropFirst(3).prefix(6) == [
        "4.0", "Clean", "2.0", "1.0", "3.0", "0.667",
      ])
    #expect(coverage.rows.all.allSatisfy { $0.count == coverage.columns.count })
    let findings = try sheet("Findings")
    #expect(
      findings.rows.all.map { $0[0].shown } == ["to settle", "to settle", "for information"])
    #expect(
      findings.rows.all.map { $0[1].shown } == [
        "sources disagree", "sources disagree", "columns not read",
      ])
    #expect(!findings.rows.all.flatMap { $0.map(\.shown) }.contains { $0.contains("Bobby") })
    #expect(findings.rows.all.allSatisfy { $0.count == findings.columns.count })
  }

  @Test(
    "holds all rows of a table that is not too long, else the first, and says where the rest is",
    arguments: [
      (19_999, 19_999, "Findings"), (20_000, 20_000, "Findings"),
      (20_001, 500, "Findings (the first 500 of 20,001 rows; all are in findings.csv)"),
    ])
  func bound(count: Int, held: Int, title: String) throws {
    var results = sampleResults()
    results.findings = (0..<count).map { number in
      Finding(
        .warning, "r", subject: "S\(number)", message: Bilingual(zh: "一", en: "one"),
        cure: Bilingual(zh: "二", en: "two"))
    }
    let sheet = try sheet("Findings", of: results)
    #expect(sheet.rows.count == held)
    #expect(sheet.title == title)
  }

  @Test("holds as many rows as the run asks for, and says nothing of the rest where it holds all")
  func asked() throws {
    let all = try sheet("Hygiene", rows: .all)
    #expect(all.rows.count == 4)
    #expect(all.title == "Hygiene 1")
    let some = try sheet("Hygiene", rows: .atMost(3))
    #expect(some.rows.all.map { $0[1].shown } == ["R2", "R1", "R4"])
    #expect(
      some.title == "Hygiene 1 (the first 3 of 4 rows; all are in rankings/hygiene.csv)")
  }

  @Test("goes on in another sheet where one takes no more rows, without losing or repeating one")
  func parts() throws {
    var names: Set<String> = ["hygiene (2)"]
    let sheet = try sheet("Hygiene")
    let parts = sheet.parts(most: 3, language: .en, taken: &names)
    #expect(parts.map(\.name) == ["Hygiene", "Hygiene (2) 2"])
    #expect(parts.map(\.title) == ["Hygiene 1 (sheet 1 of 2)", "Hygiene 1 (sheet 2 of 2)"])
    #expect(parts.map { $0.rows.all.map { $0[1].shown } } == [["R2", "R1", "R4"], ["R3"]])
    #expect(parts.allSatisfy { $0.columns.map(\.note) == sheet.columns.map(\.note) })
    #expect(sheet.parts(most: 4, language: .en, taken: &names).map(\.title) == ["Hygiene 1"])
  }

  @Test(
    "gives a further part a name that fits and is nobody else's",
    arguments: [
      ("优秀中国特色社会主义事业建设者优秀中国特色社会主义事业建设者一二三四五", 31), ("短", 5),
    ])
  func longNames(title: String, length: Int) {
    var names: Set<String> = []
    let first = sheetName(title, taken: &names)
    let second = sheetName(first, part: 2, taken: &names)
    #expect(second.hasSuffix(" (2)"))
    #expect(second.utf16.count == length)
    #expect(names.count == 2)
  }

  @Test("writes the same bytes twice, and lists their true size and digest")
  func repeats() async throws {
    let results = sampleResults()
    let gaps = [ShownGaps(results.scorecards[0], subject: 0, pack: results.pack)]
    func written() async throws -> (WrittenFile, Data) {
      try await withFolder { folder in
        let file = try writeRunWorkbook(results, gaps, to: folder)
        return (file, try Data(contentsOf: URL(filePath: "\(folder)/rankings.xlsx")))
      }
    }
    let (first, firstBytes) = try await written()
    // The zip format keeps times to two seconds.
    try await Task.sleep(for: .seconds(2.1))
    let (second, secondBytes) = try await written()
    #expect(first == second)
    #expect(firstBytes == secondBytes)
    #expect(first.bytes == firstBytes.count)
  }

  private func sheets(_ results: RunResult, rows: RunPlan.WorkbookRows = .usual) -> [WorkbookSheet]
  {
    var names: Set<String> = []
    let gaps = [ShownGaps(results.scorecards[0], subject: 0, pack: results.pack)]
    return tableSheets(results, gaps, rows, &names)
  }

  private func sheet(
    _ name: String, of results: RunResult = sampleResults(), rows: RunPlan.WorkbookRows = .usual
  ) throws -> WorkbookSheet {
    try #require(sheets(results, rows: rows).first { $0.name == name })
  }
}

extension WorkbookSheet.Cell {
  var shown: String {
    switch content {
    case .text(let text): text
    case .number(let number): "\(number)"
    }
  }
}
