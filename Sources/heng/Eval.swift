import ArgumentParser
import Rulemaking

/// `heng eval`: one expression, or JSON lines from standard input.
struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "计算一个表达式 · evaluate one expression, or JSON lines from standard input",
    discussion: """
      每行一个对象，每行一个回答 · one object a line, one answer a line:
        {"expr": "x + 1", "bindings": {"x": {"type": "int", "value": 1}}}
        {"type": "int", "value": 2}
      """)

  @Argument(help: "表达式 · the expression")
  var expression: String?

  func run() {
    if let expression {
      print(evaluate(expression: expression))
      return
    }
    while let line = readLine() {
      if !line.isEmpty { print(evaluateLine(line)) }
    }
  }
}
