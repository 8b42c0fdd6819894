public import Tables

/// What a run gave the subjects of one kind, as it comes from the stages.
public struct KindResults: Sendable {
  public var kind: String
  /// Of all subjects of the kind, ascending by bytes.
  public var ids: TextColumn
  public var rubrics: [RubricResults]

  public init(kind: String, ids: TextColumn, rubrics: [RubricResults]) {
    self.kind = kind
    self.ids = ids
    self.rubrics = rubrics
  }
}

/// What one rubric gave its subjects.
public struct RubricResults: Sendable {
  public var rubric: String
  public var title: String
  public var edition: String
  /// Ids of the tiers, best first.
  public var tiers: [String]
  public var card: Scorecard
  public var standings: Standings
  /// Rules whose values the next run may take over.
  public var carried: [CarriedRule]

  public init(
    rubric: String, title: String, edition: String, tiers: [String], card: Scorecard,
    standings: Standings, carried: [CarriedRule] = []
  ) {
    self.rubric = rubric
    self.title = title
    self.edition = edition
    self.tiers = tiers
    self.card = card
    self.standings = standings
    self.carried = carried
  }
}

/// One subject under one rubric in one recorded run.
public struct PastResult: Sendable, Equatable {
  /// Sequence of the run.
  public var run: Int
  public var rubric: String
  public var title: String
  public var edition: String
  /// Nil where the run applied the rubric, but not to the subject.
  public var outcome: Outcome?

  public struct Outcome: Sendable, Equatable {
    public var status: Status
    /// Empty without a rank, and where the rubric has no tiers.
    public var tier: String
    /// In thousandths.
    public var score: Int
    /// 0 without a rank.
    public var rank: Int
    public var cohort: String
    public var cohortSize: Int
  }
}
