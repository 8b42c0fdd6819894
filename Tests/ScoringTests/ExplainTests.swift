import Expressions
import Labels
import RulePacks
import Scoring
import Tables
import Testing

@Suite("Explaining one result")
struct ExplainTests {
  @Test("gives what the run gave, and its parts add up to the score")
  func agrees() async throws {
    let world = try world()
    let card = await scored(world).scorecards[0]
    for entry in card.subjects.indices {
      let explanation = explain(world.dossiers, pack: world.pack, rubric: 0, row: entry)
      #expect(explanation.subject == "U0\(entry)")
      #expect(explanation.score == Int(card.scores[entry]))
      #expect(explanation.upper == Int(card.upper[entry]))
      #expect(explanation.status == card.statuses[entry])
      #expect(explanation.assessed == Int(card.assessed[entry]))
      #expect(explanation.parts.map(\.points) == card.parts.map { Int($0.points[entry]) })
      #expect(explanation.parts.map(\.state) == card.parts.map { $0.states[entry] })
      #expect(explanation.parts.reduce(0) { $0 + $1.points } == explanation.score)
    }
  }

  @Test("names the facts that were read, their values, and the office where one is missing")
  func evidence() throws {
    let world = try world()
    let known = explain(world.dossiers, pack: world.pack, rubric: 0, row: 0).parts[0]
    #expect(known.rule == "staff: [..20) → 2; [20..) → 4")
    #expect(known.facts.map(\.value) == ["12 人"])
    #expect(known.facts.map(\.office) == [nil])
    let missing = explain(world.dossiers, pack: world.pack, rubric: 0, row: 1).parts[0]
    #expect(missing.facts.map(\.value) == [nil])
    #expect(missing.facts.map(\.office) == ["bureau"])
    #expect(missing.facts.map(\.absence) == [.notStated])
  }

  @Test("says which band decided, in both languages, and nothing of a fact that is not public")
  func decided() throws {
    var world = try world()
    let part = explain(world.dossiers, pack: world.pack, rubric: 0, row: 0).parts[0]
    #expect(part.sentence.zh == "按“staff”计分：小于 20 得 2 分；不少于 20 得 4 分")
    #expect(part.sentence.en == "points by “staff”: less than 20 – 2 points; 20 or more – 4 points")
    #expect(part.because.map(\.sentence.zh) == ["“staff”为 12，属于“小于 20”"])
    #expect(part.because.map(\.outcome.en) == ["2 points"])
    world.pack.subjects[0].facts[0].sensitivity = .personal
    let hidden = explain(world.dossiers, pack: world.pack, rubric: 0, row: 0).parts[0]
    #expect(hidden.because.isEmpty)
    #expect(hidden.facts.map(\.value) == ["***"])
    #expect(hidden.facts.map(\.shown) == [Bilingual(zh: "***", en: "***")])
  }

  @Test("opens derived facts into what they were derived from")
  func derived() throws {
    let world = try world()
    let part = explain(world.dossiers, pack: world.pack, rubric: 0, row: 0).parts[1]
    #expect(part.facts.map(\.fact) == ["large"])
    #expect(part.facts[0].value == "否")
    #expect(part.facts[0].rule == "staff >= 100")
    #expect(part.facts[0].from.map(\.fact) == ["staff"])
  }

