import Fields
import Tables
import Testing

@Suite("Dates")
struct DateReaderTests {
  private static let rules = DateRules(openEnded: ["长期", "永久"], dayNumbers: 1900)

  @Test(
    "A date that the pack names as one without end is one in every spelling",
    arguments: [
      "长期", "2099-12-31", "2099/12/31", "2099.12.31", "20991231", "2099年12月31日",
    ])
  func endDates(text: String) throws {
    let rules = DateRules(openEnded: ["长期", "2099-12-31"])
    #expect(try rules.date(Array(text.utf8).span) == .openEnd)
  }

  @Test(
    "Months and days of one digit are read the quick way only where the slow one agrees",
    arguments: [
      ("2018.1.6", "2018-01-06"), ("2018/10/6", "2018-10-06"), ("2018-1-16", "2018-01-16"),
      ("2018年1月6日", "2018-01-06"), ("2018年1月6", "2018-01-06"), ("2018年10月16号", "2018-10-16"),
      ("2010 年 5 月 6 日", "2010-05-06"), ("2010年5月6 日", "2010-05-06"),
      ("20180930235959", "2018-09-30"), ("2010-05-06 上午 12:00:00", "2010-05-06"),
      ("2018年1.6", "2018-01-06"), ("2018.1/6", "2018-01-06"), ("2018.1.6 8:30", "2018-01-06"),
    ])
  func short(text: String, date: String) throws {
    #expect(try Self.rules.date(Array(text.utf8).span).description == date)
  }

  @Test(
    "What only looks like such a date is none",
    arguments: [
      "2010-1①", "2010年5月①", "2010①", "2010-5-6²", "20180930250000", "20181331000000",
      "2018.1.", "2018.1.6.", "2018.1.x", "2018.123.1", "2018.1.234", "2018月1年6日", "2018.13.1",
      "2018-11-06+8", "2018-11-06+15:00", "2018-11-06-1008", "2018.11.06-10:08", "2018-11-06 +08",
    ])
  func notShort(text: String) {
    #expect(throws: CellFault.self) { try Self.rules.date(Array(text.utf8).span) }
  }

  @Test(
    "reads every spelling to the precision it has",
    arguments: [
      ("2018-11-06", "2018-11-06"), ("2018/11/6", "2018-11-06"), ("2018/11/06", "2018-11-06"),
      ("2018.11.6", "2018-11-06"), ("20181106", "2018-11-06"), ("2018年11月6日", "2018-11-06"),
      ("2018年 11月 6日", "2018-11-06"), ("２０１８年１１月６日", "2018-11-06"),
      ("二〇一八年十一月六日", "2018-11-06"), ("二零一八年十二月二十六日", "2018-12-26"),
      ("二○一八年一月三十一日", "2018-01-31"), ("二〇一八年十月十日", "2018-10-10"),
      ("二〇一八年三月廿一日", "2018-03-21"), ("2018-11", "2018-11"), ("2018年11月", "2018-11"),
      ("2018/11", "2018-11"), ("201811", "2018-11"), ("2018", "2018"), ("2018年", "2018"),
      ("2018-11-06T10:20:30Z", "2018-11-06"), ("2018-11-06T10:20:30.5+08:00", "2018-11-06"),
      ("2018-11-06+08:00", "2018-11-06"), ("2018-11-06Z", "2018-11-06"),
      ("2018-11-06 00:00:00", "2018-11-06"), ("2018/11/6 0:00", "2018-11-06"),
      ("43410", "2018-11-06"), ("43410.5", "2018-11-06"), ("2016-02-29", "2016-02-29"),
      ("长期", "9999-12-31"), ("永 久", "9999-12-31"),
      ("2099-12-31", "2099-12-31"), ("2018.11", "2018-11"),
    ])
  func spellings(text: String, date: String) throws {
    #expect(try Self.rules.date(Array(text.utf8).span).description == date)
  }

  @Test(
    "takes a placeholder for nothing, in every spelling and with any time",
    arguments: [
      "0000-00-00", "1900-01-00", "1900/1/0", "00000000", "0000-00-00 00:00:00", "1899-12-30",
      "1900-01-01 00:00:00", "1970-01-01T00:00:00Z", "1970-01-01T08:00:00+08:00", "1970/1/1 8:00",
      "1970年1月1日", "19700101", "0001-01-01T00:00:00", "00010101", "9999-12-31 23:59:59", "99991231",
      "一九七〇年一月一日", "0000", "0000-00",
    ])
  func placeholders(text: String) throws {
    #expect(throws: CellFault.placeholderDate) { try Self.rules.date(Array(text.utf8).span) }
  }

  @Test("takes the dates that a field names for placeholders, and those of the year 1 always")
  func ownPlaceholders() throws {
    let day = try #require(PartialDate(year: 1988, month: 8, day: 8))
    let own = DateRules(placeholders: [day])
    #expect(try own.date(Array("1970-01-01".utf8).span).description == "1970-01-01")
    for text in ["1988/8/8", "0001-01-01", "0000-00-00"] {
      #expect(throws: CellFault.placeholderDate) { try own.date(Array(text.utf8).span) }
    }
    let none = DateRules(openEnded: ["9999-12-31"], placeholders: [])
    #expect(try none.date(Array("1900-01-01".utf8).span).description == "1900-01-01")
    #expect(try DateRules(openEnded: ["9999-12-31"]).date(Array("99991231".utf8).span) == .openEnd)
  }

  @Test(
    "knows a midnight of the east that is written in universal time",
    arguments: [
      ("2022-06-29T16:00:00.000Z", true), ("2022-06-29T16:00:00Z", true),
      ("2022-06-29 16:00:00+00:00", true), ("2022-06-29T15:00:00+0000", true),
      ("2022-06-30T00:00:00+08:00", false), ("2022-06-30T00:00:00Z", false),
      ("2022-06-29T16:20:00Z", false), ("2022-06-29T09:00:00Z", false), ("2022-06-29", false),
      ("2022-06-29T16:00:00", false), ("2022-06-29T16:00:00.500Z", false),
    ])
  func midnight(text: String, isMidnight: Bool) {
    #expect(isMidnightElsewhere(Array(text.utf8).span) == isMidnight)
  }

  @Test(
    "says why a text is no date",
    arguments: [
      ("2018-02-30", .noSuchDay), ("2018-13-01", .noSuchDay), ("20181301", .noSuchDay),
      ("2018-11-31", .noSuchDay), ("2017-02-29", .noSuchDay), ("06/11/2018", .badDate),
      ("2018.1", .badDate), ("yesterday", .badDate), ("2018-11-06x", .badDate),
      ("1234567", .badDate),
      ("18-11-06", .badDate), ("0018-11-06", .badDate), ("43410.x", .badDate), ("99999", .badDate),
      ("2018-", .badDate), ("2018--06", .badDate), ("年月日", .badDate), ("201899", .badDate),
    ] as [(String, CellFault)])
  func faults(text: String, fault: CellFault) {
    #expect(throws: fault) { try Self.rules.date(Array(text.utf8).span) }
  }

  @Test("takes no number for a day unless the source counts days")
  func dayNumbers() throws {
    #expect(throws: CellFault.badDate) { try DateRules().date(Array("43410".utf8).span) }
    let other = DateRules(dayNumbers: 1904)
    #expect(try other.date(Array("41948".utf8).span).description == "2018-11-06")
  }
}
