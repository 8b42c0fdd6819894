public import ArgumentParser
import Fields
import Foundation
import Pipeline
import Requests
public import Tables

let version = Pipeline.toolVersion

/// How the program speaks.
struct SpeechOptions: ParsableArguments {
  @Option(help: "语言 zh 或 en · language of messages, zh or en")
  var lang = Language.zh

  @Flag(help: "供机器读取的 JSON · JSON for machines")
  var json = false

  @Flag(help: "只输出错误 · print nothing but errors")
  var quiet = false

  /// Tells on standard error what a command waits for; nil where it is to be quiet.
  var say: (@Sendable (Bilingual) -> Void)? {
    guard !quiet else { return nil }
    return { [lang] in complain($0.text(in: lang)) }
  }
}

/// Where the reports are.
struct ReportsOption: ParsableArguments {
  @Option(help: "报告文件夹 · folder of the reports")
  var reports = "reports"
}

/// Where the reports are, and how many jobs run at once.
struct WorkOptions: ParsableArguments {
  @OptionGroup var folder: ReportsOption

  @Option(help: "并行任务数，默认等于处理器数 · jobs at once, by default as many as processors")
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 {
      throw ValidationError("--jobs 至少为 1 · --jobs must be at least 1")
    }
  }

  func request(delivery: String, rules: String? = nil) -> Request {
    heng.request(delivery: delivery, rules: rules, reports: folder.reports, jobs: jobs)
  }
}

/// Where the rules and reports are, and how many jobs run at once.
struct PlaceOptions: ParsableArguments {
  @Option(help: "规则包文件夹，代替 run.yaml 所指 · a rule pack's folder instead of the one in run.yaml")
  var rules: String?

  @OptionGroup var work: WorkOptions

  func request(delivery: String) -> Request { work.request(delivery: delivery, rules: rules) }
}

/// What a command asks for, at this moment.
func request(delivery: String, rules: String?, reports: String, jobs: Int?) -> Request {
  Request(
    delivery: delivery.hasSuffix("/") ? String(delivery.dropLast()) : delivery, rules: rules,
    reports: reports, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, started: Date())
}

extension Language: ExpressibleByArgument {}

/// Prints the messages of a failure on standard error and ends with its status.
func end(with failure: RunFailure, in language: Language) -> ExitCode {
  for message in failure.messages { complain(message.text(in: language)) }
  return ExitCode(failure.exitStatus)
}

/// A line on standard error; a resident number that somebody typed or a message quotes is hidden.
func complain(_ line: String) { writeMessage(scrubbed(line) + "\n") }
