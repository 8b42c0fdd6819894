import Expressions
import RulePacks
import Scoring
import Tables
import Testing

/// The bounds of every form of criterion against brute force: every way in which its facts can be
/// known or missing, and for each the least and greatest score over all values of what is missing.
@Suite("Bounds of every form")
struct FormBoundsTests {
  /// One value of a fact.
  enum Cell: Hashable {
    case whole(Int64)
    case decimal(String)
    case flag(Bool)
    case code(String)
    /// Signed opinions.
    case grades(String)
  }

  struct Fact {
    var name: String
    var values: [Cell]
    /// Values that only stand for “however great”, and are not proved when they are known.
    var limits: [Cell] = []
  }

  /// A criterion on facts of its own.
  struct Form {
    var name: String
    var facts: [Fact]
    var part: (World) throws -> Rubric.Part
  }

  @Test("are what missing facts give at worst and at best, for each form and each pair of forms")
  func extremes() async throws {
    let forms = try Self.forms
    var rows = 0
    for (index, form) in forms.enumerated() {
      rows += try await prove([form])
      for other in forms[(index + 1)...] { rows += try await prove([form, other]) }
    }
    print("bounds: \(forms.count) forms alone and in pairs, \(rows) cases hold")
    #expect(rows > 4000)
  }

  @Test("are so under caps on the score and on the tier, whatever is known of them")
  func caps() async throws {
    let forms = try Self.forms
    var rows = 0
    for form in forms {
      for unknown in [Rubric.Unknown.withhold, .pending, .carry] {
        rows += try await prove([form], cap: unknown)
      }
    }
    print("bounds: \(rows) cases under caps hold")
    #expect(rows > 1000)
  }

  @Test("leave nothing open where the rubric counts what is missing as zero")
  func zero() async throws {
    for var form in try Self.forms {
      let plain = form.part
      form.part = { world in
        var part = try plain(world)
        part.unknown = .zero
        return part
      }
      let table = Table([form.facts], extra: [])
      let card = try await card(table, [form], cap: nil)
      for entry in 0..<table.count where card.parts[1].states[entry] == .zeroed {
        #expect(card.parts[1].points[entry] == 0, "\(form.name)")
        #expect(card.lower[entry] == card.scores[entry], "\(form.name)")
        #expect(card.upper[entry] == card.scores[entry], "\(form.name)")
      }
    }
  }

  // MARK: - Proof

  private func prove(_ forms: [Form], cap: Rubric.Unknown? = nil) async throws -> Int {
    let flags = [Cell.flag(false), .flag(true)]
    let extra =
      cap == nil ? [] : [Fact(name: "cs", values: flags), Fact(name: "ct", values: flags)]
    let table = Table(forms.map(\.facts), extra: extra)
    let card = try await card(table, forms, cap: cap)
    let name = forms.map(\.name).joined(separator: " + ")
    var proved = 0
    for entry in 0..<table.count where !table.isAtLimit(entry) {
      proved += 1
      let filled = table.filled(entry)
      let scores = filled.map { card.scores[$0] }
      let about = "\(name): \(table.shown(entry)), score \(card.scores[entry])"
      #expect(card.lower[entry] == scores.min(), "lower of \(about)")
      #expect(card.upper[entry] == scores.max(), "upper of \(about)")
      #expect(card.bestTiers[entry] == filled.map { card.tiers[$0] }.min(), "tier of \(about)")
    }
    return proved
  }

  /// All combinations of values, or nothing, of some facts, numbered with the first fact slowest.
  private struct Table {
    let facts: [Fact]
    let count: Int

    init(_ groups: [[Fact]], extra: [Fact]) {
      var facts: [Fact] = []
      for (index, group) in groups.enumerated() {
        facts += group.map {
          Fact(name: "\($0.name)\(index)", values: $0.values, limits: $0.limits)
        }
      }
      self.facts = facts + extra
      count = self.facts.reduce(1) { $0 * ($1.values.count + 1) }
    }

    /// The place of each fact's value; the last place is nothing.
    private func places(_ entry: Int) -> [Int] {
      var rest = entry
      return facts.reversed().map { fact in
        defer { rest /= fact.values.count + 1 }
        return rest % (fact.values.count + 1)
      }.reversed()
    }

