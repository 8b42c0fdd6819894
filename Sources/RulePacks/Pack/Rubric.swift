public import Expressions
public import Tables

/// The criteria of one ranking; points are in thousandths.
public struct Rubric: Sendable {
  public var id: String
  public var title: String
  public var edition: String
  public var basis: String
  public var subject: Int
  /// Which subjects it is about; nil is all.
  public var applies: CheckedExpression?
  public var full: Int
  /// Decimals kept of every part, 0…3.
  public var decimals = 1
  public var ranksOnRounded = true
  /// Whether a better tier ranks before any score, so that caps on the tier bind the rank.
  public var ranksWithinTiers = false
  /// Whether less is better, so that ranks begin with the least score.
  public var leastIsBest = false
  /// Slot of the fact whose code is the tier that somebody delivered, to be compared with the one
  /// that is worked out; nil where nothing is compared.
  public var comparedWith: Int?
  /// Conditions named under `let`, each of which may use those above it.
  public var lets: [Named] = []
  /// Slots of the facts that make a cohort.
  public var cohort: [Int] = []
  /// In thousandths of the full mark.
  public var minimumAssessed = 0
  /// Keys by which screening lists set candidates with one score apart.
  public var ties: [Tie] = []
  /// Slots of the facts that a meeting sees beside a candidate's name.
  public var meeting: [Int] = []
  /// Nil is all.
  public var purposes: [String]?
  /// The roles that may put somebody forward whose conditions are not met; none may where empty.
  public var overriders: [String] = []
  public var gates: [Gate] = []
  public var groups: [Group] = []
  /// Indicators, then deductions, then bonuses, each in the order of the file; of a composite
  /// rubric measures and groups, each group after what is in it.
  public var parts: [Part] = []
  public var caps: [Cap] = []
  public var tiers: [Tier] = []
  /// Nil where nothing that was announced is told beside the result.
  public var announced: Announced?
  /// Nil where points are added.
  public var composite: Composite?
  public var robustness: Robustness?
  public var appeal = ""
  /// What may be published of whom a decision puts forward; nil is nothing.
  public var publicity: Publicity?
  public var examples: [Example] = []
  /// Slots of its results in the subject's schema.
  public var scoreSlot = 0
  public var tierSlot = 0
  public var statusSlot = 0
  /// Path of its file within the pack.
  public var file = ""
  /// SHA-256 of its file, in hexadecimal.
  public var sha256 = ""

  public init(id: String, title: String, edition: String, basis: String, subject: Int, full: Int) {
    self.id = id
    self.title = title
    self.edition = edition
    self.basis = basis
    self.subject = subject
    self.full = full
  }

  /// What an unknown fact means for a rule.
  public enum Unknown: String, Sendable, CaseIterable { case withhold, zero, pending, carry }

  /// A condition that rules can call by a name.
  public struct Named: Sendable {
    public var name: String
    public var value: CheckedExpression

    public init(name: String, value: CheckedExpression) {
      self.name = name
      self.value = value
    }
  }

  public struct Gate: Sendable {
    public var id: String
    public var text: String
    public var require: CheckedExpression
    public var unknown: Unknown
    public var basis: String
    public var cure: String
    public var contact: String
    /// Whether those who do not meet it alone are no less eligible, but not rated yet.
    public var marksUnrated: Bool

    public init(
      id: String, text: String, require: CheckedExpression, unknown: Unknown, basis: String,
      cure: String, contact: String, marksUnrated: Bool = false
    ) {
      self.id = id
      self.text = text
      self.require = require
      self.unknown = unknown
      self.basis = basis
      self.cure = cure
      self.contact = contact
      self.marksUnrated = marksUnrated
    }
  }

  public struct Group: Sendable, Equatable {
    public var id: String
    public var title: String
    public var full: Int

    public init(id: String, title: String, full: Int) {
      self.id = id
      self.title = title
      self.full = full
    }
  }

  /// An indicator, a deduction or a bonus.
  public struct Part: Sendable {
    public var id: String
    public var title: String
    public var kind: Kind
    public var isOpinionBased = false
    /// Index into the rubric's groups.
    public var group: Int?
    public var unknown: Unknown
    public var basis = ""
    public var note = ""
    /// Where it is false the part does not concern the subject.
    public var applies: CheckedExpression?
    public var form: Form
    /// The most and least points it can give.
    public var most: Int
    public var least: Int

    public init(
      id: String, title: String, kind: Kind, unknown: Unknown, form: Form, most: Int, least: Int
    ) {
      self.id = id
      self.title = title
      self.kind = kind
      self.unknown = unknown
      self.form = form
      self.most = most
      self.least = least
    }

    public enum Kind: String, Sendable {
      case indicator, deduction, bonus
      /// Sums up indicators of a composite rubric.
      case group
    }
  }

