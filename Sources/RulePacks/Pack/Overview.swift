public import Expressions

/// What the first screen shows of a run.
public struct Overview: Sendable {
  public var subject: Int
  /// Of the subject's coverage, by their places in it.
  public var populations: [Int]
  public var measures: [Int]
  /// By which groups are shown, likewise.
  public var dimensions: [Int]
  public var forms: Forms?
  /// The rubric whose scores are shown by group; nil for none.
  public var rubric: String?

  public init(
    subject: Int, populations: [Int], measures: [Int], dimensions: [Int], forms: Forms?,
    rubric: String?
  ) {
    self.subject = subject
    self.populations = populations
    self.measures = measures
    self.dimensions = dimensions
    self.forms = forms
    self.rubric = rubric
  }

  /// Members of the populations by the codes of a fact.
  public struct Forms: Sendable {
    /// Slot of the fact.
    public var fact: Int
    /// The organisation that each belongs to; an empty text is none.
    public var organizations: CheckedExpression?
    /// How many people each has.
    public var members: CheckedExpression?

    public init(
      fact: Int, organizations: CheckedExpression?, members: CheckedExpression?
    ) {
      self.fact = fact
      self.organizations = organizations
      self.members = members
    }
  }
}