    func value(_ fact: Int, _ entry: Int) -> Cell? {
      let place = places(entry)[fact]
      return place < facts[fact].values.count ? facts[fact].values[place] : nil
    }

    func isAtLimit(_ entry: Int) -> Bool {
      facts.indices.contains { index in
        value(index, entry).map { facts[index].limits.contains($0) } ?? false
      }
    }

    func shown(_ entry: Int) -> String {
      facts.indices.map { index in
        "\(facts[index].name) \(value(index, entry).map { "\($0)" } ?? "missing")"
      }.joined(separator: ", ")
    }

    /// The entries in which what is missing here has a value, and all else is the same.
    func filled(_ entry: Int) -> [Int] {
      var entries = [0]
      for (place, fact) in zip(places(entry), facts) {
        let choices = place < fact.values.count ? [place] : Array(fact.values.indices)
        entries = entries.flatMap { base in
          choices.map { base * (fact.values.count + 1) + $0 }
        }
      }
      return entries
    }
  }

  private func card(
    _ table: Table, _ forms: [Form], cap: Rubric.Unknown?
  ) async throws -> Scorecard {
    var listed: [(key: String, value: World.Given)] = []
    var opinions: [World.Opinion]?
    for (index, fact) in table.facts.enumerated() {
      let cells = (0..<table.count).map { table.value(index, $0) }
      if case .grades = fact.values[0] {
        opinions = cells.enumerated().flatMap { entry, cell -> [World.Opinion] in
          guard case .grades(let grades)? = cell else { return [] }
          return grades.enumerated().map { day, grade in
            World.Opinion(subject: entry, grade: String(grade), signed: "2018-09-0\(day + 1)")
          }
        }
      } else {
        listed.append((fact.name, given(cells, like: fact.values[0])))
      }
    }
    listed.append(("base", .flag(Array(repeating: true, count: table.count))))
    var world = World(listed: listed, opinions: opinions)
    var rubric = rubric()
    rubric.full = 20_000
    rubric.tiers = [
      Rubric.Tier(id: "A", title: "", from: 14_000), Rubric.Tier(id: "B", title: "", from: 8000),
      Rubric.Tier(id: "C", title: "", from: nil),
    ]
    rubric.parts = [
      indicator(
        "base", .condition(points: 10_000, when: try world.expression("base")), most: 10_000)
    ]
    for (index, form) in forms.enumerated() {
      var renamed = world
      for fact in form.facts {
        renamed.pack.environment.scopes[0].names[fact.name] =
          world.pack.environment.scopes[0].names["\(fact.name)\(index)"]
      }
      rubric.parts.append(try form.part(renamed))
    }
    if let cap {
      rubric.caps = [
        Rubric.Cap(
          id: "S", text: "", when: try world.expression("cs"), unknown: cap, basis: "",
          limit: .score(9000)),
        Rubric.Cap(
          id: "T", text: "", when: try world.expression("ct"), unknown: cap, basis: "",
          limit: .tier(1)),
      ]
    }
    world.add(rubric)
    return await scored(world).scorecards[0]
  }

  private func given(_ cells: [Cell?], like cell: Cell) -> World.Given {
    switch cell {
    case .whole: .whole(cells.map { if case .whole(let number)? = $0 { number } else { nil } })
    case .decimal: .decimal(cells.map { if case .decimal(let text)? = $0 { text } else { nil } })
    case .flag: .flag(cells.map { if case .flag(let flag)? = $0 { flag } else { nil } })
    case .code, .grades:
      .code(cells.map { if case .code(let code)? = $0 { code } else { nil } })
    }
  }

  // MARK: - Forms

  private static let flags = [Cell.flag(false), .flag(true)]
  private static let counts = [Cell.whole(0), .whole(1), .whole(5), .whole(1_000_000)]