  @Test("shows each opinion with its row, and why one does not count")
  func opinions() throws {
    let world = try world()
    let list = explain(world.dossiers, pack: world.pack, rubric: 0, row: 0).parts[2].facts[0]
    #expect(list.value == "2")
    #expect(list.from.map(\.value) == ["A", "B"])
    #expect(list.from.map(\.rule) == [nil, "opinion-without-basis"])
    #expect(
      list.from.map(\.provenance) == [
        Provenance(record: 0, field: 1, row: 0), Provenance(record: 0, field: 1, row: 2),
      ])
    #expect(list.from[0].from.map(\.value) == ["A", "2018-09-01", "〔2018〕1号"])
  }

  @Test("tells of a row that was not accepted that it is not used, and neither counts it nor not")
  func unaccepted() throws {
    var world = World(
      ["name": .text(["甲"])],
      opinions: [
        World.Opinion(subject: 0, grade: "A"), World.Opinion(subject: 0, grade: nil, basis: nil),
      ])
    world.dossiers.records[0].unaccepted = 1
    let list = try opinions(
      of: &world, "grade", slot: 1, when: "opinions.exists(o, o.grade == 'D')")
    #expect(list.value == "2" && list.counted == 0)
    #expect(list.from.map(\.counts) == [false, nil])
    #expect(list.from[0].sentence == nil && list.from[1].sentence == RowLabel.notUsed)
    #expect(list.from[1].from.isEmpty && list.from[1].provenance?.row == 1)
  }

  @Test("shows the rows of a list, at most twenty, and nothing that is not public")
  func lists() throws {
    var world = World(
      ["name": .text(["甲"])],
      opinions: (0..<25).map { _ in World.Opinion(subject: 0, grade: "A") })
    world.pack.records[0].fields[3].sensitivity = .personal
    let list = try opinions(
      of: &world, "basis", slot: 3,
      when: "opinions.exists(o, o.about == 'law' && o.basis != '')")
    #expect(list.value == "25")
    #expect(list.from.count == 20)
    #expect(list.from[0].from.map(\.value) == ["law", "***"])
    #expect(list.from[0].from.map { $0.provenance == nil } == [false, true])
  }

  /// The list of opinions, as it is told beside an indicator that asks about a field of its rows.
  private func opinions(
    of world: inout World, _ field: String, slot: Int, when: String
  ) throws -> Explanation.Evidence {
    world.pack.environment.scopes[1].names[field] = Binding(
      shown: field, type: .string, meaning: .fact(slot: slot))
    world.pack.environment.scopes[0].names["opinions"] = Binding(
      shown: "opinions", type: .list(.row(scope: 1)), meaning: .fact(slot: world.opinionSlot))
    var rubric = rubric()
    rubric.parts = [
      indicator("L", .condition(points: 1000, when: try world.expression(when)), most: 1000)
    ]
    world.add(rubric)
    return explain(world.dossiers, pack: world.pack, rubric: 0, row: 0).parts[0].facts[0]
  }

  /// Two subjects: one complete, one without its number of staff.
  private func world() throws -> World {
    var world = World(
      ["staff": .whole([12, nil]), "large": .flag([false, nil])],
      opinions: [
        World.Opinion(subject: 0, grade: "A"), World.Opinion(subject: 1, grade: "B"),
        World.Opinion(subject: 0, grade: "B", basis: nil),
      ])
    world.pack.subjects[0].facts[0].unit = "人"
    world.pack.subjects[0].facts[0].office = "bureau"
    world.pack.subjects[0].facts[1].origin = .derived(0)
    world.pack.derivations = [
      Derivation(
        subject: 0, slot: 1, id: "large", form: .value(try world.expression("staff >= 100")))
    ]
    var rubric = rubric()
    rubric.parts = [
      indicator(
        "S",
        .bands(on: try world.expression("staff"), [band(nil, "20", 2000), band("20", nil, 4000)]),
        most: 4000),
      indicator("L", .condition(points: 500, when: try world.expression("large")), most: 500),
      indicator(
        "O",
        .opinions(
          Rubric.Opinions(
            list: world.opinionSlot, record: 0, condition: nil, grade: 1, signed: 2, basis: 3,
            aggregate: .worst,
            points: [
              Rubric.Opinions.GradePoints(grade: "A", points: 10_000),
              Rubric.Opinions.GradePoints(grade: "B", points: 6000),
            ])), most: 10_000, unknown: .pending),
    ]
    world.add(rubric)
    return world
  }
}
