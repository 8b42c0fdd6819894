import Expressions
import RulePacks
import Tables
import Testing

@testable import Scoring

@Suite("What the examples of a rubric reach")
struct ExampleReachTests {
  @Test("is every way in which some example shows a rule coming out; the rest is named")
  func reach() throws {
    var world = World(["n": .decimal(["0"]), "b": .code(["x", "y"])])
    var rubric = rubric()
    let low = Rubric.Band(
      text: "< 5", lower: nil, includesLower: false, upper: Exact(5), includesUpper: false,
      points: 0)
    let high = Rubric.Band(
      text: ">= 5", lower: Exact(5), includesLower: true, upper: nil, includesUpper: false,
      points: 10_000)
    rubric.parts = [
      indicator("A", .bands(on: try world.expression("n"), [high, low]), most: 10_000),
      indicator(
        "B", .lookup(on: try world.expression("b"), ["x": 5000, "y": 0], otherwise: nil),
        most: 5000),
      indicator(
        "C", .condition(points: 1000, when: try world.expression("n > decimal('7')")), most: 1000),
    ]
    rubric.examples = [
      Rubric.Example(
        line: 1, given: ["n": .int(6), "b": .string("x")], score: nil, tier: nil, status: nil,
        points: [:])
    ]
    world.add(rubric)
    let tested = testExamples(rubric: 0, pack: world.pack)
    #expect(
      tested.unreached == [
        Situation(kind: .indicator, rule: "A", outcome: .band("< 5")),
        Situation(kind: .indicator, rule: "B", outcome: .code("y")),
        Situation(kind: .indicator, rule: "C", outcome: .given),
      ])
    #expect(tested.reached.count == 3)
    #expect(tested.unreached[0].message.en == "no example lies in “< 5”")
  }

  @Test("does not count rules whose facts an example leaves unknown")
  func unknown() throws {
    var world = World(["n": .decimal(["0"])])
    var rubric = rubric()
    rubric.parts = [
      indicator("A", .number(points: 10_000, value: try world.expression("n")), most: 10_000)
    ]
    rubric.examples = [
      Rubric.Example(line: 1, given: [:], score: 0, tier: nil, status: nil, points: [:])
    ]
    world.add(rubric)
    #expect(testExamples(rubric: 0, pack: world.pack).unreached.map(\.rule) == ["A"])
  }
}
