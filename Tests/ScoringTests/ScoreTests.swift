import Expressions
import RulePacks
import Scoring
import Tables
import Testing

@Suite("Scoring a rubric")
struct ScoreTests {
  // MARK: - Unknown facts

  @Test(
    "does with a missing fact what the rule says",
    arguments: [
      (.withhold, 0, .withheld, .provisional, 500, 40_000, 100_000),
      (.zero, 0, .zeroed, .ranked, 1000, 40_000, 40_000),
      (.pending, 0, .pending, .pending, 500, 40_000, 100_000),
      (.carry, 0, .withheld, .provisional, 500, 40_000, 100_000),
    ] as [(Rubric.Unknown, Int32, PartState, Status, Int16, Int32, Int32)])
  func unknown(
    unknown: Rubric.Unknown, points: Int32, state: PartState, status: Status, assessed: Int16,
    lower: Int32, upper: Int32
  ) async throws {
    var world = World(["a": .flag([true]), "b": .flag([nil])])
    var rubric = rubric()
    rubric.parts = [
      indicator("A", .condition(points: 40_000, when: try world.expression("a")), most: 60_000),
      indicator(
        "B", .condition(points: 60_000, when: try world.expression("b")), most: 60_000,
        unknown: unknown),
    ]
    world.add(rubric)
    let card = await scored(world).scorecards[0]
    #expect(card.parts[1].points == [points])
    #expect(card.parts[1].states == [state])
    #expect(card.statuses == [status])
    #expect(card.assessed == [assessed])
    #expect(card.lower == [lower])
    #expect(card.upper == [upper])
    #expect(card.gaps.facts == [Gaps.MissingFact(shown: "b", slots: [1])])
    #expect(card.gaps.sites == [.part(1)])
  }

  @Test("carries the points, gates and caps of the run before, marked")
  func carry() async throws {
    var world = World(["a": .flag([nil, nil]), "n": .whole([nil, nil])])
    var rubric = rubric()
    rubric.tiers = [
      Rubric.Tier(id: "A", title: "", from: 40_000), Rubric.Tier(id: "B", title: "", from: nil),
    ]
    rubric.gates = [
      gate("G", try world.expression("a"), .carry)
    ]
    rubric.parts = [
      indicator(
        "I", .number(points: 50_000, value: try world.expression("n")), most: 50_000,
        unknown: .carry)
    ]
    rubric.caps = [
      Rubric.Cap(
        id: "C", text: "", when: try world.expression("a"), unknown: .carry, basis: "",
        limit: .tier(1))
    ]
    world.add(rubric)
    let before = CarriedResults(
      subjects: ["U01", "U00"], points: ["I": [nil, 45_000]], gates: ["G": [.pending, .met]],
      caps: ["C": [nil, .capped]])
    let card = await scored(world, carried: ["R": before]).scorecards[0]
    #expect(card.parts[0].points == [45_000, 0])
    #expect(card.parts[0].states == [.carried, .withheld])
    #expect(card.lower == [45_000, 0])
    #expect(card.upper == [45_000, 50_000])
    #expect(card.gates == [[.met, .pending]])
    #expect(card.caps == [[.capped, .free]])
    #expect(card.tiers == [1, 1])
    #expect(card.statuses == [.ranked, .pending])
  }

  // MARK: - Gates, status

  @Test(
    "takes the first status that applies",
    arguments: [
      (true, true, 100, .ranked), (false, nil, nil, .gated), (true, nil, nil, .pending),
      (nil, true, 100, .pending), (true, true, nil, .notEvaluable),
    ] as [(Bool?, Bool?, Int64?, Status)])
  func statuses(gate: Bool?, waits: Bool?, withheld: Int64?, status: Status) async throws {
    var world = World(["g": .flag([gate]), "w": .flag([waits]), "h": .whole([withheld])])
    var rubric = rubric()
    rubric.minimumAssessed = 501
    rubric.gates = [self.gate("G", try world.expression("g"), .withhold)]
    rubric.parts = [
      indicator(
        "W", .condition(points: 50_000, when: try world.expression("w")), most: 50_000,
        unknown: .pending),
      indicator(
        "H", .bands(on: try world.expression("h"), [band(nil, nil, 50_000)]), most: 50_000),
    ]
    world.add(rubric)
    #expect(await scored(world).scorecards[0].statuses == [status])
  }

