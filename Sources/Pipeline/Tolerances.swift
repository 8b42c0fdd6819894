import Labels
import Reports
import RulePacks
import Tables

/// The run's tolerances that its data exceeded, one sentence each.
func exceededTolerances(of evaluated: RunResult) -> [Bilingual] {
  let tolerances = evaluated.run.tolerances
  let read = evaluated.files.reduce(0) { $0 + $1.read }
  let quarantined = evaluated.files.reduce(0) { $0 + $1.quarantined }
  let controls = evaluated.files.flatMap(\.controls).count { !$0.agrees }
  var exceeded: [Bilingual] = []
  let broken = evaluated.aside.filter { $0.reason == .broken }
  if !broken.isEmpty {
    exceeded.append(
      Bilingual(
        zh: "有 \(broken.count) 个文件不能完整读取，整个搁置（最多容许 \(tolerances.files) 个） — 请更正后重新报送",
        en: "\(broken.count) files could not be read whole and were set aside (at most "
          + "\(tolerances.files) are allowed) — have them mended and delivered again"))
  }
  if quarantined * 1000 > tolerances.quarantined * read {
    let most = shownPercent(tolerances.quarantined)
    exceeded.append(
      Bilingual(
        zh:
          "\(RowLabel.returned.label.zh) \(quarantined) 条，占 \(read) 条的 \(shownShare(quarantined, read))，超过容许的 \(most) — 请按 quarantine.csv 更正后重新报送",
        en:
          "\(quarantined) of \(read) rows (\(shownShare(quarantined, read))) are \(RowLabel.returned.label.en), more than the \(most) allowed — mend them as quarantine.csv says and send them again"
      ))
  }
  exceeded += unreadFields(of: evaluated)
  if let most = tolerances.unmatched, evaluated.unmatched * 1000 > most * read {
    exceeded.append(
      Bilingual(
        zh:
          "未能对应到对象的记录 \(evaluated.unmatched) 条，占 \(shownShare(evaluated.unmatched, read))，超过容许的 \(shownPercent(most)) — 请查看 findings.csv 中的 unmatched",
        en:
          "\(evaluated.unmatched) rows (\(shownShare(evaluated.unmatched, read))) found no subject, more than the \(shownPercent(most)) allowed — see unmatched in findings.csv"
      ))
  }
  if let most = tolerances.controls, controls > most {
    exceeded.append(
      Bilingual(
        zh: "合计数不符或缺少 \(controls) 处，超过容许的 \(most) 处 — 请查看 findings.csv 中的 control-total 和 "
          + "control-missing",
        en:
          "\(controls) control totals disagree or are missing, more than the \(most) allowed — see "
          + "control-total and control-missing in findings.csv"
      ))
  }
  return exceeded
}

/// Fields that are required or count in a rubric and of which too many cells could not be read:
/// what is published about them rests on the few that could.
private func unreadFields(of evaluated: RunResult) -> [Bilingual] {
  let pack = evaluated.pack
  let scored = pack.fieldsScored
  var exceeded: [Bilingual] = []
  let most = evaluated.run.tolerances.unread
  for one in evaluated.unread where one.unread * 1000 > most * one.stated {
    let kind = pack.records[one.record]
    let field = kind.fields[one.field]
    guard field.isRequired || scored[one.record].contains(one.field) else { continue }
    exceeded.append(
      Bilingual(
        zh: "\(kind.title)的“\(field.label)”：\(one.stated) 格中 \(one.unread) 格读不出，超过容许的 "
          + "\(shownPercent(most)) — 请核对单位、写法和编码后重新报送",
        en: "“\(field.label)” of \(kind.title): \(one.unread) of \(one.stated) cells could not be "
          + "read, more than the \(shownPercent(most)) allowed — check units, spellings and encoding, "
          + "then deliver again"))
  }
  return exceeded
}

/// Why there is nothing to publish, a sentence each; an empty result would replace a good one.
func emptiness(of evaluated: RunResult) -> [Bilingual] {
  guard !evaluated.files.isEmpty else {
    return [
      Bilingual(
        zh: "报送文件夹中没有读到任何数据文件，没有发布 — 请把各单位报送的文件放入该文件夹",
        en: "no file of data was read from the delivery, so nothing is published — put what was "
          + "delivered into the folder")
    ]
  }
  let pack = evaluated.pack
  var reasons: [Bilingual] = []
  for (record, kind) in pack.records.enumerated() where kind.isRoster {
    let profiles = Set(pack.sources.filter { $0.record == record }.map(\.id))
    let files = evaluated.files.filter { profiles.contains($0.profile) }
    let read = files.reduce(0) { $0 + $1.read }
    guard read > 0, read == files.reduce(0, { $0 + $1.quarantined }) else { continue }
    let first = evaluated.quarantine.first { $0.record == kind.id }?.faults.first
    reasons.append(
      Bilingual(
        zh: "\(kind.title)的 \(read) 条记录全部不能采用，没有发布 — 请更正后重新报送"
          + (first.map { "；第一条：\($0.message.zh)，\($0.cure.zh)" } ?? ""),
        en: "none of the \(read) rows of \(kind.title) could be accepted, so nothing is "
          + "published — mend them and deliver them again"
          + (first.map { "; the first: \($0.message.en), \($0.cure.en)" } ?? "")))
  }
  if reasons.isEmpty, evaluated.dossiers.subjects.allSatisfy({ $0.count == 0 }) {
    let kinds = pack.subjects.map(\.title)
    reasons.append(
      Bilingual(
        zh: "没有一个评价对象（\(kinds.joined(separator: "、"))），没有发布 — 请核对名册是否已经报送",
        en: "there is not one subject (\(kinds.joined(separator: ", "))), so nothing is "
          + "published — check whether the roster was delivered"))
  }
  return reasons
}

/// A share as people read it.
private func shownShare(_ part: Int, _ whole: Int) -> String {
  shownPercent(share(part, of: whole) ?? 0)
}
