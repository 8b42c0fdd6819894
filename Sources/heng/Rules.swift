import ArgumentParser
import Rulemaking
import Tables

/// `heng rules`: what can be done with a rule pack alone.
struct Rules: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "规则包 · rule packs",
    subcommands: [
      CheckRules.self, RulesForms.self, RulesShow.self, RulesRevise.self, RulesTest.self,
      RulesImpact.self,
      DraftRules.self,
    ])

  /// `heng rules check`: all faults of a pack, with their places.
  struct CheckRules: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "检查规则包 · list every fault of a rule pack")

    @Argument(help: "规则包文件夹 · the pack's folder")
    var rules: String

    @OptionGroup var speech: SpeechOptions

    func run() throws {
      let checked = checkRules(at: rules)
      if speech.json {
        print(checked.json)
      } else if checked.faults.isEmpty, !speech.quiet {
        print(checked.summary.text(in: speech.lang))
        for note in checked.notes { print(note.text(in: speech.lang)) }
      }
      for fault in checked.faults { complain(fault.text(in: speech.lang)) }
      if !checked.faults.isEmpty { throw ExitCode(2) }
    }
  }
}
