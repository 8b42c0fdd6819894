import Expressions
import RulePacks
import Scoring
import Tables
import Testing

@Suite("Scoring a composite rubric")
struct ComposeTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var missing: Composite.Missing
    var state: PartState
    var status: Status
    /// Of the subject whose second value of 0, 50, 100 is missing.
    var score: Int32
    var lower: Int32
    var upper: Int32
    var assessed: Int16

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "left out, the others weigh more", missing: .reweight, state: .leftOut,
      status: .ranked, score: 100_000, lower: 75_000, upper: 100_000, assessed: 750),
    Case(
      name: "the mean stands for it", missing: .mean, state: .imputed, status: .ranked,
      score: 81_300, lower: 75_000, upper: 100_000, assessed: 750),
    Case(
      name: "the median stands for it", missing: .median, state: .imputed, status: .ranked,
      score: 80_000, lower: 75_000, upper: 100_000, assessed: 750),
    Case(
      name: "no points for now", missing: .withhold, state: .withheld, status: .provisional,
      score: 75_000, lower: 75_000, upper: 100_000, assessed: 750),
    Case(
      name: "no points", missing: .zero, state: .zeroed, status: .ranked, score: 75_000,
      lower: 75_000, upper: 75_000, assessed: 1000),
    Case(
      name: "the subject waits", missing: .pending, state: .pending, status: .pending,
      score: 75_000, lower: 75_000, upper: 100_000, assessed: 750),
  ]

  @Test("does with a missing value what the measure says", arguments: cases)
  func missing(_ test: Case) async throws {
    var world = World([
      "a": .whole([100, 50, 0, 25, 25]), "b": .decimal([nil, "100", "0", "10", "0.9"]),
    ])
    if test.missing == .median {
      world = World([
        "a": .whole([100, 50, 0, 25, 25]), "b": .decimal([nil, "100", "0", "10", "30"]),
      ])
    }
    if test.missing == .mean {
      world = World([
        "a": .whole([100, 50, 0, 25, 25]), "b": .decimal([nil, "100", "0", "0.4", "0.4"]),
      ])
    }
    world.add(
      composite(
        [
          measure("A", try world.expression("a"), 0, weight: 3, .reweight),
          measure("B", try world.expression("b"), 1, weight: 1, test.missing),
        ], world))
    let card = await scored(world).scorecards[0]
    #expect(card.parts[1].states[0] == test.state)
    #expect(card.statuses[0] == test.status)
    #expect(card.scores[0] == test.score)
    #expect(card.lower[0] == test.lower)
    #expect(card.upper[0] == test.upper)
    #expect(card.assessed[0] == test.assessed)
    #expect(card.scores[1] == card.upper[1] && card.assessed[1] == 1000)
    #expect(card.gaps.facts.map(\.shown) == ["b"])
  }

  @Test("compares with who fails no gate, and gives all of it to the caller of an explanation")
  func gated() async throws {
    var world = World(["a": .whole([10, 20, 1000]), "ok": .flag([true, true, false])])
    var rubric = composite([measure("A", try world.expression("a"), 0, weight: 1, .pending)], world)
    rubric.gates = [
      Rubric.Gate(
        id: "G", text: "", require: try world.expression("ok"), unknown: .pending, basis: "",
        cure: "", contact: "")
    ]
    world.add(rubric)
    let card = await scored(world).scorecards[0]
    #expect(card.scores[0...1] == [0, 100_000])
    #expect(card.statuses == [.ranked, .ranked, .gated])
    let explanation = explain(
      world.dossiers, pack: world.pack, rubric: 0, row: 1, result: (card, 1))
    #expect(explanation.score == 100_000)
    #expect(
      explanation.parts[0].measured
        == Explanation.Measured(value: 20, normalised: 100, weight: 1, share: 1_000_000))
    // Alone it tells nobody apart.
    #expect(explain(world.dossiers, pack: world.pack, rubric: 0, row: 1).score == 50_000)
  }

  @Test("says what cannot be told apart or has no logarithm, and has no score without any value")
  func findings() async throws {
    var world = World([
      "same": .whole([7, 7, 7]), "a": .whole([1, 0, 100]), "none": .whole([nil, nil, nil]),
    ])
    var logarithm = measure("L", try world.expression("a"), 1, weight: 1, .reweight)
    if case .measure(var inner) = logarithm.form {
      inner.isLogarithmic = true
      logarithm.form = .measure(inner)
    }
    world.add(
      composite(
        [measure("S", try world.expression("same"), 0, weight: 1, .reweight), logarithm], world))
    world.add(
      composite([measure("N", try world.expression("none"), 0, weight: 1, .reweight)], world, "E"))
    let result = await scored(world)
    #expect(result.scorecards[0].parts[0].points == [50_000, 50_000, 50_000])
    #expect(result.scorecards[0].parts[1].states == [.assessed, .leftOut, .assessed])
    #expect(result.scorecards[0].scores == [25_000, 50_000, 75_000])
    #expect(result.findings.map(\.rule) == ["no-logarithm", "no-spread"])
    #expect(result.scorecards[1].statuses == [.notEvaluable, .notEvaluable, .notEvaluable])
    #expect(result.scorecards[1].scores == [0, 0, 0])
  }

  @Test("gives the same whatever the number of jobs, and ranks by what was not rounded")
  func exact() async throws {
    let values = (0..<40_000).map { Int64($0 * 7919 % 40_009) }
    var world = World(["a": .whole(values), "b": .whole(values.map { $0 % 977 })])
    var rubric = composite(
      [
        measure("A", try world.expression("a"), 0, weight: 1, .reweight),
        measure("B", try world.expression("b"), 1, weight: 1, .reweight),
      ], world)
    rubric.decimals = 0
    rubric.ranksOnRounded = false
    world.add(rubric)
    let one = await scored(world, jobs: 1).scorecards[0]
    let three = await scored(world, jobs: 3).scorecards[0]
    #expect(one.scores == three.scores && one.rankKeys == three.rankKeys)
    #expect(Set(one.scores).count <= 101)
    #expect(Set(one.rankKeys).count > 1000)
    let whole = try #require(one.measured?.groups.last)
    for entry in 1..<1000 where whole[entry] != whole[entry - 1] {
      #expect(
        (whole[entry] > whole[entry - 1]) == (one.rankKeys[entry] > one.rankKeys[entry - 1]))
    }
  }

  private func measure(
    _ id: String, _ value: CheckedExpression, _ leaf: Int, weight: Double,
    _ missing: Composite.Missing
  ) -> Rubric.Part {
    indicator(
      id,
      .measure(
        Composite.Measure(
          value: value, leaf: leaf, weight: weight, lowerIsBetter: false, cap: nil,
          winsorising: nil, isLogarithmic: false, scale: Scale(.minMax, low: 0, high: 100),
          missing: missing)), most: 100_000)
  }

  /// The weighted mean of some measures.
  private func composite(_ parts: [Rubric.Part], _ world: World, _ id: String = "R") -> Rubric {
    var rubric = rubric(id)
    var composite = Composite()
    let measures = parts.compactMap { part -> Composite.Measure? in
      if case .measure(let measure) = part.form { measure } else { nil }
    }
    let whole = measures.reduce(0) { $0 + $1.weight }
    rubric.parts = zip(parts, measures).map { part, measure in
      var (part, measure) = (part, measure)
      measure.share = Int(measure.weight / whole * 1_000_000)
      part.form = .measure(measure)
      return part
    }
    composite.measures = Array(parts.indices)
    composite.groups = [nil]
    composite.hierarchy.nodes = [
      Hierarchy.Node(
        .mean, measures.map { Hierarchy.Child(.leaf($0.leaf), weight: $0.weight) })
    ]
    rubric.composite = composite
    return rubric
  }
}
