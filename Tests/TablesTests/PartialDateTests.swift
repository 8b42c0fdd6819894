import Tables
import Testing

@Suite("Partial dates")
struct PartialDateTests {
  @Test(
    "count days as the calendar does",
    arguments: [
      (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2018, 11, 6, 17_841),
      (1899, 12, 30, -25_569), (9999, 12, 31, 2_932_896),
    ])
  func days(year: Int, month: Int, day: Int, days: Int) throws {
    let date = try #require(PartialDate(year: year, month: month, day: day))
    #expect(Int(date.firstDay) == days)
    #expect(date.civil == (year, month, day))
  }

  @Test(
    "refuse what no calendar has",
    arguments: [(2018, 2, 29), (2018, 13, 1), (2018, 4, 31), (0, 1, 1), (1900, 1, 0)])
  func impossible(year: Int, month: Int, day: Int) {
    #expect(PartialDate(year: year, month: month, day: day) == nil)
  }

  @Test("without a day or month span the days they can mean")
  func spans() throws {
    let month = try #require(PartialDate(year: 2016, month: 2))
    #expect(month.lastDay - month.firstDay == 28)
    #expect(month.description == "2016-02")
    let year = try #require(PartialDate(year: 2018))
    #expect(year.lastDay - year.firstDay == 364)
    #expect(year.description == "2018")
  }

  @Test("every day of four centuries comes back from its number")
  func roundTrip() throws {
    let first = PartialDate.days(year: 1800, month: 1, day: 1)
    for day in first..<first + 146_097 {
      let (year, month, date) = PartialDate.civil(day)
      #expect(PartialDate.days(year: year, month: month, day: date) == day)
    }
  }
}
