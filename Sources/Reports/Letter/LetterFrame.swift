public import Tables

/// What a letter says beside the result itself.
public struct LetterFrame: Sendable, Equatable {
  /// Title of the run, its purpose and legal basis.
  public var run = ""
  public var purpose = ""
  public var legalBasis = ""
  public var owner = ""
  /// The notice given to those evaluated.
  public var notice = ""
  /// The day on which the run was published; nil where no ledger knows it.
  public var published: PartialDate?
  /// How many days after that results can be objected to; nil where the pack does not say.
  public var objectionDays: Int?

  public init() {}
}
