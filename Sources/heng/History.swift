import Accountability
import ArgumentParser
import Console
import Requests
import Tables

/// `heng history`: one subject through all runs of the ledger.
struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "一个对象历次批次的结果 · one subject through all runs of the ledger")

  @Argument(help: "对象编号，如统一社会信用代码 · the subject's id")
  var subject: String

  @OptionGroup var folder: ReportsOption

  @OptionGroup var speech: SpeechOptions

  func run() throws {
    do throws(RunFailure) {
      let history = try Accountability.history(of: subject, reports: folder.reports)
      if speech.json {
        print(history.json)
      } else if !speech.quiet {
        for line in history.lines(in: speech.lang, width: terminalWidth()) { print(line) }
      }
    } catch {
      throw end(with: error, in: speech.lang)
    }
  }
}
