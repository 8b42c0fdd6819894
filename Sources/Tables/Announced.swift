extension Explanation {
  /// The tier that an authority has announced, and what the run proposes where it works out
  /// another. What was announced stands until a person decides.
  public struct Announced: Sendable, Equatable {
    /// What the pack calls the fact.
    public var label: String
    /// As the fact has it.
    public var tier: String
    /// What people read for it.
    public var title: String
    /// The last day that it holds for; nil where that is not known.
    public var until: String?
    /// The years from the announcement by which that day was worked out; nil where it was stated.
    public var term: Int?
    /// The tier that the run works out; nil where it is the same, and without a rank.
    public var proposed: Tier?
    /// Why it is another: the caps that hold the tier down, and what the pack says.
    public var reasons: [String] = []

    public init(label: String, tier: String, title: String) {
      self.label = label
      self.tier = tier
      self.title = title
    }
  }
}
