import ArgumentParser
import Comparison
import Console
import Requests
import Tables

/// `heng rules impact`: what an edited pack would change in a run's results.
struct RulesImpact: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "impact",
    abstract: "改规则对已有批次的影响 · what an edited pack changes in a run's results",
    discussion: """
      heng rules impact 新规则包 --run 批次            与该批次所用的规则包比较
      heng rules impact 旧规则包 新规则包 --run 批次    比较两个规则包
      heng rules impact NEW --run RUN                  compared with the pack of the run
      heng rules impact OLD NEW --run RUN              compares two packs
      """)

  @Argument(help: "（旧规则包和）新规则包的文件夹 · folders of the old pack, if given, and the new one")
  var packs: [String]

  @Option(help: "批次编号 · the run")
  var run: String

  @Option(help: "把有变化的对象写成表 · write everyone who changes to this CSV file")
  var csv: String?

  @OptionGroup var work: WorkOptions

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    guard (1...2).contains(packs.count) else {
      throw ValidationError("请写一个或两个规则包文件夹 · name one or two packs")
    }
  }

  func run() async throws {
    do throws(RunFailure) {
      let request = work.request(delivery: run)
      let impact = try await impactOfRules(
        old: packs.count == 2 ? packs[0] : nil, new: packs[packs.count - 1], run: run,
        request: request)
      if let csv { try impact.writeCSV(to: csv) }
      if speech.json {
        print(impact.json)
      } else if !speech.quiet {
        for line in impact.lines(in: speech.lang, width: terminalWidth()) { print(line) }
      }
    } catch {
      throw end(with: error, in: speech.lang)
    }
  }
}
