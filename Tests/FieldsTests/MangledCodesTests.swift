import Testing

@testable import Fields

@Suite("Codes that a spreadsheet rewrote")
struct MangledCodesTests {
  @Test(
    "are numbers with a power of ten and dates without a year or a day, as spreadsheets write them",
    arguments: [
      ("9.14103E+17", true), ("9.14E17", true), ("9e+17", true), ("91410300PDY00001XN", false),
      ("1234E5", false), ("123", false), ("", false), ("9.1E", false), ("3月1日", true),
      ("12月31日", true), ("2001年3月", true), ("Mar-01", true), ("Sep-2001", true), ("1-Mar", true),
      ("01-Mar-24", true), ("13月1日", false), ("3月41日", false), ("2001年3月1日", false),
      ("MAR-01", false), ("Mar-1", false), ("Mars-01", false), ("32-Mar", false), ("3-1", false),
      ("1-Mary", false), ("三月一日", false),
    ])
  func mangled(text: String, isMangled: Bool) {
    #expect(isMangledBySpreadsheet(Array(text.utf8).span) == isMangled)
  }

  @Test(
    "stand among letters, digits and signs that are no dates and no amounts",
    arguments: [
      ("3-1", true), ("K0042", true), ("000042", true), ("2018-09-30", false), ("2018/9/3", false),
      ("12.5", false), ("1.2.3", true), ("Mar", false), ("甲", false), ("A 1", false), ("", false),
    ])
  func codes(text: String, isCode: Bool) {
    #expect(looksLikeCode(Array(text.utf8).span) == isCode)
  }
}
