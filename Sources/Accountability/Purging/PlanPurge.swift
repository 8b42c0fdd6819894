import Foundation
import Ledger
import PastRuns
import Pipeline
package import Requests
package import RulePacks
package import Tables

/// What the retention rules say is to be removed on a day.
package struct PurgePlan: Sendable {
  package var asOf: PartialDate
  package var items: [Item]
  /// What is due and cannot be read, so that nobody knows what it is; it stays.
  package var unreadable: [Bilingual] = []
  /// Runs of which something is due that may not be removed.
  package var holds: [Held]
  /// What is due and not removed, or cannot be judged.
  package var kept: [Bilingual]
  /// The ledger's data among the items.
  var data: [LedgerData] = []
  /// Place in the ledger of the last run that was looked at; nil without one.
  var lastRun: Int?
  /// Purges that were begun and have no proof yet.
  var brokenOff: [PurgeRecord] = []

  /// One file, or what the ledger keeps of one kind of subject.
  package struct Item: Sendable, Equatable {
    package var run: String
    package var content: Retention.Content
    package var path: String
    package var bytes: Int
    package var sha256: String
    /// The day since which it is due.
    package var due: PartialDate
    package var keep: Retention.Period
    package var basis: String
    /// Whether it is a file of its own, not rows of the ledger.
    package var isFile: Bool
    /// The run's folder of reports, or the delivery, that the file lies in; empty for the ledger's.
    var folder = ""
  }

  package struct Held: Sendable, Equatable {
    package var run: String
    package var reason: Bilingual
  }
}

/// Finds what is due, by the retention rules of each run's pack; nothing is touched.
///
/// Periods begin on the day a run was published. What a later run of the same id replaced has its
/// results and facts in the ledger; the folder of reports and the delivery follow the last run.
package func planPurge(asOf: PartialDate, request: Request) throws(RunFailure) -> PurgePlan {
  try planPurge(asOf: asOf, request: request, calls: FileCalls())
}

func planPurge(
  asOf: PartialDate, request: Request, calls: FileCalls
) throws(RunFailure) -> PurgePlan {
  let path = request.reports + "/ledger.sqlite"
  guard let ledger = try openLedger(of: request) else { throw .noLedger(at: path) }
  return try reading { () throws(LedgerFailure) in
    var search = PurgeSearch(
      asOf: asOf, request: request, calls: calls, runs: try ledger.runs(),
      data: try ledger.subjectData(), plan: PurgePlan(asOf: asOf, items: [], holds: [], kept: []))
    search.plan.lastRun = search.runs.last?.sequence
    search.plan.brokenOff = try ledger.purges().filter { $0.finished == nil }
    for record in search.latest {
      let frozen = try ledger.cases(of: record.sequence).count { $0.state == .frozen }
      search.consider(record, openObjections: frozen)
    }
    search.considerDeliveries()
    return search.plan
  }
}

private struct PurgeSearch {
  let asOf: PartialDate
  let request: Request
  let calls: FileCalls
  let runs: [RunRecord]
  let data: [LedgerData]
  var plan: PurgePlan
  private var packs: [String: RulePack] = [:]
  private var held: Set<String> = []

  init(
    asOf: PartialDate, request: Request, calls: FileCalls, runs: [RunRecord], data: [LedgerData],
    plan: PurgePlan
  ) {
    self.asOf = asOf
    self.request = request
    self.calls = calls
    self.runs = runs
    self.data = data
    self.plan = plan
  }

  /// The last run of every id, in the order of recording.
  var latest: [RunRecord] {
    let superseded = Set(runs.compactMap(\.supersedes))
    return runs.filter { !superseded.contains($0.sequence) }
  }

  /// Results, facts and reports of one id.
  mutating func consider(_ record: RunRecord, openObjections: Int) {
    guard let pack = pack(of: record) else {
      plan.kept.append(
        Bilingual(
          zh: "\(record.id): 找不到规则包“\(record.pack)”，全部保留 — 用 --rules 指明",
          en:
            "\(record.id): the rule pack “\(record.pack)” was not found, so all is kept — name it by --rules"
        ))
      return
    }
    packs[record.id] = pack
    let (before, dataBefore) = (plan.items.count, plan.data.count)
    let unreadableBefore = plan.unreadable.count
    for run in runs where run.id == record.id { considerData(of: run, pack) }
    considerReports(of: record, pack)
    if let reason = holdReason(record, pack, openObjections) {
      held.insert(record.id)
      if plan.items.count > before || plan.unreadable.count > unreadableBefore {
        plan.holds.append(PurgePlan.Held(run: record.id, reason: reason))
      }
      plan.items.removeSubrange(before...)
      plan.data.removeSubrange(dataBefore...)
      plan.unreadable.removeSubrange(unreadableBefore...)
    }
  }

  private func holdReason(_ record: RunRecord, _ pack: RulePack, _ open: Int) -> Bilingual? {
    if let hold = pack.holds.first(where: { $0.run == record.id }) {
      return Bilingual(zh: hold.basis, en: hold.basis)
    }
    guard open > 0 else { return nil }
    return Bilingual(
      zh: "有 \(open) 件异议尚未答复；答复后重新发布该批次",
      en: "\(open) objections are open; publish the run again once they are answered")
  }

  private mutating func considerData(of run: RunRecord, _ pack: RulePack) {
    for one in data where one.run == run.sequence {
      let content: Retention.Content = one.content == .results ? .results : .facts
      let subject = pack.subjects.firstIndex { $0.id == one.kind }
      guard let rule = pack.retention(of: content, subject: subject),
        let due = due(rule, since: run)
      else { continue }
      plan.items.append(
        PurgePlan.Item(
          run: run.id, content: content,
          path: "ledger.sqlite: \(one.content.rawValue) \(one.kind) #\(one.run)", bytes: one.bytes,
          sha256: one.sha256, due: due, keep: rule.keep, basis: rule.basis, isFile: false))
      plan.data.append(one)
    }
  }

