public import Expressions
public import Tables

/// What one kind of delivered row holds: the data dictionary.
public struct RecordKind: Sendable {
  public var id: String
  public var title: String
  public var subject: Owner
  public var holds: Holding
  public var isRoster = false
  /// Whether rows of a list that are the same are as many things (`repeats: count`), not one.
  public var countsRepeats = false
  /// Field whose greatest value wins among rows that state the same thing.
  public var latest: Int?
  /// Days before the as-of date that the newest row of a file may lie, by its `latest`; a file of
  /// none newer is probably that of an earlier time. Nil where any age will do.
  public var currentDays: Int32?
  public var precedence = 0
  public var office: String?
  /// What its rows record of a case; nil for all other data.
  public var caseRole: CaseRole?
  public var fields: [Field] = []

  public init(id: String, title: String, subject: Owner, holds: Holding) {
    self.id = id
    self.title = title
    self.subject = subject
    self.holds = holds
  }

  /// Whether each row must say whose it is: an acknowledgement may be of what was found in a file, a
  /// row or a column, which is nobody's.
  public var needsSubject: Bool { caseRole != .acknowledgements }

  /// Whose rows these are.
  public enum Owner: Sendable, Equatable {
    case subject(Int)
    case corrections
  }

  /// One row a subject, or a list of rows.
  public enum Holding: Sendable, Equatable {
    case one
    /// `unique`: fields in which rows that state the same thing agree. `emptyIsKnown`: a subject
    /// without rows has an empty list, provided that a file was delivered.
    case many(list: String, unique: [Int], emptyIsKnown: Bool)
  }

  /// Objections to proposals, decisions about them, what consulted bodies said, whether subjects are
  /// those of an earlier run under another name or id, and what is known of findings.
  public enum CaseRole: String, Sendable, CaseIterable {
    case objections, decisions, consultations, successions, acknowledgements
  }

  public func field(_ id: String) -> Int? { fields.firstIndex { $0.id == id } }
}

/// One field of a record kind.
public struct Field: Sendable {
  public var id: String
  public var label: String
  public var type: FieldType
  public var aliases: [String] = []
  public var unit = ""
  public var scale = Exact(millionths: Exact.one)
  /// Matching key of a unit in a header → scale.
  public var headerUnits: [String: Exact] = [:]
  /// Index of its code table.
  public var codes: Int?
  public var matchesPrefix = false
  public var isRequired = false
  public var onError = OnError.notStated
  public var check = Check.finding
  public var least: Exact?
  public var most: Exact?
  /// The same of dates.
  public var leastDay: DateBound?
  public var mostDay: DateBound?
  /// Dates that state nothing; nil for the usual ones.
  public var placeholders: [PartialDate]?
  /// Whether a number must name its unit.
  public var requiresUnit = false
  public var statedNone: Value?
  /// Whether a resident identity number may stand in the texts of an identity: then a keyed digest
  /// is kept in their place.
  public var mayHoldResidentID = false
  public var split: [String] = []
  public var from: Cut?
  public var sensitivity = Sensitivity.open
  /// Purposes for which expressions may read it; nil is all.
  public var purposes: [String]?
  public var isCompared = true
  public var office: String?
  public var subjectCanSupply = false
  public var changeable = Changeable.no
  public var definition = ""

  public init(id: String, label: String, type: FieldType) {
    self.id = id
    self.label = label
    self.type = type
  }

  /// How far the subject can change the fact by what it does itself; only such changes are ever
  /// proposed to it.
  public enum Changeable: Sendable, Equatable {
    case no
    case yes
    /// Only to greater numbers, to `yes`, to later dates.
    case up
    /// Only to smaller numbers, to `no`, to earlier dates.
    case down
    /// Only to these codes.
    case to([String])
  }
  /// A bound of a field's dates.
  public enum DateBound: Sendable, Equatable {
    case date(PartialDate)
    /// The date on which the run looks at things.
    case asOf

    public func date(asOf: PartialDate) -> PartialDate {
      switch self {
      case .date(let date): date
      case .asOf: asOf
      }
    }
  }
  /// What becomes of text that cannot be read.
  public enum OnError: String, Sendable {
    case quarantine
    case notStated = "not-stated"
  }
  /// What a failed check digit means.
  public enum Check: String, Sendable { case finding, quarantine, none }
  public enum Sensitivity: String, Sendable {
    case open = "public"
    case personal, sensitive
  }

  /// Characters `first...last` (from 1) of another field.
  public struct Cut: Sendable, Equatable {
    public var field: Int
    public var first: Int
    public var last: Int

    public init(field: Int, first: Int, last: Int) {
      self.field = field
      self.first = first
      self.last = last
    }
  }
}

/// The types of a field: how its text is read and what it is in expressions.
public enum FieldType: String, Sendable, CaseIterable {
  case text, name, int, decimal, money, percent, flag, date, code, grade, division
  /// A number with all its digits, kept as a text and reckoned with in binary floating point; for
  /// composite rubrics only.
  case double
  case uscc
  case registrationNumber = "registration-number"
  /// An 18-character credit code, or the 15-digit number that it replaced.
  case usccOrNumber = "uscc-or-registration-number"
  case organizationCode = "organization-code"
  case residentID = "resident-id"

  public var column: ColumnKind {
    switch self {
    case .text, .name, .uscc, .registrationNumber, .usccOrNumber, .organizationCode, .residentID:
      .text
    case .double: .text
    case .int: .number
    case .decimal, .money, .percent: .decimal
    case .flag: .flag
    case .date: .day
    case .code, .grade, .division: .code
    }
  }

  public var expressionType: ExpressionType {
    switch self {
    case .text, .name, .uscc, .registrationNumber, .usccOrNumber, .organizationCode, .residentID,
      .code, .grade, .division:
      .string
    case .int: .int
    case .decimal, .money, .percent: .decimal
    case .double: .double
    case .flag: .bool
    case .date: .date
    }
  }
}
