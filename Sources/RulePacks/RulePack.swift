public import Expressions
public import Tables

/// Everything that differs by place and year, checked: what is delivered, how it becomes facts,
/// and the criteria.
///
/// A value of this type has no unresolved name and no ill-typed expression; indices refer to the
/// arrays of the same pack.
public struct RulePack: Sendable {
  public var about: About
  public var words: Words
  public var codes: [CodeTable]
  public var records: [RecordKind]
  public var subjects: [SubjectKind]
  public var sources: [SourceProfile]
  /// In an order in which each needs only those before it.
  public var derivations: [Derivation]
  public var coverages: [Coverage]
  public var formations: [Formation]
  /// In an order in which each needs only those before it.
  public var rubrics: [Rubric]
  public var disparity: Disparity?
  /// What the first screen shows; nil where the pack does not say.
  public var overview: Overview?
  /// What source documents state, in the order of `published.yaml`.
  public var published: [PublishedFigure] = []
  /// What is counted beside the rankings, in the order of `statistics.yaml`.
  public var statistics: [Statistic] = []
  /// How long data are kept; what no rule is about is kept.
  public var retention: [Retention] = []
  /// Runs of which nothing may be removed for now.
  public var holds: [Hold] = []
  /// Names in expressions. Scopes: first one a subject kind, then one a record kind (rows of a
  /// list), then one a record kind with its fields as `row.field` and, `Demand.outer` added to the
  /// slot, the facts of its subject.
  public var environment: Environment
  /// What `heng rules check` asks for beside, without which the pack still runs.
  public var demands: [PackFault] = []
  /// SHA-256 of all files of the pack by path, in hexadecimal.
  public var sha256: String

  public init(about: About) {
    self.about = about
    words = Words()
    codes = []
    records = []
    subjects = []
    sources = []
    derivations = []
    coverages = []
    formations = []
    rubrics = []
    environment = Environment(scopes: [])
    sha256 = ""
  }

  /// The scope of a record kind's rows as elements of a list.
  public func scope(ofRows record: Int) -> Int { subjects.count + record }

  /// The scope in which a row's fields are `row.field` beside the facts of its subject.
  public func scope(ofRowAndSubject record: Int) -> Int {
    subjects.count + records.count + record
  }

  /// Who answers for the pack and what it may be used for.
  public struct About: Sendable {
    public var id = ""
    public var title = ""
    public var edition = ""
    public var owner = ""
    public var basis = ""
    public var validFrom: PartialDate?
    public var validTo: PartialDate?
    public var purposes: [String] = []
    /// By id what people read; an id without one is read itself.
    public var purposeTitles: [String: String] = [:]
    public var contact = ""
    public var notice = ""
    /// How many days after a run is published its results can be objected to; nil is not said.
    public var objectionDays: Int?
    public var assessment = ""
    public var language = Language.zh
    public var currency = ""
    /// Word of a currency in files (matching key) → value of one unit in `currency`.
    public var currencies: [String: Exact] = [:]
    public var offices: [Office] = []

    public init() {}

    /// What people read in place of a purpose's id.
    public func title(ofPurpose id: String) -> String { purposeTitles[id] ?? id }
  }

  public struct Office: Sendable, Equatable {
    public var id: String
    public var title: String

    public init(id: String, title: String) {
      self.id = id
      self.title = title
    }
  }

  /// Facts by which results are compared between groups.
  public struct Disparity: Sendable {
    /// Fact ids; a rubric's subject that lacks one is not compared by it.
    public var by: [String]
    public var smallestGroup: Int
    /// The difference between two groups from which it is a finding, in thousandths; nil for none.
    public var findingFrom: Int?

    public init(by: [String], smallestGroup: Int) {
      self.by = by
      self.smallestGroup = smallestGroup
    }
  }
}

/// Words that clerks write in cells; all are matching keys (see `matchingKey`).
public struct Words: Sendable, Equatable {
  public var yes: [String] = []
  public var no: [String] = []
  public var notStated: [String] = []
  public var statedNone: [String] = []
  public var checkedNone: [String] = []
  public var totals: [String] = []
  public var footers: [String] = []
  /// What begins the first cell of a row that shows how others are filled in.
  public var examples: [String] = []
  /// What a line says that stands between the pages of a table.
  public var continued: [String] = []
  public var multiples: [String: Exact] = [:]
  public var about: [String] = []
  public var openEnded: [String] = []
  public var deletionMarks: [DeletionMark] = []

  public init() {}
}

/// Columns in which systems and clerks say what became of a row, and what their words mean there;
/// all are matching keys.
public struct DeletionMark: Sendable, Equatable {
  public var columns: [String]
  /// The row is no longer in force.
  public var deleted: [String] = []
  /// It is; empty where the column may hold anything.
  public var inForce: [String] = []
  /// Somebody has to say whether it is.
  public var returned: [String] = []

  public init(columns: [String]) { self.columns = columns }
}