  private mutating func considerReports(of record: RunRecord, _ pack: RulePack) {
    guard let manifest = JSON(record.manifest) else {
      plan.unreadable.append(
        Bilingual(
          zh:
            "\(request.reports)/ledger.sqlite: 批次“\(record.id)”的 manifest 读不懂，不知道它有哪些文件 — 请由人核对后处理",
          en:
            "\(request.reports)/ledger.sqlite: the manifest of run “\(record.id)” cannot be read, "
            + "so nobody knows its files — a person must look at them"))
      return
    }
    let folder = "\(request.reports)/\(record.id)"
    let paths = listed(manifest["outputs"]).map(\.path)
    if let rule = pack.retention(of: .reports), let due = due(rule, since: record) {
      add(paths + ["manifest.json"], in: folder, record.id, rule, due)
    } else if let rule = pack.retention(of: .explanations), let due = due(rule, since: record) {
      let rows = paths.filter {
        $0.hasPrefix("explanations/") || ($0.hasPrefix("data/") && $0.contains("-facts-"))
      }
      add(rows, in: folder, record.id, rule, due)
    }
  }

  /// Delivered files, once every run that read them is due and none is held.
  mutating func considerDeliveries() {
    var deliveries: [String] = []
    for record in runs where !deliveries.contains(record.delivery) {
      deliveries.append(record.delivery)
    }
    for delivery in deliveries {
      let users = runs.filter { $0.delivery == delivery }
      var dues: [(rule: Retention, due: PartialDate)] = []
      for record in users {
        guard !held.contains(record.id), let pack = packs[record.id],
          let rule = pack.retention(of: .deliveries), let due = due(rule, since: record)
        else { break }
        dues.append((rule, due))
      }
      guard dues.count == users.count, let record = users.last,
        let last = dues.max(by: { $0.due.packed < $1.due.packed })
      else { continue }
      // As the manifests of all its runs know them: what is another file by now is not removed.
      var known: [String: Set<String>] = [:]
      for user in users {
        for file in listed(JSON(user.manifest)?["inputs"]) {
          known[delivered(file.path, in: delivery), default: []].insert(file.sha256)
        }
      }
      add(known.keys.sorted(), in: delivery, record.id, last.rule, last.due, known: known)
    }
  }

  private mutating func add(
    _ paths: [String], in folder: String, _ run: String, _ rule: Retention, _ due: PartialDate,
    known: [String: Set<String>]? = nil
  ) {
    let folder = shownPath(folder)
    for path in paths {
      let full = "\(folder)/\(path)"
      // A manifest names files below its folder only; anything else was tampered with.
      guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
        plan.unreadable.append(
          Bilingual(
            zh: "\(full): manifest 中的路径在文件夹之外，没有列入 — 请由人核对后处理",
            en: "\(full): a path of the manifest that leads out of its folder, so it is left — a "
              + "person must look at it"))
        continue
      }
      let found: FileDigest
      switch calls.digest(full) {
      case .success(let digest): found = digest
      case .failure(let fault):
        if !fault.isGone { plan.unreadable.append(unread(full, fault)) }
        continue
      }
      if let known, known[path]?.contains(found.sha256) != true {
        plan.kept.append(
          Bilingual(
            zh: "\(full): 与批次“\(run)”读过的文件不同，没有列入 — 由人核对后处理",
            en:
              "\(full): not the file that run “\(run)” read, so it is left — a person must look at it"
          ))
        continue
      }
      plan.items.append(
        PurgePlan.Item(
          run: run, content: rule.of, path: full, bytes: found.bytes, sha256: found.sha256,
          due: due, keep: rule.keep, basis: rule.basis, isFile: true, folder: folder))
    }
  }

  /// The first day on which it is not kept any more, if that has come.
  private func due(_ rule: Retention, since run: RunRecord) -> PartialDate? {
    guard let published = day(of: run.finished) else { return nil }
    let end = rule.keep.end(after: published)
    return end.firstDay <= asOf.firstDay ? end : nil
  }

  /// The run's pack as it is now: retention follows the rules in force.
  private func pack(of record: RunRecord) -> RulePack? {
    if let rules = request.rules { return try? loadRulePack(at: rules) }
    var request = request
    request.delivery = record.delivery
    request.rules = record.rules
    if let pack = try? readRules(request).1 { return pack }
    for folder in [record.rules, "inputs/rules/" + record.pack].compactMap({ $0 }) {
      if let pack = try? loadRulePack(at: folder) { return pack }
    }
    return nil
  }
}

/// A due file of which only the name is known.
private func unread(_ path: String, _ fault: SystemFailure) -> Bilingual {
  Bilingual(
    zh: "\(path): 到期，但读不出来（\(fault.said)），没有清除 — 请检查磁盘和权限后再次执行 heng purge",
    en:
      "\(path): due, but it cannot be read (\(fault.said)), so it is left — check the disk and the "
      + "permissions, then run heng purge again")
}

extension RunFailure {
  static func noLedger(at path: String) -> RunFailure {
    RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(path): 没有运行记录，不知道保存期限从哪一天起算 — 用 --reports 指明报告文件夹",
          en:
            "\(path): there is no ledger, so nobody knows when periods began — name the folder by "
            + "--reports")
      ])
  }
}
