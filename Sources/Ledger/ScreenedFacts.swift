public import Tables

/// The facts behind one rubric's indicators, for the subjects that stand on a screening list.
public struct ScreenedFacts: Sendable {
  public var kind: String
  public var rubric: String
  public var card: Scorecard
  /// Entries of the scorecard, ascending.
  public var entries: [Int]
  /// Of all subjects of the kind, ascending by bytes.
  public var ids: TextColumn
  /// Ids and titles of the card's parts, in their order.
  public var parts: [(id: String, title: String)]
  public var facts: [Fact]
  /// Paths of the delivered files, by the number that places name.
  public var files: [String]

  public init(
    kind: String, rubric: String, card: Scorecard, entries: [Int], ids: TextColumn,
    parts: [(id: String, title: String)], facts: [Fact], files: [String]
  ) {
    self.kind = kind
    self.rubric = rubric
    self.card = card
    self.entries = entries
    self.ids = ids
    self.parts = parts
    self.facts = facts
    self.files = files
  }

  /// One fact: where its values stand, or how many rows each subject's list has.
  public struct Fact: Sendable {
    public var id: String
    public var label: String
    public var sources: [FactSource]
    /// For lists, where each subject's rows begin.
    public var offsets: [Int32]

    public init(id: String, label: String, sources: [FactSource], offsets: [Int32]) {
      self.id = id
      self.label = label
      self.sources = sources
      self.offsets = offsets
    }
  }
}

/// What a ledger kept of one subject's indicators in one run.
public struct PastFacts: Sendable, Equatable {
  /// Sequence of the run.
  public var run: Int
  public var rubric: String
  /// In thousandths, in the order of the rubric.
  public var points: [Points]
  public var facts: [Fact]

  public struct Points: Sendable, Equatable {
    public var id: String
    public var title: String
    public var points: Int
  }

  public struct Fact: Sendable, Equatable {
    public var id: String
    public var label: String
    /// Nil where nothing was stated; of a list the number of its rows.
    public var value: String?
    /// The delivered row; nil for derived facts and lists.
    public var file: String?
    public var line: Int?
  }
}
