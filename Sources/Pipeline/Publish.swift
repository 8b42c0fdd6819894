import Fields
package import Foundation
package import Ledger
import PastRuns
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
  // What a killed run left may have to stand in its place again before others replace it.
  _ = try settle(reports: reports)
  var manifestHash: String?
  do {
    // The ledger is told when the reports are written; what it is told can be made before.
    async let packed = Result { try packedRun(of: evaluated) }
    var published = evaluated
    published.earlier = try earlierRuns(before: evaluated, request)
    let partial = try makePartial(reports: reports, run: plan.id)
    // A new ledger waits for the disk several times, which may as well be now.
    async let opened = Result { () throws(RunFailure) in
      try openLedger(at: reports + "/ledger.sqlite")
    }
    let written = try await write(
      published, to: partial, settings: ReportSettings(jobs: request.jobs))
    request.begin(.publishing)
    let ledger = try await opened.get()
    let place = partial + "/manifest.json"
    let manifest = try readBack(place)
    let recorded = try ledger.record(
      runRecord(
        of: evaluated, manifest: manifest,
        hash: written.first { $0.path == "manifest.json" }?.sha256, finished: Date(), request),
      try await packed.get(), cases: pastCases(of: evaluated),
      successions: pastSuccessions(of: evaluated), figures: figures(of: evaluated),
      isPublished: false)
    manifestHash = recorded.manifestHash
    // The point of no return: from here on the reports are published.
    try await Reports.publish(partial, reports: reports, run: plan.id)
    show(recorded, in: ledger, request)
    clearReplaced(plan.id, request)
    return Published(
      folder: reports + "/" + plan.id, evaluated: evaluated, finished: recorded.finished)
  } catch {
    throw settled(after: error, plan.id, manifestHash: manifestHash, in: reports)
  }
}

/// The text of a file that was just written.
private func readBack(_ path: String) throws(ReportFailure) -> String {
  do throws(SystemFailure) {
    return String(decoding: try wholeFile(path), as: UTF8.self)
  } catch {
    throw ReportFailure(
      path: path,
      message: Bilingual(
        zh: "写完之后读不出来（\(error.said)） — 请检查磁盘后重新运行",
        en: "cannot be read after it was written (\(error.said)) — check the disk, then run again"))
  }
}

/// Records a run whose reports stand in their place already, in a ledger that has no more of it.
///
/// - Parameters:
///   - manifest: the text of the published manifest.
///   - finished: when it was published.
package func record(
  _ evaluated: RunResult, manifest: String, finished: Date, of request: Request, in ledger: Ledger
) throws(RunFailure) {
  let record = runRecord(
    of: evaluated, manifest: manifest, hash: nil, finished: finished, request)
  do {
    try ledger.record(
      record, try packedRun(of: evaluated), cases: pastCases(of: evaluated),
      successions: pastSuccessions(of: evaluated), figures: figures(of: evaluated))
  } catch let failure as LedgerFailure {
    throw RunFailure(failure)
  } catch {
    // Words and numbers that JSON cannot say.
    throw RunFailure(.failed, [Bilingual(zh: "\(error)", en: "\(error)")])
  }
}

private func packedRun(of evaluated: RunResult) throws -> PackedRun {
  try PackedRun(
    results: kindResults(of: evaluated), facts: screenedFacts(of: evaluated),
    names: evaluated.pack.subjects.indices.compactMap {
      kindNames(of: $0, pack: evaluated.pack, dossiers: evaluated.dossiers)
    })
}

private func runRecord(
  of evaluated: RunResult, manifest: String, hash: String?, finished: Date, _ request: Request
) -> RunRecord {
  let plan = evaluated.run
  return RunRecord(
    id: plan.id, title: plan.title, purpose: plan.purpose, asOf: plan.asOf.description,
    pack: evaluated.pack.about.id, edition: evaluated.pack.about.edition,
    packHash: evaluated.pack.sha256, delivery: request.delivery, rules: request.rules,
    toolVersion: toolVersion, started: min(request.started, finished), finished: finished,
    exitStatus: evaluated.exceeded.isEmpty ? 0 : 3,
    manifestHash: hash ?? sha256(Array(manifest.utf8)), manifest: manifest,
    rubrics: summaries(of: evaluated))
}

/// Shows the run in the ledger; where that fails, the reports stand all the same, and the next
/// command does it.
private func show(_ run: RunRecord, in ledger: Ledger, _ request: Request) {
  do {
    try ledger.complete(run.sequence)
  } catch {
    request.say?(
      Bilingual(
        zh: "已发布，但运行记录还没有显示这个批次，下一次执行任何命令时会补上 — \(error.message.zh)",
        en:
          "published, but the ledger does not show the run yet; the next command of any kind sees "
          + "to it — \(error.message.en)"))
  }
}

/// Removes the reports that the run replaced; what is left of them hinders nobody, and the next
/// command removes it.
private func clearReplaced(_ run: String, _ request: Request) {
  do {
    try removeReplaced(reports: request.reports, run: run)
  } catch {
    request.say?(
      Bilingual(
        zh: "\(error.path): 已发布，但被替换的报告没有删净，下一次执行任何命令时会再删 — \(error.message.zh)",
        en:
          "\(error.path): published, but the reports before it were not removed; the next command "
          + "of any kind tries again — \(error.message.en)"))
  }
}

/// Brings reports and ledger together after a run failed, and says what stands there.
private func settled(
  after cause: any Error, _ run: String, manifestHash: String?, in reports: String
) -> RunFailure {
  let reasons: [Bilingual] =
    switch cause {
    case let failure as ReportFailure: [failure.said]
    case let failure as LedgerFailure: [failure.message]
    case let failure as RunFailure: failure.messages
    default: [Bilingual(zh: "\(cause)", en: "\(cause)")]
    }
  let reason = Bilingual(
    zh: reasons.map(\.zh).joined(separator: "；"), en: reasons.map(\.en).joined(separator: "; "))
  // What fails here is told by the state that it leaves, and tried again by the next command.
  _ = try? settle(reports: reports)
  if let manifestHash, stands(run, manifest: manifestHash, in: reports) {
    return RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(reports)/\(run): 新报告已经就位，但磁盘没有确认写入 — 请检查磁盘，然后用 heng verify \(run) 核对：\(reason.zh)",
          en:
            "\(reports)/\(run): the new reports stand in their place, but the disk did not confirm "
            + "it — check the disk, then check them with heng verify \(run): \(reason.en)")
      ])
  }
  if FileManager.default.fileExists(atPath: "\(reports)/\(run)")
    || !isReplaced(run, in: reports)
  {
    return failure(reason, in: reports)
  }
  return RunFailure(
    .failed,
    [
      Bilingual(
        zh: "\(reports)/\(run): 没有发布，原有报告还在旁边的隐藏文件夹里，下一次执行任何命令时会放回 — \(reason.zh)",
        en:
          "\(reports)/\(run): nothing was published; the earlier reports are in the hidden folder "
          + "beside their place, and the next command of any kind puts them back — \(reason.en)")
    ])
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
