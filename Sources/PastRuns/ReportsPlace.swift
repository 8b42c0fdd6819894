import Foundation
import Ledger
import Reports
package import Requests
import RulePacks
import Tables

/// Refuses a folder of reports in which publishing would replace something else than an earlier
/// run, or would lie in what it reads; asked before anything is read.
package func requirePlace(of run: String, for request: Request) throws(RunFailure) {
  let reports = realPath(request.reports)
  let rules = try? rulesPath(ofDelivery: request.delivery, rules: request.rules)
  let read: [(path: String, what: Bilingual)] =
    [(request.delivery, Bilingual(zh: "报送文件夹", en: "the delivery"))]
    + (rules.map { [($0, Bilingual(zh: "规则包", en: "the rule pack"))] } ?? [])
  for (path, what) in read {
    let real = realPath(path)
    guard real == reports || isWithin(real, reports) || isWithin(reports, real) else { continue }
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(request.reports): 报告文件夹与\(what.zh)“\(path)”相同、在其中或包含它 — 请用 --reports 另选文件夹，"
            + "例如与 inputs 并列的 reports",
          en:
            "\(request.reports): the folder of reports is, lies in or holds \(what.en) “\(path)” — "
            + "choose another one with --reports, such as reports beside inputs")
      ])
  }
  do {
    try requireReplaceable(reports: request.reports, run: run)
  } catch {
    let ledger = try openLedger(of: request)
    let purge = try reading { () throws(LedgerFailure) in try ledger?.purge(ofManifest: run) }
    let message = purge.map { purgedMessage(error, number: $0, request) } ?? error.message
    throw RunFailure(
      .refused,
      [Bilingual(zh: "\(error.path): \(message.zh)", en: "\(error.path): \(message.en)")])
  }
}

private func purgedMessage(
  _ failure: ReportFailure, number: Int, _ request: Request
) -> Bilingual {
  Bilingual(
    zh: "第 \(number) 次清除删除了这个批次的 manifest.json，文件夹中还留有文件，不会替换 — "
      + "请对照 \(request.reports)/purge-\(number).json 核对，移走或删除这些文件后重新运行",
    en:
      "purge \(number) removed this run's manifest.json and files are left in the folder, so it is "
      + "not replaced — compare them with \(request.reports)/purge-\(number).json, move or remove "
      + "them, then run again")
}

extension Ledger {
  /// The last purge that removed the manifest of a run; nil without one.
  fileprivate func purge(ofManifest run: String) throws(LedgerFailure) -> Int? {
    let end = "/\(run)/manifest.json"
    return try purges().last { purge in
      guard let text = purge.proof, case .array(let items) = JSON(text)?["removed"] else {
        return false
      }
      return items.contains { $0["path"]?.text?.hasSuffix(end) == true }
    }?.number
  }
}

/// Whether a path lies in a folder; both without links and dots.
package func isWithin(_ path: String, _ folder: String) -> Bool {
  path.hasPrefix(folder == "/" ? folder : folder + "/")
}

/// A path from the root without links, `.` and `..`; what is not there yet is taken as it is
/// written below the nearest folder that is.
package func realPath(_ path: String) -> String {
  let whole =
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  var real: [String] = []
  for name in whole.split(separator: "/") where name != "." {
    guard name != ".." else {
      _ = real.popLast()
      continue
    }
    real.append(String(name))
    guard let resolved = unsafe realpath("/" + real.joined(separator: "/"), nil) else { continue }
    real = unsafe String(cString: resolved).split(separator: "/").map { String($0) }
    unsafe free(resolved)
  }
  return "/" + real.joined(separator: "/")
}
