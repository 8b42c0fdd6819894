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
    return Lines(count: gaps[index].gaps.count, stretch: 2048) { table.rows($0) }
  }
  return Document("evidence-gaps.csv", [Lines(header.bytes)] + parts)
}

/// The gaps of one scorecard with the cells that rows share already made.
private struct GapTable: Sendable {
  let decimals: Int
  /// The rubric's id and, for each missing fact, its label and office: three cells.
  let facts: Pieces
  /// Id and title of parts, then of gates, then of caps, as two cells.
  let sites: Pieces
  /// The points that each part could come to.
  let reach: [Int]
  let card: Scorecard
  let gaps: ShownGaps
  let subjects: ShownSubjects
  /// The last is for none.
  let tiers: Pieces

  init(_ results: Results, _ index: Int, _ gaps: ShownGaps) {
    let rubric = results.rubric(of: index)
    decimals = rubric.decimals
    sites = Pieces(
      rubric.parts.map { cells($0.id, $0.title) } + rubric.gates.map { cells($0.id, $0.text) }
        + rubric.caps.map { cells($0.id, $0.text) })
    reach = rubric.parts.map { part in
      switch part.kind {
      case .indicator, .bonus, .group: part.most
      case .deduction: part.least
      }
    }
    card = results.scorecards[index]
    self.gaps = gaps
    subjects = ShownSubjects(results, kind: rubric.subject)
    facts = Pieces(gaps.facts.map { cells(rubric.id, $0?.label ?? "", $0?.office ?? "") })
    tiers = Pieces(rubric.tiers.map { CSV.made($0.id) } + [[]])
  }

  func rows(_ range: Range<Int>) -> [UInt8] {
    let numbers = Array(gaps.gaps[range])
    let entries = pick(card.gaps.entries, at: numbers)
    let (ids, names) = subjects.picked(pick(card.subjects, at: entries))
    let most =
      (ids.bytes.count + names.bytes.count) * 2
      + range.count * (64 + facts.longest + sites.longest + 2 * tiers.longest)
    return [UInt8](capacity: most) { output in
      for row in numbers.indices {
        let gap = Int(numbers[row])
        let entry = Int(entries[row])
        output.putCell(ids.bytes.span.extracting(ids.range(row)))
        output.append(UInt8(ascii: ","))
        output.putCell(names.bytes.span.extracting(names.range(row)))
        output.append(UInt8(ascii: ","))
        output.put(Int(card.gaps.missing[gap]), of: facts.bytes.span, facts.bounds.span)
        output.append(UInt8(ascii: ","))
        site(card.gaps.sites[gap], entry, to: &output)
        output.append(UInt8(ascii: ","))
        tier(card.statuses[entry].hasRank ? Int(card.tiers[entry]) : -1, to: &output)
        output.append(UInt8(ascii: ","))
        tier(Int(card.bestTiers[entry]), to: &output)
        output.append(0x0D)
        output.append(0x0A)
      }
    }
  }

  /// Three cells: what the fact counts in, its title, and the points it could still bring (for a
  /// deduction: take).
  private func site(_ site: Gaps.Site, _ entry: Int, to output: inout OutputSpan<UInt8>) {
    var number: Int
    var points: Int?
    switch site {
    case .part(let index):
      number = index
      points = reach[index] - Int(card.parts[index].points[entry])
    case .gate(let index): number = card.parts.count + index
    case .cap(let index): number = card.parts.count + card.gates.count + index
    }
    output.put(number, of: sites.bytes.span, sites.bounds.span)
    output.append(UInt8(ascii: ","))
    if let points { output.putThousandths(points, decimals: decimals) }
  }

  private func tier(_ index: Int, to output: inout OutputSpan<UInt8>) {
    let tier = 0..<tiers.count - 1 ~= index ? index : tiers.count - 1
    output.put(tier, of: tiers.bytes.span, tiers.bounds.span)
  }
}

private func cells(_ texts: String...) -> [UInt8] {
  Array(texts.map { CSV.made($0) }.joined(separator: [UInt8(ascii: ",")]))
}
