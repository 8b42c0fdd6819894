/// How many results of one ranking moved from one run to another, or under edited rules: the one
/// count of the page, of `heng compare` and of `heng rules impact`.
public struct ResultMoves: Sendable, Equatable {
  /// A subject's result.
  public struct Result: Sendable {
    public var status: Status
    /// In thousandths.
    public var score: Int
    /// Its place among the tiers, the best 0; nil where it cannot be compared.
    public var tier: Int?

    public init(status: Status, score: Int, tier: Int?) {
      self.status = status
      self.score = score
      self.tier = tier
    }
  }

  /// Scores of those with a result both times, whatever its status.
  public private(set) var higher = 0
  public private(set) var lower = 0
  public private(set) var sameScore = 0
  /// Tiers of those with a rank both times; who is without a rank is in no tier.
  public private(set) var tierUp = 0
  public private(set) var tierDown = 0
  /// Into the ranking, and out of it, of those with a result both times: who is listed for the first
  /// time, or no longer, is told apart.
  public private(set) var ranked = 0
  public private(set) var unranked = 0
  public private(set) var newlyGated = 0
  public private(set) var released = 0

  public init() {}

  /// Counts one subject; nil is no result.
  public mutating func add(from before: Result?, to after: Result?) {
    guard let before, let after else { return }
    let (hadRank, hasRank) = (before.status.hasRank, after.status.hasRank)
    if !hadRank, hasRank { ranked += 1 }
    if hadRank, !hasRank { unranked += 1 }
    if before.status != .gated, after.status == .gated { newlyGated += 1 }
    if before.status == .gated, after.status != .gated { released += 1 }
    if after.score > before.score { higher += 1 }
    if after.score < before.score { lower += 1 }
    if after.score == before.score { sameScore += 1 }
    guard hadRank, hasRank, let was = before.tier, let now = after.tier else { return }
    if now < was { tierUp += 1 }
    if now > was { tierDown += 1 }
  }
}
