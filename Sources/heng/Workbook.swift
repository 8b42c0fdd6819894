import Accountability
import ArgumentParser
import Requests
import RulePacks
import Tables

/// `heng workbook`: the workbook of a published run, with all its rows.
struct Workbook: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workbook",
    abstract: "把已发布批次的全部结果写成一个工作簿 · the workbook of a published run, with all rows",
    discussion: """
      批次中的 rankings.xlsx 每张表只有前几百行；这里写出全部行，超过 Excel 行数上限的表分成几张。\
      要让每次运行都发布全部行，在 run.yaml 中写“workbook-rows: all”。
      rankings.xlsx of a run has the first few hundred rows of each sheet; this writes all of them, \
      on several sheets where Excel takes no more on one. To publish all rows with every run, write \
      “workbook-rows: all” in run.yaml.
      """)

  @Argument(help: "批次编号 · the run")
  var run: String

  @Option(help: "写入的文件，默认为“批次编号.xlsx” · file to write, by default RUN.xlsx")
  var output: String?

  @Option(help: "每张表最多几行，默认全部 · rows of each sheet at most, by default all")
  var rows: Int?

  @OptionGroup var places: PlaceOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if let rows, rows < 1 {
      throw ValidationError("--rows 至少为 1 · --rows must be at least 1")
    }
  }

  func run() async throws {
    let name = run.split(separator: "/").last.map(String.init) ?? run
    let path = output ?? name + ".xlsx"
    var request = places.request(delivery: run)
    request.say = speech.say
    do throws(RunFailure) {
      try await writeWorkbook(
        ofRun: run, rows: rows.map { .atMost($0) } ?? .all, to: path, request: request)
    } catch {
      throw end(with: error, in: speech.lang)
    }
    if speech.json {
      print(workbookJSON(path))
    } else if !speech.quiet {
      print(path)
    }
  }
}
