import Labels
package import Requests
package import RulePacks
package import Tables

/// One subject's result under one rubric.
package struct SubjectOutcome: Sendable, Equatable {
  package var status: Status
  /// Empty where the rubric has no tiers.
  package var tier: String
  /// In thousandths.
  package var score: Int
  /// 0 without a rank.
  package var rank: Int
  package var cohort: String
  package var cohortSize: Int

  /// Where it stands for those who read the ranking.
  package var standing: Standing {
    guard status.hasRank else { return .without(status) }
    return tier.isEmpty ? .ranked : .tier(tier)
  }

  /// Where a subject stands.
  package enum Standing: Sendable, Hashable {
    case tier(String)
    /// Ranked by a rubric without tiers.
    case ranked
    case without(Status)
    /// The rubric is not about the subject.
    case notConcerned
  }

  package init(
    status: Status, tier: String, score: Int, rank: Int, cohort: String, cohortSize: Int
  ) {
    self.status = status
    self.tier = tier
    self.score = score
    self.rank = rank
    self.cohort = cohort
    self.cohortSize = cohortSize
  }

  /// The result of one entry of a scorecard.
  package init(_ card: Scorecard, _ standings: Standings, _ rubric: Rubric, entry: Int) {
    status = card.statuses[entry]
    // Without a rank there is no tier either.
    let number = status.hasRank ? Int(card.tiers[entry]) : -1
    tier = number < 0 ? "" : rubric.tiers[number].id
    score = Int(card.scores[entry])
    rank = Int(standings.ranks[entry])
    cohort = card.cohortNames[Int(card.cohorts[entry])]
    cohortSize = Int(standings.cohortSizes[entry])
  }
}

extension SubjectOutcome.Standing {
  /// The tier, or the status of who has none.
  package func shown(by labels: RubricLabels) -> Bilingual {
    switch self {
    case .tier(let id): Bilingual(zh: labels.tier(id), en: labels.tier(id))
    case .ranked: Status.ranked.label
    case .without(let status): status.label
    case .notConcerned: ReportLabel.notListed
    }
  }

  /// For machines.
  package var word: String {
    switch self {
    case .tier(let id): id
    case .ranked: Status.ranked.label.en
    case .without(let status): status.label.en
    case .notConcerned: "not concerned"
    }
  }
}

extension SubjectOutcome {
  /// The result in a machine's words.
  package var json: JSON {
    .object([
      .init(name: "status", value: .string(status.rawValue)),
      .init(name: "tier", value: .string(tier)),
      .init(name: "score", value: .number(shownPoints(score))),
      .init(name: "rank", value: rank > 0 ? .count(rank) : .null),
      .init(name: "cohort", value: .string(cohort)),
      .init(name: "cohort_size", value: .count(cohortSize)),
    ])
  }
}
