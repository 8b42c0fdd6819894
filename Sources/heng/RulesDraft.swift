import ArgumentParser
import Foundation
import Requests
import Rulemaking
import Tables

extension Rules {
  /// `heng rules draft`: a first pack for files that no pack describes yet.
  struct DraftRules: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "draft",
      abstract: "由报送文件起草规则包 · draft a rule pack from delivered files",
      discussion: """
        找出表头或重复元素（工作簿逐张工作表），推断列的类型和单位，列出代码，与现有规则包的列名\
        比对；须由人决定的地方标“待定”。
        Finds headers (of workbooks sheet by sheet) and repeated elements, infers types and units, \
        lists codes, and compares names with the packs at hand; what a person must decide is \
        marked “decide”.
        """)

    @Argument(help: "报送文件或文件夹 · delivered files, or folders of them")
    var files: [String]

    @Option(help: "现有规则包，或放规则包的文件夹 · a pack at hand, or a folder of packs")
    var rules: String?

    @Option(help: "写入的文件夹（须是新的或空的） · folder to write, new or empty")
    var out: String?

    @OptionGroup var speech: SpeechOptions

    func run() throws {
      let usual = "inputs/rules"
      let known = rules ?? (FileManager.default.fileExists(atPath: usual) ? usual : nil)
      do throws(RunFailure) {
        let drafted = try draftRules(from: files, rules: known, language: speech.lang)
        if let out { try drafted.write(into: out) }
        if speech.json {
          print(drafted.json)
        } else if speech.quiet {
          return
        } else if let out {
          for path in drafted.paths { print("\(out)/\(path)") }
        } else {
          print(drafted.text)
        }
      } catch {
        throw end(with: error, in: speech.lang)
      }
    }
  }
}
