public import Tables

/// A run before this one, as far as subjects of this one had results in it.
public struct EarlierRun: Sendable {
  public var id: String
  public var title: String
  /// As in its `run.yaml`.
  public var asOf: String
  /// One a scorecard of this run; nil where that run did not apply the rubric.
  public var rankings: [EarlierRanking?]
  /// Nil where the ledger keeps none of it.
  public var figures: RunFigures?

  public init(
    id: String, title: String, asOf: String, rankings: [EarlierRanking?],
    figures: RunFigures? = nil
  ) {
    self.id = id
    self.title = title
    self.asOf = asOf
    self.rankings = rankings
    self.figures = figures
  }
}

/// One rubric in an earlier run.
public struct EarlierRanking: Sendable {
  public var edition: String
  /// Ids of its tiers, best first.
  public var tiers: [String]
  /// How many subjects had a result, those that are no longer there included.
  public var count: Int
  /// One an entry of the scorecard of this run; nil where there was no result.
  public var entries: [Entry?]

  public struct Entry: Sendable {
    public var status: Status
    /// In thousandths.
    public var score: Int32
    /// 0 without one.
    public var rank: Int32
    /// Place in `tiers`; −1 without one.
    public var tier: Int16
    public var cohortSize: Int32

    public init(status: Status, score: Int32, rank: Int32, tier: Int16, cohortSize: Int32) {
      self.status = status
      self.score = score
      self.rank = rank
      self.tier = tier
      self.cohortSize = cohortSize
    }
  }

  public init(edition: String, tiers: [String], count: Int, entries: [Entry?]) {
    self.edition = edition
    self.tiers = tiers
    self.count = count
    self.entries = entries
  }
}
