import Accountability
import ArgumentParser
import Console
import Foundation
import Requests
import Tables

/// `heng purge`: removes what the retention rules say is due, with proof.
struct Purge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: "按保存期限清除数据 · remove what the rule pack's retention periods say is due",
    discussion: """
      不加 --yes 时只列出到期的内容，什么都不删除。期限从批次发布之日起算；有未答复异议的批次、\
      规则包 holds 列明的批次不清除。每次清除写出证明 purge-N.json，并在运行记录中留一行。
      Without --yes it only lists what is due. Periods begin on the day a run was published; runs \
      with open objections and those under `holds` in the rule pack are left alone. Each purge \
      writes its proof, purge-N.json, and leaves a row in the ledger.
      退出状态：0 完成或只是列出；1 有遗留。
      Exit status: 0 done, or only listed; 1 something is left.
      """)

  @OptionGroup var folder: ReportsOption

  @Option(help: "规则包文件夹，代替各批次自己的 · a rule pack's folder instead of each run's own")
  var rules: String?

  @Option(name: .customLong("as-of"), help: "按哪一天判断，默认今天 · the day to judge by, today by default")
  var asOf: String?

  @Flag(name: .customLong("dry-run"), help: "只列出（默认） · only list what is due, the default")
  var dryRun = false

  @Flag(help: "确实清除，不可恢复 · do remove it; there is no way back")
  var yes = false

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if yes, dryRun {
      throw ValidationError("--yes 和 --dry-run 不能同时使用 · --yes and --dry-run exclude each other")
    }
    if purgeDay(asOf, now: Date()) == nil {
      throw ValidationError("--as-of 应写成 2021-11-06 · --as-of is a date like 2021-11-06")
    }
  }

  func run() async throws {
    var request = request(delivery: "", rules: rules, reports: folder.reports, jobs: nil)
    request.say = speech.say
    do throws(RunFailure) {
      guard let day = purgeDay(asOf, now: request.started) else { return }
      let plan = try planPurge(asOf: day, request: request)
      guard yes else {
        if speech.json {
          print(plan.text)
        } else if !speech.quiet {
          for line in plan.lines(in: speech.lang) { print(line) }
          if !plan.items.isEmpty { print(hint.text(in: speech.lang)) }
        }
        return
      }
      let purged = try await purge(plan, request: request)
      if speech.json {
        print(purged.text)
      } else if !speech.quiet {
        for line in purged.lines(in: speech.lang) { print(line) }
      }
      if purged.exitStatus != 0 {
        throw RunFailure(
          .failed, purged.left.map { Bilingual(zh: "遗留：\($0.zh)", en: "left: \($0.en)") })
      }
    } catch {
      throw end(with: error, in: speech.lang)
    }
  }

  private var hint: Bilingual {
    Bilingual(
      zh: "以上只是列出，什么都没有清除；核对后加 --yes 执行。",
      en: "This was only a list, nothing was removed; check it, then run again with --yes.")
  }
}
