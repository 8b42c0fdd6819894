/// Everything behind one subject's result under one rubric.
public struct Explanation: Sendable {
  public var subject = ""
  public var name = ""
  public var rubric = ""
  public var title = ""
  public var edition = ""
  public var basis = ""
  public var status = Status.ranked
  public var tier = ""
  /// In thousandths of a point, as all points here.
  public var score = 0
  public var upper = 0
  public var full = 0
  /// Share of the full mark assessed, in thousandths.
  public var assessed = 0
  public var rank = 0
  /// Between which ranks nine of ten draws of other weights put the subject; 0 where none were
  /// made.
  public var rankLow = 0
  public var rankHigh = 0
  public var cohort = ""
  public var cohortSize = 0
  public var gates: [Gate] = []
  public var parts: [Part] = []
  public var caps: [Cap] = []
  public var contact = ""

  public init() {}

  public struct Gate: Sendable {
    public var id: String
    public var text: String
    public var state: GateState
    public var rule: String
    public var basis: String
    public var cure: String
    public var contact: String
    public var facts: [Evidence]

    public init(
      id: String, text: String, state: GateState, rule: String, basis: String, cure: String,
      contact: String, facts: [Evidence]
    ) {
      self.id = id
      self.text = text
      self.state = state
      self.rule = rule
      self.basis = basis
      self.cure = cure
      self.contact = contact
      self.facts = facts
    }
  }

  public struct Part: Sendable {
    public var id: String
    public var title: String
    public var group: String
    public var points: Int
    public var most: Int
    public var state: PartState
    /// The rule as text.
    public var rule: String
    public var basis: String
    public var facts: [Evidence]
    /// Of a measure or group of a composite rubric.
    public var measured: Measured?

    public init(
      id: String, title: String, group: String, points: Int, most: Int, state: PartState,
      rule: String, basis: String, facts: [Evidence]
    ) {
      self.id = id
      self.title = title
      self.group = group
      self.points = points
      self.most = most
      self.state = state
      self.rule = rule
      self.basis = basis
      self.facts = facts
    }
  }

  /// How a measured value counts in a composite score.
  public struct Measured: Sendable, Equatable {
    /// As delivered; nil where it is missing, and for groups.
    public var value: Double?
    /// On its scale, or the group's score; nil where it does not count.
    public var normalised: Double?
    /// Within its group.
    public var weight: Double
    /// Share of the whole that its weight makes, in millionths.
    public var share: Int

    public init(value: Double?, normalised: Double?, weight: Double, share: Int) {
      self.value = value
      self.normalised = normalised
      self.weight = weight
      self.share = share
    }
  }

  public struct Cap: Sendable {
    public var id: String
    public var text: String
    public var state: CapState
    public var rule: String
    public var basis: String
    public var facts: [Evidence]

    public init(
      id: String, text: String, state: CapState, rule: String, basis: String, facts: [Evidence]
    ) {
      self.id = id
      self.text = text
      self.state = state
      self.rule = rule
      self.basis = basis
      self.facts = facts
    }
  }

  /// A fact that a rule read, and the delivered row it stands in.
  public struct Evidence: Sendable, Hashable {
    public var fact: String
    public var label: String
    /// Nil where it is missing.
    public var value: String?
    public var provenance: Provenance?
    /// Filled from the delivered file when the explanation is shown.
    public var file: String?
    public var line: Int?
    public var raw: String?
    /// The office that can supply it, where it is missing.
    public var office: String?
    /// How it is missing, where the source said so.
    public var absence: CellState?
    /// For derived facts the rule that decided, and for a row of a list why it does not count.
    public var rule: String?
    /// For derived facts, what they were derived from; for lists, their rows.
    public var from: [Evidence]

    public init(
      fact: String, label: String, value: String?, provenance: Provenance?, office: String?,
      from: [Evidence] = []
    ) {
      self.fact = fact
      self.label = label
      self.value = value
      self.provenance = provenance
      self.office = office
      self.from = from
    }
  }
}
