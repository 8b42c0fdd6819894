import Fields
import Foundation
import Ledger
import PastRuns
import Pipeline
package import Requests
package import Tables

/// What is wrong with a ledger, and with what it says of the reports beside it.
package struct LedgerCheck: Sendable {
  package var runs: Int
  /// Each with its place and a cure; empty if all is as it should be.
  package var faults: [Bilingual]

  /// 0, or 1 where something is wrong.
  package var exitStatus: Int32 { faults.isEmpty ? 0 : 1 }
}

/// Reads a whole ledger, and compares the last run of every id with the reports that stand in the
/// folder.
package func checkLedger(_ request: Request) throws(RunFailure) -> LedgerCheck {
  let path = request.ledgerPath
  let ledger = try requireLedger(request)
  let inside = try reading { () throws(LedgerFailure) in try ledger.faults() }
  var check = LedgerCheck(
    runs: 0,
    faults: inside.map { fault in
      let message = LedgerFailure(.damaged, path: path, detail: fault).message
      return message
    })
  guard let runs = try? ledger.runs() else { return check }
  check.runs = runs.count
  let superseded = Set(runs.compactMap(\.supersedes))
  let purged = Set(
    ((try? ledger.purges()) ?? []).flatMap { purge in
      listed(purge.proof.flatMap { JSON($0)?["removed"] }).map(\.path)
    })
  for run in runs where !superseded.contains(run.sequence) {
    let manifest = "\(request.reports)/\(run.id)/manifest.json"
    let found = (try? wholeFile(manifest)).map { sha256($0) }
    guard found != run.manifestHash else { continue }
    if found == nil, purged.contains(where: { $0.hasSuffix("/\(run.id)/manifest.json") }) {
      continue
    }
    check.faults.append(found == nil ? .gone(manifest, run.id) : .other(manifest, run.id))
  }
  let known = Set(runs.map(\.id))
  for run in publishedRuns(in: request.reports) where !known.contains(run) {
    check.faults.append(.unknown("\(request.reports)/\(run)", run))
  }
  return check
}

/// The runs whose manifests stand in a folder of reports, in the order of their names.
func publishedRuns(in reports: String) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: reports)) ?? []).sorted().filter { name in
    !name.hasPrefix(".")
      && FileManager.default.fileExists(atPath: "\(reports)/\(name)/manifest.json")
  }
}

func requireLedger(_ request: Request) throws(RunFailure) -> Ledger {
  if let ledger = try openLedger(of: request) { return ledger }
  throw RunFailure(
    .refused,
    [
      Bilingual(
        zh: "\(request.ledgerPath): 没有运行记录 — 请先运行一个批次，或用 --reports 指明报告文件夹",
        en:
          "\(request.ledgerPath): there is no ledger — run a delivery first, or name the folder by "
          + "--reports")
    ])
}

extension Bilingual {
  fileprivate static func gone(_ path: String, _ run: String) -> Bilingual {
    Bilingual(
      zh: "\(path): 运行记录中有批次“\(run)”，报告却不在 — 请从备份放回，或重新运行该批次",
      en: "\(path): the ledger has the run “\(run)”, and its reports are not there — put them back "
        + "from a backup, or run the delivery again")
  }

  fileprivate static func other(_ path: String, _ run: String) -> Bilingual {
    Bilingual(
      zh: "\(path): 与运行记录中批次“\(run)”的不同 — 请用 heng verify \(run) 核对，再从备份放回或重新运行",
      en: "\(path): not the one that the ledger has for the run “\(run)” — look with heng verify "
        + "\(run), then put it back from a backup or run the delivery again")
  }

  fileprivate static func unknown(_ path: String, _ run: String) -> Bilingual {
    Bilingual(
      zh: "\(path): 运行记录中没有这个批次 — 请用 heng ledger rebuild 从已发布的报告重建，或重新运行",
      en: "\(path): the ledger does not have this run — make the ledger anew with heng ledger "
        + "rebuild, or run the delivery again")
  }
}
