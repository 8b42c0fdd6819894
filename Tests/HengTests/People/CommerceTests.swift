import Deliveries
import Foundation
import Testing

@Suite("The commerce bureau")
struct CommerceTests {
  static func papers(_ rounds: Rounds) throws {
    let day = ["决定机构": "评审联席会议", "决定日期": "2018-10-22"]
    func row(_ cells: [String: String]) -> [String: String] { day.merging(cells) { $1 } }
    try rounds.put(
      "decisions/诚信经营户研究.xlsx",
      filledWorkbook(
        rounds.given("meeting/honest-operator.xlsx"), by: "统一社会信用代码",
        [
          "91410305PDY900528J": row(["研究结果": "推荐"]),
          "92410303PDY900464L": row(["研究结果": "推荐"]),
          "93410322PDY9005018": row(["研究结果": "暂缓", "决定理由": "正在核实投诉"]),
        ]))
    try rounds.put(
      "decisions/守合同研究.xlsx",
      filledWorkbook(
        rounds.given("meeting/contract-credit.xlsx"), by: "统一社会信用代码",
        ["91410303PDY900050K": row(["研究结果": "推荐", "是否与建议不同": "否", "决定理由": "同分者中从业人数最多"])]))
  }

  @Test("sees where each stands against the line, decides within each group's quota, and publishes")
  func whole() throws {
    let rounds = try Rounds.played()
    let list = try rounds.table(rounds.given("screening/honest-operator.csv"))
    // Shops are on it, in a group with a quota of its own.
    let groups = Set(list.rows.map { $0["group"] ?? "" })
    #expect(groups == ["企业", "个体工商户", "农民专业合作社"])
    for group in groups {
      let quota = list.rows(["group": group]).map { $0["quota_line"] }
      #expect(Set(quota) == ["4"], "\(group)")
    }
    let outside = try #require(list.row(["subject": "91410303PDY900069G"]))
    #expect(outside["decision_proposed"] == "not-selected" && outside["to_line"] == "-5.0")
    let page = try rounds.text(rounds.given("meeting/honest-operator.html"))
    #expect(!page.contains("人选") && page.contains("企业：名额 4"))

    let decided = try rounds.table(rounds.again("screening/honest-operator.csv"))
    for (subject, decision) in [
      ("91410305PDY900528J", "推荐"), ("92410303PDY900464L", "推荐"),
      ("93410322PDY9005018", "暂缓"), ("91410302PDY9004056", "不予推荐"),
    ] {
      #expect(decided.row(["subject": subject])?["decision"] == decision, "\(subject)")
    }
    for sentence in [
      "企业：名额 4：已决定推荐 3、候补 0、不予推荐 1、暂缓 0；名额还余 1，待研究 7",
      "个体工商户：名额 4：已决定推荐 1、候补 0、不予推荐 0、暂缓 0；名额还余 3，待研究 2",
      "微型：名额 2：已决定推荐 2、候补 0、不予推荐 0、暂缓 0；名额还余 0，待研究 2",
    ] {
      #expect(rounds.second.out.contains(sentence), "\(sentence)")
    }
    let notice = try documentRows(of: rounds.again("publicity/honest-operator.docx"))
    #expect(
      notice == [
        ["序号", "单位名称", "组", "所属县区"],
        ["1", "示例诚信小吃店", "个体工商户", "西工区"],
        ["2", "示例联合丙机械有限公司", "企业", "涧西区"],
        ["3", "示例合同勾稽电缆有限公司", "企业", "涧西区"],
        ["4", "示例名册智能制造有限公司", "企业", "洛阳高新技术产业开发区"],
      ])
    let printed = try rounds.text(rounds.again("publicity/honest-operator.html"))
    #expect(!printed.contains("人选") && printed.contains("示例诚信小吃店"))
  }
}
