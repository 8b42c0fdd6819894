import Labels
import Reports
import RulePacks
package import Tables

/// A fact that a rule reads and that is another than before.
package struct FactMove: Sendable, Hashable {
  /// As the pack calls it.
  package var label: Bilingual
  /// In words; nil where nothing is known.
  package var before: Bilingual?
  package var after: Bilingual?

  /// From what to what.
  ///
  /// - Parameter rule: stands before it; a fact that is called as the rule is not named again.
  func sentence(after rule: String) -> Bilingual {
    let (was, now) = (before ?? CellState.notStated.label, after ?? CellState.notStated.label)
    let isNamed = rule.hasSuffix(label.zh)
    return Bilingual(
      zh: "\(isNamed ? "" : label.zh)由“\(was.zh)”变为“\(now.zh)”",
      en: "\(isNamed ? "" : label.en + " ")from “\(was.en)” to “\(now.en)”")
  }
}

extension RubricComparison {
  /// The facts that a part reads itself and that differ, in the order in which it reads them; none
  /// that is not public.
  func factMoves(of part: String, _ old: Entry, _ new: Entry) -> [FactMove] {
    let ids = [new, old].flatMap { $0.side.factsRead[part] ?? [] }
    var seen: Set<String> = []
    return ids.compactMap { id in
      guard seen.insert(id).inserted else { return nil }
      let (was, now) = (old.side.text(ofFact: id, old.entry), new.side.text(ofFact: id, new.entry))
      // Most facts are as they were, and told in words is dear.
      guard was != now, let label = new.side.label(ofFact: id) ?? old.side.label(ofFact: id) else {
        return nil
      }
      return FactMove(
        label: Bilingual(zh: label, en: label), before: was.map { old.side.words($0, ofFact: id) },
        after: now.map { new.side.words($0, ofFact: id) })
    }
  }
}

extension RubricSide {
  /// Ids of the public facts that each part reads itself, by the part's id.
  static func factsRead(_ rubric: Rubric, _ pack: RulePack) -> [String: [String]] {
    let facts = pack.subjects[rubric.subject].facts
    return Dictionary(
      rubric.parts.map { part in
        let slots = rubric.slotsRead(by: part, pack).filter { facts[$0].sensitivity == .open }
        return (part.id, slots.map { facts[$0].id })
      }, uniquingKeysWith: { first, _ in first })
  }

  private var kind: SubjectKind { evaluated.pack.subjects[rubric.subject] }

  fileprivate func label(ofFact id: String) -> String? {
    slots[id].map { kind.facts[$0].label }
  }

  /// A fact of one subject, of a list how many rows it has; nil where nothing is known.
  fileprivate func text(ofFact id: String, _ entry: Int) -> String? {
    slots[id].flatMap {
      evaluated.dossiers.text(subject: rubric.subject, fact: $0, row: Int(card.subjects[entry]))
    }
  }

  fileprivate func words(_ text: String, ofFact id: String) -> Bilingual {
    guard let slot = slots[id] else { return Bilingual(zh: text, en: text) }
    let fact = kind.facts[slot]
    switch fact.origin {
    case .list: return Bilingual(zh: "\(text) 条", en: "\(text) rows")
    case .members: return Bilingual(zh: "\(text) 个", en: text)
    case .asOf, .record, .merged, .derived, .reference, .result:
      return evaluated.pack.words(of: text, as: fact)
    }
  }
}
