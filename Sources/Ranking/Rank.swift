public import RulePacks
public import Tables

/// Ranks the subjects of each cohort by score, best first; ties share the lowest rank (1, 2, 2, 4).
/// Where the rubric ranks within tiers, a better tier stands before any score.
///
/// Subjects that wait, fail a gate or are not evaluable have no rank. The order is total: what ties
/// is published in order of the subjects' ids.
public func rank(_ card: Scorecard, subjects: SubjectTable, rubric: Rubric) -> Standings {
  precondition(card.subjects.allSatisfy { $0 < subjects.count })
  let keys = card.rankKeys
  let order = publicationOrder(of: card, keys)
  var ranks = Array(repeating: Int32(0), count: card.count)
  var ranked = Array(repeating: Int32(0), count: card.cohortNames.count)
  var before: Int?
  for entry in order.map({ Int($0) }) where card.statuses[entry].hasRank {
    let cohort = Int(card.cohorts[entry])
    ranked[cohort] += 1
    if let before, card.cohorts[before] == card.cohorts[entry],
      keys[before] == keys[entry]
    {
      ranks[entry] = ranks[before]
    } else {
      ranks[entry] = ranked[cohort]
    }
    before = entry
  }
  let sizes = card.cohorts.map { ranked[Int($0)] }
  return Standings(ranks: ranks, cohortSizes: sizes, order: order)
}

/// Entries by cohort, then those with a rank by score and subject, then the others by status and
/// subject.
///
/// Entries begin in order of their subjects, and each sort keeps the order of the one before it.
private func publicationOrder(of card: Scorecard, _ keys: [Int32]) -> [Int32] {
  let classes = card.statuses.map { $0.publicationClass }
  // The score counts among those with a rank only.
  let best = keys.max() ?? 0
  let behind = card.scores.indices.map { entry in
    classes[entry] == 0 ? UInt32(truncatingIfNeeded: best - keys[entry]) : 0
  }
  let groups = card.cohorts.indices.map { UInt32(card.cohorts[$0]) * 5 + classes[$0] }
  return ascending(groups, from: ascending(behind))
}

extension Status {
  /// In which order the statuses are published; those with a rank stand together.
  fileprivate var publicationClass: UInt32 {
    switch self {
    case .ranked, .provisional: 0
    case .pending: 1
    case .gated: 2
    case .notEvaluable: 3
    case .unrated: 4
    }
  }
}
