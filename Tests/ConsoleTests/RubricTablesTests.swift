import Deliveries
import Foundation
import Requests
import RulePacks
import Rulemaking
import Tables
import Testing

@testable import Console

@Suite("Rubrics as tables on the terminal")
struct RubricTablesTests {
  static let rules = Samples.delivery("rules/luoyang-2018")

  @Test("tell conditions in sentences, without ids of facts and named conditions")
  func sentences() throws {
    let lines = try showRules(at: Self.rules, rubric: "contract-credit").lines(in: .zh, width: 400)
    #expect(lines.contains { $0.contains("“登记状态”为“存续”") })
    #expect(lines.contains { $0.contains("“本方违约份数”计分：等于 0 得 15 分") })
    #expect(lines.contains { $0.contains("评价对象  单位") })
    #expect(!lines.contains { $0.contains("registration_state") })
    #expect(!lines.contains { $0.contains("party_requirement_met") })
    #expect(!lines.contains { $0.contains("〔条件〕") })
  }

  @Test("give expressions as they are written on request")
  func expressions() throws {
    let lines = try showRules(at: Self.rules, rubric: "contract-credit", expressions: true)
      .lines(in: .zh, width: 400)
    #expect(lines.contains { $0.contains("registration_state == 'active'") })
    #expect(lines.contains { $0.contains("〔条件〕") })
    #expect(!lines.contains { $0.contains("“登记状态”为“存续”") })
  }

  @Test("are the same on the page, in both languages")
  func page() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/x.html"
      try showRules(at: Self.rules, rubric: "contract-credit").writePage(to: path, in: .zh)
      let page = try String(contentsOfFile: path, encoding: .utf8)
      #expect(page.contains("“登记状态”为“存续”"))
      #expect(page.contains("“登记状态” is active (存续)"))
      #expect(!page.contains("registration_state =="))
    }
  }
}
