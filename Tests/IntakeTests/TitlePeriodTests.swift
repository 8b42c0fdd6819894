import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Titles of another time")
struct TitlePeriodTests {
  @Test(
    "name a quarter, or the day up to which a table counts",
    arguments: [
      ("洛阳市2018年二季度党建工作统计表", "2018年2季度"), ("2018年第3季度", "2018年3季度"),
      ("２０１８年度第四季度台账", "2018年4季度"), ("2018年一至三季度情况", "2018年3季度"),
      ("台账（截至2018年6月30日）", "截至2018-06-30"), ("截止日期：2018-06-30", "截至2018-06-30"),
      ("截至2018年6月底", "截至2018-06"), ("2018年二季度（截至2018年9月30日）", "截至2018-09-30"),
    ])
  func named(title: String, name: String) {
    #expect(TitlePeriod(title)?.name == name)
  }

  @Test(
    "name none by a year, by a day of signing or filling in, or without a year",
    arguments: [
      "2017年度统计表", "二季度统计表", "填表日期：2018年10月8日", "依据2018年3月1日印发的通知", "截至2018年",
      "各季度统计表", "截至目前", "季度", "",
    ])
  func others(title: String) {
    #expect(TitlePeriod(title) == nil)
  }

  private func delivery(_ title: String, days: Int32? = 89) async throws -> Delivery {
    var pack = samplePack()
    pack.records[0].currentDays = days
    return try await taking(
      ["a.csv": Array("\(title),,\n单位名称,区县,从业人数\n甲,涧西区,1\n".utf8)], pack: pack)
  }

  @Test("are told where rows have to be newer, and where the time is still to come")
  func told() async throws {
    let old = try await delivery("2022年一季度台账")
    #expect(old.rules == ["title-of-another-time"])
    let finding = try #require(old.findings.first { $0.rule == "title-of-another-time" })
    #expect(finding.place?.line == 1 && finding.severity == .warning)
    #expect(finding.message.zh.contains("2022年1季度") && finding.message.zh.contains("2022-09-30"))
    #expect(old.column("name") == ["甲"])
    #expect(try await delivery("2022年四季度台账", days: nil).rules == ["title-of-another-time"])
    #expect(try await delivery("截至2022年10月31日").rules == ["title-of-another-time"])
  }

  @Test("are not told of the time that is looked at, nor where rows may be of any age")
  func quiet() async throws {
    for title in ["2022年三季度台账", "截至2022年9月30日", "截至2022年7月10日", "2021年度统计表"] {
      #expect(try await delivery(title).rules == [], "\(title)")
    }
    #expect(try await delivery("2022年一季度台账", days: nil).rules == [])
  }
}
