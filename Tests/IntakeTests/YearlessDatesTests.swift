import Tables
import Testing

@testable import Intake

@Suite("Dates without their year")
struct YearlessDatesTests {
  @Test(
    "are a month, or a month and a day",
    arguments: [
      "12月30日", "10月30日", "１２月３０号", "1月5日", "十二月三十日", "十月", "12月", "9月份", "12月底", "6月上旬", "12-30",
      "10/30", " 12 月 30 日 ",
    ])
  func lacking(text: String) { #expect(lacksYear(text)) }

  @Test(
    "are no other texts that cannot be read as dates",
    arguments: [
      "", "月", "昨天", "13月1日", "12月32日", "2018年12月", "2018-12-30", "12月30日起", "31/12/2018", "12-45",
      "100月1日", "十十月", "-12-30", "12",
    ])
  func others(text: String) { #expect(!lacksYear(text)) }

  @Test("are returned with the word that the year is missing, and how to write it")
  func told() async throws {
    let delivery = try await taking("单位名称,区县,成立日期\n甲,涧西区,12月30日\n乙,涧西区,昨天\n")
    #expect(delivery.faults == ["bad-date", "bad-date"])
    let faults = delivery.quarantine.flatMap(\.faults)
    #expect(faults.first?.message.zh == "“成立日期”的“12月30日”没有写年份")
    #expect(faults.first?.cure.zh == "请连同年份填写，如 2018-11-06")
    #expect(faults.last?.message.zh == "“成立日期”的“**”不是日期")
  }
}
