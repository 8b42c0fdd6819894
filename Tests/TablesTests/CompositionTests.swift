import Tables
import Testing

@Suite("How a composite score is made")
struct CompositionTests {
  typealias Made = Explanation.Composition

  static func terms(_ values: [Double], _ weights: [Double]) -> [Made.Term] {
    zip(values, weights).enumerated().map {
      Made.Term(title: ["A", "B", "C"][$0], value: $1.0, weight: $1.1)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var aggregate: Aggregate
    var values: [Double]
    var weights: [Double]
    var missing = 0.0
    var formula: String
    var testDescription: String { formula }
  }

  static let cases: [Case] = [
    Case(
      aggregate: .mean, values: [80, 50], weights: [1, 1], formula: "(80 + 50) ÷ 2 = 65"),
    Case(
      aggregate: .mean, values: [80, 50], weights: [2, 1],
      formula: "(80 × 2 + 50) ÷ 3 = 70"),
    Case(
      aggregate: .sum, values: [80, 50], weights: [0.5, 0.25],
      formula: "80 × 0.5 + 50 × 0.25 = 52.5"),
    Case(
      aggregate: .sum, values: [80, 50], weights: [0.5, 0.25], missing: 0.25,
      formula: "(80 × 0.5 + 50 × 0.25) × 1 ÷ 0.75 = 70"),
    Case(
      aggregate: .geometric, values: [0.5, 0.125], weights: [1, 1],
      formula: "(0.5 × 0.125)^(1 ÷ 2) = 0.25"),
    Case(
      aggregate: .geometric, values: [8, 1], weights: [2, 1], formula: "(8^2 × 1)^(1 ÷ 3) = 4"),
    Case(
      aggregate: .harmonic, values: [2, 4, 4], weights: [1, 1, 1],
      formula: "3 ÷ (1 ÷ 2 + 1 ÷ 4 + 1 ÷ 4) = 3"),
    Case(
      aggregate: .min, values: [3, -2.25], weights: [1, 1], formula: "min(3, (-2.25)) = -2.25"),
    Case(aggregate: .max, values: [3, -2.25], weights: [1, 1], formula: "max(3, (-2.25)) = 3"),
    Case(aggregate: .harmonic, values: [7], weights: [3], formula: "7"),
    Case(aggregate: .sum, values: [7], weights: [3], formula: "7 × 3 = 21"),
  ]

  @Test("is told by the arithmetic of its aggregate, which gives what it says", arguments: cases)
  func formula(_ test: Case) {
    let score = aggregated(
      test.values.map { [$0] } + (test.missing > 0 ? [[.nan]] : []),
      weights: test.weights + (test.missing > 0 ? [test.missing] : []), by: test.aggregate,
      count: 1)[0]
    let made = Made(
      test.aggregate, Self.terms(test.values, test.weights),
      missing: test.missing > 0 ? ["D"] : [], missingWeight: test.missing, score: score)
    #expect(made.formula == test.formula)
  }

  @Test("names what counts with its weight, and what is missing")
  func sentence() {
    let made = Made(
      .geometric, Self.terms([0.5, 0.12346], [2, 1]), title: "教育", missing: ["D"],
      missingWeight: 1, score: 0.313)
    #expect(
      made.sentence.zh
        == "“教育”：各项在各自尺度上的值的加权几何平均：A 0.5（权重 2）、B 0.1235（权重 1）；缺D，由其余各项按权重分担；(0.5^2 × 0.1235)^(1 ÷ 3) = 0.313"
    )
    #expect(made.sentence.en.contains("D is missing, and the others weigh more"))
    let nothing = Made(.mean, [], missing: ["A", "B"])
    #expect(nothing.formula.isEmpty)
    #expect(nothing.sentence.zh == "总分：各项都缺：A、B")
    // The weights of a least or greatest decide nothing, so none is told.
    #expect(!Made(.max, Self.terms([1, 2], [1, 5]), score: 2).parts.zh.contains("权重"))
  }
}
