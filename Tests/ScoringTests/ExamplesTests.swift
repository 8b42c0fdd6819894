import Expressions
import Foundation
import RulePacks
import Tables
import Testing

@testable import Scoring

@Suite("Examples of a rubric")
struct ExamplesTests {
  @Test("hold where the rubric gives what they say")
  func hold() throws {
    let world = try world(
      given: ["a": .decimal(Exact(millionths: 7_250_000)), "b": .string("x")], score: 12_300,
      status: "ranked", points: ["A": 7300, "B": 5000])
    #expect(failuresOfExamples(rubric: 0, pack: world.pack).isEmpty)
  }

  @Test("say what was expected and what was found, with the line")
  func fail() throws {
    let world = try world(
      given: ["a": .int(3), "b": nil], score: 8000, status: "ranked", points: ["A": 3000])
    let failures = failuresOfExamples(rubric: 0, pack: world.pack)
    #expect(
      failures == [
        ExampleFailure(rubric: "R", line: 7, what: "score", expected: "8", found: "3"),
        ExampleFailure(
          rubric: "R", line: 7, what: "status", expected: "ranked", found: "provisional"),
      ])
    #expect(failures[0].message.en == "score should be 8, is 3")
  }

  @Test("fail that expect a tier of a subject that waits for a fact, which is published in none")
  func tierOfPending() throws {
    var world = World(["a": .decimal(["0"]), "b": .decimal(["0"])])
    var rubric = rubric()
    rubric.parts = [
      indicator("A", .number(points: 10_000, value: try world.expression("a")), most: 10_000)
    ]
    rubric.tiers = [
      Rubric.Tier(id: "high", title: "high", from: 8000),
      Rubric.Tier(id: "low", title: "low", from: nil),
    ]
    rubric.caps = [
      Rubric.Cap(
        id: "C", text: "C", when: try world.expression("b > 5"), unknown: .pending, basis: "",
        limit: .tier(1))
    ]
    rubric.examples = [
      Rubric.Example(
        line: 7, given: ["a": .int(9)], score: 9000, tier: "high", status: nil, points: [:]),
      Rubric.Example(
        line: 8, given: ["a": .int(9), "b": .int(1)], score: 9000, tier: "high", status: "ranked",
        points: [:]),
    ]
    world.add(rubric)
    #expect(
      failuresOfExamples(rubric: 0, pack: world.pack) == [
        ExampleFailure(
          rubric: "R", line: 7, what: "tier", expected: "high", found: "— (pending)")
      ])
  }

  @Test("of the sample pack all hold")
  func samplePack() throws {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let pack = try loadRulePack(at: root.path + "/inputs/rules/luoyang-2018")
    for index in pack.rubrics.indices {
      let failures = failuresOfExamples(rubric: index, pack: pack)
      for failure in failures {
        Issue.record("\(failure.rubric), line \(failure.line): \(failure.message.en)")
      }
    }
    #expect(pack.rubrics.contains { !$0.examples.isEmpty })
  }

  private func world(
    given: [String: Value?], score: Int, status: String, points: [String: Int]
  ) throws -> World {
    var world = World(["a": .decimal(["0"]), "b": .code(["x"])])
    var rubric = rubric()
    rubric.parts = [
      indicator(
        "A", .number(points: 10_000, value: try world.expression("a")), most: 10_000),
      indicator(
        "B", .lookup(on: try world.expression("b"), ["x": 5000], otherwise: 0), most: 5000),
    ]
    rubric.examples = [
      Rubric.Example(
        line: 7, given: given, score: score, tier: nil, status: status, points: points)
    ]
    world.add(rubric)
    return world
  }
}
