import Derivation
import Intake
import Linkage
import Ranking
import Reports
public import RulePacks
public import Scoring
public import Tables

/// The whole flow: delivery → ranked reports, published in one step and recorded.
public func run(_ request: Request) async throws(RunFailure) -> Published {
  let evaluated = try await evaluate(request)
  return try await publish(evaluated, of: request)
}

/// The stages in their order, everything short of publishing.
public func evaluate(_ request: Request) async throws(RunFailure) -> Evaluated {
  try await evaluate(request, Variation())
}

/// How an evaluation departs from its delivery, to find out what a change is due to.
struct Variation: Sendable {
  /// Another date to apply the criteria at.
  var asOf: PartialDate?
  /// Whether delivered corrections are left aside.
  var withoutCorrections = false
  /// Whether rank intervals and screening lists are left out.
  var ranksOnly = false
  /// Whether rank intervals are left out.
  var withoutIntervals = false
}

func evaluate(_ request: Request, _ variation: Variation) async throws(RunFailure) -> Evaluated {
  var (plan, pack) = try readRules(request)
  plan.asOf = variation.asOf ?? plan.asOf
  if variation.ranksOnly { plan.honours = [] }
  if variation.ranksOnly || variation.withoutIntervals {
    for index in pack.rubrics.indices { pack.rubrics[index].robustness = nil }
  }
  request.begin(.reading)
  var delivery = try await takeDelivery(request, plan: plan, pack: pack)
  if variation.withoutCorrections { delivery.removeCorrections(pack) }
  let carried = try readCarried(request, plan: plan, pack: pack)
  let quarantine = delivery.quarantine
  let intakeFindings = delivery.findings + unknownValues(in: delivery)

  request.begin(.linking)
  var linked = await link(
    delivery, pack: pack, settings: LinkSettings(asOf: plan.asOf, jobs: request.jobs))
  request.begin(.deriving)
  let derived = await derive(
    &linked.dossiers, pack: pack, settings: DeriveSettings(asOf: plan.asOf, jobs: request.jobs))
  request.begin(.scoring)
  let scored = await score(
    &linked.dossiers, pack: pack,
    settings: ScoreSettings(purpose: plan.purpose, jobs: request.jobs, carried: carried))
  request.begin(.ranking)
  let standings = await rankAll(scored.scorecards, pack, linked.dossiers, jobs: request.jobs)
  var intervals: [RankIntervals?] = []
  for card in scored.scorecards {
    intervals.append(
      await rankIntervals(card, rubric: pack.rubrics[card.rubric], jobs: request.jobs))
  }
  var screenings = await screenAll(
    plan, pack, scored.scorecards, standings, linked.dossiers, jobs: request.jobs)
  // Without the lists nobody can say which proposal a decision is about.
  let opened =
    variation.ranksOnly
    ? (cases: [], findings: [])
    : openCases(
      of: &screenings, cards: scored.scorecards, plan: plan, pack: pack,
      dossiers: linked.dossiers)
  let lints =
    lint(scored, pack: pack) + disparities(scored.scorecards, linked.dossiers, pack: pack)

  return Evaluated(
    plan: plan, pack: pack, dossiers: linked.dossiers, files: linked.files,
    scorecards: scored.scorecards, standings: standings, intervals: intervals,
    screenings: screenings,
    coverage: derived.coverage, formation: derived.formation,
    findings: intakeFindings + linked.findings + derived.findings + scored.findings
      + lints + opened.findings,
    quarantine: quarantine, corrections: linked.corrections, cases: opened.cases,
    unmatched: linked.unmatched,
    carried: carried)
}

extension Delivery {
  fileprivate mutating func removeCorrections(_ pack: RulePack) {
    for (index, kind) in pack.records.enumerated() where kind.subject == .corrections {
      records[index] = RecordTable(columns: kind.fields.map { Column($0.type.column) })
    }
  }
}

/// Everything a run found out, before it is written down.
public struct Evaluated: Sendable {
  public var plan: RunPlan
  public var pack: RulePack
  public var dossiers: Dossiers
  public var files: [DeliveredFile]
  public var scorecards: [Scorecard]
  /// One a scorecard.
  public var standings: [Standings]
  /// One a scorecard; nil where the rubric does not ask.
  public var intervals: [RankIntervals?]
  public var screenings: [Screening]
  public var coverage: [CoverageLine]
  public var formation: [FormationPlan]
  public var findings: [Finding]
  public var quarantine: [QuarantinedRow]
  public var corrections: [AppliedCorrection]
  /// Objections and decisions, by subject.
  public var cases: [Case]
  /// Rows that found no subject.
  public var unmatched: Int
  public var carried: [String: CarriedResults]
}

private func rankAll(
  _ cards: [Scorecard], _ pack: RulePack, _ dossiers: Dossiers, jobs: Int
) async -> [Standings] {
  await inParallel(cards.count, jobs: jobs) { card in
    let rubric = pack.rubrics[cards[card].rubric]
    return rank(cards[card], subjects: dossiers.subjects[rubric.subject], rubric: rubric)
  }
}

private func screenAll(
  _ plan: RunPlan, _ pack: RulePack, _ cards: [Scorecard], _ standings: [Standings],
  _ dossiers: Dossiers, jobs: Int
) async -> [Screening] {
  let asked = plan.honours.indices.compactMap { honour in
    cards.firstIndex { $0.rubric == plan.honours[honour].rubric }.map { (honour, $0) }
  }
  var screenings = await inParallel(asked.count, jobs: jobs) { place in
    let (honour, card) = asked[place]
    return screen(
      cards[card], standings: standings[card], honour: honour, plan: plan, pack: pack,
      dossiers: dossiers)
  }
  for (place, (_, card)) in asked.enumerated() {
    await addChances(
      to: &screenings[place], cards[card], rubric: pack.rubrics[cards[card].rubric], jobs: jobs)
  }
  return screenings
}
