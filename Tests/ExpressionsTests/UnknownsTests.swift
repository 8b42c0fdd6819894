import Expressions
import Tables
import Testing

/// Every combination of true, false, unknown and error, for every operator and macro that meets
/// them, against a model of a few lines; and the facts that each unknown result names.
@Suite("Unknowns")
struct UnknownsTests {
  enum State: Hashable, CustomStringConvertible {
    case known(Int)
    case unknown(Set<String>)
    case error

    static let yes = State.known(1)
    static let no = State.known(0)

    var description: String {
      switch self {
      case .known(let value): "\(value)"
      case .unknown(let names): "?\(names.sorted())"
      case .error: "!"
      }
    }

    var isUnknown: Bool { if case .unknown = self { true } else { false } }
    var names: Set<String> { if case .unknown(let names) = self { names } else { [] } }
  }

  /// What a fact can be.
  enum Cell: CaseIterable { case yes, no, unknown, error }

  @Test("hold for every combination, and name what is missing")
  func all() throws {
    var cases = 0
    cases += try negation()
    cases += try junctions()
    cases += try conditionals()
    cases += try comparisons()
    cases += try membership()
    cases += try nesting()
    cases += try macros()
    cases += try unknownLists()
    print("unknowns: \(cases) cases hold")
    #expect(cases == 4 * 2 + 16 * 4 + 64 * 2 + 16 * 11 + 64 + 256 * 4 + 85 * 12 + 12)
  }

  // MARK: - Operators

  private func negation() throws -> Int {
    try prove("!a", 1) { Model.not($0[0]) }
      + prove("has(a)", 1) { $0[0] == .error ? .error : $0[0].isUnknown ? .no : .yes }
  }

  private func junctions() throws -> Int {
    try prove("a && b", 2) { Model.both($0[0], $0[1]) }
      + prove("a || b", 2) { Model.either($0[0], $0[1]) }
      + prove("!(a && b)", 2) { Model.not(Model.both($0[0], $0[1])) }
      + prove("!a || !b", 2) { Model.either(Model.not($0[0]), Model.not($0[1])) }
  }

  private func conditionals() throws -> Int {
    try prove("a ? b : c", 3) { Model.choose($0[0], $0[1], $0[2]) }
      + prove("(a ? b : c) || !a", 3) {
        Model.either(Model.choose($0[0], $0[1], $0[2]), Model.not($0[0]))
      }
  }

  private func comparisons() throws -> Int {
    let signs: [(String, (Int, Int) -> Bool)] = [
      ("==", { $0 == $1 }), ("!=", { $0 != $1 }), ("<", { $0 < $1 }), ("<=", { $0 <= $1 }),
      (">", { $0 > $1 }), (">=", { $0 >= $1 }),
    ]
    var cases = try prove("a == b", 2) { Model.strict($0) { $0[0] == $0[1] ? 1 : 0 } }
    for (sign, holds) in signs {
      cases += try prove("i \(sign) j", 2, whole: true) {
        Model.strict($0) { holds($0[0], $0[1]) ? 1 : 0 }
      }
    }
    for (sign, result) in [("+", { $0 + $1 }), ("-", { $0 - $1 }), ("*", { $0 * $1 })]
      as [(String, (Int, Int) -> Int)]
    {
      cases += try prove("i \(sign) j", 2, whole: true) {
        Model.strict($0) { result($0[0], $0[1]) }
      }
    }
    return try cases
      + prove("i / j", 2, whole: true) { states in
        if Model.strict(states, { $0[1] }) == .known(0) { return .error }
        return Model.strict(states) { $0[0] / $0[1] }
      }
  }

  private func membership() throws -> Int {
    try prove("i in [j, k]", 3, whole: true) {
      Model.strict($0) { $0[0] == $0[1] || $0[0] == $0[2] ? 1 : 0 }
    }
  }

  /// Operators within each other.
  private func nesting() throws -> Int {
    try prove("a && b || c && d", 4) {
      Model.either(Model.both($0[0], $0[1]), Model.both($0[2], $0[3]))
    }
      + prove("(a || b) && (c || d)", 4) {
        Model.both(Model.either($0[0], $0[1]), Model.either($0[2], $0[3]))
      }
      + prove("a ? b && c : c || d", 4) {
        Model.choose($0[0], Model.both($0[1], $0[2]), Model.either($0[2], $0[3]))
      }
      + prove("(a == b) || (c ? d : a)", 4) {
        Model.either(
          Model.strict([$0[0], $0[1]]) { $0[0] == $0[1] ? 1 : 0 },
          Model.choose($0[2], $0[3], $0[0]))
      }
  }

