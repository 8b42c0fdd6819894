import Labels
import RulePacks
public import Tables

extension RunResult {
  /// What the formation plan proposes for one subject; nil where it proposes nothing.
  public func proposal(subject kind: Int, row: Int) -> Bilingual? {
    SubjectProposals(self, subject: kind)?.sentence(of: row)
  }
}

/// What the plans of a run propose for the subjects of one kind.
///
/// - Complexity: making it is linear in the places of the plans, so it is made once for all subjects.
struct SubjectProposals: Sendable {
  private let plans: [(plan: ShownPlan, places: [Int32: FormationPlace])]
  private let separator: Bilingual

  /// Nil where there is no plan for them.
  init?(_ results: RunResult, subject kind: Int) {
    let own = results.formation.filter { results.pack.formations[$0.formation].subject == kind }
    guard !own.isEmpty else { return nil }
    plans = own.map { plan in
      var places: [Int32: FormationPlace] = [:]
      places.reserveCapacity(plan.rows.count)
      for place in FormationPlace.all(of: [plan]) { places[plan.rows[place.member]] = place }
      return (ShownPlan(plan, results), places)
    }
    separator = Phrases.separator
  }

  /// The form, with whom, why they, and on what basis.
  func sentence(of row: Int) -> Bilingual? {
    for (plan, places) in plans {
      guard let place = places[Int32(truncatingIfNeeded: row)] else { continue }
      return sentence(plan, place)
    }
    return nil
  }

  private func sentence(_ plan: ShownPlan, _ place: FormationPlace) -> Bilingual {
    let proposal = plan.plan[place.proposal]
    let form = plan.formation.form(proposal.way)
    var zh = "\(ReportLabel.formationProposal.zh)：\(form)"
    var en = "\(ReportLabel.formationProposal.en): \(form)"
    let partners = plan.partners(of: place).map { row in
      let name = plan.subjects.name(row)
      return name.isEmpty ? plan.subjects.id(row) : name
    }
    if !partners.isEmpty {
      zh += "，\(ColumnLabel.partners.zh)：\(partners.joined(separator: separator.zh))"
      en +=
        ", \(ColumnLabel.partners.en.lowercased()): "
        + partners.joined(separator: separator.en)
    }
    let tie = plan.tie(place)
    if !tie.isEmpty {
      zh += "（\(tie)）"
      en += " (\(tie))"
    }
    if let together = proposal.together, !partners.isEmpty {
      zh += "，\(ColumnLabel.together.zh) \(together)"
      en += ", \(ColumnLabel.together.en.lowercased()) \(together)"
    }
    let basis = plan.formation.basis(of: proposal.way)
    if !basis.isEmpty {
      zh += "；\(ColumnLabel.basis.zh)：\(basis)"
      en += "; \(ColumnLabel.basis.en.lowercased()): \(basis)"
    }
    return Bilingual(zh: zh, en: en)
  }
}
