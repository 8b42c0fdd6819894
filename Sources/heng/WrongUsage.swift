import ArgumentParser
import Foundation

/// Ends the program with what was thrown: help, a failure that was told already, or wrong usage.
///
/// Wrong usage ends with 2, as the conventions of this program say, and not with the parser's 64;
/// what the parser says of it in English is preceded by the same in Chinese.
func end(with error: any Error) -> Never {
  guard Heng.exitCode(for: error) == .validationFailure else { Heng.exit(withError: error) }
  let told = Heng.message(for: error)
  complain("用法有误：\(inChinese(told)) — 请按下面的用法改正")
  complain(Heng.fullMessage(for: error))
  Heng.exit(withError: ExitCode(2))
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
