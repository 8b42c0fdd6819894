package import Foundation
import Ledger
import PastRuns
import Pipeline
import Reports
package import Requests
import RulePacks
package import Tables

/// What was removed, and what was found when it was looked for afterwards.
package struct Purged: Sendable {
  package var plan: PurgePlan
  /// The purge's place in the ledger; 0 where nothing was due.
  package var number: Int
  /// What is still there although it should not be; empty if all is gone.
  package var left: [Bilingual]
  /// Path of the written proof; empty where nothing was due.
  package var proof: String

  /// 0, or 1 where something is left.
  package var exitStatus: Int32 { left.isEmpty ? 0 : 1 }
}

/// Removes what a plan lists, looks whether it is gone, and leaves a proof beside the ledger and
/// in it.
///
/// The ledger notes what is going to be removed before anything is, so that a purge that was
/// broken off is known; the next one removes the rest. Nobody else writes to the folder of reports
/// meanwhile, and a plan made before a run was published there is refused.
package func purge(_ plan: PurgePlan, request: Request) async throws(RunFailure) -> Purged {
  try await purge(plan, request: request, calls: FileCalls())
}

func purge(
  _ plan: PurgePlan, request: Request, calls: FileCalls
) async throws(RunFailure) -> Purged {
  guard !plan.items.isEmpty || !plan.brokenOff.isEmpty else {
    return Purged(plan: plan, number: 0, left: plan.unreadable, proof: "")
  }
  let lock = try await ReportsLock(on: request, for: "heng purge")
  let path = request.reports + "/ledger.sqlite"
  let outcome = Result {
    guard let ledger = try openLedger(of: request) else { throw RunFailure.noLedger(at: path) }
    return try purge(plan, ledger: ledger, request, calls)
  }
  lock.release()
  switch outcome {
  case .success(let purged): return purged
  case .failure(let failure as RunFailure): throw failure
  case .failure(let error):
    throw RunFailure(
      .failed,
      [
        Bilingual(
          zh: "清除没有完成，再次执行会继续 — \((error as? LedgerFailure)?.message.zh ?? "\(path): \(error)")",
          en: "the purge was not completed; running it again goes on — "
            + ((error as? LedgerFailure)?.message.en ?? "\(path): \(error)"))
      ])
  }
}

private func purge(
  _ plan: PurgePlan, ledger: Ledger, _ request: Request, _ calls: FileCalls
) throws -> Purged {
  guard try ledger.runs().last?.sequence == plan.lastRun else {
    throw RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(request.reports): 列出到期内容之后又发布了批次，什么都没有清除 — 请再次执行 heng purge",
          en: "\(request.reports): a run was published after it was listed what is due, so nothing "
            + "was removed — run heng purge again")
      ])
  }
  guard !plan.items.isEmpty else {
    return try complete(plan, ledger: ledger, request, calls)
  }
  let number = try ledger.beginPurge(
    asOf: plan.asOf.description, at: request.started, planned: plan.json.written)
  var left = plan.unreadable + removeDue(plan, calls: calls)
  left += unfinished(of: plan, reports: request.reports, calls)
  left += try ledger.remove(plan.data).map { Bilingual(zh: $0, en: $0) }
  let finished = Date()
  let proof = proof(
    number: number, asOf: plan.asOf.description, removed: plan.itemsJSON, left: left,
    held: plan.holdsJSON, finished: finished)
  let proofPath = "\(request.reports)/purge-\(number).json"
  try Requests.write(Data((proof + "\n").utf8), to: proofPath)
  try ledger.finishPurge(number, at: finished, proof: proof)
  let completed = try complete(plan, ledger: ledger, request, calls)
  return Purged(plan: plan, number: number, left: left + completed.left, proof: proofPath)
}

/// Gives purges that were broken off their proofs, once it was looked whether what they were to
/// remove is gone; the plan of now lists again what was not.
private func complete(
  _ plan: PurgePlan, ledger: Ledger, _ request: Request, _ calls: FileCalls
) throws -> Purged {
  var purged = Purged(plan: plan, number: 0, left: [], proof: "")
  for broken in plan.brokenOff {
    let held = Set(
      try ledger.subjectData().map { "ledger.sqlite: \($0.content.rawValue) \($0.kind) #\($0.run)" }
    )
    var (removed, left): ([JSON], [Bilingual]) = ([], [])
    guard case .array(let items) = JSON(broken.planned)?["due"] else { continue }
    for item in items {
      guard let path = item["path"]?.text else { continue }
      let isGone =
        path.hasPrefix("ledger.sqlite: ")
        ? !held.contains(path) : calls.status(path)?.isGone == true
      if isGone {
        removed.append(item)
      } else {
        left.append(
          Bilingual(
            zh: "\(path): 第 \(broken.number) 次清除中断，这里还在 — 请核对后再次执行 heng purge --yes",
            en:
              "\(path): purge \(broken.number) was broken off and it is still there — look at it, "
              + "then run heng purge --yes again"))
      }
    }
    let finished = Date()
    let proof = proof(
      number: broken.number, asOf: broken.asOf, removed: .array(removed), left: left,
      held: .array([]), finished: finished)
    purged.number = broken.number
    purged.proof = "\(request.reports)/purge-\(broken.number).json"
    try Requests.write(Data((proof + "\n").utf8), to: purged.proof)
    try ledger.finishPurge(broken.number, at: finished, proof: proof)
    purged.left += left
  }
  return purged
}

/// Folders beside the removed reports in which a killed run may have left the like of them.
private func unfinished(
  of plan: PurgePlan, reports: String, _ calls: FileCalls
) -> [Bilingual] {
  let runs = Set(plan.items.filter { $0.content == .reports }.map(\.run)).sorted()
  return runs.flatMap { unfinishedFolders(reports: reports, run: $0) }
    .filter { calls.status($0)?.isGone != true }
    .map { folder in
      Bilingual(
        zh: "\(folder): 中断的运行留下了报告 — 请核对后删除这个文件夹",
        en: "\(folder): a run that was broken off left reports here — look at them and remove the "
          + "folder")
    }
}

/// The day to judge by: a date like `2021-11-06`, without one today; nil where it is no date.
package func purgeDay(_ text: String?, now: Date) -> PartialDate? {
  guard let text else { return day(of: now) }
  let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
  guard parts.count == 3, let year = parts[0], let month = parts[1], let date = parts[2] else {
    return nil
  }
  return PartialDate(year: year, month: month, day: date)
}

private func proof(
  number: Int, asOf: String, removed: JSON, left: [Bilingual], held: JSON, finished: Date
) -> String {
  JSON.object([
    .init(name: "purge", value: .count(number)),
    .init(name: "as_of", value: .string(asOf)),
    .init(name: "finished", value: .string(finished.ISO8601Format())),
    .init(name: "tool_version", value: .string(toolVersion)),
    .init(name: "removed", value: removed),
    .init(
      name: "looked_for",
      value: .array(
        [
          "each removed file by its path",
          "each removed row of the ledger by run and kind, with secure_delete on",
          "free pages of the ledger after VACUUM",
          "bytes from removed rows in the ledger's file and its journals",
        ].map { .string($0) })),
    .init(name: "left", value: .array(left.map { .string($0.en) })),
    .init(name: "held", value: held),
  ]).written
}
