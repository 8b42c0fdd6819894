import Fields
import Foundation
import Ledger
import PastRuns
import Pipeline
import Reports
package import Requests
import RulePacks
package import Tables

/// A ledger that was made anew.
package struct RebuiltLedger: Sendable {
  /// Runs with everything that they gave, by id.
  package var whole: [String] = []
  /// Runs of which only the manifest could be recorded, each with the reason.
  package var withoutResults: [(run: String, reason: Bilingual)] = []
  /// Where the ledger of before is kept; nil where there was none.
  package var kept: String?
}

/// Makes the ledger anew from the published reports.
///
/// Nothing is read back from what people read: a run whose delivery is still the same is evaluated
/// again, and recorded where every ranking has the digest that its manifest has; of the others only
/// the manifest is recorded. What the old file had beside the last run of each id, earlier runs of
/// the same id and the proofs of purges, is not in the new one; so the old file is kept.
///
/// - Parameter inputs: the folder in which deliveries lie under the names of their runs.
package func rebuildLedger(_ request: Request, inputs: String) async throws(RunFailure)
  -> RebuiltLedger
{
  let published = publishedRuns(in: request.reports)
  guard !published.isEmpty else {
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(request.reports): 没有已发布的批次可供重建 — 用 --reports 指明报告文件夹",
          en: "\(request.reports): no published run to make a ledger from — name the folder by "
            + "--reports")
      ])
  }
  let lock = try await ReportsLock(on: request, for: "heng ledger rebuild")
  let outcome: Result<RebuiltLedger, RunFailure>
  do throws(RunFailure) {
    outcome = .success(try await rebuild(published, request, inputs: inputs))
  } catch {
    outcome = .failure(error)
  }
  lock.release()
  return try outcome.get()
}

private func rebuild(_ published: [String], _ request: Request, inputs: String)
  async throws(RunFailure) -> RebuiltLedger
{
  let unfinished = "\(request.reports)/.heng-\(UUID().uuidString).partial"
  defer { try? FileManager.default.removeItem(atPath: unfinished) }
  var rebuilt = RebuiltLedger()
  for run in try inOrder(published, request) {
    let reason = await record(run, in: unfinished, request, delivery: "\(inputs)/\(run.id)")
    guard let reason else {
      rebuilt.whole.append(run.id)
      continue
    }
    let ledger = try reading { () throws(LedgerFailure) in try Ledger(at: unfinished) }
    _ = try reading { () throws(LedgerFailure) in
      try ledger.record(run.withoutResults(delivery: "\(inputs)/\(run.id)"))
    }
    rebuilt.withoutResults.append((run.id, reason))
  }
  let old = request.reports + "/ledger.sqlite"
  if FileManager.default.fileExists(atPath: old) {
    var number = 1
    while FileManager.default.fileExists(atPath: "\(old).before-\(number)") { number += 1 }
    rebuilt.kept = "\(old).before-\(number)"
  }
  do {
    if let kept = rebuilt.kept { try FileManager.default.linkItem(atPath: old, toPath: kept) }
  } catch {
    throw .unwritable(request.reports, SystemFailure(code: errno).said)
  }
  guard unsafe rename(unfinished, old) == 0 else {
    throw .unwritable(request.reports, SystemFailure(code: errno).said)
  }
  return rebuilt
}

/// A manifest that stands in its place.
private struct PublishedRun {
  var id: String
  var text: String
  var manifest: JSON
  var on: Date

  var previous: String? { manifest["previous"]?.text }

  /// What a manifest says of its run.
  func withoutResults(delivery: String) -> RunRecord {
    func text(_ key: String) -> String { manifest[key]?.text ?? "" }
    func pack(_ key: String) -> String { manifest["rule_pack"]?[key]?.text ?? "" }
    return RunRecord(
      id: id, title: text("title"), purpose: text("purpose"), asOf: text("as_of"),
      pack: pack("id"), edition: pack("edition"), packHash: pack("sha256"), delivery: delivery,
      rules: nil, toolVersion: text("tool_version"), started: on, finished: on, exitStatus: 0,
      manifestHash: sha256([UInt8](self.text.utf8)), manifest: self.text, rubrics: [])
  }
}

/// Each run after the one that it names as the run before; else by their dates.
private func inOrder(_ ids: [String], _ request: Request) throws(RunFailure) -> [PublishedRun] {
  var runs: [PublishedRun] = []
  for id in ids {
    let path = "\(request.reports)/\(id)/manifest.json"
    guard let data = try? wholeFile(path),
      let json = JSON(String(decoding: data, as: UTF8.self)), json["run"]?.text == id,
      let on = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    else {
      throw RunFailure(
        .failed,
        [
          Bilingual(
            zh: "\(path): 读不懂 — 请从备份放回，或移走这个批次的文件夹后再重建",
            en:
              "\(path): cannot be read — put it back from a backup, or move the run's folder away "
              + "and rebuild again")
        ])
    }
    runs.append(
      PublishedRun(id: id, text: String(decoding: data, as: UTF8.self), manifest: json, on: on))
  }
  runs.sort {
    ($0.manifest["as_of"]?.text ?? "", $0.on, $0.id) < (
      $1.manifest["as_of"]?.text ?? "", $1.on, $1.id
    )
  }
  var ordered: [PublishedRun] = []
  while !runs.isEmpty {
    let waiting = Set(runs.map(\.id))
    // A ring of names would wait for itself for ever.
    let next = runs.firstIndex { !waiting.contains($0.previous ?? "") } ?? 0
    ordered.append(runs.remove(at: next))
  }
  return ordered
}

/// Evaluates a run again and records it.
///
/// - Returns: why it was not recorded; nil where it was.
private func record(
  _ run: PublishedRun, in ledger: String, _ request: Request, delivery: String
) async -> Bilingual? {
  var request = request
  request.delivery = delivery
  request.history = (ledger, Int.max)
  do throws(RunFailure) {
    guard FileManager.default.fileExists(atPath: delivery + "/run.yaml") else {
      return Bilingual(zh: "\(delivery) 不在", en: "\(delivery) is not there")
    }
    let evaluated = try await evaluate(request)
    try requireUnchanged(evaluated, run: run.id, request: request)
    try requireSamePack(evaluated, request: request)
    guard case .array(let rubrics) = run.manifest["rubrics"],
      rubrics.compactMap({ $0["aggregate"]?.text }) == aggregates(of: evaluated)
    else {
      return Bilingual(
        zh: "重新评价的结果与已发布的不同", en: "evaluated again, the results are not those published")
    }
    let opened = try reading { () throws(LedgerFailure) in try Ledger(at: ledger) }
    try Pipeline.record(
      evaluated, manifest: run.text, finished: run.on, of: request, in: opened)
    return nil
  } catch {
    return Bilingual(
      zh: error.messages.map(\.zh).joined(separator: "；"),
      en: error.messages.map(\.en).joined(separator: "; "))
  }
}
