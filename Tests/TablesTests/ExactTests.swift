import Tables
import Testing

@Suite("Exact decimals")
struct ExactTests {
  @Test(
    "write themselves in the shortest form",
    arguments: [
      (0, "0"), (1, "0.000001"), (1_500_000, "1.5"), (-1_500_000, "-1.5"), (-1, "-0.000001"),
      (12_000_000, "12"), (Int64.min, "-9223372036854.775808"),
    ] as [(Int64, String)])
  func written(millionths: Int64, text: String) {
    #expect(Exact(millionths: millionths).description == text)
  }

  @Test(
    "divide and multiply rounding half away from zero",
    arguments: [
      (1, 3, "0.333333"), (2, 3, "0.666667"), (-2, 3, "-0.666667"), (1, -8, "-0.125"),
      (7, 7, "1"),
    ] as [(Int64, Int64, String)])
  func divide(left: Int64, right: Int64, quotient: String) throws {
    let (left, right) = (try #require(Exact(left)), try #require(Exact(right)))
    #expect(left.divided(by: right)?.description == quotient)
    #expect(left.times(right)?.divided(by: right) == left)
  }

  @Test("say nothing where the number is out of range")
  func overflow() throws {
    let large = Exact(millionths: .max)
    #expect(large.adding(Exact(millionths: 1)) == nil)
    #expect(large.times(try #require(Exact(2))) == nil)
    #expect(large.divided(by: Exact(millionths: 0)) == nil)
    #expect(Exact(Int64.max) == nil)
  }
}
