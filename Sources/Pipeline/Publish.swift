import Fields
package import Foundation
import Ledger
package import Reports
package import Requests
import RulePacks
import Scoring
package import Tables

/// A published run.
package struct Published: Sendable {
  package var folder: String
  package var evaluated: RunResult
  package var finished: Date

  /// Tolerances that were exceeded, said plainly; empty if none.
  package var exceeded: [Bilingual] { evaluated.exceeded }

  /// 0, or 3 where a tolerance was exceeded.
  package var exitStatus: Int32 { exceeded.isEmpty ? 0 : 3 }
}

/// The version that manifests name.
package let toolVersion = "0.1.0"

/// Writes the reports beside their place, puts them there in one step and records the run.
///
/// From the first write to the ledger's commit nobody else writes to the folder of reports.
package func publish(_ evaluated: RunResult, of request: Request) async throws(RunFailure)
  -> Published
{
  request.begin(.writing)
  try makeFolder(request.reports)
  let lock = try await ReportsLock(on: request, for: evaluated.run.id)
  let outcome: Result<Published, RunFailure>
  do throws(RunFailure) {
    outcome = .success(
      try await onFileThreads { () async throws(RunFailure) in
        try await put(evaluated, in: request.reports, request)
      })
  } catch {
    outcome = .failure(error)
  }
  lock.release()
  return try outcome.get()
}

private func put(
  _ evaluated: RunResult, in reports: String, _ request: Request
) async throws(RunFailure) -> Published {
  let plan = evaluated.run
  var stands = false
  do {
    // The ledger is told when the reports stand in their place; what it is told can be made before.
    async let packed = Result {
      try PackedRun(
        results: kindResults(of: evaluated), facts: screenedFacts(of: evaluated),
        names: evaluated.pack.subjects.indices.compactMap {
          kindNames(of: $0, pack: evaluated.pack, dossiers: evaluated.dossiers)
        })
    }
    var published = evaluated
    published.earlier = try earlierRuns(before: evaluated, request)
    let partial = try makePartial(reports: reports, run: plan.id)
    // A new ledger waits for the disk several times, which may as well be now.
    async let opened = Result { try Ledger(at: reports + "/ledger.sqlite") }
    let written = try await write(
      published, to: partial, settings: ReportSettings(jobs: request.jobs))
    request.begin(.publishing)
    let ledger = try await opened.get()
    try await Reports.publish(partial, reports: reports, run: plan.id)
    stands = true
    let folder = reports + "/" + plan.id
    let finished = Date()
    let manifest = try String(contentsOfFile: folder + "/manifest.json", encoding: .utf8)
    _ = try ledger.record(
      RunRecord(
        id: plan.id, title: plan.title, purpose: plan.purpose, asOf: plan.asOf.description,
        pack: evaluated.pack.about.id, edition: evaluated.pack.about.edition,
        packHash: evaluated.pack.sha256, delivery: request.delivery, rules: request.rules,
        toolVersion: toolVersion, started: request.started, finished: finished,
        exitStatus: evaluated.exceeded.isEmpty ? 0 : 3,
        manifestHash: written.first { $0.path == "manifest.json" }?.sha256
          ?? sha256(Array(manifest.utf8)),
        manifest: manifest, rubrics: summaries(of: evaluated)),
      try await packed.get(), cases: pastCases(of: evaluated),
      successions: pastSuccessions(of: evaluated), figures: figures(of: evaluated))
    // Not before the ledger knows: until then they may have to stand there again.
    clearReplaced(plan.id, request)
    return Published(folder: folder, evaluated: evaluated, finished: finished)
  } catch {
    throw takeBack(plan.id, in: reports, stands: stands, because: error)
  }
}

/// Removes the reports that the run replaced; what is left of them hinders nobody, and the next
/// run removes it.
private func clearReplaced(_ run: String, _ request: Request) {
  do {
    try removeReplaced(reports: request.reports, run: run)
  } catch {
    request.say?(
      Bilingual(
        zh: "\(error.path): 已发布，但被替换的报告没有删净 — \(error.message.zh)",
        en: "\(error.path): published, but the reports before it were not removed — "
          + error.message.en))
  }
}

/// Leaves the folder of reports as it was before a run that failed.
private func takeBack(
  _ run: String, in reports: String, stands: Bool, because cause: any Error
) -> RunFailure {
  let said = (cause as? ReportFailure).map { failure in
    Bilingual(
      zh: "\(failure.path): \(failure.message.zh)", en: "\(failure.path): \(failure.message.en)")
  }
  let reason = said ?? Bilingual(zh: "\(cause)", en: "\(cause)")
  do {
    if stands {
      try withdraw(reports: reports, run: run)
    } else {
      try removeUnfinished(reports: reports, run: run)
    }
  } catch {
    guard stands else { return failure(reason, in: reports) }
    return RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(reports)/\(run): 新报告没有记入运行记录，也没有撤回 — 请修复后重新运行：\(reason.zh)；"
            + error.message.zh,
          en:
            "\(reports)/\(run): the new reports are not in the ledger and could not be taken back "
            + "— mend this and run again: \(reason.en); \(error.message.en)")
      ])
  }
  return failure(reason, in: reports)
}

private func failure(_ reason: Bilingual, in reports: String) -> RunFailure {
  RunFailure(
    .failed,
    [
      Bilingual(
        zh: "\(reports): 报告未能发布，原有报告未改动 — \(reason.zh)",
        en: "\(reports): nothing was published, earlier reports are as they were — \(reason.en)")
    ])
}

private func summaries(of evaluated: RunResult) -> [RubricSummary] {
  evaluated.scorecards.map { card in
    RubricSummary(
      rubric: evaluated.pack.rubrics[card.rubric].id, subjects: card.count,
      ranked: card.statuses.count { $0.hasRank }, pending: card.statuses.count { $0 == .pending },
      gated: card.statuses.count { $0 == .gated })
  }
}

/// The results of all subjects, by kind, for the ledger.
private func kindResults(of evaluated: RunResult) -> [KindResults] {
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
          standings: evaluated.standings[card], carried: rubric.carriedRules)
      })
  }
}
