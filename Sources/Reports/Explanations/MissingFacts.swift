import RulePacks
package import Tables

/// What is missing of the subjects of one ranking: the same that `evidence-gaps.csv` and the page
/// tell.
package struct MissingFacts: Sendable {
  private let card: Scorecard
  private let gaps: ShownGaps
  /// Ids of parts, gates and caps.
  private let ids: (parts: [String], gates: [String], caps: [String])

  /// - Complexity: linear in all gaps of the ranking.
  package init(_ results: RunResult, card index: Int) {
    card = results.scorecards[index]
    let rubric = results.pack.rubrics[card.rubric]
    gaps = ShownGaps(card, subject: rubric.subject, pack: results.pack)
    ids = (rubric.parts.map(\.id), rubric.gates.map(\.id), rubric.caps.map(\.id))
  }

  /// Of one entry, each fact once, with all that waits for it.
  package func of(entry: Int) -> [Explanation.MissingFact] {
    var missing: [Explanation.MissingFact] = []
    for gap in gaps.gaps[Int(gaps.offsets[entry])..<Int(gaps.offsets[entry + 1])] {
      guard let fact = gaps.facts[Int(card.gaps.missing[Int(gap)])] else { continue }
      let site = site(Int(gap))
      let known = missing.firstIndex { $0.label == fact.label && $0.office == fact.office }
      guard let known else {
        missing.append(
          Explanation.MissingFact(label: fact.label, office: fact.office, sites: [site]))
        continue
      }
      if !missing[known].sites.contains(site) { missing[known].sites.append(site) }
    }
    return missing
  }

  private func site(_ gap: Int) -> String {
    switch card.gaps.sites[gap] {
    case .part(let index): ids.parts[index]
    case .gate(let index): ids.gates[index]
    case .cap(let index): ids.caps[index]
    }
  }
}
