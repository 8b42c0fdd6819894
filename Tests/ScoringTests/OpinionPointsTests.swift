import RulePacks
import Scoring
import Tables
import Testing

@Suite("Points by signed opinions")
struct OpinionPointsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var opinions: [World.Opinion]?
    var aggregate = Rubric.Opinions.Aggregate.worst
    var points: Int32
    var state = PartState.assessed
    var findings: [String] = []
    var lacks: [OpinionLack] = [.notReceived]

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "no file was delivered", opinions: nil, points: 0, state: .pending),
    Case(name: "nobody has answered", opinions: [], points: 0, state: .pending),
    Case(
      name: "one signed opinion", opinions: [.init(subject: 0, grade: "A")], points: 10_000),
    Case(
      name: "the worst decides",
      opinions: [
        .init(subject: 0, grade: "A"), .init(subject: 0, grade: "C"),
        .init(subject: 0, grade: "B"),
      ], points: 0),
    Case(
      name: "the best decides",
      opinions: [.init(subject: 0, grade: "B"), .init(subject: 0, grade: "A")],
      aggregate: .best, points: 10_000),
    Case(
      name: "the latest decides, whatever its place",
      opinions: [
        .init(subject: 0, grade: "B", signed: "2018-09-02"),
        .init(subject: 0, grade: "C", signed: "2018-08-31"),
      ], aggregate: .latest, points: 6000),
    Case(
      name: "of two signed on one day the worse decides",
      opinions: [.init(subject: 0, grade: "B"), .init(subject: 0, grade: "A")],
      aggregate: .latest, points: 6000),
    Case(
      name: "another indicator's opinion", opinions: [.init(subject: 0, about: "tax", grade: "C")],
      points: 0, state: .pending),
    Case(
      name: "another subject's opinion", opinions: [.init(subject: 1, grade: "C")], points: 0,
      state: .pending),
    Case(
      name: "an unsigned opinion does not count",
      opinions: [.init(subject: 0, grade: "C", signed: nil), .init(subject: 0, grade: "A")],
      points: 10_000, findings: ["opinion-unsigned"]),
    Case(
      name: "below the best without a basis is refused",
      opinions: [.init(subject: 0, grade: "C", basis: nil), .init(subject: 0, grade: "A")],
      points: 10_000, findings: ["opinion-without-basis"]),
    Case(
      name: "only a refused one leaves it open",
      opinions: [.init(subject: 0, grade: "C", basis: "")], points: 0, state: .pending,
      findings: ["opinion-without-basis"], lacks: [.withoutBasis]),
    Case(
      name: "only unsigned ones leave it open",
      opinions: [.init(subject: 0, grade: "A", signed: nil)], points: 0, state: .pending,
      findings: ["opinion-unsigned"], lacks: [.notSigned]),
    Case(
      name: "one that is too old does not count",
      opinions: [
        .init(subject: 0, grade: "C", signed: "2017-08-31"), .init(subject: 0, grade: "A"),
      ],
      points: 10_000, findings: ["opinion-not-in-force"]),
    Case(
      name: "only an old one and one without a basis leave it open",
      opinions: [
        .init(subject: 0, grade: "A", signed: "2017-08-31"),
        .init(subject: 0, grade: "B", basis: nil),
      ], points: 0, state: .pending,
      findings: ["opinion-not-in-force", "opinion-without-basis"],
      lacks: [.withoutBasis, .notInForce]),
    Case(
      name: "the best needs no basis", opinions: [.init(subject: 0, grade: "A", basis: nil)],
      points: 10_000),
    Case(
      name: "a grade that the rubric does not know",
      opinions: [.init(subject: 0, grade: "D"), .init(subject: 0, grade: "B")], points: 6000,
      findings: ["opinion-grade"]),
    Case(
      name: "no grade at all", opinions: [.init(subject: 0, grade: nil)], points: 0,
      state: .pending, findings: ["opinion-grade"], lacks: [.unclear]),
  ]

  @Test("counts what is signed, founded and about it", arguments: cases)
  func points(_ test: Case) async throws {
    let world = try world(test.opinions, test.aggregate)
    let scored = await scored(world)
    let card = scored.scorecards[0]
    #expect(card.parts[0].points[0] == test.points)
    #expect(card.parts[0].states[0] == test.state)
    #expect(scored.findings.filter { $0.subject == "U00" }.map(\.rule) == test.findings)
    let isOpen = test.state == .pending
    #expect(card.lower[0] == test.points)
    #expect(card.upper[0] == (isOpen ? 10_000 : test.points))
    let gaps = card.gaps.entries.indices.filter { card.gaps.entries[$0] == 0 }
    #expect(
      gaps.map { card.gaps.facts[Int(card.gaps.missing[$0])] }
        == (isOpen
          ? test.lacks.map { lack in
            Gaps.MissingFact(
              shown: "评价意见", slots: [world.opinionSlot],
              opinion: Gaps.Opinion(title: "O", office: "court", lack: lack))
          } : []))
  }

  @Test("names the delivered row of a refused opinion")
  func place() async throws {
    let world = try world(
      [.init(subject: 0, grade: "A"), .init(subject: 0, grade: "B", basis: nil)], .worst)
    let findings = await scored(world).findings.filter { $0.subject == "U00" }
    #expect(findings.map(\.place) == [Place(file: 0, line: 3, record: 2)])
  }

  private func world(
    _ opinions: [World.Opinion]?, _ aggregate: Rubric.Opinions.Aggregate
  ) throws -> World {
    var world = World(["name": .text(["甲", "乙"])], opinions: opinions)
    var rubric = rubric()
    var form = Rubric.Opinions(
      list: world.opinionSlot, record: 0,
      condition: try world.expression("row.about == 'law'", scope: 2), grade: 1, signed: 2,
      basis: 3, aggregate: aggregate,
      points: [
        Rubric.Opinions.GradePoints(grade: "A", points: 10_000),
        Rubric.Opinions.GradePoints(grade: "B", points: 6000),
        Rubric.Opinions.GradePoints(grade: "C", points: 0),
      ])
    form.inForce = try world.expression("row.signed >= date('2018-01-01')", scope: 2)
    form.office = "court"
    rubric.parts = [indicator("O", .opinions(form), most: 10_000, unknown: .pending)]
    world.add(rubric)
    return world
  }
}
