import Expressions
import Ranking
import RulePacks
import Tables
import Testing

@Suite("Screening")
struct ScreenTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var scores: [Int32]
    var statuses: [Status]?
    var candidates: [Bool?]?
    var by: [String?]?
    /// As `entry proposal rank`.
    var lines: [String]

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "the first are recommended, the next in reserve", scores: [1, 5, 3, 4, 2],
      lines: [
        "1 recommend 1", "3 recommend 2", "2 reserve 3", "4 not-selected 4", "0 not-selected 5",
      ]),
    Case(
      name: "a tie within the quota", scores: [5, 5, 1],
      lines: ["0 recommend 1", "1 recommend 1", "2 reserve 3"]),
    Case(
      name: "a tie across the quota line is for a person to decide", scores: [5, 4, 4, 3, 2],
      lines: ["0 recommend 1", "1 tied 2", "2 tied 2", "3 not-selected 4", "4 not-selected 5"]),
    Case(
      name: "a tie across the end of the reserve", scores: [5, 4, 3, 3],
      lines: ["0 recommend 1", "1 recommend 2", "2 tied 3", "3 tied 3"]),
    Case(
      name: "who waits is held, who fails is out", scores: [9, 8, 7, 6],
      statuses: [.gated, .pending, .provisional, .notEvaluable],
      lines: ["2 recommend 1", "1 waiting 0", "0 ineligible 0", "3 ineligible 0"]),
    Case(
      name: "only candidates count, and an unknown one is held", scores: [9, 8, 7],
      candidates: [false, nil, true], lines: ["2 recommend 1", "1 waiting 0"]),
    Case(
      name: "each group has its quota", scores: [9, 8, 7, 6, 5],
      by: ["乙", "甲", "乙", "乙", nil],
      lines: [
        "4 recommend 1", "0 recommend 1", "2 recommend 2", "3 reserve 3", "1 recommend 1",
      ]),
    Case(name: "nobody", scores: [], lines: []),
  ]

  @Test("proposes by rank, quota and reserve", arguments: cases)
  func proposals(_ test: Case) throws {
    let screening = try screening(test)
    #expect(
      screening.lines.map { "\($0.entry) \($0.proposal.rawValue) \($0.rank)" } == test.lines)
    for line in screening.lines where line.proposal == .tied {
      let isAtQuota = line.rank <= line.quota
      #expect(line.reason == (isAtQuota ? .tieAcrossQuota : .tieAcrossReserve))
    }
  }

  @Test("screens like with like: each cohort has its quota")
  func cohorts() throws {
    var card = card([9, 8, 7, 6])
    card.cohortNames = ["大", "小"]
    card.cohorts = [0, 0, 0, 1]
    let screening = try screening(
      Case(name: "", scores: card.scores, lines: []), card: card)
    #expect(screening.lines.map(\.group) == ["大", "大", "大", "小"])
    #expect(
      screening.lines.map(\.proposal) == [.recommend, .recommend, .reserve, .recommend])
  }

  @Test(
    "says how far each is from the other side of the quota line",
    arguments: [
      ([9, 7, 4, 2], [5, 3, -3, -5]), ([9, 7, 7, 2], [2, 0, 0, -5]), ([9, 8], [nil, nil]),
    ] as [([Int32], [Int?])])
  func toLine(scores: [Int32], distances: [Int?]) throws {
    let screening = try screening(Case(name: "", scores: scores, lines: []))
    #expect(screening.lines.map(\.toLine) == distances)
  }

  @Test(
    "sets equal scores across a line apart by the keys of the rubric, if all have them",
    arguments: [
      // Entries 1 to 3 have one score; one of them still finds room in the quota of 2.
      (
        [nil, 10, 30, 20, nil],
        ["0 recommend 1", "2 recommend 2", "3 reserve 2", "1 not-selected 2"]
      ),
      ([nil, 30, 30, 20, nil], ["0 recommend 1", "1 tied 2", "2 tied 2", "3 not-selected 2"]),
      ([nil, 20, 30, 20, nil], ["0 recommend 1", "2 recommend 2", "1 tied 2", "3 tied 2"]),
      ([nil, 10, nil, 20, nil], ["0 recommend 1", "1 tied 2", "2 tied 2", "3 tied 2"]),
    ] as [([Int64?], [String])])
  func ties(staff: [Int64?], lines: [String]) throws {
    var rubric = rubric
    rubric.ties = [Rubric.Tie(slot: 2, direction: .greatestFirst)]
    let screening = try screening(
      Case(name: "", scores: [5, 4, 4, 4, 1], lines: []), rubric: rubric, staff: staff)
    #expect(
      screening.lines.prefix(4).map { "\($0.entry) \($0.proposal.rawValue) \($0.rank)" } == lines)
    let broken = screening.lines.filter { $0.reason == .tieBroken }.map(\.entry)
    let settled = lines.dropFirst().filter { !$0.contains("tied") }
    #expect(broken == settled.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } })
  }

  @Test("takes those of a better tier first, and tells no points across tiers")
  func withinTiers() throws {
    var card = card([9, 8, 7, 6])
    card.tiers = [1, 0, 0, 1]
    card.rankWithinTiers()
    var rubric = rubric
    rubric.ranksWithinTiers = true
    let screening = try screening(
      Case(name: "", scores: card.scores, lines: []), card: card, rubric: rubric)
    #expect(screening.lines.map(\.entry) == [1, 2, 0, 3])
    #expect(screening.lines.map(\.toLine) == [nil, nil, nil, nil])
    card.tiers = [1, 0, 0, 0]
    card.rankWithinTiers()
    let other = try self.screening(
      Case(name: "", scores: card.scores, lines: []), card: card, rubric: rubric)
    #expect(other.lines.map(\.entry) == [1, 2, 3, 0])
    #expect(other.lines.map(\.toLine) == [2, 1, -1, nil])
  }

  private func screening(
    _ test: Case, card given: Scorecard? = nil, rubric: Rubric = rubric, staff: [Int64?] = []
  ) throws -> Screening {
    var card = given ?? card(test.scores)
    if let statuses = test.statuses { card.statuses = statuses }
    var nominated = Cells<Bool>()
    var groups = TextColumn()
    for entry in test.scores.indices {
      let flag = test.candidates?[entry]
      nominated.append(flag == true, flag == .some(.none) ? .notStated : .stated)
      if let group = test.by?[entry] ?? nil {
        groups.append(group)
      } else {
        groups.appendAbsent(.notStated)
      }
    }
    var table = table(test.scores.count)
    var counts = Cells<Int64>()
    for entry in test.scores.indices {
      let count = staff.indices.contains(entry) ? staff[entry] : nil
      counts.append(count ?? 0, count == nil ? .notStated : .stated)
    }
    table.facts = [.own(.flag(nominated)), .own(.text(groups)), .own(.number(counts))]
    var kind = SubjectKind(id: "unit", title: "", identity: [], name: 1)
    kind.facts = [
      Fact(id: "nominated", label: "", type: .bool, origin: .record(record: 0, field: 0)),
      Fact(id: "district", label: "", type: .string, origin: .record(record: 0, field: 1)),
      Fact(id: "staff", label: "", type: .int, origin: .record(record: 0, field: 2)),
    ]
    var pack = RulePack(about: RulePack.About())
    pack.subjects = [kind]
    pack.rubrics = [rubric]
    pack.environment = Environment(scopes: [
      Scope(names: [
        "nominated": Binding(shown: "nominated", type: .bool, meaning: .fact(slot: 0))
      ])
    ])
    var plan = RunPlan()
    plan.honours = [
      RunPlan.Honour(
        id: "H", title: "", rubric: 0, quota: 2, reserve: 1,
        candidates: test.candidates == nil
          ? nil : try check("nominated", in: pack.environment, scope: 0),
        by: test.by == nil ? nil : 1)
    ]
    return screen(
      card, standings: rank(card, subjects: table, rubric: rubric), honour: 0, plan: plan,
      pack: pack, dossiers: Dossiers(records: [], subjects: [table]))
  }
}
