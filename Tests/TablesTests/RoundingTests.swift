import Tables
import Testing

@Suite struct RoundingTests {
  @Test(
    "is half away from zero to a multiple",
    arguments: [
      (1_250_000, 100_000, 1_300_000), (1_249_999, 100_000, 1_200_000),
      (-1_250_000, 100_000, -1_300_000), (1_500_000, 1_000_000, 2_000_000), (5, 3, 6), (4, 3, 3),
      (-4, 3, -3), (0, 7, 0), (12, 1, 12),
    ])
  func multiples(number: Int, unit: Int, result: Int) {
    #expect(rounded(number, to: unit) == result)
  }

  @Test(
    "of shares is half up, and there is no share of nothing",
    arguments: [
      (2, 3, 667), (1, 3, 333), (1, 2000, 1), (1, 2001, 1), (0, 5, 0), (5, 5, 1000),
      (5726, 5728, 999), (2, 5728, 1), (7, 5, 1400),
    ])
  func shares(part: Int, whole: Int, thousandths: Int) {
    #expect(share(part, of: whole) == thousandths)
    #expect(share(part, of: 0) == nil)
  }

  @Test(
    "of shares stays below a target that is missed, and reaches one that is met",
    arguments: [
      (79_960, 100_000, 800, 799), (80_000, 100_000, 800, 800), (79_940, 100_000, 800, 799),
      (80_049, 100_000, 800, 800), (99_999, 100_000, 1000, 999), (1, 3000, 1, 0),
    ])
  func targets(part: Int, whole: Int, target: Int, thousandths: Int) {
    #expect(share(part, of: whole, target: target) == thousandths)
  }
}
