import Expressions
import Reports
import Requests
import RulePacks
import Tables

/// Who of a ranking is meant, as a person says by an expression.
struct CheckedCondition: Sendable {
  let expression: CheckedExpression

  /// Checks it against the facts of the rubric's subjects.
  init(_ text: String, rubric: Int, plan: RunPlan, pack: RulePack) throws(RunFailure) {
    do {
      expression = try checkCondition(
        text, named: "--where", subject: pack.rubrics[rubric].subject, purpose: plan.purpose,
        pack: pack)
    } catch {
      throw RunFailure(.refused, error.faults.map(\.sentence))
    }
  }
}

extension RunResult {
  /// The entries of a scorecard for whom a condition holds, in the order of publication, and of how
  /// many it is not known.
  func entries(
    _ card: Int, where condition: CheckedCondition?
  ) -> (chosen: [Int], undecided: Int) {
    let order = standings[card].order.map { Int($0) }
    guard let expression = condition?.expression else { return (order, 0) }
    let scorecard = scorecards[card]
    let subject = pack.rubrics[scorecard.rubric].subject
    var chosen: [Int] = []
    var undecided = 0
    var start = 0
    while start < order.count {
      let entries = order[start..<min(start + Dossiers.batchSize, order.count)]
      start = entries.endIndex
      let facts = dossiers.batch(
        of: subject, at: entries.map { scorecard.subjects[$0] }, demand: expression.demand)
      let answer = expression.evaluate(over: facts)
      guard case .flags(let flags) = answer.values else {
        undecided += entries.count
        continue
      }
      for (lane, entry) in entries.enumerated() {
        if !answer.isKnown(lane) {
          undecided += 1
        } else if flags[lane] {
          chosen.append(entry)
        }
      }
    }
    return (chosen, undecided)
  }
}
