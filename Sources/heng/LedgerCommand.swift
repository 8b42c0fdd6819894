import Accountability
import ArgumentParser
import Console
import Foundation
import Requests
import Tables

/// `heng ledger`: the file that remembers all runs.
struct LedgerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "检查、备份和重建运行记录 · check, back up and make anew the ledger of runs",
    subcommands: [LedgerCheckCommand.self, LedgerBackup.self, LedgerRebuild.self])
}

struct LedgerCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "检查运行记录，并与已发布的报告对照 · read the whole ledger, and compare it with the reports",
    discussion: """
      退出状态：0 没有问题；1 有问题，逐条列出。
      Exit status: 0 nothing is wrong; 1 something is, each on a line.
      """)

  @OptionGroup var folder: ReportsOption
  @OptionGroup var speech: SpeechOptions

  func run() throws {
    do throws(RunFailure) {
      let check = try checkLedger(folder.request(speech))
      if speech.json {
        print(check.json)
      } else if !speech.quiet {
        print(check.line.text(in: speech.lang))
      }
      guard check.exitStatus == 0 else { throw RunFailure(.failed, check.faults) }
    } catch {
      throw end(with: error, in: speech.lang)
    }
  }
}

struct LedgerBackup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "把运行记录备份到一个新文件 · copy the ledger to a new file, whole and checked")

  @Argument(help: "备份文件 · the file to write")
  var file: String

  @OptionGroup var folder: ReportsOption
  @OptionGroup var speech: SpeechOptions

  func run() throws {
    do throws(RunFailure) {
      try backUpLedger(folder.request(speech), to: file)
    } catch {
      throw end(with: error, in: speech.lang)
    }
    if speech.json {
      print(ledgerBackupJSON(file))
    } else if !speech.quiet {
      print(ledgerBackupLine(file).text(in: speech.lang))
    }
  }
}

struct LedgerRebuild: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "从已发布的报告重建运行记录 · make the ledger anew from the published reports",
    discussion: """
      报送文件和规则包没有变的批次重新评价，结果与已发布的一致才记入；其余只记入清单。原来的文件改名保留。
      Runs whose delivery and rule pack are unchanged are evaluated again and recorded if they give \
      what was published; of the others only the manifest is. The old file is kept under another \
      name.
      """)

  @Option(help: "各批次报送文件夹所在的文件夹 · the folder in which the deliveries lie under their runs' names")
  var inputs = "inputs"

  @OptionGroup var places: WorkOptions
  @OptionGroup var speech: SpeechOptions

  func run() async throws {
    do throws(RunFailure) {
      var request = places.request(delivery: "")
      request.say = speech.say
      let rebuilt = try await rebuildLedger(request, inputs: inputs)
      if speech.json {
        print(rebuilt.json)
      } else if !speech.quiet {
        for line in rebuilt.lines { print(line.text(in: speech.lang)) }
      }
    } catch {
      throw end(with: error, in: speech.lang)
    }
  }
}

extension ReportsOption {
  fileprivate func request(_ speech: SpeechOptions) -> Request {
    var request = heng.request(delivery: "", rules: nil, reports: reports, jobs: nil)
    request.say = speech.say
    return request
  }
}
