import Tables
import Testing

@testable import RulePacks

@Suite("Composite rubrics")
struct CompositeTests {
  static let file = "rubrics/a-streets.yaml"
  static let good = """
    rubric: streets
    title: Streets
    edition: "1"
    basis: Food Act
    subject: street
    scorer: composite
    full: 100
    normalise: min-max
    impute-by: street_id
    indicators:
      - {id: M1, title: Markets, value: market_days, weight: 2, unknown: reweight}
    groups:
      - id: places
        title: Places
        aggregate: geometric
        weight: 0.5
        indicators:
          - {id: M2, title: Fit, value: fit_places, direction: lower, normalise: {by: goalposts, reference: [1, 8], to: [0, 1]}, log: yes, unknown: zero}
          - {id: M3, title: Fit twice, value: double(fit_places) / 2.0, cap: [0, 20], winsorise: {most: 3}, unknown: median}
    tiers: [{id: A, from: 50}, {id: B}]
    robustness: {weights: 10%}
    """

  @Test("are read with weights at every level, scales and policies")
  func read() throws {
    let pack = try pack(Self.good)
    let rubric = try #require(pack.rubrics.first { $0.id == "streets" })
    let composite = try #require(rubric.composite)
    #expect(rubric.parts.map(\.id) == ["M1", "M2", "M3", "places"])
    #expect(rubric.parts.map(\.kind) == [.indicator, .indicator, .indicator, .group])
    #expect(composite.measures == [0, 1, 2] && composite.groups == [3, nil])
    #expect(composite.imputedBy != nil)
    typealias Child = Hierarchy.Child
    #expect(
      composite.hierarchy.nodes == [
        Hierarchy.Node(.geometric, [Child(.leaf(1), weight: 1), Child(.leaf(2), weight: 1)]),
        Hierarchy.Node(.mean, [Child(.leaf(0), weight: 2), Child(.node(0), weight: 0.5)]),
      ])
    let measures = rubric.parts.compactMap { part -> Composite.Measure? in
      if case .measure(let measure) = part.form { measure } else { nil }
    }
    #expect(measures.map(\.missing) == [.reweight, .zero, .median])
    #expect(measures.map(\.share) == [800_000, 100_000, 100_000])
    #expect(measures[0].scale == Scale(.minMax, low: 0, high: 100))
    // The logarithms of 1 and 8 with their signs turned.
    #expect(measures[1].scale.reference.map { ($0 * 1000).rounded() } == [-2079, 0])
    #expect(measures[2].cap == 0...20 && measures[2].winsorising?.most == 3)
    #expect(rubric.robustness == Rubric.Robustness(draws: 1000, weights: 100, seed: 0))
  }

  @Test("take the greatest or the least of a group, the least by its earlier name, too")
  func greatest() throws {
    for (word, aggregate) in [("max", Aggregate.max), ("min", .min), ("worst", .min)] {
      let rubric = try #require(
        pack(Self.good.replacing("geometric", with: word)).rubrics.first { $0.id == "streets" })
      #expect(rubric.composite?.hierarchy.nodes.first?.aggregate == aggregate, "\(word)")
    }
  }

  @Test("alone may use numbers of the type double")
  func reals() throws {
    let seats = "type: int, least: 0, most: 900}"
    let found = try RegisterOfRestaurants.faults(changing: [
      ("records/1-place.yaml", seats, "type: double}"),
      ("records/2-licence.yaml", seats, "type: double}"),
      ("rubrics/hygiene.yaml", "points: 5, when: is_fit", "points: 5, when: seats > 20.5"),
    ])
    #expect(
      found.contains {
        $0.contains("is of type double, which only rubrics with “scorer: composite” may use")
      })
  }

  struct Fault: CustomTestStringConvertible, Sendable {
    var old: String
    var new: String
    /// Without the file, whose name they all begin with.
    var fault: String

    init(_ old: String, _ new: String, _ fault: String) {
      (self.old, self.new, self.fault) = (old, new, fault)
    }

    var testDescription: String { new }
  }

  static let mutations: [Fault] = [
    Fault(
      "normalise: min-max", "normalise: minmax",
      "8:12: “minmax” is not one of the choices — did you mean “min-max”? choices: min-max, goalposts, z-score, percentile, rank, borda, distance-to-max, fraction-of-max"
    ),
    Fault(
      "reference: [1, 8]", "reference: [8, 8]",
      "18:105: the two numbers are equal or in the wrong order — write [least, most], also where less is better"
    ),
    Fault(
      "reference: [1, 8]", "reference: [0, 8]",
      "18:105: 0 and negative numbers have no logarithm — write numbers above 0, or remove “log”"),
    Fault(
      "reference: [1, 8]", "reference: [8]",
      "18:105: “reference” takes two numbers — e.g. [20, 85]"),
    Fault(
      ", reference: [1, 8]", "",
      "18:78: “goalposts” needs “reference” — write [least, most]"),
    Fault(
      "to: [0, 1]", "to: [1, 0]",
      "18:117: “to” takes two numbers, the lower first — e.g. [0, 100]; for z-score the mean and deviation"
    ),
    Fault(
      "{by: goalposts, reference: [1, 8], to: [0, 1]}", "{by: rank, reference: [1, 8]}",
      "18:100: “rank” goes by the run's own places — remove “reference”"),
    Fault(
      "{by: goalposts, reference: [1, 8], to: [0, 1]}", "fraction-of-max",
      "18:78: where less is better there is no share of a maximum — use min-max or distance-to-max"
    ),
    Fault(
      "weight: 2, unknown: reweight", "weight: -2, unknown: reweight",
      "11:58: a weight cannot be negative — write “direction: lower” where less is better"),
    Fault(
      "weight: 2, unknown: reweight", "weight: 2, unknown: zero, normalise: z-score",
      "11:87: “z-score” has no least value for “unknown: zero” — use reweight, mean, median or pending"
    ),
    Fault(
      "aggregate: geometric", "aggregate: geometrical",
      "15:16: “geometrical” is not one of the choices — did you mean “geometric”? choices: mean, sum, geometric, harmonic, min, max"
    ),
    Fault(
      "cap: [0, 20], winsorise: {most: 3}", "normalise: z-score",
      "19:80: “z-score” may give negative numbers, of which there is no “geometric” mean — use a scale with ends that are not negative, e.g. goalposts"
    ),
    Fault(
      "cap: [0, 20]", "cap: [20, 20]",
      "19:74: “cap” takes two numbers, the lower first — e.g. [0, 250]"),
    Fault(
      "normalise: min-max", "deductions: []",
      "8:1: “deductions” goes with “scorer: additive” only — remove it, or change the scorer"),
    Fault(
      "value: market_days", "value: market_day",
      "11:37: nothing is called “market_day”; did you mean “market_days”? — correct the expression"),
  ]

  @Test("name every fault with its place", arguments: mutations)
  func faults(mutation: Fault) throws {
    let text = Self.good.replacing(mutation.old, with: mutation.new)
    #expect(text != Self.good)
    let found = try RegisterOfRestaurants.faults(
      changing: Self.file, RegisterOfRestaurants.files[Self.file] ?? "", to: text)
    #expect(found.contains("\(Self.file):\(mutation.fault)"), "\(found)")
  }

  @Test("refuse weights that are all 0, and indicators of additive rubrics")
  func shapes() throws {
    let weightless = Self.good.replacing("unknown: zero}", with: "unknown: zero, weight: 0}")
      .replacing("unknown: median}", with: "unknown: median, weight: 0}")
    let found = try RegisterOfRestaurants.faults(
      changing: Self.file, RegisterOfRestaurants.files[Self.file] ?? "", to: weightless)
    #expect(
      found == [
        "\(Self.file):13:5: all weights of the group are 0 — give at least one a weight above 0"
      ])
    let additive = try RegisterOfRestaurants.faults(
      changing: Self.file, "full: 10", to: "full: 10\naggregate: mean")
    #expect(
      additive == [
        "\(Self.file):7:1: “aggregate” goes with “scorer: composite” only — remove it, or change the scorer"
      ])
    let points = try RegisterOfRestaurants.faults(
      changing: Self.file, "full: 10", to: "full: 10\nscorer: composite")
    #expect(points.contains { $0.contains("there is no key “points”") })
  }

  private func pack(_ text: String) throws -> RulePack {
    try RegisterOfRestaurants.written(
      changing: Self.file, RegisterOfRestaurants.files[Self.file] ?? "", to: text
    ) { try loadRulePack(at: $0) }
  }
}
