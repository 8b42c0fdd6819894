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
  let rules = try readRules(request)
  try requirePlace(of: rules.0.id, for: request)
  let evaluated = try await evaluate(request, by: rules, Variation())
  let emptiness = emptiness(of: evaluated)
  guard emptiness.isEmpty else { throw RunFailure(.failed, emptiness) }
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
  try await evaluate(request, by: readRules(request), variation)
}

/// - Parameter rules: the delivery's plan and its rule pack.
private func evaluate(
  _ request: Request, by rules: (RunPlan, RulePack), _ variation: Variation
) async throws(RunFailure) -> Evaluated {
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
  let carried = try readCarried(request, plan: plan, pack: pack)
  let quarantine = delivery.quarantine
  let unread = delivery.unreadFields
  let returns = Returns(delivery, plan: plan, pack: pack, earlier: earlier)
  let otherFindings = unknownValues(in: delivery, pack: pack) + returns.findings + notCompared

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
  var ranked = await rankAll(
    scored, plan: plan, pack: pack, dossiers: linked.dossiers, jobs: request.jobs)
  // Without the lists nobody can say which proposal a decision is about.
  let opened =
    variation.ranksOnly
    ? (cases: [], findings: [])
    : openCases(
      of: &ranked.screenings, cards: scored.scorecards, plan: plan, pack: pack,
      dossiers: linked.dossiers)

  return Evaluated(
    plan: plan, pack: pack, dossiers: linked.dossiers, files: linked.files,
    scorecards: scored.scorecards, standings: ranked.standings, intervals: ranked.intervals,
    screenings: ranked.screenings,
    coverage: derived.coverage, formation: derived.formation,
    findings: linked.delivered + otherFindings + linked.findings + derived.findings
      + scored.findings
      + ranked.lints + opened.findings,
    quarantine: quarantine, corrections: linked.corrections, cases: opened.cases,
    unmatched: linked.unmatched, aside: delivery.aside, unread: unread, returns: returns.lines,
    districts: returns.districts,
    carried: carried)
}

/// A field of a record kind of which stated cells could not be read.
public struct UnreadField: Sendable, Equatable {
  public var record: Int
  public var field: Int
  public var unread: Int
  /// Those that could be read too.
  public var stated: Int
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
  /// What of the delivery was not read.
  public var aside: [SetAside]
  /// Fields of which stated cells could not be read.
  public var unread: [UnreadField]
  /// Who delivered what.
  public var returns: [ReturnLine]
  /// Accepted rows by district.
  public var districts: [DistrictRows]
  public var carried: [String: CarriedResults]
}
