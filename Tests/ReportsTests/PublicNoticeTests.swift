import RulePacks
import Tables
import Testing

@testable import Reports

/// The sample with decisions: all four places are put forward or not as `results` say.
func decidedResults(
  _ decisions: [(entry: Int, proposal: Screening.Proposal, result: CaseFile.Decision.Result)],
  groups: [String] = [], show: [Int] = [2], template: DocumentTemplate? = nil
) throws -> RunResult {
  var results = sampleResults()
  results.pack.about.owner = "City & Council"
  results.pack.rubrics[0].publicity = Rubric.Publicity(
    show: show, days: 5, telephone: "555-0100", objections: "write <in time>", template: template)
  var lines: [Screening.Line] = []
  for (place, decided) in decisions.enumerated() {
    var line = Screening.Line(
      entry: decided.entry, proposal: decided.proposal, rank: place + 1,
      group: groups.indices.contains(place) ? groups[place] : "", quota: 1)
    var file = CaseFile(proposal: decided.proposal)
    try file.take(.decided(decision(decided.result, day: place + 1)))
    line.file = file
    lines.append(line)
  }
  results.screenings = [Screening(honour: 0, lines: lines)]
  return results
}

private func decision(_ result: CaseFile.Decision.Result, day: Int) -> CaseFile.Decision {
  CaseFile.Decision(
    result: result, title: "\(result)", on: PartialDate(year: 2018, month: 10, day: day),
    by: CaseFile.Role("panel", key: "panel"), reasons: "so", saysDiffers: nil,
    place: Place(file: 0, line: 1, record: 1))
}

@Suite("Public notices")
struct PublicNoticeTests {
  private func notice(_ results: RunResult) -> PublicNotice? {
    PublicNotice(results, results.screenings[0])
  }

  @Test("name in the order of the list whom decisions recommend, and nobody else")
  func people() throws {
    let results = try decidedResults([
      (1, .recommend, .asProposed), (0, .reserve, .recommend), (2, .reserve, .asProposed),
      (3, .recommend, .decline),
    ])
    let found = try #require(notice(results))
    #expect(found.people.map(\.name) == ["Bistro, \"old\"", "=cmd|'/c calc'!A1"])
    #expect(found.people.map(\.facts) == [["small"], ["small"]])
    #expect(found.columns.map(\.id) == ["size"])
    #expect(found.values["count"] == "2")
  }

  @Test(
    "print a first and a last day that lie as many days apart as they say", arguments: [1, 5, 30])
  func period(days: Int) throws {
    var results = try decidedResults([(1, .recommend, .asProposed)])
    results.pack.rubrics[0].publicity?.days = days
    let values = try #require(notice(results)).values
    #expect(values["decided"] == "2018-10-01")
    #expect(values["from"] == "2018-10-02")
    let decided = try #require(PartialDate(year: 2018, month: 10, day: 1)).firstDay
    #expect(values["to"] == PartialDate(day: decided + Int32(days)).description)
    #expect(values["days"] == "\(days)")
  }

  @Test("leave out whoever's objection is open")
  func frozen() throws {
    var results = try decidedResults([(1, .recommend, .asProposed), (0, .recommend, .asProposed)])
    var file = try #require(results.screenings[0].lines[0].file)
    try file.take(
      .filed(
        CaseFile.Objection(
          number: "1", filedOn: nil, grounds: "", firstAssessor: nil,
          place: Place(file: 0, line: 1, record: 1))))
    results.screenings[0].lines[0].file = file
    #expect(notice(results)?.people.map(\.name) == ["=cmd|'/c calc'!A1"])
  }

  @Test("are not written where nobody is put forward, or the rubric allows nothing")
  func none() throws {
    #expect(notice(try decidedResults([(1, .recommend, .decline)])) == nil)
    #expect(notice(sampleResults()) == nil)
    var results = try decidedResults([(1, .recommend, .asProposed)])
    #expect(notice(results) != nil)
    results.pack.rubrics[0].publicity = nil
    #expect(notice(results) == nil)
  }

  @Test("show no fact that is not public, whatever the rubric says")
  func closed() throws {
    let found = try #require(notice(try decidedResults([(1, .recommend, .asProposed)], show: [3])))
    #expect(found.columns.isEmpty)
    #expect(found.rows == [["row.number": "1", "row.name": "Bistro, \"old\"", "row.group": ""]])
  }

  @Test("name the groups of a list that has several")
  func groups() throws {
    let decisions: [(Int, Screening.Proposal, CaseFile.Decision.Result)] = [
      (1, .recommend, .asProposed), (0, .recommend, .asProposed),
    ]
    let several = try #require(notice(try decidedResults(decisions, groups: ["a", "b"])))
    #expect(several.people.map(\.group) == ["a", "b"])
    let one = try #require(notice(try decidedResults(decisions, groups: ["a", "a"])))
    #expect(one.people.map(\.group) == ["", ""])
    let page = String(decoding: publicityPage(several).parts[0].head, as: UTF8.self)
    #expect(page.contains("<tr class=\"group\"><td colspan=\"3\">b</td></tr>"))
  }

  @Test("are pages with everything that a notice must say, and texts that stay texts")
  func page() throws {
    let found = try #require(
      notice(try decidedResults([(2, .recommend, .asProposed), (3, .recommend, .asProposed)])))
    let document = publicityPage(found)
    let page = String(decoding: document.parts[0].head, as: UTF8.self)
    #expect(document.path == "publicity/star.html")
    for text in [
      "Public notice: put forward for “Star”", "555-0100", "write &lt;in time&gt;",
      "2018-10-03 to 2018-10-07, both days included: 5 days", "<p>2018-10-02</p>", "Food Act § 5",
      "City &amp; Council",
      "&lt;script&gt;alert(1)&lt;/script&gt;", "丁 &amp; 店", "large",
    ] { #expect(page.contains(text), "\(text)") }
    #expect(!page.contains("<script"))
    #expect(!page.contains("Cy"))
  }
}
