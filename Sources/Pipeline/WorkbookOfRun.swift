import Foundation
import Reports
public import RulePacks
import Tables

/// Writes the workbook of a published run again, with as many rows as are asked for.
///
/// The delivery is evaluated again by the pack of that time; files or rules that have changed
/// since are refused, so that the workbook says what was published. Neither the run's folder nor
/// the ledger are touched.
///
/// - Parameter path: the file, which is replaced once the new one is whole.
public func writeWorkbook(
  ofRun run: String, rows: RunPlan.WorkbookRows, to path: String, request: Request
) async throws(RunFailure) {
  let request = try recorded(run, rules: request.rules, request: request)
  let evaluated = try await evaluate(request)
  try requireUnchanged(evaluated, run: run, request: request)
  try requireSamePack(evaluated, request: request)
  request.begin(.writing)
  let partial = path + ".partial"
  do {
    try writeRunWorkbook(results(of: evaluated), rows: rows, to: partial)
  } catch {
    try? FileManager.default.removeItem(atPath: partial)
    throw RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(path): \(error.message.zh)", en: "\(path): \(error.message.en)")
      ])
  }
  guard unsafe rename(partial, path) == 0 else {
    try? FileManager.default.removeItem(atPath: partial)
    throw RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(path): 不能写入 — 请检查文件夹，或另选一个文件",
          en: "\(path): cannot be written — check the folder, or choose another file")
      ])
  }
}

/// `{"workbook": path}`.
public func workbookJSON(_ path: String) -> String { jsonText(["workbook": path]) }
