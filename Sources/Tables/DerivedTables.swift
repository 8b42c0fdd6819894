/// One line of `coverage.csv`: a population, or a group of it, with its rates.
public struct CoverageLine: Sendable, Equatable {
  public var population: String
  public var populationTitle: String
  /// Label of the dimension; empty for the whole population.
  public var dimension: String
  public var group: String
  public var units: Int
  public var measures: [Measured]
  public var definition: String

  public init(
    population: String, populationTitle: String, dimension: String, group: String, units: Int,
    measures: [Measured], definition: String
  ) {
    self.population = population
    self.populationTitle = populationTitle
    self.dimension = dimension
    self.group = group
    self.units = units
    self.measures = measures
    self.definition = definition
  }

  public struct Measured: Sendable, Equatable {
    public var id: String
    public var title: String
    public var numerator: Int
    /// Members of the denominator for which it is unknown whether they count.
    public var unknown: Int
    public var denominator: Int
    public var definition: String

    public init(
      id: String, title: String, numerator: Int, unknown: Int, denominator: Int,
      definition: String
    ) {
      self.id = id
      self.title = title
      self.numerator = numerator
      self.unknown = unknown
      self.denominator = denominator
      self.definition = definition
    }
  }
}

/// One line of `formation.csv`: a subject that lacks something, and how it could get it.
public struct FormationProposal: Sendable, Equatable {
  /// Index of the subject kind, and row of the subject.
  public var subject: Int
  public var row: Int32
  public var form: String
  /// Rows of the others in the same proposal.
  public var partners: [Int32]
  /// Which fact brings them together, as its label and value; empty if none.
  public var tie: String
  /// What the subject brings, if known, and what the proposal has together.
  public var strength: Int?
  public var together: Int
  /// Proposals are numbered from 1; partners share the number.
  public var number: Int
  public var basis: String

  public init(
    subject: Int, row: Int32, form: String, partners: [Int32], tie: String, strength: Int?,
    together: Int, number: Int, basis: String
  ) {
    self.subject = subject
    self.row = row
    self.form = form
    self.partners = partners
    self.tie = tie
    self.strength = strength
    self.together = together
    self.number = number
    self.basis = basis
  }
}

/// A correction that was received, and whether it was laid over the delivered value.
public struct AppliedCorrection: Sendable, Equatable {
  public enum Outcome: String, Sendable {
    case applied, stale
    case notAccepted = "not-accepted"
    case noTarget = "no-target"
    case unreadable
  }

  public var outcome: Outcome
  /// Where the correction itself stands.
  public var place: Place
  /// The record row it overlays, if found.
  public var target: Provenance?
  public var subject: String
  public var field: String
  public var oldValue: String
  public var newValue: String
  public var reason: String
  /// On what it rests, as it was delivered.
  public var document = ""
  /// The role that decided it, and when.
  public var decidedBy = ""
  public var decidedOn: PartialDate?

  public init(
    outcome: Outcome, place: Place, target: Provenance?, subject: String, field: String,
    oldValue: String, newValue: String, reason: String
  ) {
    self.outcome = outcome
    self.place = place
    self.target = target
    self.subject = subject
    self.field = field
    self.oldValue = oldValue
    self.newValue = newValue
    self.reason = reason
  }
}