  private static var forms: [Form] {
    get throws {
      [
        single("condition", flags, most: 4000) { .condition(points: 4000, when: $0) },
        single("deduction", flags, .deduction, most: 0) { .condition(points: -3000, when: $0) },
        single("bonus", flags, .bonus, most: 1500) { .condition(points: 1500, when: $0) },
        single("bands", [.whole(0), .whole(2), .whole(9)], most: 6000) {
          .bands(on: $0, [band(nil, "1", 550), band("1", "3", 6000), band("3", nil, 2250)])
        },
        single("lookup", [.code("a"), .code("b"), .code("z")], most: 4000) {
          .lookup(on: $0, ["a": 4000, "b": 1000], otherwise: 2000)
        },
        single("closed lookup", [.code("a"), .code("b")], most: 4000) {
          .lookup(on: $0, ["a": 4000, "b": 1250], otherwise: nil)
        },
        single(
          "number", [.decimal("-1"), .decimal("0"), .decimal("2.25"), .decimal("9")], most: 5000
        ) { .number(points: 5000, value: $0) },
        Form(
          name: "ratio",
          facts: [
            Fact(
              name: "part", values: [.whole(0), .whole(1), .whole(4), .whole(1_000_000)],
              limits: [.whole(1_000_000)]),
            Fact(
              name: "whole", values: [.whole(1), .whole(4), .whole(1_000_000_000)],
              limits: [.whole(1_000_000_000)]),
          ]
        ) { world in
          indicator(
            "R",
            .ratio(
              points: 8000, part: try world.expression("part"),
              whole: try world.expression("whole")), most: 8000)
        },
        single("each with a floor", counts, .deduction, most: 0) {
          .each(points: -1500, count: $0, limit: -4000)
        },
        single("each without a floor", counts, .deduction, most: 0) {
          .each(points: -1500, count: $0, limit: nil)
        },
        single("each with a cap", counts, .bonus, most: 2000) {
          .each(points: 750, count: $0, limit: 2000)
        },
        opinions("worst", .worst), opinions("best", .best), opinions("latest", .latest),
        applied("applies", most: 4000, .condition(points: 4000, when: try constant("1 == 1"))),
        applied(
          "applies to a deduction", .deduction, most: 0,
          .condition(points: -3000, when: try constant("1 == 1"))),
        Form(
          name: "applies to bands",
          facts: [
            Fact(name: "a", values: flags), Fact(name: "n", values: [.whole(0), .whole(9)]),
          ]
        ) { world in
          var part = indicator(
            "B",
            .bands(
              on: try world.expression("n"), [band(nil, "1", 1000), band("1", nil, 3000)]),
            most: 3000)
          part.applies = try world.expression("a")
          return part
        },
        Form(
          name: "two facts",
          facts: [Fact(name: "a", values: flags), Fact(name: "b", values: flags)]
        ) { world in
          indicator(
            "C", .condition(points: 3000, when: try world.expression("a && !b")), most: 3000)
        },
      ]
    }
  }

  private static func constant(_ text: String) throws -> CheckedExpression {
    try check(text, in: Environment(scopes: [Scope()]), scope: 0)
  }

  private static func single(
    _ name: String, _ values: [Cell], _ kind: Rubric.Part.Kind = .indicator, most: Int,
    _ form: @escaping (CheckedExpression) -> Rubric.Form
  ) -> Form {
    Form(name: name, facts: [Fact(name: "x", values: values)]) { world in
      Rubric.Part(
        id: name, title: name, kind: kind, unknown: .withhold,
        form: form(try world.expression("x")), most: most, least: 0)
    }
  }

  private static func applied(
    _ name: String, _ kind: Rubric.Part.Kind = .indicator, most: Int, _ form: Rubric.Form
  ) -> Form {
    Form(name: name, facts: [Fact(name: "a", values: flags)]) { world in
      var part = Rubric.Part(
        id: name, title: name, kind: kind, unknown: .pending, form: form, most: most, least: 0)
      part.applies = try world.expression("a")
      return part
    }
  }

  private static func opinions(_ name: String, _ aggregate: Rubric.Opinions.Aggregate) -> Form {
    let grades = ["A", "B", "C", "AC", "CA"].map { Cell.grades($0) }
    return Form(name: name, facts: [Fact(name: "o", values: grades)]) { world in
      indicator(
        name,
        .opinions(
          Rubric.Opinions(
            list: world.opinionSlot, record: 0, condition: nil, grade: 1, signed: 2, basis: 3,
            aggregate: aggregate,
            points: [("A", 9000), ("B", 6050), ("C", 500)].map {
              Rubric.Opinions.GradePoints(grade: $0.0, points: $0.1)
            })), most: 9000, unknown: .pending)
    }
  }
}
