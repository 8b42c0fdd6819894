import Accountability
import ArgumentParser
import Requests
import Tables

/// `heng letters`: a letter for everybody in a ranking.
struct Letters: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "letters",
    abstract: "给一项排名的全部对象各写一份告知书 · a letter for everybody in a ranking, to print",
    discussion: """
      按排名的次序写，每份从新的一页开始。--out 以 .html 结尾的写成一个网页，以 .pdf 结尾的写成 PDF\
      （需要 chromium），其他的是文件夹，每个对象一个文件，以其编号命名。
      --where 只写符合条件的，条件用规则包中的事实来写。
      In the order of the ranking, each on pages of its own. --out is one page where it ends in
      .html, a PDF where it ends in .pdf (which needs chromium), else a folder with a file a
      subject, named by its id. --where takes those for whom a condition over the pack's facts
      holds.
      """)

  @Argument(help: "批次编号 · the run")
  var run: String

  @Option(help: "评分标准 · the rubric")
  var rubric: String

  @Option(name: .customLong("where"), help: "只写符合这个条件的 · only those for whom this holds")
  var condition: String?

  @Option(
    help: "写入的文件或文件夹，默认为“批次编号-评分标准.html” · file or folder, by default RUN-RUBRIC.html")
  var out: String?

  @Flag(help: "每份附上逐项依据 · each with all the evidence as an annex")
  var annex = false

  @OptionGroup var places: PlaceOptions
  @OptionGroup var speech: SpeechOptions

  func run() async throws {
    var asked = AskedLetters(rubric: rubric)
    asked.condition = condition
    asked.target = out
    asked.annex = annex
    asked.language = speech.lang
    do throws(RunFailure) {
      let written = try await writeLetters(
        ofRun: run, asked, request: places.request(delivery: run))
      if speech.json {
        print(written.json)
      } else if !speech.quiet {
        print(written.sentence.text(in: speech.lang))
      }
    } catch {
      throw end(with: error, in: speech.lang)
    }
  }
}
