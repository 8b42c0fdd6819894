import RulePacks
import Tables
import Testing

@testable import Reports

@Suite struct ReportTablesTests {
  @Test("lists every subject in the order of publication, and its points add up")
  func rankings() async throws {
    let rows = try await rows(ranking(sampleResults(), 0))
    #expect(
      rows == [
        "rank,rank_low,rank_high,cohort,cohort_size,subject,name,score,score_upper,assessed_share,tier,status,reasons,S1,S2,D1",
        "1,,,all,3,R2,\"Bistro, \"\"old\"\"\",14.5,14.5,100.0%,A,ranked,,10.0,4.5,",
        "2,,,all,3,R1,'=cmd|'/c calc'!A1,9.5,9.5,100.0%,B,ranked,,5.5,5.0,-1.0",
        "2,,,all,3,R4,丁 & 店,9.5,9.5,100.0%,B,provisional,,5.5,5.0,-1.0",
        ",,,all,3,R3,<script>alert(1)</script>,2.0,12.0,33.3%,,pending,waiting: Kitchen,,2.0,0.0",
      ])
  }

  @Test("gives each candidate of an honour with what is missing and who can supply it")
  func screening() async throws {
    let results = sampleResults()
    let gaps = [ShownGaps(results.scorecards[0], subject: 0, pack: results.pack)]
    let rows = try await rows(screeningList(results, results.screenings[0], gaps))
    #expect(
      rows.dropFirst() == [
        "recommend,proposed,1,R2,\"Bistro, \"\"old\"\"\",,14.5,A,1,,,,,,,,,,,,",
        "waiting,proposed,,R3,<script>alert(1)</script>,,2.0,,1,,,,waiting: Kitchen,"
          + "Size (Health office),,,,,,,",
      ])
  }

  @Test("shows intervals, chances and effects where draws were made, and says so in the manifest")
  func robustness() async throws {
    var results = sampleResults()
    results.pack.rubrics[0].robustness = Rubric.Robustness(draws: 500, weights: 200, seed: 7)
    let count = results.scorecards[0].count
    var intervals = RankIntervals(
      low: Array(repeating: 1, count: count), high: Array(repeating: 2, count: count), draws: 400,
      profiles: 3)
    var effect = RankIntervals.Effect(part: 0)
    effect.weight = 0.5
    effect.effective = -0.0125
    effect.moved = 0.25
    effect.meanShift = 1.5
    effect.largestShift = 3
    intervals.effects = [effect]
    results.intervals = [intervals]
    results.screenings[0].lines[0].chance = Screening.Chance(inside: 300, draws: 400)
    results.screenings[0].lines[0].toLine = -1500
    #expect(try await rows(ranking(results, 0))[1].hasPrefix("1,1,2,all,3,R2"))
    let gaps = [ShownGaps(results.scorecards[0], subject: 0, pack: results.pack)]
    let list = try await rows(screeningList(results, results.screenings[0], gaps))
    #expect(list[1].hasSuffix(",14.5,A,1,-1.5,no,75.0%,,,,,,,,,"))
    let table = try await rows(robustnessTable(results).separated)
    #expect(table[1].hasPrefix("hygiene,S1,Kitchen,"))
    #expect(table[1].hasSuffix(",indicator,50.0%,-1.3%,25.0%,1.5,3,400"))
    let json = String(
      decoding: manifest(results, aggregates: [""], outputs: []), as: UTF8.self)
    #expect(json.contains("\"draws_asked\": 500"))
    #expect(json.contains("\"draws\": 400"))
    results.intervals = [nil]
    #expect(try await rows(robustnessTable(results).separated).count == 1)
  }

  @Test("gives every rate with its numerator, denominator and definition")
  func coverage() async throws {
    #expect(
      try await rows(coverageTable(sampleResults()).separated).dropFirst() == [
        "all,All,,,4,clean,Clean,2,1,3,66.7%,hygiene of 5 or better,open for business"
      ])
  }

  @Test("lists the partners of a proposal together, with what brings them together")
  func formation() async throws {
    #expect(
      try await rows(formationTable(sampleResults()).separated).dropFirst() == [
        "1,R4,丁 & 店,single,,,,4,4,§ 2",
        "2,R1,'=cmd|'/c calc'!A1,joint,R3,<script>alert(1)</script>,Size small,3,3,§ 2",
        "2,R3,<script>alert(1)</script>,joint,R1,'=cmd|'/c calc'!A1,Size small,,3,§ 2",
        "3,R2,\"Bistro, \"\"old\"\"\",area,,,\"Size small; Name Bistro, \"\"old\"\"\",0,0,§ 2",
      ])
  }

  @Test("shows the basis of each form and the facts that the pack names, codes with their names")
  func formationFacts() async throws {
    var results = sampleResults()
    results.pack.formations[0].bases = ["joint": "§ 3", "area": "§ 4"]
    results.pack.formations[0].shown = [2]
    results.pack.codes = [
      CodeTable(
        id: "sizes", codes: [CodeTable.Code(code: "small", name: "under 20")], attributes: [],
        index: [:])
    ]
    results.pack.subjects[0].facts[2].codes = 0
    let table = formationTable(results)
    let found = try await rows(table.separated)
    #expect(found[0].hasSuffix(",basis,size"))
    #expect(found.count == 5)
    #expect(found[1].contains("§ 2,") && found[2].hasSuffix(",§ 3,small"))
    #expect(found[4].contains("§ 4,"))
    let sheet = table.sheet(in: .en, named: "Formation", most: .max)
    #expect(sheet.columns.suffix(2).map(\.title) == ["Basis", "Size"])
    #expect(sheet.rows.all[1].suffix(2).map(\.shown) == ["§ 3", "under 20"])
    #expect(sheet.columns[3].note == "single: § 2\njoint: § 3\narea: § 4\nvisit: § 2")
  }

  @Test("says how many would get it, and what share that makes before and after")
  func formationSums() async throws {
    #expect(
      try await rows(formationSummary(sampleResults()).separated).dropFirst() == [
        "all,All,,,4,1,25.0%,1,1,0,2,3,75.0%,0,1,open for business,0,0"
      ])
  }

  @Test("lists findings gravest first and hides what may not appear")
  func findings() async throws {
    #expect(
      try await rows(findingsTable(sampleResults()).separated).dropFirst() == [
        "error,conflict,R1,'=cmd|'/c calc'!A1,,kitchens.csv,2,name,不一致,they differ,核对,check",
        "error,conflict,R2,\"Bistro, \"\"old\"\"\",,kitchens.csv,3,owner,（该字段不公开，内容不在报告中显示）,"
          + "(the field is not public; its content is not shown in reports),"
          + "请在原系统中核对该字段，更正后重新报送。,"
          + "\"Check the field in the system it came from, correct it and send it again.\"",
        "note,dropped-columns,,,,kitchens.csv,1,,多出一列,one more column,无,none",
      ])
  }

  @Test("tells people kinds of findings and faults, fields and corrections by their names")
  func names() throws {
    let results = sampleResults()
    func words(_ table: ReportTable, _ id: String) throws -> [String: Bilingual] {
      let column = try #require(table.columns.first { $0.id == id })
      #expect(column.readers == .all)
      guard case .words(let words, let numbers) = column.values else { return [:] }
      #expect(!numbers(table.asked(0..<table.count)).contains { $0 < -1 })
      return Dictionary(zip(words.ids, words.labels), uniquingKeysWith: { first, _ in first })
    }
    let kinds = try words(findingsTable(results), "rule")
    #expect(
      kinds == [
        "conflict": Bilingual(zh: "来源矛盾", en: "sources disagree"),
        "dropped-columns": Bilingual(zh: "有未读取的列", en: "columns not read"),
      ])
    let faults = try words(quarantineTable(results), "reason")
    #expect(faults["bad-text"] == Bilingual(zh: "bad-text", en: "bad-text"))
    let fields = try words(quarantineTable(results), "field")
    #expect(fields["name"] == Bilingual(zh: "Name", en: "Name"))
    let outcomes = try words(correctionsTable(results), "outcome")
    #expect(outcomes["applied"] == Bilingual(zh: "已采用", en: "applied"))
  }

  @Test("lists every fault of every quarantined row in the order of the files")
  func quarantine() async throws {
    let rows = try await rows(quarantineTable(sampleResults()).separated).dropFirst()
    #expect(rows.count == 3)
    #expect(
      rows.first == "kitchens.csv,7,5,bad-text,name,'-1+1,,,,读不出,unreadable,重报,send again")
    #expect(!rows.contains { $0.contains("Evelyn") })
    #expect(rows.last?.hasPrefix("kitchens.csv,9,6,bad-text,name,'@x,") == true)
  }

  @Test("compares groups, putting small ones together or leaving them out")
  func disparity() async throws {
    var results = sampleResults()
    #expect(
      try await rows(disparityTable(results)).dropFirst() == [
        "hygiene,Size,small,2,2,100.0%,,,", "hygiene,Size,smaller groups together,2,1,50.0%,,,",
      ])
    results.pack.disparity?.smallestGroup = 1
    #expect(
      try await rows(disparityTable(results)).contains(
        "hygiene,Size,small,2,2,100.0%,1,50.0%,12.0"))
    results.pack.disparity?.smallestGroup = 3
    #expect(
      try await rows(disparityTable(results)).dropFirst() == [
        "hygiene,Size,smaller groups together,4,3,75.0%,1,33.3%,11.2"
      ])
    results.pack.disparity?.smallestGroup = 5
    #expect(try await rows(disparityTable(results)).count == 1)
  }

  @Test("shows both values of a correction, unless the field is not public")
  func corrections() async throws {
    #expect(
      try await rows(correctionsTable(sampleResults()).separated).dropFirst() == [
        "applied,R2,name,Bistro,\"Bistro, \"\"new\"\"\",typing error,corrections.csv,2,"
          + "kitchens.csv,3,,,",
        "applied,R2,owner,,,typing error,corrections.csv,3,kitchens.csv,3,,,",
      ])
  }

  @Test("names gates, what is waited for, and caps, in this order")
  func reasons() {
    var card = Scorecard(rubric: 0, subjects: [0, 1])
    card.gates = [[.pending, .met], [.failed, .met]]
    card.caps = [[.capped, .free]]
    card.statuses = [.gated, .notEvaluable]
    let reasons = Reasons(
      gates: ["甲", "乙"], caps: ["丙"], parts: [], minimumAssessed: 600, language: .zh)
    #expect(
      String(decoding: reasons.text(card, 0), as: UTF8.self) == "未满足：乙；待补材料：甲；受限：丙")
    #expect(String(decoding: reasons.text(card, 1), as: UTF8.self) == "有依据的分值所占比例不足 60.0%")
  }
}
