import Deliveries
import Foundation
import Testing

@Suite("The united-front department")
struct UnitedFrontTests {
  /// The form of the meeting, filled in as the minutes have it.
  static func papers(_ rounds: Rounds) throws {
    let day = ["决定机构": "部务会", "决定日期": "2018-10-12"]
    func row(_ cells: [String: String]) -> [String: String] { day.merging(cells) { $1 } }
    let book = try filledWorkbook(
      rounds.given("meeting/builder.xlsx"), by: "人选编号",
      [
        "HX2018-002": row(["研究结果": "推荐"]),
        "HX2018-018": row(["研究结果": "不推荐", "决定理由": "同分者中先考虑纳税多的"]),
        "HX2018-005": row(["研究结果": "暂缓", "决定理由": "公安机关意见尚未签署"]),
        // Put forward though an opinion is missing.
        "HX2018-006": row(["研究结果": "推荐"]),
      ])
    try rounds.put("figures/建设者研究名单.xlsx", book)
  }

  @Test("goes from nominations to the public notice, and nobody passes whom others wait for")
  func whole() throws {
    let rounds = try Rounds.played()
    let list = try rounds.table(rounds.given("screening/builder.csv"))
    #expect(list.rows.count == 10)
    // Whom somebody has a reservation about, with its text and place, and what is missing.
    let held = try #require(list.row(["subject": "HX2018-004"]))
    #expect(held["decision_proposed"] == "waiting" && held["firm"] == "")
    #expect(held["reservations"]?.contains("妇联有保留，2018-08-21：建议进一步核实女职工权益保障情况") == true)
    #expect(held["missing"] == "综合评价意见·环境信用：未收到（环境保护部门）")
    let asked = try shownSheets(of: rounds.given("gaps/environment.xlsx"))[0].rows
    #expect(asked.contains { $0.prefix(2) == ["HX2018-004", "赵示例"] })
    // Ties are neither in nor out, and one sentence says what stands.
    let tied = list.rows(["decision_proposed": "tied"])
    #expect(tied.map { $0["subject"] } == ["HX2018-002", "HX2018-018"])
    #expect(tied.allSatisfy { $0["firm"] != "true" && $0["firm"] != "yes" })
    #expect(rounds.first.out.contains("名额 2：1 个已定，余 1 个由 2 个同分者产生"))

    let decided = try rounds.table(rounds.again("screening/builder.csv"))
    let decisions = decided.rows.reduce(into: [:]) { $0[$1["subject"] ?? ""] = $1["decision"] }
    #expect(decisions["HX2018-002"] == "推荐")
    #expect(decisions["HX2018-018"] == "不予推荐")
    #expect(decisions["HX2018-005"] == "暂缓")
    #expect(decisions["HX2018-006"] == "")
    #expect(rounds.second.out.contains("名额 2：已决定推荐 2、候补 0、不予推荐 1、暂缓 1；名额还余 0，待研究 3"))
    #expect(!rounds.second.out.contains("余 1 个由 2 个同分者产生"))
    let refused = try rounds.table(rounds.again("findings.csv"))
      .rows(["rule": "decision-against-condition"])
    #expect(refused.map { $0["subject"] } == ["HX2018-006"])
    #expect(refused.first?["file"]?.hasPrefix("figures/建设者研究名单.xlsx") == true)

    // The notice: who was decided on, and beside them what the rubric allows and no more.
    let notice = [
      ["序号", "姓名", "工作单位", "职务"],
      ["1", "张示例", "示例单独支部机械有限公司", "总经理"],
      ["2", "李示例", "示例联合甲机械有限公司", "总经理"],
    ]
    #expect(try documentRows(of: rounds.again("publicity/builder.docx")) == notice)
    let page = try rounds.text(rounds.again("publicity/builder.html"))
    let cells = page.matches(of: #/<t[dh][^>]*>([^<]*)<\/t[dh]>/#).map { String($0.output.1) }
    #expect(cells == notice.flatMap { $0 })
    for text in try [page]
      + zipParts(of: rounds.again("publicity/builder.docx")).map(\.text)
    {
      for other in ["HX2018", "赵示例", "钱示例", "孙示例", "97", "B级", "示例市工商联"] {
        #expect(!text.contains(other) || other == "97" && text.contains("<w:style"), "\(other)")
      }
    }
    for told in ["2018年10月13日至2018年10月17日", "0379-00000000", "向市委统战部提出"] {
      #expect(page.contains(told), "\(told)")
    }
  }
}
