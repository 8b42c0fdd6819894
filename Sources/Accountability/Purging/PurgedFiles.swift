import Foundation
import Ledger
import PastRuns
import Pipeline
import Requests
package import Tables

/// A file of a run that `heng purge` removed, by what the ledger noted of it.
package struct PurgedFile: Sendable, Equatable {
  /// Path within the delivery or the run's folder.
  package var path: String
  package var of: Verification.Kind
  /// The purge's number in the ledger.
  package var purge: Int
  /// The UTC day on which it was done; nil where it was broken off.
  package var on: String?
  /// How long such files are kept, and why.
  package var keep: Bilingual
  package var basis: String
}

/// What the purges since a run was recorded removed of its files.
struct PurgedFiles {
  private var items: [Item] = []

  private struct Item {
    var path: String
    var sha256: String
    var purge: Int
    var on: String?
    var keep: Bilingual
    var basis: String
  }

  /// - Parameter run: nil where the ledger does not know the run; then nothing was removed of it.
  init(since run: RunRecord?, in request: Request) throws(RunFailure) {
    guard let run, let ledger = try openLedger(of: request) else { return }
    let purges = try reading { () throws(LedgerFailure) in try ledger.purges() }
    for purge in purges {
      // What was removed before the run was published again is not this one's.
      if let finished = purge.finished, finished < run.finished { continue }
      let proof = purge.proof.flatMap { JSON($0) }
      let removed = proof?["removed"] ?? JSON(purge.planned)?["due"]
      guard case .array(let items) = removed else { continue }
      for item in items {
        guard let path = item["path"]?.text, let hash = item["sha256"]?.text else { continue }
        self.items.append(
          Item(
            path: path, sha256: hash, purge: purge.number,
            on: purge.finished.map { String($0.ISO8601Format().prefix(10)) },
            keep: Bilingual(
              zh: item["keep_zh"]?.text ?? item["keep"]?.text ?? "",
              en: item["keep"]?.text ?? ""), basis: item["basis"]?.text ?? ""))
      }
    }
  }

  /// The removal of a file.
  ///
  /// The folder may have been named otherwise then, so a path is known by its end and its digest.
  ///
  /// - Parameters:
  ///   - folder: what stands before the path in any case; empty for none.
  ///   - sha256: of the file as the manifest names it; nil where it names none.
  func removal(of path: String, as kind: Verification.Kind, in folder: String, sha256: String?)
    -> PurgedFile?
  {
    let end = folder.isEmpty ? "/" + path : "/\(folder)/\(path)"
    let item = items.last { ("/" + $0.path).hasSuffix(end) && (sha256 ?? $0.sha256) == $0.sha256 }
    return item.map {
      PurgedFile(
        path: path, of: kind, purge: $0.purge, on: $0.on, keep: $0.keep, basis: $0.basis)
    }
  }
}

/// Path of the file that holds a delivered part: a sheet is a part of its workbook.
func delivered(_ path: String, in folder: String) -> String {
  guard FileCalls().status(shownPath(folder) + "/" + path) != nil,
    let end = path.lastIndex(of: ":")
  else { return path }
  return String(path[..<end])
}
