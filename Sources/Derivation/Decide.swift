import Expressions
import RulePacks
import Tables

/// For each subject the number of the rule that decides, −1 for none, −2 for unknown.
func decide(
  _ rules: [Derivation.Rule], _ subject: Int, _ rows: Range<Int>, _ dossiers: Dossiers
) -> [Int32] {
  var demand = Demand()
  for rule in rules { demand.form(union: rule.when.demand) }
  let batch = dossiers.batch(of: subject, rows: rows, demand: demand)
  var decided = Array(repeating: Int32(-1), count: rows.count)
  for (number, rule) in rules.enumerated() where decided.contains(-1) {
    let vector = rule.when.evaluate(over: batch)
    guard case .flags(let holds) = vector.values else {
      if !rule.skipsUnknown {
        for lane in decided.indices where decided[lane] == -1 { decided[lane] = -2 }
      }
      continue
    }
    for lane in decided.indices where decided[lane] == -1 {
      if vector.isKnown(lane) {
        if holds[lane] { decided[lane] = Int32(number) }
      } else if !rule.skipsUnknown {
        decided[lane] = -2
      }
    }
  }
  return decided
}

/// The findings of rules that ask for one, by subject.
///
/// - Parameter decided: of all subjects, stretch after stretch.
func findings(
  of decided: [[Int32]], _ rules: [Derivation.Rule], _ derivation: Derivation, _ dossiers: Dossiers
) -> [Finding] {
  guard rules.contains(where: { $0.finding != nil }) else { return [] }
  return decided.joined().enumerated().compactMap { row, number in
    guard number >= 0, let text = rules[Int(number)].finding else { return nil }
    let rule = rules[Int(number)]
    let basis = rule.basis.isEmpty ? derivation.basis : rule.basis
    return Finding(
      .warning, "\(derivation.id).\(rule.id)",
      subject: dossiers.subjects[derivation.subject].ids[row], field: derivation.id,
      message: Bilingual(zh: text, en: text),
      cure: Bilingual(
        zh: basis.isEmpty ? "请核实并处理。" : "请核实，并按依据处理：\(basis)。",
        en: basis.isEmpty ? "Check and settle it." : "Check, and settle it by its basis: \(basis).")
    )
  }
}
