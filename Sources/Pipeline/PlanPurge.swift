import Fields
import Foundation
import Ledger
public import RulePacks
public import Tables

/// What the retention rules say is to be removed on a day.
public struct PurgePlan: Sendable {
  public var asOf: PartialDate
  public var items: [Item]
  /// Runs of which something is due that may not be removed.
  public var holds: [Held]
  /// What is due and not removed, or cannot be judged.
  public var kept: [Bilingual]
  /// The ledger's data among the items.
  var data: [LedgerData] = []

  /// One file, or what the ledger keeps of one kind of subject.
  public struct Item: Sendable, Equatable {
    public var run: String
    public var content: Retention.Content
    public var path: String
    public var bytes: Int
    public var sha256: String
    /// The day since which it is due.
    public var due: PartialDate
    public var keep: Retention.Period
    public var basis: String
    /// Whether it is a file of its own, not rows of the ledger.
    public var isFile: Bool
  }

  public struct Held: Sendable, Equatable {
    public var run: String
    public var reason: Bilingual
  }
}

/// Finds what is due, by the retention rules of each run's pack; nothing is touched.
///
/// Periods begin on the day a run was published. What a later run of the same id replaced has its
/// results and facts in the ledger; the folder of reports and the delivery follow the last run.
public func planPurge(asOf: PartialDate, request: Request) throws(RunFailure) -> PurgePlan {
  let path = request.reports + "/ledger.sqlite"
  guard FileManager.default.fileExists(atPath: path) else {
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(path): 没有运行记录，不知道保存期限从哪一天起算 — 用 --reports 指明报告文件夹",
          en:
            "\(path): there is no ledger, so nobody knows when periods began — name the folder by --reports"
        )
      ])
  }
  do {
    let ledger = try Ledger(at: path)
    var search = PurgeSearch(
      asOf: asOf, request: request, runs: try ledger.runs(), data: try ledger.subjectData(),
      plan: PurgePlan(asOf: asOf, items: [], holds: [], kept: []))
    for record in search.latest {
      let frozen = try ledger.cases(of: record.sequence).count { $0.state == .frozen }
      search.consider(record, openObjections: frozen)
    }
    search.considerDeliveries()
    return search.plan
  } catch {
    throw RunFailure(.failed, [Bilingual(zh: "\(path): \(error)", en: "\(path): \(error)")])
  }
}

private struct PurgeSearch {
  let asOf: PartialDate
  let request: Request
  let runs: [RunRecord]
  let data: [LedgerData]
  var plan: PurgePlan
  private var packs: [String: RulePack] = [:]
  private var held: Set<String> = []

  init(
    asOf: PartialDate, request: Request, runs: [RunRecord], data: [LedgerData], plan: PurgePlan
  ) {
    self.asOf = asOf
    self.request = request
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
    for run in runs where run.id == record.id { considerData(of: run, pack) }
    considerReports(of: record, pack)
    if let reason = holdReason(record, pack, openObjections) {
      held.insert(record.id)
      if plan.items.count > before {
        plan.holds.append(PurgePlan.Held(run: record.id, reason: reason))
      }
      plan.items.removeSubrange(before...)
      plan.data.removeSubrange(dataBefore...)
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
    guard let manifest = JSON(record.manifest) else { return }
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
    for path in paths {
      let full = "\(folder)/\(path)"
      // A manifest names files below its folder only; anything else was tampered with.
      guard !path.hasPrefix("/"), !path.split(separator: "/").contains(".."),
        let bytes = FileManager.default.contents(atPath: full)
      else { continue }
      let hash = sha256([UInt8](bytes))
      if let known, known[path]?.contains(hash) != true {
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
          run: run, content: rule.of, path: full, bytes: bytes.count, sha256: hash, due: due,
          keep: rule.keep, basis: rule.basis, isFile: true))
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