  @Test(
    "takes an unknown gate as its rule says",
    arguments: [
      (.withhold, .pending), (.pending, .pending), (.zero, .failed), (.carry, .pending),
    ] as [(Rubric.Unknown, GateState)])
  func unknownGate(unknown: Rubric.Unknown, state: GateState) async throws {
    var world = World(["g": .flag([nil])])
    var rubric = rubric()
    rubric.gates = [gate("G", try world.expression("g"), unknown)]
    world.add(rubric)
    let card = await scored(world).scorecards[0]
    #expect(card.gates == [[state]])
    #expect(card.gaps.sites == [.gate(0)])
  }

  @Test("calls unrated whom only a gate of that kind stops, and not eligible whom another does")
  func unrated() async throws {
    var world = World([
      "rated": .flag([true, false, false, false, nil]),
      "fit": .flag([true, true, false, nil, true]),
    ])
    var rubric = rubric()
    var listed = gate("G1", try world.expression("rated"), .pending)
    listed.marksUnrated = true
    rubric.gates = [listed, gate("G2", try world.expression("fit"), .pending)]
    world.add(rubric)
    let card = await scored(world).scorecards[0]
    #expect(card.statuses == [.ranked, .unrated, .gated, .unrated, .pending])
    #expect(card.gates[0] == [.met, .failed, .failed, .failed, .pending])
  }

  @Test("leaves out of the full mark what does not concern a subject")
  func notApplicable() async throws {
    var world = World([
      "a": .flag([true, true, true]), "on": .flag([true, false, nil]),
      "n": .whole([nil, nil, 3]),
    ])
    var rubric = rubric()
    var part = indicator(
      "N",
      .ratio(
        points: 30_000, part: try world.expression("n"), whole: try world.expression("3")),
      most: 30_000)
    part.applies = try world.expression("on")
    rubric.parts = [
      indicator("A", .condition(points: 70_000, when: try world.expression("a")), most: 70_000),
      part,
    ]
    world.add(rubric)
    let card = await scored(world).scorecards[0]
    #expect(card.parts[1].states == [.withheld, .notApplicable, .withheld])
    #expect(card.assessed == [700, 1000, 700])
    #expect(card.statuses == [.provisional, .ranked, .provisional])
    #expect(card.lower == [70_000, 70_000, 70_000])
    #expect(card.upper == [100_000, 70_000, 100_000])
    #expect(card.gaps.entries == [0, 2])
  }

  @Test("is about the subjects for which it applies, and lists where that is unknown")
  func applies() async throws {
    var world = World(["on": .flag([true, nil, false, true])])
    var rubric = rubric()
    rubric.applies = try world.expression("on")
    world.add(rubric)
    let scored = await scored(world)
    #expect(scored.scorecards[0].subjects == [0, 3])
    #expect(scored.findings.map(\.subject) == ["U01"])
    #expect(scored.findings.map(\.rule) == ["applies-unknown"])
  }

  @Test("leaves out rubrics that the purpose does not allow")
  func purposes() async {
    var world = World(["a": .flag([true])])
    var other = rubric("other")
    other.purposes = ["else"]
    world.add(other)
    world.add(rubric())
    let scored = await scored(world)
    #expect(scored.scorecards.map(\.rubric) == [1])
  }

  // MARK: - Caps and tiers

