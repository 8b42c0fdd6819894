import RulePacks
import Tables

/// The run's tolerances that its data exceeded, one sentence each.
func exceededTolerances(of evaluated: Evaluated) -> [Bilingual] {
  let tolerances = evaluated.plan.tolerances
  let read = evaluated.files.reduce(0) { $0 + $1.read }
  let quarantined = evaluated.files.reduce(0) { $0 + $1.quarantined }
  let controls = evaluated.files.flatMap(\.controls).count { !$0.agrees }
  var exceeded: [Bilingual] = []
  if let most = tolerances.quarantined, quarantined * 1000 > most * read {
    exceeded.append(
      Bilingual(
        zh:
          "隔离行 \(quarantined) 条，占 \(read) 条的 \(share(quarantined, read))，超过容许的 \(percent(most)) — 请按 quarantine.csv 更正后重新报送",
        en:
          "\(quarantined) of \(read) rows (\(share(quarantined, read))) are in quarantine, more than the \(percent(most)) allowed — mend them as quarantine.csv says and send them again"
      ))
  }
  if let most = tolerances.unmatched, evaluated.unmatched * 1000 > most * read {
    exceeded.append(
      Bilingual(
        zh:
          "未能对应到对象的记录 \(evaluated.unmatched) 条，占 \(share(evaluated.unmatched, read))，超过容许的 \(percent(most)) — 请查看 findings.csv 中的 unmatched",
        en:
          "\(evaluated.unmatched) rows (\(share(evaluated.unmatched, read))) found no subject, more than the \(percent(most)) allowed — see unmatched in findings.csv"
      ))
  }
  if let most = tolerances.controls, controls > most {
    exceeded.append(
      Bilingual(
        zh: "合计数不符 \(controls) 处，超过容许的 \(most) 处 — 请查看 findings.csv 中的 control-total",
        en:
          "\(controls) control totals disagree, more than the \(most) allowed — see control-total in findings.csv"
      ))
  }
  return exceeded
}

/// A share with one decimal, as people read it.
private func share(_ part: Int, _ whole: Int) -> String {
  percent(whole == 0 ? 0 : (part * 1000 + whole / 2) / whole)
}

/// Thousandths as a percentage.
private func percent(_ thousandths: Int) -> String {
  thousandths % 10 == 0 ? "\(thousandths / 10)%" : "\(thousandths / 10).\(thousandths % 10)%"
}
