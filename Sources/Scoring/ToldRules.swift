import Expressions
public import RulePacks
import Tables

extension RulePack {
  /// The table of a rubric with its conditions and rules in the sentences by which results are
  /// explained, and settings by the titles of what they name.
  ///
  /// - Parameter table: As `table(ofRubric:)` gives it; its texts stay beside what is told.
  public func told(_ table: RubricTable) -> RubricTable {
    let rubric = rubrics[table.rubric]
    let teller = RuleTeller(pack: self, subject: rubric.subject)
    var told = table
    for index in told.rows.indices {
      let row = told.rows[index]
      told.rows[index].told = self.told(row, rubric, teller).filter { !row[$0.key].isEmpty }
    }
    return told
  }

  private func told(_ row: RubricRow, _ rubric: Rubric, _ teller: RuleTeller)
    -> [RubricRow.Column: Bilingual]
  {
    let id = row[.id]
    switch row.kind {
    case .setting: return setting(id, rubric, teller).map { [.rule: $0] } ?? [:]
    case .named:
      guard let named = rubric.lets.first(where: { $0.name == id }) else { return [:] }
      return [.rule: teller.tell(named.value)]
    case .gate:
      guard let gate = rubric.gates.first(where: { $0.id == id }) else { return [:] }
      return [.rule: teller.tell(gate.require)]
    case .indicator, .deduction, .bonus:
      guard let part = rubric.parts.first(where: { $0.id == id }) else { return [:] }
      // Whom it concerns has a column of its own.
      var told = [RubricRow.Column.rule: teller.tell(part.form)]
      if let applies = part.applies { told[.applies] = teller.tell(applies) }
      return told
    case .cap:
      guard let cap = rubric.caps.first(where: { $0.id == id }) else { return [:] }
      let (when, limit) = (teller.tell(cap.when), cap.limitInWords(rubric))
      return [.rule: Bilingual(zh: "\(when.zh)的，\(limit.zh)", en: "\(limit.en) where \(when.en)")]
    case .group, .tier: return [:]
    }
  }

  private func setting(_ id: String, _ rubric: Rubric, _ teller: RuleTeller) -> Bilingual? {
    let kind = subjects[rubric.subject]
    func titles(_ titles: [String]) -> Bilingual {
      Bilingual(zh: titles.joined(separator: "、"), en: titles.joined(separator: ", "))
    }
    switch id {
    case "applies": return rubric.applies.map { teller.tell($0) }
    case "subject": return titles([kind.title])
    case "cohort": return titles(rubric.cohort.map { kind.facts[$0].label })
    case "tier": return rubric.announced.map { titles([kind.facts[$0.tier].label]) }
    case "until": return rubric.announced?.until.map { titles([kind.facts[$0].label]) }
    case "why": return rubric.announced?.why.map { titles([kind.facts[$0].label]) }
    case "purposes": return rubric.purposes.map { titles($0.map { about.title(ofPurpose: $0) }) }
    case "rank-on":
      return rubric.ranksOnRounded
        ? Bilingual(zh: "舍入后的得分", en: "rounded scores")
        : Bilingual(zh: "未舍入的得分", en: "exact scores")
    case "rank-within":
      return Bilingual(
        zh: "等次：较高等次的排在前面，同一等次内按得分；封顶降低等次，也降低名次",
        en: "tier: a better tier ranks before a worse one, and within a tier the score decides; "
          + "a cap on the tier binds the rank, too")
    default: return nil
    }
  }
}