  /// Proves a text over all combinations of `a b c d` (or the numbers `i j k`).
  private func prove(
    _ text: String, _ facts: Int, whole: Bool = false, _ model: ([State]) -> State
  ) throws -> Int {
    let names = Array((whole ? ["i", "j", "k"] : ["a", "b", "c", "d"]).prefix(facts))
    let rows = combinations(of: facts)
    var batch = Batch(count: rows.count)
    for fact in 0..<facts {
      batch.vectors[whole ? fact + 4 : fact] = vector(rows.map { $0[fact] }, whole: whole)
    }
    let expression = try check(text, in: Self.environment, scope: 0)
    let result = expression.evaluate(over: batch)
    for (lane, row) in rows.enumerated() {
      let states = zip(row, names).map { cell, name in
        switch cell {
        case .yes: State.yes
        case .no: State.no
        case .unknown: State.unknown([name])
        case .error: State.error
        }
      }
      #expect(state(result, lane, expression) == model(states), "\(text) with \(states)")
    }
    return rows.count
  }

  // MARK: - Macros

  /// All lists of up to three elements.
  private func macros() throws -> Int {
    let lists = (0...3).flatMap { combinations(of: $0) }
    var offsets: [Int32] = [0]
    for list in lists { offsets.append((offsets.last ?? 0) + Int32(list.count)) }
    let elements = Batch(
      count: lists.joined().count, vectors: [0: vector(Array(lists.joined()), whole: false)])
    let batch = Batch(
      count: lists.count,
      vectors: [8: Vector(.rows(ChildRows(offsets: offsets, batch: elements)))])
    func count(_ list: [State]) -> State { Model.strict(list) { $0.count { $0 == 1 } } }
    let claims: [(String, ([State]) -> State)] = [
      ("rows.all(r, r.x)", { $0.reduce(.yes, Model.both) }),
      ("rows.exists(r, r.x)", { $0.reduce(.no, Model.either) }),
      ("!rows.exists(r, !r.x)", { $0.reduce(.yes, Model.both) }),
      ("rows.exists_one(r, r.x)", { list in Model.strict([count(list)]) { $0[0] == 1 ? 1 : 0 } }),
      ("rows.filter(r, r.x).size()", count),
      (
        "size(rows.filter(r, r.x)) > 0",
        { list in Model.strict([count(list)]) { $0[0] > 0 ? 1 : 0 } }
      ),
      ("rows.map(r, r.x).size()", { list in Model.strict(list) { $0.count } }),
      ("rows.map(r, r.x).exists(x, x)", { list in Model.strict(list) { $0.contains(1) ? 1 : 0 } }),
      ("rows.filter(r, r.x).all(r, r.x)", { list in Model.strict(list) { _ in 1 } }),
      ("rows.size()", { .known($0.count) }),
      (
        "rows.filter(r, has(r.x)).size()",
        { list in
          list.contains(.error) ? .error : .known(list.count { !$0.isUnknown })
        }
      ),
      (
        "rows.filter(r, has(r.x) && r.x).exists(r, r.x)",
        { list in
          list.contains(.error) ? .error : list.contains(.yes) ? .yes : .no
        }
      ),
    ]
    for (text, model) in claims {
      let expression = try check(text, in: Self.environment, scope: 0)
      let result = expression.evaluate(over: batch)
      for (lane, list) in lists.enumerated() {
        let states = list.map { cell in
          switch cell {
          case .yes: State.yes
          case .no: State.no
          case .unknown: State.unknown(["rows.x"])
          case .error: State.error
          }
        }
        #expect(state(result, lane, expression) == model(states), "\(text) over \(states)")
      }
    }
    return lists.count * claims.count
  }

