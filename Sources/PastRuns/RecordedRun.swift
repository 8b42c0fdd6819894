import Foundation
package import Ledger
package import Reports
package import Requests
import RulePacks
import Tables

/// Where the delivery of a run lies: as the ledger says, else the folder of the same name in
/// `inputs`, else the run named as a folder.
package func delivery(of run: String, request: Request) throws(RunFailure) -> String {
  let files = FileManager.default
  let recorded = try record(of: run, request)?.delivery
  if let recorded, files.fileExists(atPath: recorded + "/run.yaml") { return recorded }
  for folder in ["inputs/" + run, run] where files.fileExists(atPath: folder + "/run.yaml") {
    return folder
  }
  if let recorded { throw deliveryIsGone(recorded, of: run) }
  let known = try publishedRuns(request)
  let listed = known.prefix(6).joined(separator: "、")
  let isMore = known.count > 6
  throw RunFailure(
    .refused,
    [
      Bilingual(
        zh: "找不到批次“\(run)”的报送文件 — 请写明批次编号"
          + (known.isEmpty ? "" : "（已发布的有：\(listed)\(isMore ? "等" : "")）")
          + "，或报送文件夹的路径；报告在别处的，用 --reports 指明",
        en: "no delivery of a run “\(run)” was found — give a run's id"
          + (known.isEmpty
            ? ""
            : " (published: \(known.prefix(6).joined(separator: ", "))\(isMore ? " and others" : ""))")
          + ", or the path of its delivery; name the folder of reports by --reports where it is another"
      )
    ])
}

/// A run was published, and what it read does not lie where it was read.
private func deliveryIsGone(_ folder: String, of run: String) -> RunFailure {
  let isThere = FileManager.default.fileExists(atPath: folder)
  let missing = isThere ? folder + "/run.yaml" : folder
  return RunFailure(
    .refused,
    [
      Bilingual(
        zh: "批次“\(run)”发布时读取的“\(missing)”已不在原处 — 请放回发布时的原文件；报送文件夹移到别处的，请改用其现在的路径；"
          + "已发布的报告仍在，不受影响",
        en: "“\(missing)”, which run “\(run)” read when it was published, is no longer there — put "
          + "back what was delivered, or name the folder where it lies now; the published report "
          + "stands as it was")
    ])
}

/// Ids of the runs of the ledger, the last first.
private func publishedRuns(_ request: Request) throws(RunFailure) -> [String] {
  let ledger = try openLedger(of: request)
  let runs = try reading { () throws(LedgerFailure) in try ledger?.runs() ?? [] }
  var ids: [String] = []
  for run in runs.reversed() where !ids.contains(run.id) { ids.append(run.id) }
  return ids
}

package func requireUnchanged(_ evaluated: RunResult, run: String, request: Request)
  throws(RunFailure)
{
  let path = "\(request.reports)/\(evaluated.run.id)/manifest.json"
  guard let manifest = try publishedManifest(at: path),
    case .array(let inputs) = manifest["inputs"]
  else { return }
  let now = Dictionary(
    evaluated.files.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
  for input in inputs {
    guard let file = input["path"]?.text, let hash = input["sha256"]?.text else {
      continue
    }
    guard now[file] != hash else { continue }
    guard now[file] != nil else { throw fileIsGone(file, request) }
    throw RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(request.delivery)/\(file): 该文件在发布之后被改动 — 请恢复原文件，或重新运行该批次",
          en:
            "\(request.delivery)/\(file): the file has changed since the run was published — put the delivered file back, or run the delivery again"
        )
      ])
  }
}

private func fileIsGone(_ file: String, _ request: Request) -> RunFailure {
  RunFailure(
    .failed,
    [
      Bilingual(
        zh: "\(request.delivery)/\(file): 发布时读取的这个文件已不在 — 请放回原文件，或重新运行该批次；"
          + "是否按保存期限清除，heng verify 会说明",
        en:
          "\(request.delivery)/\(file): the run read this file when it was published, and it is no "
          + "longer there — put it back, or run the delivery again; heng verify says whether it was "
          + "purged")
    ])
}

/// A published manifest; nil where nothing was published.
///
/// - Throws: where one stands there and cannot be read: what is told of a run must be what it was.
private func publishedManifest(at path: String) throws(RunFailure) -> JSON? {
  guard FileManager.default.fileExists(atPath: path) else { return nil }
  guard let data = try? wholeFile(path),
    let manifest = JSON(String(decoding: data, as: UTF8.self))
  else {
    throw RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(path): 读不出来 — 请检查磁盘和权限，或用 heng verify 核对这个批次",
          en:
            "\(path): cannot be read — check the disk and the permissions, or look at the run with "
            + "heng verify")
      ])
  }
  return manifest
}

/// A request for a run as the ledger recorded it: its delivery, and the pack that it was given.
package func recorded(_ run: String, rules: String?, request: Request) throws(RunFailure) -> Request
{
  var request = request
  request.delivery = try delivery(of: run, request: request)
  request.rules = rules
  if rules == nil, let record = try record(of: run, request),
    record.delivery == request.delivery, let used = record.rules,
    FileManager.default.fileExists(atPath: used)
  {
    request.rules = used
  }
  return request
}

/// The pack must be that of the published run, or what is told of it was never published.
///
/// - Parameter option: by which a person names the pack of that time.
package func requireSamePack(
  _ evaluated: RunResult, request: Request, option: String = "--rules"
) throws(RunFailure) {
  let path = "\(request.reports)/\(evaluated.run.id)/manifest.json"
  guard let manifest = try publishedManifest(at: path),
    let published = manifest["rule_pack"]?["sha256"]?.text, published != evaluated.pack.sha256
  else { return }
  let run = evaluated.run.id
  throw RunFailure(
    .failed,
    [
      Bilingual(
        zh: "批次“\(run)”发布之后规则包被改动 — 请用 \(option) 指明当时的规则包",
        en:
          "the rule pack has changed since run “\(run)” was published — name the folder with the pack of that time by \(option)"
      )
    ])
}

/// The last run of an id in the ledger of a folder of reports; nil where it has none.
package func record(of run: String, _ request: Request) throws(RunFailure) -> RunRecord? {
  let ledger = try openLedger(of: request)
  return try reading { () throws(LedgerFailure) in try ledger?.latest(id: run) }
}
