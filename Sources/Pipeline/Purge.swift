public import Foundation
import Ledger
import RulePacks
public import Tables

/// What was removed, and what was found when it was looked for afterwards.
public struct Purged: Sendable {
  public var plan: PurgePlan
  /// The purge's place in the ledger; 0 where nothing was due.
  public var number: Int
  /// What is still there although it should not be; empty if all is gone.
  public var left: [String]
  /// Path of the written proof; empty where nothing was due.
  public var proof: String

  /// 0, or 1 where something is left.
  public var exitStatus: Int32 { left.isEmpty ? 0 : 1 }
}

/// Removes what a plan lists, looks whether it is gone, and leaves a proof beside the ledger and
/// in it.
///
/// The ledger notes what is going to be removed before anything is, so that a purge that was
/// broken off is known; the next one removes the rest.
public func purge(_ plan: PurgePlan, request: Request) throws(RunFailure) -> Purged {
  guard !plan.items.isEmpty else { return Purged(plan: plan, number: 0, left: [], proof: "") }
  let path = request.reports + "/ledger.sqlite"
  do {
    let ledger = try Ledger(at: path)
    let number = try ledger.beginPurge(
      asOf: plan.asOf.description, at: request.started, planned: plan.json.written)
    var left: [String] = []
    for item in plan.items where item.isFile {
      do {
        try FileManager.default.removeItem(atPath: item.path)
      } catch {
        left.append("\(item.path): \(error.localizedDescription)")
      }
    }
    removeEmptyFolders(of: plan, reports: request.reports)
    left += try ledger.remove(plan.data)
    for item in plan.items
    where item.isFile && FileManager.default.fileExists(atPath: item.path)
      && !left.contains(where: { $0.hasPrefix(item.path) })
    {
      left.append(item.path)
    }
    let finished = Date()
    let proof = proof(of: plan, number: number, left: left, finished: finished)
    let proofPath = "\(request.reports)/purge-\(number).json"
    try (proof + "\n").write(toFile: proofPath, atomically: true, encoding: .utf8)
    try ledger.finishPurge(number, at: finished, proof: proof)
    return Purged(plan: plan, number: number, left: left, proof: proofPath)
  } catch {
    throw RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(path): 清除没有完成 — \(error)；再次执行会继续",
          en: "\(path): the purge was not completed — \(error); running it again goes on")
      ])
  }
}

/// The day to judge by: a date like `2021-11-06`, without one today; nil where it is no date.
public func purgeDay(_ text: String?, now: Date) -> PartialDate? {
  guard let text else { return day(of: now) }
  let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
  guard parts.count == 3, let year = parts[0], let month = parts[1], let date = parts[2] else {
    return nil
  }
  return PartialDate(year: year, month: month, day: date)
}

/// Folders of reports and of deliveries that are empty now; nothing is removed that holds a file.
private func removeEmptyFolders(of plan: PurgePlan, reports: String) {
  var folders: Set<String> = []
  for item in plan.items where item.isFile {
    var folder = (item.path as NSString).deletingLastPathComponent
    // The folder of all reports, and whatever lies above, stays.
    while !folder.isEmpty, folder != reports, folder != "/", folder != "." {
      folders.insert(folder)
      folder = (folder as NSString).deletingLastPathComponent
    }
  }
  // Of a run's own folder also those that never held a file.
  for run in Set(plan.items.filter { $0.content == .reports }.map(\.run)) {
    let own = "\(reports)/\(run)"
    for inner in (try? FileManager.default.subpathsOfDirectory(atPath: own)) ?? [] {
      folders.insert("\(own)/\(inner)")
    }
  }
  for folder in folders.sorted(by: { $0.count > $1.count }) {
    let content = try? FileManager.default.contentsOfDirectory(atPath: folder)
    if content?.isEmpty == true { try? FileManager.default.removeItem(atPath: folder) }
  }
}

private func proof(of plan: PurgePlan, number: Int, left: [String], finished: Date) -> String {
  JSON.object([
    .init(name: "purge", value: .count(number)),
    .init(name: "as_of", value: .string(plan.asOf.description)),
    .init(name: "finished", value: .string(finished.ISO8601Format())),
    .init(name: "tool_version", value: .string(toolVersion)),
    .init(name: "removed", value: plan.itemsJSON),
    .init(
      name: "looked_for",
      value: .array(
        [
          "each removed file by its path",
          "each removed row of the ledger by run and kind, with secure_delete on",
          "free pages of the ledger after VACUUM",
          "bytes from removed rows in the ledger's file and its journals",
        ].map { .string($0) })),
    .init(name: "left", value: .array(left.map { .string($0) })),
    .init(name: "held", value: plan.holdsJSON),
  ]).written
}