  /// A list that is itself unknown makes everything about it unknown, and is what is missing.
  private func unknownLists() throws -> Int {
    let batch = Batch(
      count: 1,
      vectors: [
        0: Vector(.flags([true])),
        8: Vector(
          .rows(ChildRows(offsets: [0, 0], batch: Batch(count: 0))), missing: [1]),
      ])
    let texts = [
      "rows.all(r, r.x)", "rows.exists(r, r.x)", "rows.exists_one(r, r.x)", "rows.size()",
      "rows.filter(r, r.x).size()", "rows.map(r, r.x).size()", "!rows.exists(r, r.x)",
      "rows.size() > 0 && a", "rows.all(r, a)", "rows.filter(r, r.x).all(r, r.x)",
    ]
    for text in texts {
      let expression = try check(text, in: Self.environment, scope: 0)
      let found = state(expression.evaluate(over: batch), 0, expression)
      #expect(found == .unknown(["rows"]), "\(text)")
    }
    for text in ["rows.size() > 0 || a", "!(has(rows) && rows.exists(r, r.x))"] {
      let expression = try check(text, in: Self.environment, scope: 0)
      #expect(state(expression.evaluate(over: batch), 0, expression) == .yes, "\(text)")
    }
    return texts.count + 2
  }

  // MARK: - Making and reading lanes

  private static let environment: Environment = {
    var scope = Scope()
    for (slot, name) in ["a", "b", "c", "d"].enumerated() {
      scope.names[name] = Binding(shown: name, type: .bool, meaning: .fact(slot: slot))
    }
    for (slot, name) in ["i", "j", "k"].enumerated() {
      scope.names[name] = Binding(shown: name, type: .int, meaning: .fact(slot: slot + 4))
    }
    scope.names["rows"] = Binding(
      shown: "rows", type: .list(.row(scope: 1)), meaning: .fact(slot: 8))
    var rows = Scope()
    rows.names["x"] = Binding(shown: "x", type: .bool, meaning: .fact(slot: 0))
    return Environment(scopes: [scope, rows])
  }()

  private func combinations(of count: Int) -> [[Cell]] {
    (0..<count).reduce([[]]) { rows, _ in
      rows.flatMap { row in Cell.allCases.map { row + [$0] } }
    }
  }

  private func vector(_ cells: [Cell], whole: Bool) -> Vector {
    let missing: [UInt64] = cells.map { $0 == .unknown ? 1 : 0 }
    let faults = cells.map { $0 == .error ? Fault.overflow.rawValue : 0 }
    // What stands in lanes that are not known must not matter.
    return whole
      ? Vector(.integers(cells.map { $0 == .no ? 0 : 1 }), missing: missing, faults: faults)
      : Vector(.flags(cells.map { $0 != .no }), missing: missing, faults: faults)
  }

  private func state(_ vector: Vector, _ lane: Int, _ expression: CheckedExpression) -> State {
    if !vector.missing.isEmpty, vector.missing[lane] != 0 {
      return .unknown(Set(expression.missingNames(vector.missing[lane])))
    }
    if !vector.faults.isEmpty, vector.faults[lane] != 0 { return .error }
    switch vector.value(at: lane) {
    case .bool(let flag): return flag ? .yes : .no
    case .int(let number): return .known(Int(number))
    default: return .error
    }
  }

  /// What the operators mean.
  enum Model {
    static func not(_ state: State) -> State {
      switch state {
      case .known(let value): .known(1 - value)
      case .unknown, .error: state
      }
    }

    static func both(_ left: State, _ right: State) -> State {
      if left == .no || right == .no { return .no }
      return strict([left, right]) { _ in 1 }
    }

    static func either(_ left: State, _ right: State) -> State {
      if left == .yes || right == .yes { return .yes }
      return strict([left, right]) { _ in 0 }
    }

    static func choose(_ test: State, _ yes: State, _ no: State) -> State {
      switch test {
      case .known(let value): value == 1 ? yes : no
      case .unknown, .error: test
      }
    }

    /// Unknown wins over error, and what is missing adds up.
    static func strict(_ states: [State], _ value: ([Int]) -> Int) -> State {
      let names = states.reduce(into: Set<String>()) { $0.formUnion($1.names) }
      if !names.isEmpty { return .unknown(names) }
      var values: [Int] = []
      for state in states {
        guard case .known(let value) = state else { return .error }
        values.append(value)
      }
      return .known(value(values))
    }
  }
}
