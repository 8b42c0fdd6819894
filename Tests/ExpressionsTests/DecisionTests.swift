import Expressions
import Tables
import Testing

@Suite("What decided an expression")
struct DecisionTests {
  @Test(
    "is what holds of an alternative, what does not hold of a conjunction, the branch taken",
    arguments: [
      ("t || f", ["t=true"]),
      ("f || t || u", ["t=true"]),
      ("f || f", ["f=false", "f=false"]),
      ("f || u", ["u=unknown"]),
      ("t && f && u", ["f=false"]),
      ("t && t", ["t=true", "t=true"]),
      ("t && u", ["u=unknown"]),
      ("t && (f || t)", ["t=true", "f || t=true>t"]),
      ("t ? f : u", ["t=true", "f=false"]),
      ("f ? u : (t || f)", ["f=false", "t || f=true>t"]),
      ("u ? t : f", ["u=unknown"]),
      ("f ? t : true", ["f=false"]),
      ("!(t || f)", ["t=true"]),
      ("n > 3", []),
      ("t", []),
      ("1 / 0 == n || f", ["1 / 0 == n=error"]),
    ] as [(String, [String])])
  func parts(text: String, wanted: [String]) throws {
    let decision = try decision(text)
    #expect(decision.because.map(shown) == wanted, "\(text)")
  }

  @Test("uses the facts of the branch taken, and of both where the test is unknown")
  func used() throws {
    #expect(try decision("t ? f : u").used.map(\.shown) == ["t", "f"])
    #expect(try decision("u ? f : t").used.map(\.shown) == ["u", "f", "t"])
    #expect(try decision("t || f").used.map(\.shown) == ["t", "f"])
    #expect(try decision("n > 3").used.map(\.shown) == ["n"])
    #expect(try decision("rows.exists(r, r.x > n)").used.map(\.shown) == ["rows", "rows.x", "n"])
  }

  @Test(
    "tells of a list which rows were counted",
    arguments: [
      ("rows.exists(r, r.x > 3)", "nyu"), ("rows.filter(r, r.x > 3).size() > 0", "nyu"),
      ("rows.all(r, r.x > 3)", "nyu"), ("!rows.exists_one(r, r.x == 2)", "ynu"),
      ("rows.filter(r, r.x == 9).exists(r, r.x > 8)", "nyu"),
      ("rows.exists(r, 10 / (r.x - 2) > 1)", "enu"),
    ] as [(String, String)])
  func rows(text: String, wanted: String) throws {
    let decision = try decision(text)
    #expect(decision.list == [4], "\(text)")
    let found = decision.rows.map { verdict in
      switch verdict {
      case .yes: "y"
      case .no: "n"
      case .unknown: "u"
      case .error: "e"
      }
    }.joined()
    #expect(found == wanted, "\(text)")
  }

  @Test("calls codes by their names, of a fact as the fact does, of a choice as the whole does")
  func names() throws {
    var vocabulary = Told.vocabulary
    vocabulary.results = ["none": Bilingual(zh: "未获等级", en: "no grade")]
    let told = try check("f ? state : (t ? 'none' : state)", in: Told.environment, scope: 0)
      .decision(over: Told.batch, lane: 0, vocabulary)
    #expect(told.sentence.zh.contains("取“未获等级”"))
    #expect(told.sentence.en.contains("no grade"))
    #expect(!told.sentence.zh.contains("none"))
    #expect(told.named?.zh == "未获等级")
    let fact = try check("t ? state : 'none'", in: Told.environment, scope: 0)
      .decision(over: Told.batch, lane: 0, vocabulary)
    #expect(fact.because.last?.named?.zh == "存续")
    // What a text begins with is no result, and no code.
    vocabulary.results["act"] = Bilingual(zh: "行动", en: "deed")
    let begins = try check(
      "state.startsWith('act') ? 'none' : state", in: Told.environment, scope: 0
    )
    .decision(over: Told.batch, lane: 0, vocabulary)
    #expect(!begins.sentence.zh.contains("行动"))
  }

  private func shown(_ decision: Decision) -> String {
    let outcome =
      switch decision.outcome {
      case .value(let value): value
      case .unknown: "unknown"
      case .error: "error"
      case .each: "each"
      }
    let inner = decision.because.map(\.text).joined(separator: ",")
    return "\(decision.text)=\(outcome)" + (inner.isEmpty ? "" : ">" + inner)
  }

  private func decision(_ text: String) throws -> Decision {
    try check(text, in: Told.environment, scope: 0)
      .decision(over: Told.batch, lane: 0, Told.vocabulary)
  }
}

/// Facts and the words for them.
enum Told {
  static let environment: Environment = {
    var scope = Scope()
    for (slot, name) in ["t", "f", "u"].enumerated() {
      scope.names[name] = Binding(shown: name, type: .bool, meaning: .fact(slot: slot))
    }
    scope.names["n"] = Binding(shown: "n", type: .int, meaning: .fact(slot: 3))
    scope.names["rows"] = Binding(
      shown: "rows", type: .list(.row(scope: 1)), meaning: .fact(slot: 4))
    scope.names["day"] = Binding(shown: "day", type: .date, meaning: .fact(slot: 5))
    scope.names["state"] = Binding(shown: "state", type: .string, meaning: .fact(slot: 6))
    var rows = Scope()
    rows.names["x"] = Binding(shown: "x", type: .int, meaning: .fact(slot: 0))
    return Environment(scopes: [scope, rows])
  }()

  static let batch = Batch(
    count: 1,
    vectors: [
      0: Vector(.flags([true])), 1: Vector(.flags([false])),
      2: Vector(.flags([false]), missing: [1]), 3: Vector(.integers([7])),
      4: Vector(
        .rows(
          ChildRows(
            offsets: [0, 3],
            batch: Batch(
              count: 3, vectors: [0: Vector(.integers([2, 9, 0]), missing: [0, 0, 1])])))),
      5: Vector(.dates([0])), 6: Vector(.codes(ids: [0], names: ["active"])),
    ])

  static let vocabulary = Vocabulary { use in
    switch use.slots {
    case [0]: Vocabulary.Entry(label: Bilingual(zh: "达标", en: "Passed"))
    case [3]: Vocabulary.Entry(label: Bilingual(zh: "人数", en: "Staff"), unit: "人")
    case [4]: Vocabulary.Entry(label: Bilingual(zh: "处罚", en: "Penalties"))
    case [4, 0]: Vocabulary.Entry(label: Bilingual(zh: "金额", en: "Amount"))
    case [5]: Vocabulary.Entry(label: Bilingual(zh: "日期", en: "Day"))
    case [6]:
      Vocabulary.Entry(
        label: Bilingual(zh: "状态", en: "State"),
        codes: ["active": Bilingual(zh: "存续", en: "active")])
    default: nil
    }
  }
}
