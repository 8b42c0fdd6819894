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
  let (plan, pack) = try readRules(request)
  request.enter?(.reading)
  let delivery = try await takeDelivery(request, plan: plan, pack: pack)
  let carried = try readCarried(request, plan: plan, pack: pack)
  let quarantine = delivery.quarantine
  let intakeFindings = delivery.findings + unknownValues(in: delivery)

  request.enter?(.linking)
  var linked = await link(
    delivery, pack: pack, settings: LinkSettings(asOf: plan.asOf, jobs: request.jobs))
  request.enter?(.deriving)
  let derived = await derive(
    &linked.dossiers, pack: pack, settings: DeriveSettings(asOf: plan.asOf, jobs: request.jobs))
  request.enter?(.scoring)
  let scored = await score(
    &linked.dossiers, pack: pack,
    settings: ScoreSettings(purpose: plan.purpose, jobs: request.jobs, carried: carried))
  request.enter?(.ranking)
  let standings = scored.scorecards.map { card in
    let rubric = pack.rubrics[card.rubric]
    return rank(card, subjects: linked.dossiers.subjects[rubric.subject], rubric: rubric)
  }
  let lints = lint(scored, pack: pack)
  let screenings = screenAll(plan, pack, scored.scorecards, standings, linked.dossiers)

  return Evaluated(
    plan: plan, pack: pack, dossiers: linked.dossiers, files: linked.files,
    scorecards: scored.scorecards, standings: standings, screenings: screenings,
    coverage: derived.coverage, formation: derived.formation,
    findings: intakeFindings + linked.findings + derived.findings + scored.findings
      + lints,
    quarantine: quarantine, corrections: linked.corrections, unmatched: linked.unmatched,
    carried: carried)
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
  public var screenings: [Screening]
  public var coverage: [CoverageLine]
  public var formation: [FormationProposal]
  public var findings: [Finding]
  public var quarantine: [QuarantinedRow]
  public var corrections: [AppliedCorrection]
  /// Rows that found no subject.
  public var unmatched: Int
  public var carried: [String: CarriedResults]
}

private func screenAll(
  _ plan: RunPlan, _ pack: RulePack, _ cards: [Scorecard], _ standings: [Standings],
  _ dossiers: Dossiers
) -> [Screening] {
  plan.honours.indices.compactMap { honour in
    guard let card = cards.firstIndex(where: { $0.rubric == plan.honours[honour].rubric }) else {
      return nil
    }
    return screen(
      cards[card], standings: standings[card], honour: honour, plan: plan, pack: pack,
      dossiers: dossiers)
  }
}
