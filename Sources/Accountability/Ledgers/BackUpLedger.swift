import Foundation
import Ledger
import PastRuns
import Pipeline
import Reports
package import Requests
import Tables

/// Copies the ledger as it is at one moment to a new file, which appears whole or not at all.
///
/// - Throws: also where something stands at the path, and where the copy is not whole.
package func backUpLedger(_ request: Request, to copy: String) throws(RunFailure) {
  let ledger = try requireLedger(request)
  guard !FileManager.default.fileExists(atPath: copy) else {
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(copy): 已有同名文件，不会覆盖 — 请换一个文件名",
          en: "\(copy): is there already and is not replaced — choose another name")
      ])
  }
  var failure: LedgerFailure?
  do throws(RunFailure) {
    try replaceFile(copy) { (unfinished) throws(ReportFailure) in
      do throws(LedgerFailure) {
        try ledger.backUp(to: unfinished)
        guard let fault = try Ledger(at: unfinished).faults().first else { return }
        failure = LedgerFailure(.damaged, path: request.ledgerPath, detail: fault)
      } catch {
        failure = error
      }
      throw ReportFailure(path: copy, message: Bilingual(zh: "", en: ""))
    }
  } catch {
    throw failure.map { RunFailure($0) } ?? error
  }
}
