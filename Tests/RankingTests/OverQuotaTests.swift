import RulePacks
import Tables
import Testing

@testable import Ranking

@Suite("Decisions beyond a quota")
struct OverQuotaTests {
  /// A candidate with what was proposed and what was decided, if anything was.
  private func line(
    _ entry: Int, _ proposal: Screening.Proposal, _ decided: CaseFile.Decision.Result?,
    group: String = "建设者", on day: Int = 12
  ) throws -> Screening.Line {
    var line = Screening.Line(
      entry: entry, proposal: proposal, rank: entry + 1, group: group, quota: 2)
    guard let decided else { return line }
    var file = CaseFile(proposal: proposal)
    try file.take(
      .decided(
        CaseFile.Decision(
          result: decided, title: "", on: PartialDate(year: 2018, month: 10, day: day),
          by: CaseFile.Role("部务会", key: "部务会"), reasons: "研究认为", saysDiffers: nil,
          place: Place(file: 0, line: UInt32(entry + 2), record: UInt32(entry + 1)))))
    line.file = file
    return line
  }

  private func told(_ lines: [Screening.Line], quota: Int = 2, reserve: Int = 1) -> [Finding] {
    let honour = RunPlan.Honour(
      id: "builder", title: "建设者", rubric: 0, quota: quota, reserve: reserve, candidates: nil,
      by: nil)
    return overQuota(in: Screening(honour: 0, lines: lines), honour) { "HX\($0.entry)" }
  }

  @Test("are to be settled, with whom they put forward and where the last of them stands")
  func above() throws {
    let lines = [
      try line(0, .recommend, .asProposed), try line(1, .recommend, .recommend, on: 20),
      try line(2, .reserve, .recommend), try line(3, .notSelected, .decline),
    ]
    let findings = told(lines)
    #expect(findings.map(\.rule) == ["decided-above-quota"])
    #expect(findings.map(\.severity) == [.error])
    #expect(findings.first?.place?.line == 3)
    #expect(
      findings.first?.message.zh == "“建设者”已决定推荐 3 个，名额只有 2 个，超出 1 个：HX0、HX1、HX2。")
    #expect(findings.first?.message.en.contains("3 were decided to be recommended") == true)
    #expect(findings.first?.cure.zh.contains("run.yaml") == true)
    #expect(told(lines, quota: 3).isEmpty)
  }

  @Test("of the reserve are told likewise")
  func reserve() throws {
    let lines = [try line(0, .reserve, .reserve), try line(1, .reserve, .asProposed)]
    #expect(
      told(lines).map(\.message.zh) == ["“建设者”已决定候补 2 个，候补名额只有 1 个，超出 1 个：HX0、HX1。"])
  }

  @Test("count in each group by itself, and only where they stand")
  func groups() throws {
    var lines = [
      try line(0, .recommend, .recommend, group: "大型"),
      try line(1, .recommend, .recommend, group: "大型"),
      try line(2, .recommend, .recommend, group: "小型"), try line(3, .recommend, nil, group: "小型"),
    ]
    #expect(told(lines) == [])
    #expect(told(lines, quota: 1).map { $0.message.zh.hasPrefix("“建设者·大型”") } == [true])
    // An objection suspends the decision.
    try lines[0].file?.take(
      .filed(
        CaseFile.Objection(
          number: "1", filedOn: nil, grounds: "", firstAssessor: nil,
          place: Place(file: 0, line: 9, record: 8))))
    #expect(told(lines, quota: 1) == [])
  }
}
