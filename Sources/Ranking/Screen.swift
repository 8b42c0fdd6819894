import Expressions
public import RulePacks
public import Tables

/// Proposes, for one honour, who is recommended, in reserve, waits, or is not eligible. A person
/// decides.
///
/// Like is screened with like: quota and reserve count in each cohort of the rubric, and there in
/// each group that the honour's `by` makes. Where candidates with one score stand on both sides of
/// the quota line, or of the end of the reserve, the rubric's keys for ties set them apart if it
/// declares any; those whom nothing tells apart are tied, so a person must decide. A subject for which it is unknown
/// whether it is a candidate is held, too. Where the rubric says how far weights may move, each
/// line with a rank says whether it stays on its side of the quota line. Where the rubric ranks
/// within tiers, those of a better tier come first, and no distance in points is told to a line
/// beyond which another tier stands.
public func screen(
  _ card: Scorecard, standings: Standings, honour: Int, plan: RunPlan, pack: RulePack,
  dossiers: Dossiers
) -> Screening {
  let asked = plan.honours[honour]
  let rubric = pack.rubrics[card.rubric]
  let subject = rubric.subject
  let candidacies = candidacies(of: card, asked.candidates, subject: subject, in: dossiers)
  let groups = ScreeningGroups(card, by: asked.by, subject: subject, pack: pack, dossiers)
  var members: [[Int]] = groups.names.map { _ in [] }
  // In order of publication, so that those with a rank come first and best first.
  for entry in standings.order.map({ Int($0) }) where candidacies[entry] != .no {
    members[Int(groups.numbers[entry])].append(entry)
  }
  var lines: [Screening.Line] = []
  lines.reserveCapacity(members.reduce(0) { $0 + $1.count })
  let ties = TieBreaks(ties: rubric.ties, card: card, subject: subject, dossiers: dossiers)
  for (group, entries) in members.enumerated() where !entries.isEmpty {
    propose(
      entries, candidacies, card, rubric, ties, group: groups.names[group], asked, to: &lines)
  }
  return Screening(honour: honour, lines: lines)
}

/// Adds the lines of one group; entries come best first.
private func propose(
  _ entries: [Int], _ candidacies: [Candidacy], _ card: Scorecard, _ rubric: Rubric,
  _ ties: TieBreaks, group: String, _ honour: RunPlan.Honour, to lines: inout [Screening.Line]
) {
  let eligible = entries.filter {
    candidacies[$0] == .yes && card.statuses[$0].hasRank
  }
  let keys = card.rankKeys
  var start = 0
  while start < eligible.count {
    let key = keys[eligible[start]]
    let end = eligible[start...].firstIndex { keys[$0] != key } ?? eligible.count
    // The other side of the quota line.
    let other = start < honour.quota ? honour.quota : honour.quota - 1
    let toLine =
      eligible.indices.contains(other)
      ? card.distance(from: eligible[start], to: eligible[other], rubric) : nil
    let tied = Array(eligible[start..<end])
    let isAcross = proposal(for: start + 1...end, honour).0 == .tied
    let parts = isAcross ? ties.parted(tied) : [tied]
    var place = start + 1
    for part in parts {
      let (proposal, reason) = proposal(for: place...place + part.count - 1, honour)
      for entry in part {
        var line = Screening.Line(
          entry: entry, proposal: proposal, rank: start + 1, group: group, quota: honour.quota,
          reason: parts.count > 1 && reason == .place ? .tieBroken : reason)
        line.place = place
        line.toLine = toLine
        lines.append(line)
      }
      place += part.count
    }
    start = end
  }
  // Those that wait before those that are out; within each in order of publication.
  let others = entries.filter { candidacies[$0] != .yes || !card.statuses[$0].hasRank }
  let waiting = others.filter { card.statuses[$0].isOpen }
  let out = others.filter { !card.statuses[$0].isOpen }
  for entry in waiting + out {
    let status = card.statuses[entry]
    let isUnclear = status.isOpen && candidacies[entry] == .unknown
    lines.append(
      Screening.Line(
        entry: entry, proposal: status.isOpen ? .waiting : .ineligible, rank: 0, group: group,
        quota: honour.quota, reason: isUnclear ? .candidacyUnknown : .status(status)))
  }
}

extension Scorecard {
  /// How many points one entry stands above another; nil where it is the tier that sets them apart.
  fileprivate func distance(from entry: Int, to other: Int, _ rubric: Rubric) -> Int? {
    if rubric.ranksWithinTiers, tiers[entry] != tiers[other] { return nil }
    let points = Int(scores[entry]) - Int(scores[other])
    return rubric.leastIsBest ? -points : points
  }
}

/// What is proposed for those who share the places `places`.
private func proposal(
  for places: ClosedRange<Int>, _ honour: RunPlan.Honour
) -> (Screening.Proposal, Screening.Reason) {
  if places.upperBound <= honour.quota { return (.recommend, .place) }
  if places.lowerBound <= honour.quota { return (.tied, .tieAcrossQuota) }
  let last = honour.quota + honour.reserve
  if places.upperBound <= last { return (.reserve, .place) }
  return places.lowerBound <= last ? (.tied, .tieAcrossReserve) : (.notSelected, .place)
}

extension Status {
  /// Whether the subject could still be recommended once facts arrive or a person decides.
  fileprivate var isOpen: Bool {
    switch self {
    case .ranked, .provisional, .pending: true
    case .gated, .notEvaluable, .unrated: false
    }
  }
}

/// Whether a subject is a candidate.
private enum Candidacy {
  case yes, no, unknown
}

private func candidacies(
  of card: Scorecard, _ condition: CheckedExpression?, subject: Int, in dossiers: Dossiers
) -> [Candidacy] {
  guard let condition else { return Array(repeating: .yes, count: card.count) }
  var result: [Candidacy] = []
  result.reserveCapacity(card.count)
  var start = 0
  while start < card.count {
    let end = min(start + Dossiers.batchSize, card.count)
    let facts = dossiers.batch(
      of: subject, at: Array(card.subjects[start..<end]), demand: condition.demand)
    let answer = condition.evaluate(over: facts)
    guard case .flags(let flags) = answer.values else {
      result.append(contentsOf: repeatElement(.unknown, count: end - start))
      start = end
      continue
    }
    for lane in flags.indices {
      result.append(answer.isKnown(lane) ? flags[lane] ? .yes : .no : .unknown)
    }
    start = end
  }
  return result
}
