import RulePacks
import Tables

/// `evidence-gaps.csv`: missing facts, who can supply them, and the points and tier that hang on
/// them.
func evidenceGaps(_ results: Results, _ gaps: [ShownGaps]) -> Document {
  let header = CSV(header: [
    "subject", "name", "rubric", "fact", "office", "counts_in", "title", "points_at_stake",
    "tier_now", "tier_best",
  ])
  let parts = results.scorecards.indices.map { index in
    let table = GapTable(results, index, gaps[index])
    return Lines(count: gaps[index].gaps.count) { table.row($0, &$1) }
  }
  return Document("evidence-gaps.csv", [Lines(header.bytes)] + parts)
}

/// The gaps of one scorecard with the cells that rows share already made.
private struct GapTable: Sendable {
  let rubric: Rubric
  let card: Scorecard
  let gaps: ShownGaps
  let subjects: ShownSubjects
  let id: [UInt8]
  /// Label and office of each missing fact.
  let facts: [(label: [UInt8], office: [UInt8])]
  let tiers: [[UInt8]]

  init(_ results: Results, _ index: Int, _ gaps: ShownGaps) {
    rubric = results.rubric(of: index)
    card = results.scorecards[index]
    self.gaps = gaps
    subjects = ShownSubjects(results, kind: rubric.subject)
    id = CSV.made(rubric.id)
    facts = gaps.facts.map { (CSV.made($0?.label ?? ""), CSV.made($0?.office ?? "")) }
    tiers = rubric.tiers.map { CSV.made($0.id) }
  }

  func row(_ number: Int, _ csv: inout CSV) {
    let gap = Int(gaps.gaps[number])
    let entry = Int(card.gaps.entries[gap])
    let fact = Int(card.gaps.missing[gap])
    subjects.append(Int(card.subjects[entry]), to: &csv)
    csv.made(id)
    csv.made(facts[fact].label)
    csv.made(facts[fact].office)
    site(card.gaps.sites[gap], entry, &csv)
    tier(card.statuses[entry].hasRank ? Int(card.tiers[entry]) : -1, &csv)
    tier(Int(card.bestTiers[entry]), &csv)
    csv.endRow()
  }

  /// Three cells: what the fact counts in, its title, and the points it could still bring (for a
  /// deduction: take).
  private func site(_ site: Gaps.Site, _ entry: Int, _ csv: inout CSV) {
    switch site {
    case .part(let index):
      let part = rubric.parts[index]
      csv.cell(part.id)
      csv.cell(part.title)
      let points = Int(card.parts[index].points[entry])
      switch part.kind {
      case .indicator, .bonus: csv.points(part.most - points, decimals: rubric.decimals)
      case .deduction: csv.points(part.least - points, decimals: rubric.decimals)
      }
    case .gate(let index):
      csv.cell(rubric.gates[index].id)
      csv.cell(rubric.gates[index].text)
      csv.empty()
    case .cap(let index):
      csv.cell(rubric.caps[index].id)
      csv.cell(rubric.caps[index].text)
      csv.empty()
    }
  }

  private func tier(_ index: Int, _ csv: inout CSV) {
    if tiers.indices.contains(index) { csv.made(tiers[index]) } else { csv.empty() }
  }
}
