import ArgumentParser
import Requests
import Rulemaking
import Tables

extension Rules {
  /// `heng rules forms`: blank tables for the offices, made from the data dictionary.
  struct RulesForms: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "forms",
      abstract: "按数据字典制作空白报送表 · blank forms for the offices, from the data dictionary",
      discussion: """
        每个数据类别一个工作簿：列名、每列怎样填、下拉表、一行不计入的示例。填好后放入报送文件夹\
        即可读入，不用另写来源配置。
        A workbook a record kind, with the headings, how each column is filled in, lists to choose \
        from, and an example that is not counted. Filled in and put into a delivery it is read as \
        it is.
        """)

    @Argument(help: "规则包文件夹 · the pack's folder")
    var rules: String

    @Option(
      name: .customLong("record"),
      help: "只做这个数据类别（编号或名称），可写多次 · only this record kind, by id or title; may be repeated")
    var records: [String] = []

    @Option(help: "写入的文件夹 · the folder to write into")
    var out: String

    @Flag(help: "文件夹里已有的同名表换成空白表 · replace forms of the same name in the folder")
    var replace = false

    @OptionGroup var speech: SpeechOptions

    func run() throws {
      var asked = AskedForms(
        records: records, folder: out.count > 1 && out.hasSuffix("/") ? String(out.dropLast()) : out
      )
      asked.replaces = replace
      asked.language = speech.lang
      do throws(RunFailure) {
        let written = try writeForms(of: rules, asked)
        if speech.json {
          print(written.json)
        } else if !speech.quiet {
          for line in written.lines(in: speech.lang) { print(line) }
        }
      } catch {
        throw end(with: error, in: speech.lang)
      }
    }
  }
}
