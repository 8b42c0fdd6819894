import Deliveries
import Foundation
import Testing

@Suite("The clerk")
struct ClerkTests {
  private static let code = "91410305PDY9003098"
  /// Two sources say two things of its state.
  private static let unit = "91410311PDY900333E"

  /// The returned row mended in the workbook that came, and a finding explained.
  static func papers(_ rounds: Rounds) throws {
    try rounds.put(
      "registration/退回更正.xlsx",
      filledWorkbook(
        rounds.given("returned/market.xlsx"), by: "企业名称",
        ["示例代码损坏轴承有限公司": ["统一社会信用代码": code]]))
    let findings = try rounds.table(rounds.given("findings.csv"))
    let stamp = findings.row(["rule": "conflict", "subject": unit])?["stamp"] ?? ""
    let made = try rounds.heng(
      "rules", "forms", Rounds.rules, "--record", "数据问题确认", "--out", "acknowledge")
    guard made.status == 0 else { return }
    try rounds.put(
      "party/问题确认.xlsx",
      rounds.form(
        "\(rounds.folder)/acknowledge/数据问题确认.xlsx", heading: "核对码",
        [
          [
            "统一社会信用代码": unit, "问题类别": "来源矛盾", "核对码": stamp, "确认岗位": "组织部信息岗",
            "确认理由": "已核实，以登记为准", "确认日期": "2018-10-08",
          ]
        ]))
  }

  @Test("mends returned rows in the workbook that came, and explains what is as it should be")
  func whole() throws {
    let rounds = try Rounds.played()
    let quarantine = try rounds.table(rounds.given("quarantine.csv"))
    #expect(quarantine.rows.count == 1)
    #expect(quarantine.rows.first?["raw"] == "9.14103E+17", "\(quarantine.rows)")
    let sheet = try shownSheets(of: rounds.given("returned/market.xlsx"))[0]
    #expect(sheet.name == "县区登记汇总表.csv" && sheet.rows.count == 3)
    #expect(sheet.rows[2].prefix(3) == ["9.14103E+17", "", "示例代码损坏轴承有限公司"])
    #expect(rounds.first.out.contains("退回更正 1"))

    // Nothing is returned any more; the row is in, under its own place.
    #expect(try rounds.table(rounds.again("quarantine.csv")).rows.isEmpty)
    #expect(rounds.second.out.contains("退回更正 0"))
    #expect(!rounds.exists(rounds.again("returned/market.xlsx")))
    let findings = try rounds.table(rounds.again("findings.csv"))
    let mended = try #require(findings.row(["rule": "row-mended"]))
    #expect(mended["message"]?.contains("退回更正.xlsx") == true)
    #expect(
      try rounds.table(rounds.again("rankings/party-building.csv")).row(["subject": Self.code])
        != nil)
    let page = try rounds.text(rounds.again("data/quarantine.js"))
    #expect(!page.contains("9.14103E+17"))

    let explained = try #require(findings.row(["rule": "conflict", "subject": Self.unit]))
    #expect(explained["state"] == "acknowledged" && explained["acknowledged_by"] == "组织部信息岗")
    #expect(rounds.second.out.contains("（其中已确认 1 条）"))
  }
}
