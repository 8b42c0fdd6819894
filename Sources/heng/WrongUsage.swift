import ArgumentParser
import Expressions
import Foundation

/// Ends the program with what was thrown: help, a failure that was told already, or wrong usage.
///
/// Wrong usage ends with 2, as the conventions of this program say, and not with the parser's 64;
/// what the parser says of it in English is preceded by the same in Chinese.
func end(with error: any Error) -> Never {
  guard Heng.exitCode(for: error) == .validationFailure else { Heng.exit(withError: error) }
  if let wrong = MisspeltCommand(Array(CommandLine.arguments.dropFirst())) {
    complain("用法有误：\(wrong.inChinese) — 请按下面的用法改正")
    complain("Error: \(wrong.inEnglish)")
    complain(usage(in: Heng.fullMessage(for: error)))
    Heng.exit(withError: ExitCode(2))
  }
  let told = Heng.message(for: error)
  complain("用法有误：\(inChinese(told)) — 请按下面的用法改正")
  complain(Heng.fullMessage(for: error))
  Heng.exit(withError: ExitCode(2))
}

/// What the parser says of how a command is used, without what it says was wrong.
private func usage(in message: String) -> String {
  guard let start = message.range(of: "Usage: ") else { return message }
  return String(message[start.lowerBound...])
}

/// A word that stands where a command should and is none; the parser calls it an argument too many,
/// or complains of an option behind it.
struct MisspeltCommand {
  let written: String
  /// The commands that there are.
  let known: [String]

  /// Nil where every word that stands for a command is one.
  init?(_ arguments: [String]) {
    var command: any ParsableCommand.Type = Heng.self
    for argument in arguments {
      let commands = command.configuration.subcommands
      guard !commands.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return nil }
      guard let next = commands.first(where: { $0.configuration.commandName == argument }) else {
        written = argument
        // By a closure: the compiler crashes over a key path of types.
        known = commands.compactMap { $0.configuration.commandName }
        return
      }
      command = next
    }
    return nil
  }

  private var nearest: String? { nearestName(to: written, among: known) }

  var inChinese: String {
    "没有命令“\(written)”"
      + (nearest.map { "，是否应为“\($0)”？" } ?? "，命令有：\(known.joined(separator: "、"))")
  }

  var inEnglish: String {
    "There is no command '\(written)'. "
      + (nearest.map { "Did you mean '\($0)'?" }
        ?? "The commands are: \(known.joined(separator: ", ")).")
  }
}

/// What the parser says, by its first words; messages of our own are in both languages already.
private func inChinese(_ message: String) -> String {
  let quoted = message.matches(of: #/'([^']*)'/#).map { "“\($0.1)”" }
  let named = quoted.first ?? ""
  let last = quoted.last ?? ""
  return switch message {
  case _ where message.hasPrefix("Missing expected argument"): "缺少\(named)"
  case _ where message.hasPrefix("Missing value for"): "\(named)没有写值"
  case _ where message.hasPrefix("Unknown option"):
    "没有选项\(named)" + (quoted.count > 1 ? "，是否应为\(last)？" : "")
  case _ where message.hasPrefix("Unexpected argument"): "多出\(named)"
  case _ where message.contains("unexpected arguments"): "多出\(quoted.joined(separator: "、"))"
  case _ where message.hasPrefix("The value"): "\(named)不能用于\(quoted.dropFirst().first ?? "")"
  default: String(message.prefix { $0 != "·" }).trimmingCharacters(in: .whitespaces)
  }
}
