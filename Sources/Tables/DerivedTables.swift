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
  /// What the pack's plan would bring; nil where it has none for these subjects.
  public var plan: FormationCounts?

  public init(
    population: String, populationTitle: String, dimension: String, group: String, units: Int,
    measures: [Measured], definition: String, plan: FormationCounts? = nil
  ) {
    self.population = population
    self.populationTitle = populationTitle
    self.dimension = dimension
    self.group = group
    self.units = units
    self.measures = measures
    self.definition = definition
    self.plan = plan
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

/// The members of some populations that have one form: a line of `forms.csv`.
public struct FormLine: Sendable, Equatable {
  /// Empty for those of whom it is not known.
  public var code: String
  public var title: String
  public var units: Int
  /// How many organisations they belong to; nil where the pack does not say.
  public var organizations: ComputedFigure?
  /// How many people they have; nil likewise.
  public var members: ComputedFigure?

  public init(
    code: String, title: String, units: Int, organizations: ComputedFigure?,
    members: ComputedFigure?
  ) {
    self.code = code
    self.title = title
    self.units = units
    self.organizations = organizations
    self.members = members
  }
}

/// A correction that was received, and whether it was laid over the delivered value.
public struct AppliedCorrection: Sendable, Equatable {
  public enum Outcome: String, Sendable, CaseIterable {
    case applied, stale
    case notAccepted = "not-accepted"
    case noTarget = "no-target"
    case unreadable
    /// Nobody has signed it, or it says nothing of when or why.
    case unsigned
    /// It says no new value.
    case blank
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
