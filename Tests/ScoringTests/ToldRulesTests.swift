import Expressions
import RulePacks
import Scoring
import Tables
import Testing

@Suite("Rules told in sentences")
struct ToldRulesTests {
  private static let pack = Result {
    try loadRulePack(
      at: #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/") + "/inputs/rules/luoyang-2018")
  }

  private func rows(_ rubric: String) throws -> [RubricRow] {
    let pack = try Self.pack.get()
    let index = try #require(pack.rubrics.firstIndex { $0.id == rubric })
    return pack.told(pack.table(ofRubric: index)).rows
  }

  private func row(_ id: String, of rubric: String) throws -> RubricRow {
    try #require(rows(rubric).first { $0[.id] == id })
  }

  @Test("are conditions, indicators and limits as results are explained, with named parts in full")
  func sentences() throws {
    let gate = try row("G6", of: "contract-credit")
    #expect(
      gate.told[.rule]?.zh == "“实现组织覆盖”为是，或（“正式党员数”小于 3 人，且“实现工作覆盖”为是）")
    #expect(gate[.rule] == "party_requirement_met")
    let level = try row("E1", of: "social-organization-rating")
    #expect(
      level.told[.rule]?.zh
        == "按“有效等级”计分：“5A级”得 90 分；“4A级”得 78 分；“3A级”得 66 分；“2A级”得 54 分；“1A级”得 42 分；“未获等级”得 0 分"
    )
    let cap = try row("C1", of: "social-organization-rating")
    #expect(cap.told[.rule]?.zh.hasSuffix("的，等次不高于“2A级”") == true)
    #expect(cap.told[.rule]?.en.hasPrefix("tier no better than 2A级 where ") == true)
  }

  @Test("say of settings what they name")
  func settings() throws {
    let told = Dictionary(
      try rows("contract-credit").filter { $0.kind == .setting }.map {
        ($0[.id], $0.told[.rule]?.zh)
      },
      uniquingKeysWith: { first, _ in first })
    #expect(told["subject"] == "单位")
    #expect(told["cohort"] == "规模")
    #expect(told["purposes"] == "评先评优审核")
    #expect(told["rank-on"] == "舍入后的得分")
    #expect(told["applies"] == "“属于‘两新’组织”为是，且“单位类别”为下列之一：“企业”、“农民专业合作社”，且“合同统计年度”已填报")
    #expect(told["full"] == .some(nil))
  }

  @Test("hold no id of a fact and no code, in no rubric of the sample")
  func noIDs() throws {
    let pack = try Self.pack.get()
    let ids = Set(pack.subjects.flatMap { $0.facts.map(\.id) })
    for rubric in pack.rubrics {
      for row in try rows(rubric.id) {
        for told in row.told.values {
          let words = told.zh.matches(of: /[a-z]+(?:_[a-z]+)*/).map { String($0.output) }
          #expect(words.filter { ids.contains($0) } == [], "\(rubric.id) \(row[.id])")
        }
      }
    }
  }

  @Test("leave the texts of the rows as they were")
  func texts() throws {
    let pack = try Self.pack.get()
    for index in pack.rubrics.indices {
      let table = pack.table(ofRubric: index)
      for (row, told) in zip(table.rows, pack.told(table).rows) {
        #expect(RubricRow.Column.allCases.allSatisfy { row[$0] == told[$0] })
      }
    }
  }
}
