import Derivation
import Intake
import Linkage
import PastRuns
import Ranking
package import Reports
package import Requests
import RulePacks
import Scoring
package import Tables

/// The whole flow: delivery → ranked reports, published in one step and recorded.
package func run(_ request: Request) async throws(RunFailure) -> Published {
  let rules = try readRules(request)
  settle(request)
  try requirePlace(of: rules.0.id, for: request)
  tellReplaced(rules.0, for: request)
  let evaluated = try await evaluate(request, by: rules, EvaluationOptions())
  let emptiness = emptiness(of: evaluated)
  guard emptiness.isEmpty else { throw RunFailure(.failed, emptiness) }
  return try await publish(evaluated, of: request)
}

/// The stages in their order, everything short of publishing.
package func evaluate(_ request: Request) async throws(RunFailure) -> RunResult {
  try await evaluate(request, EvaluationOptions())
}

/// How an evaluation departs from its delivery, to find out what a change is due to.
package struct EvaluationOptions: Sendable {
  /// Another date to apply the criteria at.
  package var asOf: PartialDate?
  /// Whether delivered corrections are left aside.
  package var withoutCorrections = false
  /// Whether rank intervals and screening lists are left out.
  package var ranksOnly = false
  /// Whether rank intervals are left out.
  package var withoutIntervals = false

  package init(
    asOf: PartialDate? = nil, withoutCorrections: Bool = false, ranksOnly: Bool = false,
    withoutIntervals: Bool = false
  ) {
    self.asOf = asOf
    self.withoutCorrections = withoutCorrections
    self.ranksOnly = ranksOnly
    self.withoutIntervals = withoutIntervals
  }
}

/// The stages in their order, of a delivery with something exchanged.
package func evaluate(_ request: Request, _ variation: EvaluationOptions) async throws(RunFailure)
  -> RunResult
{
  try await evaluate(request, by: readRules(request), variation)
}

/// - Parameter rules: the delivery's plan and its rule pack.
private func evaluate(
  _ request: Request, by rules: (RunPlan, RulePack), _ variation: EvaluationOptions
) async throws(RunFailure) -> RunResult {
  var (plan, pack) = rules
  plan.asOf = variation.asOf ?? plan.asOf
  if variation.ranksOnly { plan.honours = [] }
  if variation.ranksOnly || variation.withoutIntervals {
    for index in pack.rubrics.indices { pack.rubrics[index].robustness = nil }
  }
  // Before the files: a wrong name must not cost a clerk the time of reading them.
  let (earlier, notCompared) = try EarlierDelivery.read(request, plan: plan)
  request.begin(.reading)
  var delivery = try await takeDelivery(request, plan: plan, pack: pack)
  if variation.withoutCorrections { delivery.removeCorrections(pack) }
  var (carried, notCarried) = try carriedResults(request, plan: plan, pack: pack)
  let quarantine = delivery.quarantine
  let unread = delivery.unreadFields
  let returns = Returns(delivery, plan: plan, pack: pack, earlier: earlier)
  let otherFindings =
    unknownValues(in: delivery, pack: pack) + returns.findings + notCompared
    + notCarried

  request.begin(.linking)
  var linked = await link(
    delivery, pack: pack, settings: LinkSettings(asOf: plan.asOf, jobs: request.jobs))
  request.begin(.deriving)
  let derived = await derive(
    &linked.dossiers, pack: pack, settings: DeriveSettings(asOf: plan.asOf, jobs: request.jobs))
  let successions = try Successions(
    request, plan: plan, pack: pack, dossiers: linked.dossiers)
  successions.follow(in: &carried, pack, linked.dossiers)
  request.begin(.scoring)
  let scored = await score(
    &linked.dossiers, pack: pack,
    settings: ScoreSettings(purpose: plan.purpose, jobs: request.jobs, carried: carried))
  request.begin(.ranking)
  var ranked = await rankAll(
    scored, plan: plan, pack: pack, dossiers: linked.dossiers, jobs: request.jobs)
  // Without the lists nobody can say which proposal a decision is about.
  let opened =
    variation.ranksOnly
    ? (cases: [], findings: [])
    : openCases(
      of: &ranked.screenings, cards: scored.scorecards, plan: plan, pack: pack,
      dossiers: linked.dossiers)

  var evaluated = RunResult(
    run: plan, pack: pack, files: linked.files, dossiers: linked.dossiers,
    scorecards: scored.scorecards, standings: ranked.standings, intervals: ranked.intervals,
    screenings: ranked.screenings, coverage: derived.coverage, formation: derived.formation,
    findings: linked.delivered + otherFindings + linked.findings + successions.findings
      + derived.findings
      + scored.findings + ranked.lints + opened.findings,
    quarantine: quarantine, corrections: linked.corrections, toolVersion: toolVersion)
  let unheard = acknowledge(
    &evaluated.findings, pack: pack, dossiers: linked.dossiers,
    files: linked.files.map(\.path))
  evaluated.findings += unheard
  evaluated.published = derived.published
  evaluated.statistics = derived.statistics
  evaluated.forms = derived.forms
  evaluated.cases = opened.cases
  evaluated.unmatched = linked.unmatched
  evaluated.aside = delivery.aside
  evaluated.unread = unread
  evaluated.returns = returns.lines
  evaluated.districts = returns.districts
  evaluated.carried = carried
  evaluated.successions = successions.cases
  evaluated.said = successions.said
  evaluated.exceeded = exceededTolerances(of: evaluated)
  return evaluated
}

extension Delivery {
  fileprivate var unreadFields: [UnreadField] {
    unread.indices.flatMap { record in
      unread[record].indices.compactMap { field in
        let count = unread[record][field]
        guard count > 0 else { return nil }
        return UnreadField(
          record: record, field: field, unread: count,
          stated: count + records[record].columns[field].presence.stated)
      }
    }
  }

  fileprivate mutating func removeCorrections(_ pack: RulePack) {
    for (index, kind) in pack.records.enumerated() where kind.subject == .corrections {
      records[index] = RecordTable(columns: kind.fields.map { Column($0.type.column) })
    }
  }
}
