import Fields
import Foundation
package import Ledger
package import Reports
package import Requests
package import Tables

extension Request {
  /// Where earlier runs are looked up.
  package var ledgerPath: String { history?.ledger ?? reports + "/ledger.sqlite" }
}

/// The ledger in which a request's earlier runs stand, once what a killed run left is settled; nil
/// where there is none, since looking makes none.
///
/// - Throws: a sentence with the file's name where it cannot be read.
package func openLedger(of request: Request) throws(RunFailure) -> Ledger? {
  guard FileManager.default.fileExists(atPath: request.ledgerPath) else { return nil }
  let ledger = try openLedger(at: request.ledgerPath)
  if request.history == nil, isBrokenOff(in: request.reports, ledger) { settleIfFree(request) }
  return ledger
}

/// Opens a ledger, or makes one where there is none.
package func openLedger(at path: String) throws(RunFailure) -> Ledger {
  do throws(LedgerFailure) {
    // A ledger is never empty once a run was published beside it; SQLite would begin a new one.
    if isEmpty(path), hasReports(beside: path) {
      throw LedgerFailure(.damaged, path: path, detail: "0 bytes")
    }
    // SQLite gives its journals the mode of the file, and makes the file with another one.
    let number = uninterrupted {
      unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, reportFileMode)
    }
    if number >= 0 {
      fchmod(number, reportFileMode)
      close(number)
    }
    return try Ledger(at: path)
  } catch {
    throw RunFailure(error)
  }
}

extension RunFailure {
  package init(_ failure: LedgerFailure) { self.init(.failed, [failure.message]) }
}

/// Runs something that reads a ledger, and tells what goes wrong there.
package func reading<Value>(_ body: () throws(LedgerFailure) -> Value) throws(RunFailure) -> Value {
  do { return try body() } catch { throw RunFailure(error) }
}

/// Finishes or takes back what runs that were broken off left in a folder of reports: afterwards
/// the ledger has what stands there and nothing else.
///
/// Nothing happens where nothing was left, where somebody is at work there, and where nothing may be
/// written; what cannot be settled now is left to the next command.
package func settle(_ request: Request) {
  let path = request.reports + "/ledger.sqlite"
  let isThere = FileManager.default.fileExists(atPath: path) && !isEmpty(path)
  let ledger = isThere ? try? Ledger(at: path) : nil
  if isBrokenOff(in: request.reports, ledger) { settleIfFree(request) }
}

/// Whether a run was broken off in a folder of reports, or is at work there.
private func isBrokenOff(in reports: String, _ ledger: Ledger?) -> Bool {
  hasUnfinished(reports: reports) || (try? ledger?.unpublished().isEmpty) == false
}

private func settleIfFree(_ request: Request) {
  guard let lock = ReportsLock(ifFree: request, for: "heng") else { return }
  do throws(RunFailure) {
    for failure in try settle(reports: request.reports) { request.say?(failure.said) }
  } catch {
    for message in error.messages { request.say?(message) }
  }
  lock.release()
}

/// The same for whoever has the right to write to the folder.
///
/// - Returns: what could not be removed, which hinders nobody.
package func settle(reports: String) throws(RunFailure) -> [ReportFailure] {
  let path = reports + "/ledger.sqlite"
  do throws(ReportFailure) {
    try restoreReplaced(reports: reports)
  } catch {
    throw RunFailure(.failed, [error.said])
  }
  // What stands in its place decides over the ledger's rows, so what was begun can go before them,
  // also where the ledger cannot be written to.
  let remaining = removeUnfinished(reports: reports)
  if FileManager.default.fileExists(atPath: path) {
    let ledger = try openLedger(at: path)
    try reading { () throws(LedgerFailure) in
      for run in try ledger.unpublished() {
        if stands(run.id, manifest: run.manifestHash, in: reports) {
          try ledger.complete(run.sequence)
        } else {
          try ledger.withdraw(run.sequence)
        }
      }
    }
  }
  return remaining
}

extension ReportFailure {
  package var said: Bilingual {
    Bilingual(zh: "\(path): \(message.zh)", en: "\(path): \(message.en)")
  }
}

/// Whether the reports of a run that have a manifest of that digest stand in their place.
package func stands(_ run: String, manifest hash: String, in reports: String) -> Bool {
  (try? wholeFile("\(reports)/\(run)/manifest.json")).map { sha256($0) } == hash
}

private func isEmpty(_ path: String) -> Bool {
  let attributes = try? FileManager.default.attributesOfItem(atPath: path)
  return attributes?[.size] as? Int == 0
}

private func hasReports(beside ledger: String) -> Bool {
  let folder = URL(filePath: ledger).deletingLastPathComponent().path(percentEncoded: false)
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.contains { name in
    !name.hasPrefix(".")
      && FileManager.default.fileExists(atPath: "\(folder)/\(name)/manifest.json")
  }
}
