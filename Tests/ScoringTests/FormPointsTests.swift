import Expressions
import RulePacks
import Scoring
import Tables
import Testing

/// One indicator over the facts `a` and `b`, and what it must give.
struct FormCase: CustomTestStringConvertible, Sendable {
  enum Kind: Sendable {
    case condition(String)
    case bands([(String?, String?, Int)])
    case lookup([String: Int], otherwise: Int?)
    case ratio
    case number
    case each(Int, limit: Int?)
  }

  var name: String
  var kind: Kind
  var a: Fact
  var b: Fact = .whole(0)
  var points: Int32
  var state: PartState = .assessed
  var lower: Int32?
  var upper: Int32?
  var decimals = 1
  var finding: String?

  enum Fact: Sendable {
    case whole(Int64?)
    case decimal(String?)
    case code(String?)
    case flag(Bool?)
  }

  var testDescription: String { name }
}

@Suite("Points of each form")
struct FormPointsTests {
  static let cases: [FormCase] = [
    FormCase(name: "a condition that holds", kind: .condition("a"), a: .flag(true), points: 10_000),
    FormCase(name: "a condition that does not", kind: .condition("a"), a: .flag(false), points: 0),
    FormCase(
      name: "an unknown condition leaves all open", kind: .condition("a"), a: .flag(nil),
      points: 0, state: .withheld, lower: 0, upper: 10_000),
    FormCase(
      name: "what is false whatever the missing fact", kind: .condition("a && b > 1"),
      a: .flag(nil), b: .whole(1), points: 0),
    FormCase(
      name: "the lowest band",
      kind: .bands([(nil, "20", 2000), ("20", "100", 4000), ("100", nil, 6000)]),
      a: .whole(19), points: 2000),
    FormCase(
      name: "a band's lower end",
      kind: .bands([(nil, "20", 2000), ("20", "100", 4000), ("100", nil, 6000)]),
      a: .whole(20), points: 4000),
    FormCase(
      name: "the highest band",
      kind: .bands([("100", nil, 6000), ("20", "100", 4000), (nil, "20", 2000)]),
      a: .whole(100), points: 6000),
    FormCase(
      name: "a decimal just below a band", kind: .bands([(nil, "20", 2000), ("20", nil, 4000)]),
      a: .decimal("19.999999"), points: 2000),
    FormCase(
      name: "bands of an unknown number", kind: .bands([(nil, "20", 2000), ("20", nil, 4000)]),
      a: .whole(nil), points: 0, state: .withheld, lower: 2000, upper: 4000),
    FormCase(
      name: "a number between two bands", kind: .bands([("0", "10", 1000), ("11", "20", 2000)]),
      a: .whole(10), points: 0, state: .withheld, lower: 1000, upper: 2000,
      finding: "between-bands"),
    FormCase(
      name: "a band that begins below zero",
      kind: .bands([(nil, "-1.5", 1000), ("-1.5", nil, 3000)]),
      a: .whole(-1), points: 3000),
    FormCase(
      name: "a listed code", kind: .lookup(["x": 5000, "y": 1000], otherwise: nil),
      a: .code("x"), points: 5000),
    FormCase(
      name: "a code that is not listed", kind: .lookup(["x": 5000], otherwise: 500),
      a: .code("z"), points: 500),
    FormCase(
      name: "a code without points", kind: .lookup(["x": 5000, "y": 1000], otherwise: nil),
      a: .code("z"), points: 0, state: .withheld, lower: 1000, upper: 5000,
      finding: "not-in-lookup"),
    FormCase(
      name: "an unknown code", kind: .lookup(["x": 5000, "y": 1000], otherwise: 500),
      a: .code(nil), points: 0, state: .withheld, lower: 500, upper: 5000),
    FormCase(
      name: "a third rounds down", kind: .ratio, a: .whole(1), b: .whole(3), points: 3300),
    FormCase(
      name: "two thirds round up", kind: .ratio, a: .whole(2), b: .whole(3), points: 6700),
    FormCase(
      name: "a half at .05 rounds up", kind: .ratio, a: .whole(125), b: .whole(1000),
      points: 1300),
    FormCase(
      name: "more than the whole gives all", kind: .ratio, a: .whole(7), b: .whole(3),
      points: 10_000),
    FormCase(
      name: "numbers too large to multiply", kind: .ratio, a: .whole(3_000_000_000_000_000),
      b: .whole(4_000_000_000_000_000), points: 7500),
    FormCase(
      name: "a whole number of a decimal", kind: .ratio, a: .whole(1), b: .decimal("2.5"),
      points: 4000),
    FormCase(
      name: "a whole of zero is unknown", kind: .ratio, a: .whole(1), b: .whole(0), points: 0,
      state: .withheld, lower: 0, upper: 10_000, finding: "whole-is-zero"),
    FormCase(
      name: "an unknown whole", kind: .ratio, a: .whole(1), b: .whole(nil), points: 0,
      state: .withheld, lower: 0, upper: 10_000),
    FormCase(
      name: "a negative part", kind: .ratio, a: .whole(-1), b: .whole(3), points: 0,
      finding: "out-of-range"),
    FormCase(
      name: "a number at .05 rounds up", kind: .number, a: .decimal("6.05"), points: 6100),
    FormCase(
      name: "a number just below .05 rounds down", kind: .number, a: .decimal("6.049999"),
      points: 6000),
    FormCase(
      name: "no decimals are kept", kind: .number, a: .decimal("6.5"), points: 7000, decimals: 0),
    FormCase(
      name: "three decimals are kept", kind: .number, a: .decimal("6.0005"), points: 6001,
      decimals: 3),
    FormCase(
      name: "a number above the points", kind: .number, a: .decimal("10.1"), points: 10_000,
      finding: "out-of-range"),
    FormCase(
      name: "a number below zero", kind: .number, a: .decimal("-0.1"), points: 0,
      finding: "out-of-range"),
    FormCase(
      name: "an unknown number", kind: .number, a: .decimal(nil), points: 0, state: .withheld,
      lower: 0, upper: 10_000),
    FormCase(
      name: "points for each", kind: .each(1500, limit: 6000), a: .whole(3), points: 4500),
    FormCase(
      name: "points for each up to the limit", kind: .each(1500, limit: 6000), a: .whole(5),
      points: 6000),
    FormCase(
      name: "each of an unknown count", kind: .each(1500, limit: 6000), a: .whole(nil), points: 0,
      state: .withheld, lower: 0, upper: 6000),
    FormCase(
      name: "a count below zero", kind: .each(1500, limit: 6000), a: .whole(-2), points: 0,
      finding: "out-of-range"),
    FormCase(
      name: "a division by zero is unknown, and found", kind: .condition("1 / b > 0"),
      a: .whole(0), b: .whole(0), points: 0, state: .withheld, lower: 0, upper: 10_000,
      finding: "no-value"),
  ]

