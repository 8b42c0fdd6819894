import Accountability
import ArgumentParser
import Requests
import Tables

/// `heng explain`: why a subject has its result.
struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "说明一个对象的得分依据 · why a subject has its result, point by point",
    discussion: """
      --html 写成可打印的告知书（A4，不超过四页），交给被评价的单位；对方要求时加 --annex 附上逐项依据。
      要给一项排名的全部对象各写一份，请用 heng letters。
      --html writes a letter to print (A4, four pages at most) and hand over to whoever was
      evaluated; with --annex, on request, followed by every rule and row. To write those of a whole
      ranking, use heng letters.
      """)

  @Argument(help: "批次编号 · the run")
  var run: String

  @Argument(help: "对象编号，如统一社会信用代码 · the subject's id")
  var subject: String

  @Option(help: "只看一项评分标准 · one rubric only")
  var rubric: String?

  @Option(help: "写成告知书网页文件 · write a letter to print to this file")
  var html: String?

  @Flag(help: "告知书附上逐项依据 · with all the evidence as an annex of the letter")
  var annex = false

  @Flag(help: "每条规则附上表达式 · with the expression of each rule")
  var expressions = false

  @OptionGroup var places: PlaceOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if annex, html == nil {
      throw ValidationError("--annex 要和 --html 一起使用 · --annex needs --html")
    }
  }

  func run() async throws {
    do throws(RunFailure) {
      let explanations = try await Accountability.explain(
        run: run, subject: subject, rubric: rubric, request: places.request(delivery: run))
      if let html {
        try writeLetter(explanations, to: html, in: speech.lang, annex: annex)
        guard speech.json else { return }
      }
      guard speech.json || !speech.quiet else { return }
      for explained in explanations {
        print(
          speech.json
            ? explained.json : explained.letter(in: speech.lang, showsExpressions: expressions))
      }
    } catch {
      throw end(with: error, in: speech.lang)
    }
  }
}
