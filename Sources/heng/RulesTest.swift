import ArgumentParser
import Requests
import Rulemaking
import Tables

/// `heng rules test`: the examples that live with the rubrics.
struct RulesTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "运行评分标准自带的例子 · run the examples that live with the rubrics",
    discussion: """
      退出状态：0 全部通过；1 有例子不通过；2 规则包有错误。没有例子到达的情形只列出，不算不通过。
      Exit status: 0 all pass; 1 an example does not come out as it says; 2 the pack does not \
      check. What no example reaches is listed and is no failure.
      """)

  @Argument(help: "规则包文件夹 · the pack's folder")
  var rules: String

  @Option(help: "只看一项评分标准 · one rubric only")
  var rubric: String?

  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let tested: TestedRules
    do throws(RunFailure) {
      tested = try testRules(at: rules, rubric: rubric)
    } catch {
      throw end(with: error, in: speech.lang)
    }
    if speech.json {
      print(tested.json)
    } else if !speech.quiet {
      for line in tested.lines(in: speech.lang) { print(line) }
    }
    for failure in tested.failures { complain(failure.text(in: speech.lang)) }
    if tested.exitStatus != 0 { throw ExitCode(tested.exitStatus) }
  }
}
