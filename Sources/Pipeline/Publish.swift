import Dispatch
import Fields
public import Foundation
import Ledger
import Reports
import RulePacks
import Scoring
public import Tables

/// A published run.
public struct Published: Sendable {
  public var folder: String
  public var evaluated: Evaluated
  /// Tolerances that were exceeded, said plainly; empty if none.
  public var exceeded: [Bilingual]
  public var finished: Date

  /// 0, or 3 where a tolerance was exceeded.
  public var exitStatus: Int32 { exceeded.isEmpty ? 0 : 3 }
}

/// The version that manifests name.
public let toolVersion = "0.1.0"

/// Writes the reports beside their place, puts them there in one step and records the run.
func publish(_ evaluated: Evaluated, of request: Request) async throws(RunFailure) -> Published {
  let plan = evaluated.plan
  let exceeded = exceededTolerances(of: evaluated)
  do {
    request.begin(.writing)
    // The ledger is told when the reports stand in their place; what it is told can be made before.
    async let packed = Result {
      try PackedRun(results: kindResults(of: evaluated), facts: screenedFacts(of: evaluated))
    }
    var results = results(of: evaluated)
    results.earlier = try earlierRuns(before: evaluated, request)
    let partial = try makePartial(reports: request.reports, run: plan.id)
    // A new ledger waits for the disk several times, which may as well be now.
    let place = request.reports + "/ledger.sqlite"
    async let opened = beside { Result { try Ledger(at: place) } }
    let written = try await write(
      results, to: partial, settings: ReportSettings(jobs: request.jobs))
    request.begin(.publishing)
    let ledger = try await opened.get()
    try Reports.publish(partial, reports: request.reports, run: plan.id)
    async let removal = Result { () throws(ReportFailure) in
      try removeReplaced(reports: request.reports, run: plan.id)
    }
    let folder = request.reports + "/" + plan.id
    let finished = Date()
    let manifest = try String(contentsOfFile: folder + "/manifest.json", encoding: .utf8)
    _ = try ledger.record(
      RunRecord(
        id: plan.id, title: plan.title, purpose: plan.purpose, asOf: plan.asOf.description,
        pack: evaluated.pack.about.id, edition: evaluated.pack.about.edition,
        packHash: evaluated.pack.sha256, delivery: request.delivery, rules: request.rules,
        toolVersion: toolVersion, started: request.started, finished: finished,
        exitStatus: exceeded.isEmpty ? 0 : 3,
        manifestHash: written.first { $0.path == "manifest.json" }?.sha256
          ?? sha256(Array(manifest.utf8)),
        manifest: manifest, rubrics: summaries(of: evaluated)),
      try await packed.get(), cases: pastCases(of: evaluated))
    try await removal.get()
    return Published(
      folder: folder, evaluated: evaluated, exceeded: exceeded, finished: finished)
  } catch {
    throw RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(request.reports): 报告未能发布，原有报告未改动 — \(error)",
          en:
            "\(request.reports): nothing was published, earlier reports are as they were — \(error)"
        )
      ])
  }
}

/// Does work that mostly waits for the disk on a thread of its own, so that none of those that
/// compute waits with it.
private func beside<Outcome: Sendable>(_ work: @escaping @Sendable () -> Outcome) async -> Outcome {
  await withCheckedContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(returning: work()) }
  }
}

func results(of evaluated: Evaluated) -> Results {
  var results = Results(
    run: evaluated.plan, pack: evaluated.pack, files: evaluated.files,
    dossiers: evaluated.dossiers, scorecards: evaluated.scorecards,
    standings: evaluated.standings, intervals: evaluated.intervals,
    screenings: evaluated.screenings,
    coverage: evaluated.coverage, formation: evaluated.formation, findings: evaluated.findings,
    quarantine: evaluated.quarantine, corrections: evaluated.corrections,
    toolVersion: toolVersion)
  results.cases = evaluated.cases
  return results
}

private func summaries(of evaluated: Evaluated) -> [RubricSummary] {
  evaluated.scorecards.map { card in
    RubricSummary(
      rubric: evaluated.pack.rubrics[card.rubric].id, subjects: card.count,
      ranked: card.statuses.count { $0.hasRank }, pending: card.statuses.count { $0 == .pending },
      gated: card.statuses.count { $0 == .gated })
  }
}

/// The results of all subjects, by kind, for the ledger.
private func kindResults(of evaluated: Evaluated) -> [KindResults] {
  evaluated.pack.subjects.indices.map { kind in
    let cards = evaluated.scorecards.indices.filter {
      evaluated.pack.rubrics[evaluated.scorecards[$0].rubric].subject == kind
    }
    return KindResults(
      kind: evaluated.pack.subjects[kind].id, ids: evaluated.dossiers.subjects[kind].ids,
      rubrics: cards.map { card in
        let rubric = evaluated.pack.rubrics[evaluated.scorecards[card].rubric]
        return RubricResults(
          rubric: rubric.id, title: rubric.title, edition: rubric.edition,
          tiers: rubric.tiers.map(\.id), card: evaluated.scorecards[card],
          standings: evaluated.standings[card])
      })
  }
}
