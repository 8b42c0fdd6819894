import ArgumentParser
import Comparison
import Console
import Requests
import Tables

/// `heng compare`: what moved between two runs, and why.
struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "比较两个批次：谁变了，为什么 · what moved between two runs, and why",
    discussion: """
      两批报送数据各重新评分，再把规则包、更正、基准日、数据逐项交换；各项原因之和等于得分变化。
      Both deliveries are scored again, and rule pack, corrections, date and data are exchanged \
      one after another; the parts add up to the change of each score.
      """)

  @Argument(help: "较早的批次 · the earlier run")
  var before: String

  @Argument(help: "较晚的批次 · the later run")
  var after: String

  @Option(help: "只看一项评分标准 · one rubric only")
  var rubric: String?

  @Option(help: "把有变化的对象写成表 · write everyone who changes to this CSV file")
  var csv: String?

  @Option(help: "写成可打印的网页 · write a page to look at and print to this HTML file")
  var html: String?

  @Option(help: "把覆盖率和有变化的对象写成工作簿 · write coverage and everyone who changes to this XLSX file")
  var xlsx: String?

  @Option(help: "较早批次当时的规则包 · the pack that the earlier run used")
  var rulesBefore: String?

  @Option(help: "较晚批次当时的规则包 · the pack that the later run used")
  var rulesAfter: String?

  @OptionGroup var work: WorkOptions

  @OptionGroup var speech: SpeechOptions

  func run() async throws {
    do throws(RunFailure) {
      var request = work.request(delivery: after)
      request.say = speech.say
      let comparison = try await compareRuns(
        before, after, rules: (rulesBefore, rulesAfter), rubric: rubric, request: request)
      if let csv { try comparison.writeCSV(to: csv) }
      if let xlsx { try comparison.writeWorkbook(to: xlsx, in: speech.lang) }
      if let html { try comparison.writePage(to: html, in: speech.lang) }
      if speech.json {
        print(comparison.json)
      } else if !speech.quiet {
        for line in comparison.lines(in: speech.lang, width: terminalWidth()) { print(line) }
      }
    } catch {
      throw end(with: error, in: speech.lang)
    }
  }
}
