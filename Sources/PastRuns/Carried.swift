import Foundation
package import Ledger
package import Requests
package import RulePacks
import Scoring
package import Tables

/// What the run named `previous` gave, as the ledger has it, for rubrics in which a rule says
/// `unknown: carry`.
///
/// - Returns: by the id of the rubric what can be taken over, and a finding where nothing can: no
///   value is taken from anywhere else.
package func carriedResults(_ request: Request, plan: RunPlan, pack: RulePack) throws(RunFailure)
  -> (carried: [String: CarriedResults], findings: [Finding])
{
  let rubrics = pack.rubrics.filter { !$0.carriedRules.isEmpty }
  guard let previous = plan.previous, !rubrics.isEmpty else { return ([:], []) }
  var carried: [String: CarriedResults] = [:]
  var findings: [Finding] = []
  for rubric in rubrics {
    if let values = try recorded(previous, of: rubric, pack, request) {
      carried[rubric.id] = CarriedResults(values)
    } else {
      findings.append(nothingCarried(from: previous, rubric))
    }
  }
  return (carried, findings)
}

private func recorded(_ run: String, of rubric: Rubric, _ pack: RulePack, _ request: Request)
  throws(RunFailure) -> CarriedValues?
{
  guard let ledger = try openLedger(of: request) else { return nil }
  return try reading { () throws(LedgerFailure) in
    guard let record = try ledger.latest(id: run, before: request.history?.before ?? Int.max) else {
      return nil
    }
    return try ledger.carriedValues(
      of: record.sequence, kind: pack.subjects[rubric.subject].id, rubric: rubric.id)
  }
}

private func nothingCarried(from previous: String, _ rubric: Rubric) -> Finding {
  Finding(
    .warning, "nothing-carried", subject: nil,
    message: Bilingual(
      zh: "《\(rubric.title)》有规则在缺材料时沿用上期结果，但运行记录中没有批次“\(previous)”可以沿用的结果，"
        + "这些规则按缺材料处理。",
      en:
        "“\(rubric.title)” takes results of the run before where facts are missing, but the ledger "
        + "has none of run “\(previous)” to take; these rules wait for their facts."),
    cure: Bilingual(
      zh: "请核对 run.yaml 中的 previous，或先重新运行批次“\(previous)”。",
      en: "Check `previous` in run.yaml, or run “\(previous)” again first."))
}

extension Rubric {
  /// Its rules that may take the value of the earlier run, by their numbers.
  package var carriedRules: [CarriedRule] {
    gates.indices.filter { gates[$0].unknown == .carry }
      .map { CarriedRule(.gate, id: gates[$0].id, number: $0) }
      + parts.indices.filter { parts[$0].unknown == .carry }
      .map { CarriedRule(.part, id: parts[$0].id, number: $0) }
      + caps.indices.filter { caps[$0].unknown == .carry }
      .map { CarriedRule(.cap, id: caps[$0].id, number: $0) }
  }

  /// Whether any of its rules may take the value of the earlier run.
  package var carries: Bool {
    !carriedRules.isEmpty
  }
}

extension CarriedResults {
  fileprivate init(_ recorded: CarriedValues) {
    var points: [String: [Int32?]] = [:]
    var gates: [String: [GateState?]] = [:]
    var caps: [String: [CapState?]] = [:]
    for (rule, values) in zip(recorded.rules, recorded.values) {
      switch rule.kind {
      case .part: points[rule.id] = values.map { $0.map { Int32(clamping: $0) } }
      case .gate:
        gates[rule.id] = values.map { $0.flatMap { GateState(rawValue: UInt8(clamping: $0)) } }
      case .cap:
        caps[rule.id] = values.map { $0.flatMap { CapState(rawValue: UInt8(clamping: $0)) } }
      }
    }
    self.init(subjects: recorded.subjects, points: points, gates: gates, caps: caps)
  }
}
