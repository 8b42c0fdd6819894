import Tables
import Testing

@testable import RulePacks

@Suite("Numbers and dates as pack authors write them")
struct WrittenTests {
  @Test(
    "are read exactly or not at all",
    arguments: [
      ("12", 12_000_000), ("-0.5", -500_000), ("+1.000001", 1_000_001), ("0", 0),
      ("9223372036854", 9_223_372_036_854_000_000), ("9223372036855", nil), ("1.0000001", nil),
      ("1e3", nil), (".5", nil), ("5.", nil), ("", nil), ("-", nil), ("１", nil),
    ] as [(String, Int64?)])
  func numbers(text: String, millionths: Int64?) {
    #expect(Exact(written: text)?.millionths == millionths)
  }

  @Test(
    "are dates with or without day and month",
    arguments: [
      ("2018-09-30", "2018-09-30"), ("2018-09", "2018-09"), ("2018", "2018"),
      ("2018-9-30", nil), ("2018-02-29", nil), ("18-09-30", nil), ("2018-09-30-1", nil),
      ("2018/09/30", nil), ("", nil),
    ] as [(String, String?)])
  func dates(text: String, shown: String?) {
    #expect(PartialDate(written: text)?.description == shown)
  }
}