  @Test("gives what the table says", arguments: cases)
  func points(_ test: FormCase) async throws {
    var world = World(["a": given(test.a), "b": given(test.b)])
    var rubric = rubric()
    rubric.decimals = test.decimals
    rubric.parts = [try indicator("I", form(test.kind, in: world), most: 10_000)]
    world.add(rubric)

    let scored = await scored(world)
    let card = scored.scorecards[0]
    #expect(card.parts[0].points == [test.points])
    #expect(card.parts[0].states == [test.state])
    #expect(card.scores == [test.points])
    #expect(card.lower == [test.lower ?? test.points])
    #expect(card.upper == [test.upper ?? test.points])
    #expect(scored.findings.map(\.rule) == (test.finding.map { [$0] } ?? []))
    #expect(scored.findings.allSatisfy { $0.subject == "U00" && $0.field == "R.I" })
  }

  @Test(
    "deductions take away up to their floor, and open as far as it when unknown",
    arguments: [
      (3, -10_000, -6000, 44_000, 44_000), (7, -10_000, -10_000, 40_000, 40_000),
      (nil, -10_000, 0, 40_000, 50_000), (nil, nil, 0, 0, 50_000), (40, nil, -80_000, 0, 0),
    ] as [(Int64?, Int?, Int32, Int32, Int32)])
  func deductions(
    count: Int64?, floor: Int?, points: Int32, lower: Int32, upper: Int32
  ) async throws {
    var world = World(["n": .whole([count])])
    var rubric = rubric()
    rubric.parts = [
      indicator(
        "I", .condition(points: 50_000, when: try world.expression("true")), most: 50_000),
      Rubric.Part(
        id: "D", title: "D", kind: .deduction, unknown: .withhold,
        form: .each(points: -2000, count: try world.expression("n"), limit: floor), most: 0,
        least: floor ?? 0),
    ]
    world.add(rubric)
    let card = await scored(world).scorecards[0]
    #expect(card.parts[1].points == [points])
    #expect(card.lower == [lower])
    #expect(card.upper == [upper])
    #expect(card.scores[0] == max(0, 50_000 + points))
  }

  @Test("a deduction that ends in a half is rounded away from zero")
  func halfOfDeduction() async throws {
    var world = World(["n": .whole([1])])
    var rubric = rubric()
    rubric.parts = [
      Rubric.Part(
        id: "D", title: "D", kind: .deduction, unknown: .zero,
        form: .each(points: -2050, count: try world.expression("n"), limit: nil), most: 0,
        least: 0)
    ]
    world.add(rubric)
    let card = await scored(world).scorecards[0]
    #expect(card.parts[0].points == [-2100])
  }

  private func given(_ fact: FormCase.Fact) -> World.Given {
    switch fact {
    case .whole(let value): .whole([value])
    case .decimal(let value): .decimal([value])
    case .code(let value): .code([value])
    case .flag(let value): .flag([value])
    }
  }

  private func form(
    _ kind: FormCase.Kind, in world: World
  ) throws(ExpressionFault) -> Rubric.Form {
    switch kind {
    case .condition(let text):
      .condition(points: 10_000, when: try world.expression(text))
    case .bands(let bands):
      .bands(on: try world.expression("a"), bands.map { band($0.0, $0.1, $0.2) })
    case .lookup(let table, let otherwise):
      .lookup(on: try world.expression("a"), table, otherwise: otherwise)
    case .ratio:
      .ratio(
        points: 10_000, part: try world.expression("a"), whole: try world.expression("b"))
    case .number: .number(points: 10_000, value: try world.expression("a"))
    case .each(let points, let limit):
      .each(points: points, count: try world.expression("a"), limit: limit)
    }
  }
}
