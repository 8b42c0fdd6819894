public import Expressions

/// A kind of thing that is ranked, and the schema of its facts.
public struct SubjectKind: Sendable {
  public var id: String
  public var title: String
  /// Steps in which a row finds its subject: field ids that must all match.
  public var identity: [[String]]
  /// Slot of the fact shown as its name.
  public var name: Int
  public var references: [Reference] = []
  /// Field id by which near candidates are proposed to a person.
  public var candidates: String?
  /// The schema: a fact's index is its slot in batches.
  public var facts: [Fact] = []

  public init(id: String, title: String, identity: [[String]], name: Int) {
    self.id = id
    self.title = title
    self.identity = identity
    self.name = name
  }

  /// The slot of a fact by its id.
  public func fact(_ id: String) -> Int? { facts.firstIndex { $0.id == id } }

  /// Another subject that this one belongs to.
  public struct Reference: Sendable {
    public var id: String
    /// Index of the other subject kind.
    public var subject: Int
    /// Slot of the own fact that names it, and slot of the other's fact that it equals.
    public var by: Int
    public var match: Int
    /// Name of the list of members on the other side.
    public var members: String?

    public init(id: String, subject: Int, by: Int, match: Int, members: String?) {
      self.id = id
      self.subject = subject
      self.by = by
      self.match = match
      self.members = members
    }
  }
}

/// One fact of a subject kind's schema.
public struct Fact: Sendable {
  public var id: String
  public var label: String
  public var type: ExpressionType
  public var origin: Origin
  /// Index of the code table its values come from.
  public var codes: Int?
  public var unit = ""
  public var definition = ""
  /// Id of the office that can supply it.
  public var office: String?
  public var sensitivity = Field.Sensitivity.open
  public var subjectCanSupply = false
  public var changeable = Field.Changeable.no

  public init(id: String, label: String, type: ExpressionType, origin: Origin) {
    self.id = id
    self.label = label
    self.type = type
    self.origin = origin
  }

  /// Whether it is yes or no.
  public var isFlag: Bool { type == .bool }

  /// Where a fact comes from.
  public enum Origin: Sendable, Equatable {
    /// The run's as-of date.
    case asOf
    case record(record: Int, field: Int)
    /// The same fact stated by several record kinds: their slots, most believed first.
    case merged([Int])
    case list(record: Int)
    /// Index into the pack's derivations.
    case derived(Int)
    /// A fact of the subject that one of the references leads to.
    case reference(Int, fact: Int)
    /// Subjects of another kind whose reference leads here.
    case members(subject: Int, reference: Int)
    /// What a rubric (by id) gives.
    case result(rubric: String, Result)
  }

  public enum Result: String, Sendable, CaseIterable { case score, tier, status }
}
