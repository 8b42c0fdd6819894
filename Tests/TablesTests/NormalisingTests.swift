import Glibc
import Tables
import Testing

@Suite("Normalising")
struct NormalisingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var scale: Scale
    var values: [Double]
    var expected: [Double]

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "least and most are the ends", scale: Scale(.minMax, low: 0, high: 100),
      values: [2, 4, 3], expected: [0, 100, 50]),
    Case(
      name: "what is unknown stays so and counts for nobody",
      scale: Scale(.minMax, low: 0, high: 1), values: [2, .nan, 4], expected: [0, .nan, 1]),
    Case(
      name: "fixed ends are not stretched, and may be passed",
      scale: Scale(.minMax, reference: [0, 10], low: 0, high: 100), values: [5, 12],
      expected: [50, 120]),
    Case(
      name: "goalposts are not passed",
      scale: Scale(.goalposts, reference: [20, 85], low: 0, high: 1),
      values: [10, 52.5, 90], expected: [0, 0.5, 1]),
    Case(
      name: "ties share the lowest place", scale: Scale(.rank, low: 0, high: 1),
      values: [5, 7, 5, 9], expected: [1, 3, 1, 4]),
    Case(
      name: "Borda counts those below", scale: Scale(.borda, low: 0, high: 1),
      values: [5, 7, 5, 9], expected: [0, 2, 0, 3]),
    Case(
      name: "percentiles are shares of the others", scale: Scale(.percentile, low: 0, high: 100),
      values: [5, 7, 5, 9, 9], expected: [0, 50, 0, 75, 75]),
    Case(
      name: "z-scores go by the deviation of a sample", scale: Scale(.zScore, low: 0, high: 1),
      values: [1, 2, 3], expected: [-1, 0, 1]),
    Case(
      name: "z-scores may go by fixed numbers",
      scale: Scale(.zScore, reference: [100, 15], low: 50, high: 10), values: [130, 85],
      expected: [70, 40]),
    Case(
      name: "a constant column gets the middle", scale: Scale(.minMax, low: 0, high: 100),
      values: [3, 3, .nan], expected: [50, 50, .nan]),
    Case(
      name: "z-scores of zero variance are the mean", scale: Scale(.zScore, low: 0, high: 1),
      values: [3, 3, 3], expected: [0, 0, 0]),
    Case(
      name: "one alone has no percentile, and gets the middle",
      scale: Scale(.percentile, low: 0, high: 100), values: [3], expected: [50]),
    Case(
      name: "one alone has no deviation", scale: Scale(.zScore, low: 0, high: 1), values: [3],
      expected: [0]),
    Case(
      name: "one alone is first", scale: Scale(.rank, low: 0, high: 1), values: [3], expected: [1]),
    Case(
      name: "nothing is a share of nothing", scale: Scale(.fractionOfMax, low: 0, high: 1),
      values: [0, 0], expected: [.nan, .nan]),
    Case(
      name: "all are missing", scale: Scale(.minMax, low: 0, high: 1), values: [.nan, .nan],
      expected: [.nan, .nan]),
  ]

  @Test("brings values to a scale", arguments: cases)
  func scales(_ test: Case) {
    let found = test.scale.normalised(test.values, over: Reference(test.values))
    #expect(found.count == test.expected.count)
    for (found, expected) in zip(found, test.expected) {
      #expect(found == expected || (found.isNaN && expected.isNaN))
    }
  }

  @Test("turns fixed numbers with the values")
  func turned() {
    let values = [20, 5, 40].map { -$0 as Double }
    let scale = Scale(.goalposts, reference: [10, 30], low: 0, high: 100).turned
    #expect(scale.normalised(values, over: Reference(values)) == [50, 100, 0])
    #expect(Scale(.zScore, reference: [3, 2], low: 0, high: 1).turned.reference == [-3, 2])
  }

  @Test(
    "knows the middle value",
    arguments: [([3, 1, 2], 2), ([4, 1, 3, 2], 2.5)] as [([Double], Double)])
  func median(values: [Double], middle: Double) {
    #expect(Reference(values).median == middle)
    #expect(Reference([.nan]).median.isNaN)
  }

  @Test("leaves columns alone that are not skewed, and such as have no shape")
  func winsorising() {
    for values in [[1, 2, 3, 4, 100], [5, 5, 5, 5], [7], []] as [[Double]] {
      let bounds = Winsorising(most: 2, skewness: 3).bounds(of: Reference(values))
      #expect(bounds.count == 0)
    }
    let skewed: [Double] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 900]
    let bounds = Winsorising().bounds(of: Reference(skewed))
    #expect(bounds.count == 1 && bounds.least == 1 && bounds.most == 9)
    let low = Winsorising().bounds(of: Reference(skewed.map { -$0 }))
    #expect(low.count == 1 && low.least == -9 && low.most == -1)
  }
}

