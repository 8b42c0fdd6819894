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
    let unknown: Int32 = rule.skipsUnknown ? -1 : -2
    guard case .flags(let holds) = vector.values else {
      for lane in decided.indices where decided[lane] == -1 { decided[lane] = unknown }
      continue
    }
    if vector.missing.isEmpty && vector.faults.isEmpty {
      take(Int32(number), where: holds.span, &decided)
    } else if vector.faults.isEmpty {
      take(Int32(number), where: holds.span, vector.missing.span, unknown, &decided)
    } else {
      for lane in decided.indices where decided[lane] == -1 {
        decided[lane] = vector.isKnown(lane) ? holds[lane] ? Int32(number) : -1 : unknown
      }
    }
  }
  return decided
}

/// Lets a rule decide where it holds and none has; without a branch, so that many lanes go at once.
private func take(_ rule: Int32, where holds: Span<Bool>, _ decided: inout [Int32]) {
  precondition(holds.count == decided.count)
  for lane in decided.indices {
    let isIts = decided[lane] == -1 && holds[lane]
    decided[lane] = isIts ? rule : decided[lane]
  }
}

/// The same where it is not known of all lanes whether it holds.
private func take(
  _ rule: Int32, where holds: Span<Bool>, _ missing: Span<UInt64>, _ unknown: Int32,
  _ decided: inout [Int32]
) {
  precondition(holds.count == decided.count && missing.count == decided.count)
  for lane in decided.indices {
    let answer = missing[lane] != 0 ? unknown : holds[lane] ? rule : -1
    decided[lane] = decided[lane] == -1 ? answer : decided[lane]
  }
}

/// The findings of rules that ask for one, by subject.
///
/// - Parameter decided: of all subjects, stretch after stretch.
func findings(
  of decided: [[Int32]], _ rules: [Derivation.Rule], _ derivation: Derivation, _ dossiers: Dossiers
) -> [Finding] {
  let isSaid = rules.map { $0.finding != nil }
  guard isSaid.contains(true) else { return [] }
  var findings: [Finding] = []
  var start = 0
  for stretch in decided {
    for lane in stretch.indices where stretch[lane] >= 0 && isSaid[Int(stretch[lane])] {
      let id = dossiers.subjects[derivation.subject].ids[start + lane]
      findings.append(finding(rules[Int(stretch[lane])], derivation, subject: id))
    }
    start += stretch.count
  }
  return findings
}

private func finding(_ rule: Derivation.Rule, _ derivation: Derivation, subject: String)
  -> Finding
{
  let text = rule.finding ?? ""
  let basis = rule.basis.isEmpty ? derivation.basis : rule.basis
  return Finding(
    .warning, "\(derivation.id).\(rule.id)", subject: subject, field: derivation.id,
    message: Bilingual(zh: text, en: text),
    cure: Bilingual(
      zh: basis.isEmpty ? "请核实并处理。" : "请核实，并按依据处理：\(basis)。",
      en: basis.isEmpty ? "Check and settle it." : "Check, and settle it by its basis: \(basis)."))
}
