import ArgumentParser
import Foundation
import Requests
import Rulemaking
import Tables

/// `heng rules revise`: an edited workbook back into the rubric's file.
struct RulesRevise: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise",
    abstract: "读回改好的工作簿，给出评分标准文件 · read an edited workbook back into rubric files",
    discussion: """
      工作簿由 heng rules show --xlsx 生成。改动先按规则包检查，错误指出工作表和单元格；没有改动的段落连同注释保持原样。
      不写 --out 时输出到屏幕；--out 是文件夹时，每个有改动的评分标准写一个文件。
      The workbook is one that heng rules show --xlsx made. Changes are checked with the whole pack, \
      and faults name sheet and cell; what is not changed keeps its text and its comments. Without \
      --out the file is printed; where --out is a folder, each changed rubric gets a file there.
      """)

  @Argument(help: "规则包文件夹 · the pack's folder")
  var rules: String

  @Argument(help: "改好的工作簿 · the edited workbook")
  var workbook: String

  @Option(help: "只读一项评分标准 · one rubric only")
  var rubric: String?

  @Option(help: "写入的文件或文件夹 · the file or folder to write")
  var out: String?

  @Option(help: "语言 zh 或 en · language of messages, zh or en")
  var lang = Language.zh

  func run() throws {
    do throws(RunFailure) {
      let revised = try reviseRules(at: rules, workbook: workbook, rubric: rubric)
      if let out {
        let written = try revised.write(to: out)
        for line in revised.lines(in: lang) { print(line) }
        for path in written { print(path) }
      } else if revised.rubrics.count == 1 {
        for line in revised.lines(in: lang) { complain(line) }
        for rubric in revised.rubrics { print(rubric.text, terminator: "") }
      } else {
        for line in revised.lines(in: lang) { print(line) }
      }
    } catch {
      throw end(with: error, in: lang)
    }
  }
}
