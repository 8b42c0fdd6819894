import Pipeline
import Reports
import Requests
import RulePacks
import Tables

/// One evaluation on the way from one run to another, and what was exchanged to come to it.
struct Step {
  enum Change { case edition, correction, date, facts }

  var judged: EvaluationSummary
  /// Meaningless for the first.
  var change: Change
}

/// What is kept of an evaluation: its results, and where it is asked for the rows behind them.
struct EvaluationSummary {
  var results: RunResult
  var rows: RowsBehind?

  /// - Parameter withRows: whether what the delivered rows say is kept.
  init(_ evaluated: RunResult, withParts: Bool, withRows: Bool) {
    rows = withRows ? RowsBehind(evaluated) : nil
    results = evaluated.resultsOnly(withParts: withParts)
  }
}

/// Evaluations of two deliveries with one thing or another of each other, each made once.
///
/// One evaluation at a time is whole; of the others the results are kept.
struct States {
  let before: EvaluationSummary
  let after: EvaluationSummary
  private let old: Request
  private let new: Request
  private var made: [State: EvaluationSummary] = [:]

  /// What an evaluation takes from the later run.
  private struct State: Hashable {
    var delivery: Bool
    var pack: Bool
    var date: Bool
    var corrections = true
  }

  init(_ old: Request, _ new: Request) async throws(RunFailure) {
    self.old = old
    self.new = new
    let variation = EvaluationOptions(ranksOnly: true)
    let sameDate = try readRules(old).0.asOf == readRules(new).0.asOf
    // The rows are exchanged between evaluations at one date without corrections.
    let first = try await evaluate(old, variation)
    before = EvaluationSummary(
      first, withParts: true, withRows: sameDate && first.corrections.isEmpty)
    let last = try await evaluate(new, variation)
    after = EvaluationSummary(last, withParts: true, withRows: last.corrections.isEmpty)
  }

  /// The way from the earlier run to the later; equal neighbours are left out.
  mutating func steps(_ order: RunComparison.Order) async throws(RunFailure) -> [Step] {
    let way: [(Step.Change, State)]
    switch order {
    case .editionFirst:
      way = [
        (.edition, State(delivery: false, pack: true, date: false)),
        (.correction, State(delivery: false, pack: true, date: false, corrections: false)),
        (.date, State(delivery: false, pack: true, date: true, corrections: false)),
        (.facts, State(delivery: true, pack: true, date: true, corrections: false)),
        (.correction, State(delivery: true, pack: true, date: true)),
      ]
    case .editionLast:
      way = [
        (.correction, State(delivery: false, pack: false, date: false, corrections: false)),
        (.date, State(delivery: false, pack: false, date: true, corrections: false)),
        (.facts, State(delivery: true, pack: false, date: true, corrections: false)),
        (.correction, State(delivery: true, pack: false, date: true)),
        (.edition, State(delivery: true, pack: true, date: true)),
      ]
    }
    var last = State(delivery: false, pack: false, date: false)
    var steps = [Step(judged: before, change: .edition)]
    // Of the evaluations between which rows are exchanged.
    let exchanged = way.indices.filter { way[$0].0 == .facts }.flatMap {
      [plain(way[$0].1), plain(way[$0 - 1].1)]
    }
    for (change, state) in way {
      let state = plain(state)
      guard state != plain(last) else { continue }
      let judged = try await evaluation(state, withRows: exchanged.contains(state))
      steps.append(Step(judged: judged, change: change))
      last = state
    }
    return steps
  }

  /// The same evaluation, said with as little as possible of the later run.
  private func plain(_ state: State) -> State {
    var state = state
    if before.results.pack.sha256 == after.results.pack.sha256 { state.pack = false }
    if before.results.run.asOf == after.results.run.asOf { state.date = false }
    if (state.delivery ? after : before).results.corrections.isEmpty { state.corrections = true }
    return state
  }

  private mutating func evaluation(_ state: State, withRows: Bool) async throws(RunFailure)
    -> EvaluationSummary
  {
    if state == plain(State(delivery: false, pack: false, date: false)) { return before }
    if state == plain(State(delivery: true, pack: true, date: true)) { return after }
    if let judged = made[state] { return judged }
    var request = state.delivery ? new : old
    request.rules = try packFolder(of: state.pack ? new : old)
    let evaluated = try await evaluate(
      request,
      EvaluationOptions(
        asOf: (state.date ? after : before).results.run.asOf,
        withoutCorrections: !state.corrections,
        ranksOnly: true))
    let judged = EvaluationSummary(evaluated, withParts: false, withRows: withRows)
    made[state] = judged
    return judged
  }

  private func packFolder(of request: Request) throws(RunFailure) -> String {
    do {
      return try rulesPath(ofDelivery: request.delivery, rules: request.rules)
    } catch {
      throw RunFailure(.refused, error.faults.map(\.sentence))
    }
  }
}
