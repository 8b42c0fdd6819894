import Testing

@testable import Fields

@Suite("Numbers with all their digits")
struct RealDigitsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var digits: String
    var testDescription: String { text }
  }

  @Test(
    "are kept digit for digit, however they are written",
    arguments: [
      Case(text: "35.3697298333333", digits: "35.3697298333333"),
      Case(text: "0.1234567890123456789", digits: "0.1234567890123456789"),
      Case(text: "1,234,567.8900", digits: "1234567.89"),
      Case(text: "-0.50", digits: "-0.5"), Case(text: "+7", digits: "7"),
      Case(text: "-0.0", digits: "0"), Case(text: "000", digits: "0"),
      Case(text: "007.5", digits: "7.5"), Case(text: ".5", digits: "0.5"),
      Case(text: "5.", digits: "5"), Case(text: "1.5E-7", digits: "0.00000015"),
      Case(text: "1.25e3", digits: "1250"), Case(text: "1.23456E2", digits: "123.456"),
      Case(text: "0.00E5", digits: "0"), Case(text: "0.012E1", digits: "0.12"),
      Case(text: "１２．５", digits: "12.5"),
      Case(text: "9007199254740993", digits: "9007199254740993"),
    ])
  func kept(pair: Case) throws {
    let digits = try realDigits(Array(pair.text.utf8).span)
    #expect(String(decoding: digits, as: UTF8.self) == pair.digits)
    // Read again they are the same.
    #expect(try realDigits(digits.span) == digits)
  }

  @Test(
    "are nothing else",
    arguments: [
      "", "-", "12元", "1.5万", "1、200", "1,23", "1.2.3", "12%", "NaN", "Infinity", "0x1F", "约5",
    ])
  func refused(text: String) {
    #expect(throws: CellFault.badNumber) { try realDigits(Array(text.utf8).span) }
  }

  @Test("are near a binary number", arguments: ["1E309", "-1E400", "1E999"])
  func outOfRange(text: String) {
    #expect(throws: CellFault.outOfRange) { try realDigits(Array(text.utf8).span) }
  }
}
