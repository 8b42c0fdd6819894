public import Tables

/// What an edited rule pack would change in a run's results.
public struct Impact: Sendable {
  public var run: String
  /// Id and edition of the packs.
  public var before: String
  public var after: String
  public var rubrics: [RubricImpact]
  public var screenings: [ScreeningImpact]
}

/// What changes in one ranking.
public struct RubricImpact: Sendable {
  public var id: String
  public var title: String
  /// Subjects that the rubric is about, in either pack.
  public var subjects: Int
  /// Only those whose result differs, by id.
  public var moves: [Move]
  /// How many subjects with a result in both packs stand where; changes and what stays.
  public var matrix: [Transition: Int]
  /// Tier ids of both packs, best first.
  public var tiers: [String]
  /// What people read for ids of tiers and rules.
  var labels = RubricLabels()

  /// From one place to another: a tier, or a status without rank.
  public struct Transition: Sendable, Hashable {
    public var before: Standing
    public var after: Standing
  }

  /// Where a subject stands.
  public enum Standing: Sendable, Hashable {
    case tier(String)
    /// Ranked by a rubric without tiers.
    case ranked
    case without(Status)
    /// The rubric is not about the subject.
    case notConcerned
  }
}

/// One subject's result under both packs.
public struct Move: Sendable {
  public var subject: String
  /// Empty where names may not be shown.
  public var name: String
  /// Nil where the rubric is not about the subject.
  public var before: Outcome?
  public var after: Outcome?
  /// The rules through which it changes. Where there is a result under both packs, their points
  /// add up to the change of the score.
  public var causes: [Cause]

  public struct Outcome: Sendable, Equatable {
    public var status: Status
    /// Empty where the rubric has no tiers.
    public var tier: String
    /// In thousandths.
    public var score: Int
    /// 0 without a rank.
    public var rank: Int
    public var cohort: String
    public var cohortSize: Int

    /// Where it stands for those who read the ranking.
    public var standing: RubricImpact.Standing {
      guard status.hasRank else { return .without(status) }
      return tier.isEmpty ? .ranked : .tier(tier)
    }
  }

  public var standingBefore: RubricImpact.Standing { before?.standing ?? .notConcerned }
  public var standingAfter: RubricImpact.Standing { after?.standing ?? .notConcerned }
  public var changesStanding: Bool { standingBefore != standingAfter }

  /// The change of the score, in thousandths; nil where there is none to compare with.
  public var scoreChange: Int? {
    guard let before, let after else { return nil }
    return after.score - before.score
  }
}

/// A rule through which a result changes.
public struct Cause: Sendable, Hashable {
  public var rule: Rule
  /// Id of the gate, part or cap; empty for what a rubric has once.
  public var id: String
  public var reason: Reason
  /// What it adds to the score, in thousandths.
  public var points: Int

  public enum Rule: Sendable, Hashable, CaseIterable {
    case gate, indicator, deduction, bonus, cap
    /// Scores are kept between 0 and the highest, or below a cap's limit.
    case bounds
    case tiers, cohort, minimumAssessed, applies
    /// Others moved past the subject.
    case others
  }

  public enum Reason: Sendable, Hashable {
    /// The rule itself was edited.
    case rule
    /// The rule is as it was, but what it reads is not: a derived fact, a code, another rubric.
    case facts
    /// The rule is as it was, but points are rounded otherwise.
    case rounding
  }
}

/// What changes in one screening list.
public struct ScreeningImpact: Sendable {
  public var honour: String
  public var title: String
  public var changes: [Change]

  public struct Change: Sendable, Equatable {
    public var subject: String
    public var name: String
    /// Nil where the subject is not on the list.
    public var before: Screening.Proposal?
    public var after: Screening.Proposal?
  }
}
