import Expressions
import RulePacks
import Scoring
import Tables
import Testing

@Suite("Gaps by what is delivered")
struct DeliveredGapsTests {
  /// Units with facts `a`, `b` and `c`, and `d` that follows from them; nobody has a value of `d`.
  private func world(
    a: [Bool?], b: [Bool?], _ form: (World) throws -> Derivation.Form
  ) throws -> World {
    var world = World([
      "a": .flag(a), "b": .flag(b), "c": .flag(a.map { _ in true }), "d": .flag(a.map { _ in nil }),
    ])
    world.pack.subjects[0].facts[3].origin = .derived(0)
    world.pack.derivations = [
      Derivation(subject: 0, slot: 3, id: "d", form: try form(world))
    ]
    return world
  }

  private func gaps(_ world: World, reading expressions: [String] = ["d"]) async throws -> [String]
  {
    var world = world
    var rubric = rubric()
    rubric.parts = try expressions.enumerated().map { number, text in
      indicator(
        "I\(number)", .condition(points: 10_000, when: try world.expression(text)), most: 10_000,
        unknown: .withhold)
    }
    world.add(rubric)
    let gaps = await scored(world).scorecards[0].gaps
    #expect(Set(gaps.missing) == Set(gaps.facts.indices.map { Int32($0) }))
    return gaps.entries.indices.map { gap in
      guard case .part(let part) = gaps.sites[gap] else { return "" }
      return "\(gaps.entries[gap]) I\(part) \(gaps.facts[Int(gaps.missing[gap])].shown)"
    }
  }

  @Test("name for each subject those facts that its derived one lacks")
  func value() async throws {
    let world = try world(a: [nil, true, nil, false], b: [nil, nil, true, nil]) {
      .value(try $0.expression("a && b && c"))
    }
    #expect(try await gaps(world) == ["0 I0 a", "0 I0 b", "1 I0 b", "2 I0 a", "3 I0 d"])
  }

  @Test("stop at the rule that could not be settled, and pass by those that may be unknown")
  func rules() async throws {
    func rule(_ id: String, _ when: CheckedExpression, skips: Bool) -> Derivation.Rule {
      Derivation.Rule(
        id: id, when: when, then: .bool(true), basis: "", finding: nil, skipsUnknown: skips)
    }
    let stops = try world(a: [nil], b: [nil]) { world in
      .rules(
        [
          rule("1", try world.expression("a"), skips: false),
          rule("2", try world.expression("b"), skips: false),
        ], otherwise: nil)
    }
    #expect(try await gaps(stops) == ["0 I0 a"])
    let skips = try world(a: [nil], b: [nil]) { world in
      .rules(
        [
          rule("1", try world.expression("a"), skips: true),
          rule("2", try world.expression("b"), skips: true),
        ], otherwise: nil)
    }
    #expect(try await gaps(skips) == ["0 I0 a", "0 I0 b"])
  }

  @Test("name a fact once a place, though it is lacked directly and through another")
  func once() async throws {
    let world = try world(a: [nil, true], b: [true, nil]) { .value(try $0.expression("a && b")) }
    #expect(
      try await gaps(world, reading: ["d && a", "d", "c"]) == [
        "0 I0 a", "0 I1 a", "1 I0 b", "1 I1 b",
      ])
  }

  @Test("are the same whatever the size of the register", arguments: [1, 16_384, 16_385, 40_000])
  func batches(count: Int) async throws {
    let a: [Bool?] = (0..<count).map { $0 % 3 == 0 ? nil : true }
    let b: [Bool?] = (0..<count).map { $0 % 5 == 0 ? nil : true }
    let world = try world(a: a, b: b) { .value(try $0.expression("a && b")) }
    var expected: [String] = []
    for row in 0..<count {
      if row % 3 == 0 { expected.append("\(row) I0 a") }
      if row % 5 == 0 { expected.append("\(row) I0 b") }
      if row % 3 != 0, row % 5 != 0 { expected.append("\(row) I0 d") }
    }
    let found = try await gaps(world)
    #expect(found.count == expected.count)
    let first = zip(found, expected).first { $0 != $1 }
    #expect(first == nil)
  }

  @Test("of a rubric's result are that rubric's own")
  func results() async throws {
    var world = World(["a": .flag([nil, true]), "b": .flag([true, nil])])
    var first = rubric("F")
    first.parts = [
      indicator(
        "X", .condition(points: 10_000, when: try world.expression("a")), most: 10_000,
        unknown: .pending)
    ]
    world.add(first)
    #expect(
      try await gapsOfSecond(world, "F_score > 5.0 && b") == ["0 a", "1 b"])
  }

  private func gapsOfSecond(_ given: World, _ text: String) async throws -> [String] {
    var world = given
    var second = rubric("S")
    second.parts = [
      indicator(
        "Y", .condition(points: 10_000, when: try world.expression(text)), most: 10_000,
        unknown: .withhold)
    ]
    world.add(second)
    let gaps = await scored(world).scorecards[1].gaps
    return gaps.entries.indices.map {
      "\(gaps.entries[$0]) \(gaps.facts[Int(gaps.missing[$0])].shown)"
    }
  }
}
