import Foundation
import Intake
import Requests
import RulePacks
import Tables

/// Reads all delivered files of a run.
func takeDelivery(_ request: Request, plan: RunPlan, pack: RulePack) async throws(RunFailure)
  -> Delivery
{
  let key = try readDigestKey(request, plan: plan)
  do {
    let files = try DeliveredFiles(
      in: request.delivery, digestKey: plan.digestKey, setAside: plan.setAside)
    var settings = TakeSettings(
      jobs: request.jobs, digestKey: key, progress: request.progress)
    settings.keepsTextsUpTo = plan.deliveredTextUpTo
    settings.tolerated = plan.tolerances.files
    settings.refused = files.refused
    var delivery = try await take(
      request.delivery, files: files.paths, pack: pack, asOf: plan.asOf, settings: settings)
    delivery.aside += files.aside
    delivery.aside.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    delivery.findings += delivery.aside.compactMap(\.finding) + files.unused.map(unusedPattern)
    return delivery
  } catch {
    switch error.kind {
    case .unrecognised, .closed, .foreign: throw RunFailure(.refused, error.messages)
    case .damaged, .unreadable: throw RunFailure(.failed, error.messages)
    }
  }
}

private func unusedPattern(_ pattern: PathPattern) -> Finding {
  Finding(
    .warning, "set-aside-unused",
    message: Bilingual(
      zh: "run.yaml 第\(pattern.line)行 set-aside 的“\(pattern.text)”没有对应的文件",
      en: "no file of the delivery is meant by “\(pattern.text)” under `set-aside` on line "
        + "\(pattern.line) of run.yaml"),
    cure: Bilingual(
      zh: "请核对写法，不再需要的请删去", en: "check how it is written; delete what is not needed any more"))
}

extension SetAside {
  /// What a person should know of it; nil where the list of files is enough.
  fileprivate var finding: Finding? {
    let grade: Finding.Severity
    switch reason {
    case .note: return nil
    // Somebody wrote into it, and what he wrote counts for nothing.
    case .broken, .paperNotUsed: grade = .error
    case .notData, .ownPaper, .openElsewhere: grade = .warning
    case .decided, .litter, .nilReturn: grade = .note
    }
    return Finding(
      grade, "file-" + reason.rawValue,
      message: Bilingual(
        zh: "\(path)：未读取，\(what.zh)", en: "\(path): not read, \(what.en)"), cure: cure)
  }
}
