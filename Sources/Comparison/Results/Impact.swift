package import Pipeline
package import Tables

/// What an edited rule pack would change in a run's results.
package struct Impact: Sendable {
  package var run: String
  /// Id and edition of the packs, for machines.
  package var before: String
  package var after: String
  /// Title and edition of the packs, for people.
  package var titles: (before: String, after: String)
  package var rubrics: [RubricImpact]
  package var screenings: [ScreeningImpact]
}

/// What changes in one ranking.
package struct RubricImpact: Sendable {
  package var id: String
  package var title: String
  /// Subjects that the rubric is about, in either pack.
  package var subjects: Int
  /// Only those whose result differs, by id.
  package var moves: [Move]
  /// How many subjects with a result in both packs stand where; changes and what stays.
  package var matrix: [Transition: Int]
  /// Tier ids of both packs, best first.
  package var tiers: [String]
  /// What people read for ids of tiers and rules.
  package var labels = RubricLabels()

  /// From one place to another: a tier, or a status without rank.
  package struct Transition: Sendable, Hashable {
    package var before: SubjectOutcome.Standing
    package var after: SubjectOutcome.Standing

    package init(before: SubjectOutcome.Standing, after: SubjectOutcome.Standing) {
      self.before = before
      self.after = after
    }
  }
}

/// One subject's result under both packs.
package struct Move: Sendable {
  package var subject: String
  /// Its id before, where that was another.
  package var earlierSubject: String?
  /// Empty where names may not be shown.
  package var name: String
  /// Nil where the rubric is not about the subject.
  package var before: SubjectOutcome?
  package var after: SubjectOutcome?
  /// The rules through which it changes. Where there is a result under both packs, their points
  /// add up to the change of the score.
  package var causes: [Cause]

  package var standingBefore: SubjectOutcome.Standing { before?.standing ?? .notConcerned }
  package var standingAfter: SubjectOutcome.Standing { after?.standing ?? .notConcerned }
  package var changesStanding: Bool { standingBefore != standingAfter }

  /// Whether only the rank is another, because others moved.
  package var isByOthers: Bool {
    causes.allSatisfy { $0.rule == .others } && scoreChange == 0 && !changesStanding
  }

  /// The change of the score, in thousandths; nil where there is none to compare with.
  package var scoreChange: Int? {
    guard let before, let after else { return nil }
    return after.score - before.score
  }
}

/// A rule through which a result changes.
package struct Cause: Sendable, Hashable {
  package var rule: Rule
  /// Id of the gate, part or cap; empty for what a rubric has once.
  package var id: String
  package var reason: Reason
  /// What it adds to the score, in thousandths.
  package var points: Int
  /// What an indicator, deduction or bonus reads that is another than before.
  package var facts: [FactMove] = []

  package enum Rule: Sendable, Hashable, CaseIterable {
    case gate, indicator, deduction, bonus, cap
    /// Scores are kept between 0 and the highest, or below a cap's limit.
    case bounds
    case tiers, cohort, minimumAssessed, applies
    /// Whether ranks go by tier first.
    case rankWithin
    /// Others moved past the subject.
    case others
  }

  package enum Reason: Sendable, Hashable {
    /// The rule itself was edited.
    case rule
    /// The rule is as it was, but what it reads is not: a derived fact, a code, another rubric.
    case facts
    /// The rule is as it was, but points are rounded otherwise.
    case rounding
  }
}

/// What changes in one screening list.
package struct ScreeningImpact: Sendable {
  package var honour: String
  package var title: String
  package var changes: [Change]

  package struct Change: Sendable, Equatable {
    package var subject: String
    package var name: String
    /// Nil where the subject is not on the list.
    package var before: Screening.Proposal?
    package var after: Screening.Proposal?
  }
}
