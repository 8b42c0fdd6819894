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
  let decimals: Int
  /// Id and title of parts, gates and caps, as two cells.
  let parts: [[UInt8]]
  let gates: [[UInt8]]
  let caps: [[UInt8]]
  /// The points that each part could come to.
  let reach: [Int]
  let card: Scorecard
  let gaps: ShownGaps
  let subjects: ShownSubjects
  let id: [UInt8]
  /// Label and office of each missing fact.
  let facts: [(label: [UInt8], office: [UInt8])]
  let tiers: [[UInt8]]

  init(_ results: Results, _ index: Int, _ gaps: ShownGaps) {
    let rubric = results.rubric(of: index)
    decimals = rubric.decimals
    parts = rubric.parts.map { twoCells($0.id, $0.title) }
    gates = rubric.gates.map { twoCells($0.id, $0.text) }
    caps = rubric.caps.map { twoCells($0.id, $0.text) }
    reach = rubric.parts.map { part in
      switch part.kind {
      case .indicator, .bonus, .group: part.most
      case .deduction: part.least
      }
    }
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
      csv.made(parts[index])
      csv.points(reach[index] - Int(card.parts[index].points[entry]), decimals: decimals)
    case .gate(let index):
      csv.made(gates[index])
      csv.empty()
    case .cap(let index):
      csv.made(caps[index])
      csv.empty()
    }
  }

  private func tier(_ index: Int, _ csv: inout CSV) {
    if tiers.indices.contains(index) { csv.made(tiers[index]) } else { csv.empty() }
  }
}

private func twoCells(_ first: String, _ second: String) -> [UInt8] {
  CSV.made(first) + [UInt8(ascii: ",")] + CSV.made(second)
}