  /// How a part gives points.
  public enum Form: Sendable {
    case condition(points: Int, when: CheckedExpression)
    case bands(on: CheckedExpression, [Band])
    case lookup(on: CheckedExpression, [String: Int], otherwise: Int?)
    case ratio(points: Int, part: CheckedExpression, whole: CheckedExpression)
    case number(points: Int, value: CheckedExpression)
    case opinions(Opinions)
    /// Points for each; `limit` bounds the total.
    case each(points: Int, count: CheckedExpression, limit: Int?)
    /// A measured value of a composite rubric.
    case measure(Composite.Measure)
    /// A node of a composite rubric's hierarchy, and how it is made of what stands below it.
    case group(node: Int, Aggregate)
  }

  /// An interval of numbers and the points it gives; a missing end is open.
  public struct Band: Sendable, Equatable {
    public var text: String
    public var lower: Exact?
    public var includesLower: Bool
    public var upper: Exact?
    public var includesUpper: Bool
    public var points: Int

    public init(
      text: String, lower: Exact?, includesLower: Bool, upper: Exact?, includesUpper: Bool,
      points: Int
    ) {
      self.text = text
      self.lower = lower
      self.includesLower = includesLower
      self.upper = upper
      self.includesUpper = includesUpper
      self.points = points
    }

    public func contains(_ number: Exact) -> Bool {
      if let lower, includesLower ? number < lower : number <= lower { return false }
      if let upper, includesUpper ? upper < number : upper <= number { return false }
      return true
    }
  }

  /// Points by the opinions that people have signed.
  public struct Opinions: Sendable {
    /// Slot of the list, and the record kind of its rows.
    public var list: Int
    public var record: Int
    /// In `RulePack.scope(ofRowAndSubject:)`.
    public var condition: CheckedExpression?
    /// Which of them may still be used; in the same scope.
    public var inForce: CheckedExpression?
    /// Id of the office that owes the opinion; nil where the rubric does not say.
    public var office: String?
    /// Fields of the record kind.
    public var grade: Int
    public var signed: Int?
    public var basis: Int?
    public var aggregate: Aggregate
    /// Grades best first with their points.
    public var points: [GradePoints]

    public init(
      list: Int, record: Int, condition: CheckedExpression?, grade: Int, signed: Int?,
      basis: Int?, aggregate: Aggregate, points: [GradePoints]
    ) {
      self.list = list
      self.record = record
      self.condition = condition
      self.grade = grade
      self.signed = signed
      self.basis = basis
      self.aggregate = aggregate
      self.points = points
    }

    public enum Aggregate: String, Sendable, CaseIterable { case worst, best, latest }

    public struct GradePoints: Sendable, Equatable {
      public var grade: String
      public var points: Int

      public init(grade: String, points: Int) {
        self.grade = grade
        self.points = points
      }
    }
  }

  public struct Cap: Sendable {
    public var id: String
    public var text: String
    public var when: CheckedExpression
    public var unknown: Unknown
    public var basis: String
    /// What the subject can do so that it no longer applies; may be empty.
    public var cure: String
    public var limit: Limit

    public init(
      id: String, text: String, when: CheckedExpression, unknown: Unknown, basis: String,
      cure: String = "", limit: Limit
    ) {
      self.id = id
      self.text = text
      self.when = when
      self.unknown = unknown
      self.basis = basis
      self.cure = cure
      self.limit = limit
    }

    public enum Limit: Sendable, Equatable {
      /// Index into the rubric's tiers.
      case tier(Int)
      case score(Int)
    }
  }

  public struct Tier: Sendable, Equatable {
    public var id: String
    public var title: String
    /// The least score; the last tier has none.
    public var from: Int?

    /// What people read.
    public var label: String { title.isEmpty ? id : title }

    public init(id: String, title: String, from: Int?) {
      self.id = id
      self.title = title
      self.from = from
    }
  }

  /// Slots of the facts that say which tier was announced, until when it holds, and why another
  /// may be worked out.
  public struct Announced: Sendable, Equatable {
    public var tier: Int
    public var until: Int?
    public var why: Int?
    /// The day on which it was announced, and for how many years it holds from then; with both the
    /// last day is worked out where `until` does not say it.
    public var since: Int?
    public var years: Int?

    public init(tier: Int, until: Int?, why: Int?, since: Int? = nil, years: Int? = nil) {
      self.tier = tier
      self.until = until
      self.why = why
      self.since = since
      self.years = years
    }
  }

  public struct Robustness: Sendable, Equatable {
    public var draws: Int
    /// How far a weight may move, in thousandths of it.
    public var weights: Int
    public var seed: Int

    public init(draws: Int, weights: Int, seed: Int) {
      self.draws = draws
      self.weights = weights
      self.seed = seed
    }
  }

  /// A test that lives with the rubric.
  public struct Example: Sendable {
    public var line: Int
    /// Fact id → value; nil is stated as unknown. Facts not named are unknown.
    public var given: [String: Value?]
    public var score: Int?
    public var tier: String?
    public var status: String?
    public var points: [String: Int]

    public init(
      line: Int, given: [String: Value?], score: Int?, tier: String?, status: String?,
      points: [String: Int]
    ) {
      self.line = line
      self.given = given
      self.score = score
      self.tier = tier
      self.status = status
      self.points = points
    }
  }
}
