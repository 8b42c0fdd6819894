import Foundation
import Ledger
import Requests
import RulePacks
package import Tables

/// What a run replaces under its id that did not come from the same delivery.
package struct Replaced: Sendable {
  /// What is replaced by what.
  package var said: Bilingual
  /// Whether it is the report of another reference date, which is replaced on request alone.
  package var isAnotherDate: Bool
}

/// Refuses to replace reports of another reference date, unless that is asked for, and tells where
/// those of the same date come from another folder.
///
/// Publishing a delivery again after it was mended is usual. Last quarter's id in this quarter's
/// `run.yaml` is a slip, by which last quarter's reports would be gone.
func requireSameRun(_ plan: RunPlan, for request: Request) throws(RunFailure) {
  guard let replaced = replaced(by: plan, request) else { return }
  guard replaced.isAnotherDate, !request.replacesAnotherDate else {
    request.say?(replaced.said)
    return
  }
  throw RunFailure(.refused, [replaced.said])
}

/// What a run of a plan would replace; nil where that is nothing, or the same delivery of before.
///
/// A ledger that cannot be read is told when the run is recorded there.
func replaced(by plan: RunPlan, _ request: Request) -> Replaced? {
  let recorded = try? record(of: plan.id, request)
  guard
    let asOf = recorded?.asOf ?? publishedDate(of: plan.id, in: request.reports)
  else { return nil }
  let place = "\(request.delivery)/run.yaml:1:1: "
  let source = recorded?.delivery
  if asOf != plan.asOf.description {
    return Replaced(said: anotherDate(asOf, source, plan, at: place), isAnotherDate: true)
  }
  guard let source, realPath(source) != realPath(request.delivery) else { return nil }
  return Replaced(
    said: Bilingual(
      zh: place + "批次“\(plan.id)”由“\(source)”发布过，基准日相同（\(asOf)），这次由“\(request.delivery)”得出，"
        + "取代原报告 — 如果不是同一批报送，请在 run.yaml 的 id 中另写编号",
      en: place
        + "run “\(plan.id)” was published from “\(source)” as of the same date (\(asOf)) and is "
        + "now replaced from “\(request.delivery)” — if this is another delivery, write an id of its "
        + "own under id in run.yaml"),
    isAnotherDate: false)
}

private func anotherDate(
  _ asOf: String, _ source: String?, _ plan: RunPlan, at place: String
) -> Bilingual {
  let from = source.map { Bilingual(zh: "，由“\($0)”得出", en: ", from “\($0)”") }
  return Bilingual(
    zh: place + "批次“\(plan.id)”已经发布过，基准日是 \(asOf)\(from?.zh ?? "")，这次的基准日是 \(plan.asOf)，"
      + "发布会取代那一期的报告 — 新的一期请在 run.yaml 的 id 中另写编号；确要取代，请加 --replace",
    en: place
      + "run “\(plan.id)” was published as of \(asOf)\(from?.en ?? "") and this one is as of "
      + "\(plan.asOf): it would replace those reports — write an id of its own under id in run.yaml, "
      + "or add --replace where they are to be replaced")
}

/// The reference date of what stands under an id in a folder of reports.
private func publishedDate(of run: String, in reports: String) -> String? {
  guard let bytes = try? wholeFile("\(reports)/\(run)/manifest.json") else { return nil }
  return JSON(String(decoding: bytes, as: UTF8.self))?["as_of"]?.text
}
