import Foundation
import Ledger
package import Requests
package import RulePacks
package import Tables

/// Tells which published reports a run takes the place of, where they did not come from the same
/// delivery.
///
/// Publishing a delivery again after it was mended is usual. Last quarter's id in this quarter's
/// `run.yaml` is a slip, by which last quarter's reports go; their results stay in the ledger, and
/// their own delivery gives them again.
package func tellReplaced(_ plan: RunPlan, for request: Request) {
  if let said = replaced(by: plan, request) { request.say?(said) }
}

/// What a run of a plan would replace; nil where that is nothing, or the same delivery of before.
///
/// A ledger that cannot be read is told when the run is recorded there.
package func replaced(by plan: RunPlan, _ request: Request) -> Bilingual? {
  let recorded = try? record(of: plan.id, request)
  guard
    let asOf = recorded?.asOf ?? publishedDate(of: plan.id, in: request.reports)
  else { return nil }
  let place = "\(request.delivery)/run.yaml:1:1: "
  let source = recorded?.delivery
  if asOf != plan.asOf.description {
    return anotherDate(asOf, source, plan, at: place)
  }
  guard let source, realPath(source) != realPath(request.delivery) else { return nil }
  return Bilingual(
    zh: place + "批次“\(plan.id)”由“\(source)”发布过，基准日相同（\(asOf)），这次由“\(request.delivery)”得出，"
      + "取代原报告 — 如果不是同一批报送，请在 run.yaml 的 id 中另写编号",
    en: place
      + "run “\(plan.id)” was published from “\(source)” as of the same date (\(asOf)) and is "
      + "now replaced from “\(request.delivery)” — if this is another delivery, write an id of its "
      + "own under id in run.yaml")
}

private func anotherDate(
  _ asOf: String, _ source: String?, _ plan: RunPlan, at place: String
) -> Bilingual {
  let from = source.map { Bilingual(zh: "，由“\($0)”得出", en: ", from “\($0)”") }
  return Bilingual(
    zh: place + "批次“\(plan.id)”已经发布过，基准日是 \(asOf)\(from?.zh ?? "")，这次的基准日是 \(plan.asOf)，"
      + "取代那一期的报告 — 如果是新的一期，请在 run.yaml 的 id 中另写编号后重新运行，原报告可用原报送文件夹重新运行得到",
    en: place
      + "run “\(plan.id)” was published as of \(asOf)\(from?.en ?? "") and this one is as of "
      + "\(plan.asOf) and takes their place — for another quarter write an id of its own under id in "
      + "run.yaml and run again; the earlier delivery gives its reports again")
}

/// The reference date of what stands under an id in a folder of reports.
private func publishedDate(of run: String, in reports: String) -> String? {
  guard let bytes = try? wholeFile("\(reports)/\(run)/manifest.json") else { return nil }
  return JSON(String(decoding: bytes, as: UTF8.self))?["as_of"]?.text
}
