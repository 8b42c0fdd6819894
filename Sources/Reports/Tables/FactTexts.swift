import RulePacks
import Tables

/// One fact of a subject kind as reports show it: its label, and of each subject the value, with
/// the name where it is a code.
struct FactTexts: Sendable {
  let label: String
  private let values: TextSource
  /// Names of codes; empty where the fact has none.
  private let names: [String: String]

  init(_ results: RunResult, subject: Int, slot: Int) {
    let fact = results.pack.subjects[subject].facts[slot]
    let codes = fact.codes.map { results.pack.codes[$0].codes } ?? []
    label = fact.label
    values = TextSource(results.dossiers, subject: subject, fact: slot)
    names = Dictionary(codes.map { ($0.code, $0.name) }, uniquingKeysWith: { one, _ in one })
  }

  var hasNames: Bool { !names.isEmpty }

  /// Empty where nothing is stated.
  func value(of row: Int) -> String { values.text(row) }

  /// The name of the code, or else the value itself.
  func name(of row: Int) -> String {
    let value = value(of: row)
    return names[value] ?? value
  }
}