@Suite("A hierarchy of scores")
struct HierarchyTests {
  static let cases: [(Aggregate, [Double], Double)] = [
    (.mean, [1, 4, 7], 4.75), (.sum, [1, 4, 7], 19), (.min, [4, 1, 7], 1),
    (.max, [4, 1, 7], 7), (.max, [.nan, 4, 1], 4), (.max, [.nan, .nan, .nan], .nan),
    (.mean, [1, .nan, 7], 5), (.sum, [1, .nan, 7], 20), (.min, [.nan, 4, 7], 4),
    (.geometric, [2, 4, 8], 4.756828460010884), (.geometric, [0, 4, 8], 0),
    (.harmonic, [2, 4, 8], 4), (.harmonic, [2, 0, 8], 0), (.mean, [.nan, .nan, .nan], .nan),
    (.min, [.nan, .nan, .nan], .nan), (.geometric, [-1, 4, 8], .nan),
  ]

  @Test("takes means, sums, the least and the greatest of what is known", arguments: cases)
  func aggregates(aggregate: Aggregate, values: [Double], expected: Double) {
    let found = aggregated(
      values.map { [$0] }, weights: [1, 1, 2], by: aggregate, count: 1)[0]
    #expect(abs(found - expected) < 1e-12 || (found.isNaN && expected.isNaN), "\(found)")
  }

  /// UNDP, technical notes to the Human Development Report 2023/24: goalposts of life expectancy
  /// 20 and 85, expected years of schooling 0 and 18, mean years 0 and 15, income 100 and 75,000.
  static let developed: [(String, [Double], Double)] = [
    ("Switzerland 2022", [84.255, 16.583, 13.949, 69432.79], 0.967),
    ("at the upper goalposts", [85, 18, 15, 75000], 1),
    ("beyond them", [90, 25, 16, 100_000], 1),
    ("at one lower goalpost", [20, 18, 15, 75000], 0),
  ]

  @Test("works out the human development index", arguments: developed)
  func humanDevelopment(name: String, values: [Double], expected: Double) {
    func share(_ value: Double, _ low: Double, _ high: Double) -> [Double] {
      Scale(.goalposts, reference: [low, high], low: 0, high: 1)
        .normalised([value], over: Reference([value]))
    }
    let leaves = [
      share(values[0], 20, 85), share(values[1], 0, 18), share(values[2], 0, 15),
      share(log(values[3]), log(100), log(75000)),
    ]
    typealias Child = Hierarchy.Child
    let hierarchy = Hierarchy([
      Hierarchy.Node(.mean, [Child(.leaf(1), weight: 1), Child(.leaf(2), weight: 1)]),
      Hierarchy.Node(
        .geometric,
        [Child(.leaf(0), weight: 1), Child(.node(0), weight: 1), Child(.leaf(3), weight: 1)]),
    ])
    let index = hierarchy.scores(of: leaves)[1][0]
    #expect((index * 1000).rounded() / 1000 == expected)
    #expect(hierarchy.shares(leaves: 4).map { ($0 * 12).rounded() } == [4, 2, 2, 4])
  }
}