  @Test(
    "caps the tier or the score, for certain, not at all, or not yet",
    arguments: [
      (.tier(1), true, .withhold, .capped, 90_000, 1, 1, .ranked),
      (.tier(1), false, .withhold, .free, 90_000, 0, 0, .ranked),
      (.tier(1), nil, .withhold, .free, 90_000, 0, 0, .provisional),
      (.tier(1), nil, .pending, .pending, 90_000, 0, 0, .pending),
      (.tier(1), nil, .zero, .capped, 90_000, 1, 1, .ranked),
      (.score(60_000), true, .withhold, .capped, 60_000, 1, 1, .ranked),
      (.score(60_000), nil, .pending, .pending, 90_000, 0, 0, .pending),
    ] as [(Rubric.Cap.Limit, Bool?, Rubric.Unknown, CapState, Int32, Int16, Int16, Status)])
  func caps(
    limit: Rubric.Cap.Limit, holds: Bool?, unknown: Rubric.Unknown, state: CapState,
    score: Int32, tier: Int16, best: Int16, status: Status
  ) async throws {
    var world = World(["c": .flag([holds]), "n": .whole([90])])
    var rubric = rubric()
    rubric.tiers = [
      Rubric.Tier(id: "A", title: "", from: 80_000), Rubric.Tier(id: "B", title: "", from: nil),
    ]
    rubric.parts = [
      indicator(
        "I", .number(points: 100_000, value: try world.expression("n")), most: 100_000)
    ]
    rubric.caps = [
      Rubric.Cap(
        id: "C", text: "", when: try world.expression("c"), unknown: unknown, basis: "",
        limit: limit)
    ]
    world.add(rubric)
    let card = await scored(world).scorecards[0]
    #expect(card.caps == [[state]])
    #expect(card.scores == [score])
    #expect(card.tiers == [tier])
    #expect(card.bestTiers == [best])
    #expect(card.statuses == [status])
    #expect(card.upper == [score])
    let mayFall = limit == .score(60_000) && state == .pending
    #expect(card.lower == [mayFall ? 60_000 : score])
  }

  @Test(
    "gives the tier that the score reaches",
    arguments: [(0, 2), (599, 2), (600, 1), (899, 1), (900, 0), (1000, 0)] as [(Int64, Int16)])
  func tiers(tenths: Int64, tier: Int16) async throws {
    var world = World(["n": .whole([tenths])])
    var rubric = rubric()
    rubric.tiers = [
      Rubric.Tier(id: "A", title: "", from: 90_000),
      Rubric.Tier(id: "B", title: "", from: 60_000), Rubric.Tier(id: "C", title: "", from: nil),
    ]
    rubric.parts = [
      indicator(
        "I", .each(points: 100, count: try world.expression("n"), limit: nil), most: 100_000)
    ]
    world.add(rubric)
    #expect(await scored(world).scorecards[0].tiers == [tier])
  }

  // MARK: - Results for others

  @Test("lets later rubrics read what earlier ones gave, and not what still waits")
  func results() async throws {
    var world = World(["a": .flag([true, nil])])
    var first = rubric("first")
    first.tiers = [
      Rubric.Tier(id: "A", title: "", from: 50_000), Rubric.Tier(id: "B", title: "", from: nil),
    ]
    first.parts = [
      indicator(
        "I", .condition(points: 60_000, when: try world.expression("a")), most: 60_000,
        unknown: .pending)
    ]
    world.add(first)
    var second = rubric("second")
    second.parts = [
      indicator(
        "S", .number(points: 100_000, value: try world.expression("first_score")),
        most: 100_000),
      indicator(
        "T",
        .lookup(
          on: try world.expression("first_status + first_tier"), ["rankedA": 1000],
          otherwise: 0), most: 1000),
      indicator(
        "W", .condition(points: 500, when: try world.expression("first_status == 'pending'")),
        most: 500),
    ]
    world.add(second)
    let card = await scored(world).scorecards[1]
    #expect(card.parts[0].points == [60_000, 0])
    #expect(card.parts[1].points == [1000, 0])
    #expect(card.parts[2].points == [0, 500])
    #expect(card.parts[0].states == [.assessed, .withheld])
  }

