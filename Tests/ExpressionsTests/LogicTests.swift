import Expressions
import Tables
import Testing

/// Truth tables over true (T), false (F), unknown (U) and error (E).
@Suite struct LogicTests {
  static let states = "TFUE"

  @Test(
    "absorbs what the other side decides; unknown wins over error",
    arguments: [
      ("a && b", ["TFUE", "FFFF", "UFUU", "EFUE"]),
      ("a || b", ["TTTT", "TFUE", "TUUU", "TEUE"]),
      ("!(a && b)", ["FTUE", "TTTT", "UTUU", "ETUE"]),
      ("a ? b : false", ["TFUE", "FFFF", "UUUU", "EEEE"]),
      ("a ? true : b", ["TTTT", "TFUE", "UUUU", "EEEE"]),
      ("b ? a : !a", ["TFUE", "FTUE", "UUUE", "EEUE"]),
      ("a == b", ["TFUE", "FTUE", "UUUU", "EEUE"]),
      ("[a].exists(x, x) || b", ["TTTT", "TFUE", "TUUU", "TEUE"]),
    ] as [(String, [String])])
  func table(text: String, rows: [String]) throws {
    let result = try evaluate(text)
    for (i, row) in rows.enumerated() {
      for (j, wanted) in row.enumerated() {
        #expect(letter(result, i * 4 + j) == wanted, "\(text), row \(i), column \(j)")
      }
    }
  }

  @Test("one side that is a literal decides or leaves the other as it is")
  func literals() throws {
    for (text, row) in [
      ("a && true", "TFUE"), ("a && false", "FFFF"), ("true && a", "TFUE"),
      ("a || false", "TFUE"), ("true || a", "TTTT"), ("false || a", "TFUE"), ("!a", "FTUE"),
      ("true ? a : !a", "TFUE"), ("1 / 0 == 1 || a", "TEUE"), ("1 / 0 == 1 && a", "EFUE"),
      ("has(a)", "TTFE"), ("!has(a) || a", "TFTE"),
    ] {
      let result = try evaluate(text)
      let found = String((0..<4).map { letter(result, $0 * 4) })
      #expect(found == row, "\(text)")
    }
  }

  @Test("what is missing adds up where neither side decides")
  func missing() throws {
    let expression = try check("a && b || !a && c", in: environment, scope: 0)
    let unknown = Vector(.flags([false, false]), missing: [1, 1])
    let result = expression.evaluate(
      over: Batch(
        count: 2, vectors: [0: unknown, 1: Vector(.flags([true, true])), 2: unknown]))
    #expect(expression.facts.map(\.shown) == ["a", "b", "c"])
    #expect(result.missing.map { expression.missingNames($0) } == [["a", "c"], ["a", "c"]])
  }

  @Test("a batch in which all is known carries no sets of missing facts and no errors")
  func nothingMissing() throws {
    let expression = try check("a && !b || c", in: environment, scope: 0)
    let flags = Vector(.flags([true, false, true]))
    let result = expression.evaluate(
      over: Batch(count: 3, vectors: [0: flags, 1: flags, 2: flags]))
    #expect(result.missing.isEmpty && result.faults.isEmpty)
  }

  @Test("more than 64 facts share the last bit")
  func manyFacts() throws {
    var scope = Scope()
    for slot in 0..<70 {
      scope.names["f\(slot)"] = Binding(
        shown: "f\(slot)", type: .bool, meaning: .fact(slot: slot))
    }
    let text = (0..<70).map { "f\($0)" }.joined(separator: " && ")
    let expression = try check(text, in: Environment(scopes: [scope]), scope: 0)
    var batch = Batch(count: 1)
    for slot in 0..<70 { batch.vectors[slot] = Vector(.flags([true])) }
    batch.vectors[66] = Vector(.flags([true]), missing: [1])
    let result = expression.evaluate(over: batch)
    #expect(result.missing == [1 << 63])
    #expect(
      expression.missingNames(result.missing[0])
        == ["f63", "f64", "f65", "f66", "f67", "f68", "f69"])
  }

  private var environment: Environment {
    var scope = Scope()
    for (slot, name) in ["a", "b", "c"].enumerated() {
      scope.names[name] = Binding(shown: name, type: .bool, meaning: .fact(slot: slot))
    }
    return Environment(scopes: [scope])
  }

  /// Over all pairs of states, `a` in rows and `b` in columns.
  private func evaluate(_ text: String) throws -> Vector {
    let pairs = LogicTests.states.flatMap { a in LogicTests.states.map { (a, $0) } }
    let batch = Batch(
      count: pairs.count, vectors: [0: column(pairs.map(\.0)), 1: column(pairs.map(\.1))])
    return try check(text, in: environment, scope: 0).evaluate(over: batch)
  }

  private func column(_ states: [Character]) -> Vector {
    Vector(
      .flags(states.map { $0 != "F" }), missing: states.map { $0 == "U" ? 1 : 0 },
      faults: states.map { $0 == "E" ? Fault.overflow.rawValue : 0 })
  }

  private func letter(_ vector: Vector, _ lane: Int) -> Character {
    if !vector.missing.isEmpty, vector.missing[lane] != 0 { return "U" }
    if !vector.faults.isEmpty, vector.faults[lane] != 0 { return "E" }
    return vector.value(at: lane) == .bool(true) ? "T" : "F"
  }
}
