import RulePacks
import Tables

/// One evaluation on the way from one run to another, and what was exchanged to come to it.
struct Step {
  enum Change { case edition, correction, date, facts }

  var evaluated: Evaluated
  /// Meaningless for the first.
  var change: Change
}

/// Evaluations of two deliveries with one thing or another of each other, each made once.
struct States {
  let before: Evaluated
  let after: Evaluated
  private let old: Request
  private let new: Request
  private var made: [State: Evaluated] = [:]

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
    let variation = Variation(ranksOnly: true)
    before = try await evaluate(old, variation)
    after = try await evaluate(new, variation)
  }

  /// The way from the earlier run to the later; equal neighbours are left out.
  mutating func steps(_ order: Comparison.Order) async throws(RunFailure) -> [Step] {
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
    var steps = [Step(evaluated: before, change: .edition)]
    for (change, state) in way {
      let state = plain(state)
      guard state != plain(last) else { continue }
      steps.append(Step(evaluated: try await evaluation(state), change: change))
      last = state
    }
    return steps
  }

  /// The same evaluation, said with as little as possible of the later run.
  private func plain(_ state: State) -> State {
    var state = state
    if before.pack.sha256 == after.pack.sha256 { state.pack = false }
    if before.plan.asOf == after.plan.asOf { state.date = false }
    if (state.delivery ? after : before).corrections.isEmpty { state.corrections = true }
    return state
  }

  private mutating func evaluation(_ state: State) async throws(RunFailure) -> Evaluated {
    if state == plain(State(delivery: false, pack: false, date: false)) { return before }
    if state == plain(State(delivery: true, pack: true, date: true)) { return after }
    if let evaluated = made[state] { return evaluated }
    var request = state.delivery ? new : old
    request.rules = try packFolder(of: state.pack ? new : old)
    let evaluated = try await evaluate(
      request,
      Variation(
        asOf: (state.date ? after : before).plan.asOf, withoutCorrections: !state.corrections,
        ranksOnly: true))
    made[state] = evaluated
    return evaluated
  }

  private func packFolder(of request: Request) throws(RunFailure) -> String {
    do {
      return try rulesPath(ofDelivery: request.delivery, rules: request.rules)
    } catch {
      throw RunFailure(.refused, error.faults.map(\.sentence))
    }
  }
}