  @Test("reads the members of a subject and what other rubrics gave them")
  func members() async throws {
    var world = World(["name": .text(["甲", "乙", "丙"]), "good": .flag([true, nil, false])])
    var first = rubric("first")
    first.parts = [
      indicator(
        "I", .condition(points: 60_000, when: try world.expression("good")), most: 60_000)
    ]
    world.add(first)
    let units = world.pack.subjects[0]
    var zone = SubjectKind(id: "zone", title: "园区", identity: [], name: 0)
    zone.facts = [
      Fact(
        id: "units", label: "单位", type: .list(.row(scope: 0)),
        origin: .members(subject: 0, reference: 0))
    ]
    zone.facts += Fact.Result.allCases.map {
      Fact(id: $0.rawValue, label: "", type: .string, origin: .result(rubric: "zones", $0))
    }
    world.pack.subjects.append(zone)
    var ids = TextColumn()
    ids.append("东区")
    ids.append("西区")
    world.dossiers.subjects.append(
      SubjectTable(
        ids: ids,
        facts: [.members(subject: 0, offsets: [0, 2, 3], rows: [0, 1, 2])]
          + Array(repeating: .absent, count: 3)))
    world.pack.environment.scopes.append(
      Scope(names: [
        "units": Binding(
          shown: "units", type: .list(.row(scope: 0)), meaning: .fact(slot: 0))
      ]))
    var zones = Rubric(
      id: "zones", title: "", edition: "", basis: "", subject: 1, full: 10_000)
    (zones.scoreSlot, zones.tierSlot, zones.statusSlot) = (1, 2, 3)
    zones.parts = [
      indicator(
        "Z",
        .ratio(
          points: 10_000,
          part: try world.expression("units.filter(u, u.first_score >= 60).size()", scope: 3),
          whole: try world.expression("units.size()", scope: 3)), most: 10_000)
    ]
    world.pack.rubrics.append(zones)
    let scored = await scored(world)
    #expect(units.fact("first_score") != nil)
    #expect(scored.scorecards[1].scores == [5000, 0])
    #expect(scored.scorecards[1].statuses == [.ranked, .ranked])
    var dossiers = world.dossiers
    _ = await score(
      &dossiers, pack: world.pack, settings: ScoreSettings(purpose: "test"))
    let list = explain(dossiers, pack: world.pack, rubric: 1, row: 0).parts[0].facts[0]
    #expect(list.value == "2")
    #expect(list.from.map(\.label) == ["甲", "乙"])
    #expect(list.from.map { $0.from.map(\.value) } == [["60"], ["0"]])
  }

  // MARK: - Cohorts

  @Test("names cohorts by the facts' values, codes by their names, in order of the text")
  func cohorts() async {
    var world = World([
      "kind": .code(["b", "a", nil, "b"]), "size": .whole([1, 2, 1, 1]),
    ])
    var table = CodeTable(id: "kinds", codes: [], attributes: [], index: [:])
    table.codes = [
      CodeTable.Code(code: "a", name: "Alpha"), CodeTable.Code(code: "b", name: "Beta"),
    ]
    world.pack.codes = [table]
    world.pack.subjects[0].facts[0].codes = 0
    var rubric = rubric()
    rubric.cohort = [0, 1]
    world.add(rubric)
    let card = await scored(world).scorecards[0]
    #expect(card.cohortNames == ["Alpha·2", "Beta·1", "—·1"])
    #expect(card.cohorts == [1, 0, 2, 1])
  }

  // MARK: - Batches

  @Test("gives the same whatever the number of jobs, in order of the subjects")
  func jobs() async throws {
    let count = Dossiers.batchSize * 2 + 77
    let numbers = (0..<count).map { $0 % 7 == 0 ? nil : Int64($0 % 101) }
    var world = World(["n": .whole(numbers), "k": .whole((0..<count).map { Int64($0 % 3) })])
    var rubric = rubric()
    rubric.cohort = [1]
    rubric.applies = try world.expression("k < 2")
    rubric.parts = [
      indicator("I", .number(points: 90_000, value: try world.expression("n")), most: 90_000)
    ]
    world.add(rubric)
    let one = await scored(world, jobs: 1)
    let three = await scored(world, jobs: 3)
    let card = one.scorecards[0]
    #expect(card.subjects.elementsEqual((0..<Int32(count)).filter { $0 % 3 < 2 }))
    for entry in card.subjects.indices {
      let number = numbers[Int(card.subjects[entry])]
      #expect(card.scores[entry] == Int32(min(number ?? 0, 90) * 1000))
      #expect(card.parts[0].states[entry] == (number == nil ? .withheld : .assessed))
    }
    let lacking = card.subjects.indices.filter { numbers[Int(card.subjects[$0])] == nil }
    #expect(card.gaps.entries == lacking.map { Int32($0) })
    #expect(three.scorecards[0].scores == card.scores)
    #expect(three.scorecards[0].gaps.entries == card.gaps.entries)
    #expect(three.scorecards[0].cohorts == card.cohorts)
    #expect(three.findings.map(\.subject) == one.findings.map(\.subject))
    #expect(one.findings.map(\.rule).allSatisfy { $0 == "out-of-range" })
  }

  private func gate(
    _ id: String, _ require: CheckedExpression, _ unknown: Rubric.Unknown
  ) -> Rubric.Gate {
    Rubric.Gate(
      id: id, text: id, require: require, unknown: unknown, basis: "依据", cure: "补报",
      contact: "")
  }
}
