import Requests
import RulePacks
package import Tables

/// What `heng rules check` found.
package struct CheckedRules: Sendable {
  package var faults: [Bilingual]
  /// How much was checked.
  package var summary: Bilingual

  /// `{"faults": […]}`, each as its English sentence and its Chinese one.
  package var json: String {
    let faults = self.faults.map { ["zh": $0.zh, "en": $0.en] }
    return jsonText(["faults": faults])
  }
}

/// Loads a rule pack and gives all its faults.
package func checkRules(at folder: String) -> CheckedRules {
  do {
    let pack = try loadRulePack(at: folder)
    let facts = pack.subjects.reduce(0) { $0 + $1.facts.count }
    return CheckedRules(
      faults: pack.demands.map(\.sentence),
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
