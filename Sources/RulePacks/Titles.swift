import Labels
public import Tables

extension RulePack {
  /// What people read for the kind of a finding or of a row's fault.
  ///
  /// A check that the pack makes is called as the fact that it decides, with the number of its rule
  /// where several rules of the fact have findings; the id stands where nothing has a title.
  public func label(ofFindingKind id: String) -> Bilingual {
    if let label = Finding.label(ofKind: id) { return label }
    for derivation in derivations {
      guard case .rules(let rules, _) = derivation.form else { continue }
      let checks = rules.filter { $0.finding != nil }
      guard let check = checks.first(where: { "\(derivation.id).\($0.id)" == id }) else { continue }
      let title = subjects[derivation.subject].facts[derivation.slot].label
      let text = checks.count == 1 ? title : "\(title) \(check.id)"
      return Bilingual(zh: text, en: text)
    }
    return Bilingual(zh: id, en: id)
  }
}

extension RulePack {
  /// What a source profile is called; its id where it has no title, or is not of this pack.
  public func title(ofProfile id: String) -> String {
    sources.first { $0.id == id && !$0.title.isEmpty }?.title ?? id
  }
}
