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
      例子也是一张表，可以修改、增删。改动使例子不再成立的，列出按新规则得出的结果，退出状态为 1；
      --review 写出工作簿，逐个核对，填“是”的再读回时才采纳。
      不写 --out 时输出到屏幕；--out 是文件夹时，每个有改动的评分标准写一个文件。
      The workbook is one that heng rules show --xlsx made. Changes are checked with the whole pack, \
      and faults name sheet and cell; what is not changed keeps its text and its comments. Examples \
      are a sheet as well. Where changes break them, what the new rules give is listed, and the \
      exit status is 1; --review writes a workbook in which a person accepts it one by one, before \
      it is read back. Without \
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

  @Option(
    help: "例子因改动不再成立时，写出待核对的工作簿 · write a workbook of examples to be reviewed")
  var review: String?

  @Option(help: "语言 zh 或 en · language of messages, zh or en")
  var lang = Language.zh

  func run() throws {
    var broke = false
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
      guard !revised.broken.isEmpty else { return }
      for one in revised.broken { for line in one.lines(in: lang) { complain(line) } }
      complain(aboutBrokenExamples.text(in: lang))
      if let review {
        try revised.writeReview(to: review, in: lang)
        complain(review)
      }
      broke = true
    } catch {
      throw end(with: error, in: lang)
    }
    if broke { throw ExitCode(1) }
  }
}
