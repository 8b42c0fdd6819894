import Foundation
import Ledger
import PastRuns
import Pipeline
import Reports
package import Requests
package import RulePacks
import Tables

/// Writes the workbook of a published run again, with as many rows as are asked for.
///
/// The delivery is evaluated again by the pack of that time; files or rules that have changed
/// since are refused, so that the workbook says what was published. Neither the run's folder nor
/// the ledger are touched.
///
/// - Parameters:
///   - run: a published run.
///   - rows: how many of each ranking, list and table.
///   - path: the file, which is replaced once the new one is whole.
///   - request: where runs and the ledger are; with a pack only where another than the ledger's is
///     to be used.
package func writeWorkbook(
  ofRun run: String, rows: RunPlan.WorkbookRows, to path: String, request: Request
) async throws(RunFailure) {
  let request = try recorded(run, rules: request.rules, request: request)
  var evaluated = try await evaluate(request)
  try requireUnchanged(evaluated, run: run, request: request)
  try requireSamePack(evaluated, request: request)
  evaluated.earlier = try runsBefore(evaluated, run: run, request)
  request.begin(.writing)
  // What lies in the folder of reports may be looked at and removed by others meanwhile.
  guard isWithin(realPath(path), realPath(request.reports)) else {
    return try put(evaluated, rows, to: path)
  }
  let lock = try await ReportsLock(on: request, for: "heng workbook \(run)")
  let outcome = Result { () throws(RunFailure) in try put(evaluated, rows, to: path) }
  lock.release()
  try outcome.get()
}

/// The runs that stood in the ledger when this one was made, so that the workbook is compared with
/// the same.
private func runsBefore(
  _ evaluated: RunResult, run: String, _ request: Request
) throws(RunFailure) -> [EarlierRun] {
  var request = request
  if let own = try record(of: run, request) {
    request.history = (request.ledgerPath, own.sequence)
  }
  return try earlierRuns(before: evaluated, request)
}

private func put(
  _ evaluated: RunResult, _ rows: RunPlan.WorkbookRows, to path: String
) throws(RunFailure) {
  try replaceFile(path) { (unfinished) throws(ReportFailure) in
    try writeRunWorkbook(evaluated, rows: rows, to: unfinished)
  }
}

/// `{"workbook": path}`.
package func workbookJSON(_ path: String) -> String { jsonText(["workbook": path]) }
