public import Expressions
public import Tables

/// A fact that follows from other facts of its subject.
public struct Derivation: Sendable {
  public var subject: Int
  /// Slot of the fact it fills.
  public var slot: Int
  public var id: String
  public var basis = ""
  public var form: Form

  public init(subject: Int, slot: Int, id: String, form: Form) {
    self.subject = subject
    self.slot = slot
    self.id = id
    self.form = form
  }

  public enum Form: Sendable {
    case value(CheckedExpression)
    /// The first rule that holds decides.
    case rules([Rule], otherwise: Value?)
    /// An attribute of a code table row (nil: its name).
    case lookup(table: Int, by: CheckedExpression, column: String?, byPrefix: Bool)
    /// The code that has followed the given one by the as-of date.
    case successor(table: Int, of: CheckedExpression)
    case pick(Pick)
  }

  public struct Rule: Sendable {
    public var id: String
    public var when: CheckedExpression
    public var then: Value
    public var basis: String
    /// Text of a finding for every subject that the rule decides.
    public var finding: String?
    /// An unknown condition passes on to the next rule.
    public var skipsUnknown: Bool

    public init(
      id: String, when: CheckedExpression, then: Value, basis: String, finding: String?,
      skipsUnknown: Bool
    ) {
      self.id = id
      self.when = when
      self.then = then
      self.basis = basis
      self.finding = finding
      self.skipsUnknown = skipsUnknown
    }
  }

  /// A field of the latest or earliest row of a list.
  public struct Pick: Sendable {
    /// Slot of the list, and the record kind of its rows.
    public var list: Int
    public var record: Int
    /// In `RulePack.scope(ofRowAndSubject:)`.
    public var condition: CheckedExpression?
    /// Field that orders the rows.
    public var order: Int
    public var takesLatest: Bool
    public var take: Int

    public init(
      list: Int, record: Int, condition: CheckedExpression?, order: Int, takesLatest: Bool,
      take: Int
    ) {
      self.list = list
      self.record = record
      self.condition = condition
      self.order = order
      self.takesLatest = takesLatest
      self.take = take
    }
  }
}

/// Populations of one subject kind and the rates published of them.
public struct Coverage: Sendable {
  public var subject: Int
  public var populations: [Population]
  public var dimensions: [Dimension]
  public var measures: [Measure]

  public init(
    subject: Int, populations: [Population], dimensions: [Dimension], measures: [Measure]
  ) {
    self.subject = subject
    self.populations = populations
    self.dimensions = dimensions
    self.measures = measures
  }

  public struct Population: Sendable {
    public var id: String
    public var title: String
    public var definition: String
    public var condition: CheckedExpression

    public init(id: String, title: String, definition: String, condition: CheckedExpression) {
      self.id = id
      self.title = title
      self.definition = definition
      self.condition = condition
    }
  }

  public struct Dimension: Sendable, Equatable {
    /// Slot of the fact.
    public var fact: Int
    public var title: String

    public init(fact: Int, title: String) {
      self.fact = fact
      self.title = title
    }
  }

  public struct Measure: Sendable {
    public var id: String
    public var title: String
    public var definition: String
    public var count: CheckedExpression
    /// The denominator; nil is all of the population.
    public var of: CheckedExpression?
    /// The share that is to be reached, in thousandths; nil where none is set.
    public var target: Int?

    public init(
      id: String, title: String, definition: String, count: CheckedExpression,
      of: CheckedExpression?, target: Int? = nil
    ) {
      self.id = id
      self.title = title
      self.definition = definition
      self.count = count
      self.of = of
      self.target = target
    }
  }
}

/// How subjects that lack something could get it alone or together.
public struct Formation: Sendable {
  public var subject: Int
  /// Who is planned for; nil is everyone.
  public var condition: CheckedExpression?
  public var without: CheckedExpression
  public var strength: CheckedExpression
  public var threshold: Int
  /// What makes subjects near, nearest first: facts by their slots, all of which are the same.
  public var near: [[Int]]
  /// Facts by their slots, in which those of one group do not differ.
  public var apart: [Int] = []
  public var atMost: Int
  /// Who can be covered by an area; nil is everyone there.
  public var areaCondition: CheckedExpression?
  /// For whom of all others something is proposed; nil is everyone.
  public var otherwiseCondition: CheckedExpression?
  public var alone: String
  public var joint: String
  public var area: String
  public var otherwise: String
  /// What is proposed for those of whom something is not known; nil is as for all others.
  public var unknown: String?
  public var basis: String
  /// The bases of the forms that have one of their own, by their keys.
  public var bases: [String: String] = [:]
  /// Facts by their slots that stand beside each subject.
  public var shown: [Int] = []
  /// Slot of the fact by whose values the plan is handed out; nil where it is not.
  public var each: Int?

  public init(
    subject: Int, without: CheckedExpression, strength: CheckedExpression, threshold: Int,
    near: [[Int]], atMost: Int, alone: String, joint: String, area: String, otherwise: String,
    basis: String
  ) {
    self.subject = subject
    self.without = without
    self.strength = strength
    self.threshold = threshold
    self.near = near
    self.atMost = atMost
    self.alone = alone
    self.joint = joint
    self.area = area
    self.otherwise = otherwise
    self.basis = basis
  }
}
