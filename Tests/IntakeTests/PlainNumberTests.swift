import Testing

@testable import Intake

@Suite("A number of a sheet")
struct PlainNumberTests {
  @Test(
    "reads as it was typed",
    arguments: [
      ("24.5", "24.5"), ("24.50", "24.50"), ("-3", "-3"), ("007", "007"), ("0", "0"),
      ("1.1000000000000001", "1.1"), ("0.30000000000000004", "0.3"), ("2E1", "20"),
      ("-1.5E-3", "-0.0015"), ("999999999999999.9", "1000000000000000"),
      ("99999999999999.996", "100000000000000"), ("1.2E+6", "1200000"),
      ("410300000012345", "410300000012345"), ("0.00010000000000000001", "0.0001"),
    ])
  func text(digits: String, text: String) {
    #expect(PlainNumber(digits)?.text == text)
  }

  @Test(
    "says whether digits before the point were lost",
    arguments: [
      ("9.14103E+17", "914103000000000000", true),
      ("914103045678900032", "914103045678900000", true),
      ("410300000012345", "410300000012345", false), ("1E14", "100000000000000", false),
    ])
  func cut(digits: String, text: String, isCut: Bool) {
    let number = PlainNumber(digits)
    #expect(number?.text == text)
    #expect(number?.isCut == isCut)
  }

  @Test(
    "as a percentage has its point moved",
    arguments: [("0.35", "35"), ("1", "100"), ("0.055", "5.5")])
  func percent(digits: String, text: String) {
    #expect(PlainNumber(digits, shiftedBy: 2)?.text == text)
  }

  @Test(
    "is none",
    arguments: ["", "-", ".", "1.2.3", "12a", "1E", "1E99", "NaN", "1E99999999999999999999"])
  func none(digits: String) {
    #expect(PlainNumber(digits) == nil)
  }
}
