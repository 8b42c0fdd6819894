import Tables
import Testing

@testable import Expressions

@Suite("What an expression can cost")
struct CostTests {
  private static let ten = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"

  private static func nested(_ levels: Int, in list: String) -> String {
    (0..<levels).reduce("1") { "\(list).map(x\($1), \($0)).size()" }
  }

  /// `v0`, and so many more that each names the one before it so often.
  private func lets(_ count: Int, times: Int, first: String) throws -> Environment {
    var environment = Environment(scopes: [Scope()])
    for index in 0..<count {
      let text =
        index == 0
        ? first : Array(repeating: "v\(index - 1)", count: times).joined(separator: " + ")
      environment.scopes[0].names["v\(index)"] = Binding(
        shown: "v\(index)", type: try check(text, in: environment, scope: 0).type,
        meaning: .expression(try check(text, in: environment, scope: 0)))
    }
    return environment
  }

  @Test("what nobody can evaluate is refused where it is written", arguments: [3, 4, 12])
  func macros(levels: Int) throws {
    let text = CostTests.nested(levels, in: CostTests.ten)
    let environment = Environment(scopes: [Scope()])
    guard levels > 3 else {
      _ = try check(text, in: environment, scope: 0)
      return
    }
    let fault = #expect(throws: ExpressionFault.self) {
      try check(text, in: environment, scope: 0)
    }
    #expect(fault?.message.en.contains("more than 5,000 elements") == true)
  }

  @Test(
    "each `let` that names the one before twice doubles what it costs",
    arguments: [
      ("1", 12), ("[1, 2]", 12), ("\"x\"", 12),
    ])
  func doubling(first: String, bearable: Int) throws {
    _ = try lets(bearable, times: 2, first: first)
    let fault = #expect(throws: ExpressionFault.self) { try lets(40, times: 2, first: first) }
    #expect(fault?.message.en.contains("more than 100,000 steps") == true)
  }

  @Test("a long chain of `let` is refused before it exhausts the stack")
  func chained() throws {
    _ = try lets(250, times: 1, first: "1")
    let fault = #expect(throws: ExpressionFault.self) { try lets(700, times: 1, first: "1") }
    #expect(fault?.message.en.contains("600 are allowed") == true)
  }

  @Test("an element that is a list itself costs what it may hold")
  func listsInLists() throws {
    let inner = CostTests.ten
    let text = "[\(inner)].map(a, a.map(b, a.map(c, a.map(d, a.map(e, a.map(f, 1))))))"
    #expect(throws: ExpressionFault.self) {
      try check(text, in: Environment(scopes: [Scope()]), scope: 0)
    }
  }
}
