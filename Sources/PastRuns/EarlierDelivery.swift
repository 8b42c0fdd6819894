import Foundation
import Ledger
import Reports
package import Requests
package import RulePacks
package import Tables

/// What the run before was given, as its manifest tells.
package struct EarlierDelivery: Sendable {
  package var run: String
  /// Rows by profile.
  package var rows: [String: Int] = [:]
  package var districts: [DistrictRows] = []

  /// - Returns: nil where `run.yaml` names no run before.
  /// - Throws: where it names one that does not exist. One whose delivery lies beside this one and
  ///   that was not published here yet is nil, with a finding.
  package static func read(
    _ request: Request, plan: RunPlan
  ) throws(RunFailure) -> (EarlierDelivery?, [Finding]) {
    guard let previous = plan.previous else { return (nil, []) }
    let before = request.history?.before ?? Int.max
    let ledger = try openLedger(of: request)
    let record = try reading { () throws(LedgerFailure) in
      try ledger?.latest(id: previous, before: before)
    }
    if let record { return (EarlierDelivery(previous, manifest: record.manifest), []) }
    let published = "\(request.reports)/\(previous)/manifest.json"
    if let data = try? wholeFile(published) {
      return (EarlierDelivery(previous, manifest: String(decoding: data, as: UTF8.self)), [])
    }
    let sibling = URL(filePath: request.delivery).standardizedFileURL.deletingLastPathComponent()
      .appending(path: previous).path
    guard FileManager.default.fileExists(atPath: sibling + "/run.yaml") else {
      throw RunFailure(
        .refused,
        [
          Bilingual(
            zh:
              "\(request.delivery)/run.yaml:1:1: previous 写的批次“\(previous)”不存在 — 请核对编号和 --reports，"
              + "第一个批次不写 previous",
            en:
              "\(request.delivery)/run.yaml:1:1: `previous` names the run “\(previous)”, which does "
              + "not exist — check its id and --reports; a first run has no `previous`")
        ])
    }
    let finding = Finding(
      .warning, "previous-not-published",
      message: Bilingual(
        zh: "上一批次“\(previous)”还没有在这里发布，没有与它比较",
        en: "the run before, “\(previous)”, has not been published here, so nothing is compared "
          + "with it"),
      cure: Bilingual(
        zh: "请先发布该批次，再发布本批次", en: "publish it first, then this one"))
    return (nil, [finding])
  }

  private init(_ run: String, manifest: String) {
    self.run = run
    guard let json = JSON(manifest) else { return }
    if case .array(let inputs) = json["inputs"] {
      for input in inputs {
        guard let profile = input["profile"]?.text, case .number(let read) = input["read"] else {
          continue
        }
        rows[profile, default: 0] += Int(read) ?? 0
      }
    }
    guard case .array(let kinds) = json["districts"] else { return }
    for kind in kinds {
      guard let record = kind["record"]?.text, case .object(let members) = kind["rows"] else {
        continue
      }
      let counts = members.map { member -> (code: String, count: Int) in
        guard case .number(let digits) = member.value else { return (member.name, 0) }
        return (member.name, Int(digits) ?? 0)
      }
      districts.append(DistrictRows(record: record, rows: counts))
    }
  }
}
