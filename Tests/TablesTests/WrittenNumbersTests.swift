import Tables
import Testing

@Suite("Written numbers")
struct WrittenNumbersTests {
  @Test(
    "are points with the decimals asked for, and more only where exactness needs them",
    arguments: [
      (87_500, 1, "87.5"), (87_000, 1, "87.0"), (87_000, 0, "87"), (12_345, 1, "12.345"),
      (12_340, 0, "12.34"), (-500, 1, "-0.5"), (0, 2, "0.00"), (0, 0, "0"), (-1, 0, "-0.001"),
      (1_234_567_000, 3, "1234567.000"), (50, 1, "0.05"), (-4_000, 0, "-4"), (7, -1, "0.007"),
      (Int.max, 0, "9223372036854775.807"), (Int.min, 0, "-9223372036854775.808"),
    ])
  func points(thousandths: Int, decimals: Int, text: String) {
    #expect(shownPoints(thousandths, decimals: decimals) == text)
  }

  @Test(
    "are points as exact decimal numbers are",
    arguments: [0, 1, 20, 300, 4_000, 12_340, -5, -1_050, 123_456_789])
  func exact(thousandths: Int) {
    #expect(shownPoints(thousandths) == "\(Exact(millionths: Int64(thousandths) * 1000))")
  }

  @Test(
    "are percentages with the decimals asked for, and more only where exactness needs them",
    arguments: [
      (857, 0, "85.7%"), (857, 1, "85.7%"), (1000, 0, "100%"), (1000, 1, "100.0%"),
      (0, 0, "0%"), (0, 1, "0.0%"), (5, 0, "0.5%"), (-5, 1, "-0.5%"), (1234, 2, "123.40%"),
    ])
  func percentages(thousandths: Int, decimals: Int, text: String) {
    #expect(shownPercent(thousandths, decimals: decimals) == text)
  }

  @Test(
    "are changes with their sign, a minus and not a hyphen",
    arguments: [(2_000, "+2"), (-500, "−0.5"), (0, "0"), (12_345, "+12.345")])
  func changes(thousandths: Int, text: String) {
    #expect(shownChange(thousandths) == text)
  }
}
