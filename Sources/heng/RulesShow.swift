import ArgumentParser
import Console
import Glibc
import Requests
import Rulemaking
import Tables

/// `heng rules show`: rubrics as the table that officials know.
struct RulesShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "把评分标准列成表 · print rubrics as tables",
    discussion: """
      --html 写成可打印的网页，--xlsx 写成工作簿；工作簿改好后用 heng rules revise 读回。
      条件写成句子，其余各栏可以修改；要改条件本身，请加 --expressions 写成表达式再改。
      --html writes a page to print, --xlsx a workbook; edit it and give it to heng rules revise.
      Conditions are told in sentences, beside which everything can be edited; to edit the
      conditions themselves, have them written as expressions by --expressions.
      """)

  @Argument(help: "规则包文件夹 · the pack's folder")
  var rules: String

  @Option(help: "只列一项评分标准 · one rubric only")
  var rubric: String?

  @Option(help: "写成网页文件 · write a page to this file")
  var html: String?

  @Option(help: "写成工作簿文件 · write a workbook to this file")
  var xlsx: String?

  @Flag(help: "条件写成表达式，而不是句子 · conditions as expressions, not as sentences")
  var expressions = false

  @Option(help: "语言 zh 或 en · language of headings, zh or en")
  var lang = Language.zh

  func run() throws {
    do throws(RunFailure) {
      let shown = try showRules(at: rules, rubric: rubric, expressions: expressions)
      if let html { try shown.writePage(to: html, in: lang) }
      if let xlsx { try shown.writeWorkbook(to: xlsx, in: lang) }
      guard html == nil, xlsx == nil else { return }
      for line in shown.lines(in: lang, width: terminalWidth()) { print(line) }
    } catch {
      throw end(with: error, in: lang)
    }
  }
}

/// How many places a line of the terminal has; 160 where the output is no terminal.
func terminalWidth() -> Int {
  var size = winsize()
  let isTerminal = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
  return isTerminal && size.ws_col > 0 ? max(Int(size.ws_col), 60) : 160
}
