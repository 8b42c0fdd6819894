import Requests
import RulePacks
package import Tables

/// What `heng rules check` found.
package struct CheckedRules: Sendable {
  package var faults: [Bilingual]
  /// What a person has to fill in by hand as long as the pack does not say it; no faults.
  package var notes: [Bilingual] = []
  /// How much was checked.
  package var summary: Bilingual

  /// `{"faults": […], "notes": […]}`, each as its English sentence and its Chinese one.
  package var json: String {
    func texts(_ sentences: [Bilingual]) -> [[String: String]] {
      sentences.map { ["zh": $0.zh, "en": $0.en] }
    }
    return jsonText(["faults": texts(faults), "notes": texts(notes)])
  }
}

/// Loads a rule pack and gives all its faults.
package func checkRules(at folder: String) -> CheckedRules {
  do {
    let pack = try loadRulePack(at: folder)
    let facts = pack.subjects.reduce(0) { $0 + $1.facts.count }
    return CheckedRules(
      faults: pack.demands.map(\.sentence), notes: notes(on: pack),
      summary: Bilingual(
        zh:
          "\(pack.about.id) \(pack.about.edition)：无错误（数据类别 \(pack.records.count)，报送格式 \(pack.sources.count)，代码表 \(pack.codes.count)，事实 \(facts)，评分标准 \(pack.rubrics.count)）",
        en:
          "\(pack.about.id) \(pack.about.edition): no faults (\(pack.records.count) record kinds, \(pack.sources.count) source profiles, \(pack.codes.count) code tables, \(facts) facts, \(pack.rubrics.count) rubrics)"
      ))
  } catch {
    return CheckedRules(
      faults: error.faults.map(\.sentence), summary: Bilingual(zh: "", en: ""))
  }
}

private func notes(on pack: RulePack) -> [Bilingual] {
  guard pack.about.objectionDays == nil, !pack.rubrics.isEmpty else { return [] }
  let zh = pack.rubrics.map { "《\($0.title)》" }.joined()
  let en = pack.rubrics.map(\.title).joined(separator: ", ")
  return [
    Bilingual(
      zh: "pack.yaml: 提示：没有写异议期限（objections-within，天）；\(zh)的告知书在期限处留空，由经办人填写",
      en: "pack.yaml: note: no period for objections (objections-within, days); letters of \(en) "
        + "have a blank for it, to be filled in by hand")
  ]
}
