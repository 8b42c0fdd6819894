import PastRuns
import Pipeline
import Reports
package import Requests
import RulePacks
import Tables

/// What moved between two runs, and why.
package struct RunComparison: Sendable {
  package var before: Side
  package var after: Side
  /// In which order one thing after another was exchanged to find the parts of each change.
  package var order: Order
  /// Every rate of coverage of either run, in the order of the later.
  package var coverage: [CoverageChange]
  package var rubrics: [RubricChange]

  package struct Side: Sendable, Equatable {
    package var run: String
    package var asOf: String
    /// The same in days since 1970; of a month or year its first.
    package var day: Int
    /// Id and edition, for machines.
    package var pack: String
    /// Title and edition, for people.
    package var packTitle: String
  }

  package enum Order: String, Sendable {
    case editionFirst = "edition-first"
    /// Where the earlier delivery cannot be read by the later pack.
    case editionLast = "edition-last"
  }
}

/// What moved in one ranking.
package struct RubricChange: Sendable {
  package var impact: RubricImpact
  /// One list a move; where there is a result in both runs, points add up to its change.
  package var parts: [[ChangePart]]
}

/// A part of the change of one result, by what it is due to.
package struct ChangePart: Sendable, Equatable {
  package var reason: Reason
  /// In thousandths.
  package var points: Int

  package enum Reason: String, Sendable, CaseIterable {
    /// The rule pack is another.
    case edition
    /// Corrections that one run had and the other had not, or had otherwise.
    case correction
    /// The criteria were applied at another date to the same rows.
    case date
    /// Delivered rows are new, gone or say something else.
    case data
    /// The same rows were joined otherwise.
    case linkage
    /// Only others changed: those it is measured against, or ranked with.
    case cohort
  }
}

/// Evaluates the deliveries of two runs and exchanges one thing after another between them.
///
/// - Parameters:
///   - before: The earlier run.
///   - after: The later run.
///   - rules: Packs' folders for the earlier and the later run; nil is what the run used.
///   - rubric: One rubric only.
///   - request: Where runs, packs and the ledger are; delivery and rules are set by this.
package func compareRuns(
  _ before: String, _ after: String, rules: (before: String?, after: String?) = (nil, nil),
  rubric: String? = nil, request: Request
) async throws(RunFailure) -> RunComparison {
  let old = try recorded(before, rules: rules.before, request: request)
  let new = try recorded(after, rules: rules.after, request: request)
  var states = try await States(old, new)
  for (run, evaluated, request, option) in [
    (before, states.before.results, old, "--rules-before"),
    (after, states.after.results, new, "--rules-after"),
  ] {
    try requireUnchanged(evaluated, run: run, request: request)
    try requireSamePack(evaluated, request: request, option: option)
  }
  let impact = compare(states.before.results, states.after.results)
  if let rubric, !impact.rubrics.contains(where: { $0.id == rubric }) {
    throw noSuchRubric(rubric, known: impact.rubrics.map { ($0.id, $0.title) })
  }
  let (steps, order) = try await states.ordered(request)
  let facts = steps.indices.dropFirst().first { steps[$0].change == .facts }
  let rows = facts.flatMap { index in
    steps[index - 1].judged.rows.flatMap { old in
      steps[index].judged.rows.map { BehindSubjects(old, $0) }
    }
  }
  let rubrics = impact.rubrics.filter { rubric == nil || $0.id == rubric }
  return RunComparison(
    before: side(states.before.results), after: side(states.after.results), order: order,
    coverage: rubric == nil
      ? coverageChanges(states.before.results.coverage, states.after.results.coverage) : [],
    rubrics: rubrics.map { impact in
      let sides = steps.map { RubricSide($0.judged.results, rubric: impact.id) }
      return RubricChange(
        impact: impact,
        parts: impact.moves.map { move in
          parts(of: move, sides: sides, changes: steps.map(\.change)) {
            rows?.reason(of: move.subject, rubric: impact.id) ?? .data
          }
        })
    })
}

extension States {
  /// The way by the later pack first or, where it does not take the earlier delivery, last; which it
  /// was and why is said.
  ///
  /// - Throws: what fails of itself, such as a disk: that says nothing about the pack.
  fileprivate mutating func ordered(_ request: Request) async throws(RunFailure)
    -> (steps: [Step], order: RunComparison.Order)
  {
    let refusal: RunFailure
    do throws(RunFailure) {
      return (try await steps(.editionFirst), .editionFirst)
    } catch {
      guard error.kind == .refused else { throw error }
      refusal = error
    }
    if let reason = refusal.messages.first {
      request.say?(
        Bilingual(
          zh: "新规则包不能读取较早的报送，因此最后才换规则包 — \(reason.zh)",
          en: "the later pack cannot read the earlier delivery, so the pack is exchanged last — "
            + reason.en))
    }
    return (try await steps(.editionLast), .editionLast)
  }
}

private func side(_ evaluated: RunResult) -> RunComparison.Side {
  RunComparison.Side(
    run: evaluated.run.id, asOf: evaluated.run.asOf.description,
    day: Int(evaluated.run.asOf.firstDay),
    pack: evaluated.pack.shownID, packTitle: evaluated.pack.shownTitle)
}

/// The parts of one change; a result that a step does not give counts as 0 there.
private func parts(
  of move: Move, sides: [RubricSide?], changes: [Step.Change],
  facts: () -> ChangePart.Reason
) -> [ChangePart] {
  let outcomes = sides.map { side in
    side.flatMap { side in
      (side.entry(of: move.subject) ?? move.earlierSubject.flatMap { side.entry(of: $0) })
        .map { side.outcome($0) }
    }
  }
  let hasBoth = move.before != nil && move.after != nil
  var points: [ChangePart.Reason: Int] = [:]
  var standing: Set<ChangePart.Reason> = []
  for index in outcomes.indices.dropFirst() {
    let (old, new) = (outcomes[index - 1], outcomes[index])
    let change = hasBoth ? (new?.score ?? 0) - (old?.score ?? 0) : 0
    guard change != 0 || old?.standing != new?.standing else { continue }
    let reason: ChangePart.Reason =
      switch changes[index] {
      case .edition: .edition
      case .correction: .correction
      case .date: .date
      case .facts: facts()
      }
    points[reason, default: 0] += change
    if old?.standing != new?.standing { standing.insert(reason) }
  }
  let parts = ChangePart.Reason.allCases.compactMap { reason -> ChangePart? in
    let points = points[reason] ?? 0
    guard points != 0 || (move.changesStanding && standing.contains(reason)) else { return nil }
    return ChangePart(reason: reason, points: points)
  }
  return parts.isEmpty ? [ChangePart(reason: .cohort, points: 0)] : parts
}
