public import Expressions
public import Tables

/// What one delivery's `run.yaml` asks for.
public struct RunPlan: Sendable {
  public var id = ""
  public var title = ""
  public var asOf = PartialDate(day: 0)
  public var purpose = ""
  public var legalBasis = ""
  public var rules = ""
  public var previous: String?
  /// Path of the key within the delivery.
  public var digestKey: String?
  public var tolerances = Tolerances()
  /// Entries of the delivery that a person has decided not to read.
  public var setAside: [PathPattern] = []
  /// What should be delivered.
  public var expected: [Expected] = []
  public var honours: [Honour] = []
  public var contact = ""
  public var workbookRows = WorkbookRows.usual
  /// Up to how many bytes of delivered files the page shows delivered texts beside the values.
  public var deliveredTextUpTo = 64 << 20

  public init() {}

  /// How many rows each sheet of the workbook holds.
  public enum WorkbookRows: Sendable, Equatable {
    /// All of a table that is not too long, else the first few hundred, so that the workbook costs the
    /// same however large the run is.
    case usual
    case atMost(Int)
    case all
  }

  /// Shares in thousandths above which a run is published with a warning.
  public struct Tolerances: Sendable, Equatable {
    public var quarantined = 200
    /// Of the stated cells of a field that is required or counts in a rubric, those that could not
    /// be read.
    public var unread = 200
    public var unmatched: Int?
    /// Number of control totals that may disagree.
    public var controls: Int?
    /// Number of files that may be set aside because they cannot be read whole.
    public var files = 0

    public init() {}
  }

  /// Something that should be delivered: files of a profile or record kind, of an office, with rows
  /// of a district.
  public struct Expected: Sendable, Equatable {
    /// Index into the pack's sources, or into its record kinds.
    public var profile: Int?
    public var record: Int?
    /// Id of the office.
    public var office: String?
    /// A division's code or name, as it is written in `run.yaml`.
    public var district: String?
    /// The line of `run.yaml`.
    public var line: Int
  }

  /// A screening list.
  public struct Honour: Sendable {
    public var id: String
    public var title: String
    /// Index into the pack's rubrics.
    public var rubric: Int
    public var quota: Int
    public var reserve: Int
    /// Who is a candidate; nil is everyone the rubric applies to.
    public var candidates: CheckedExpression?
    /// Slot of the fact whose groups have a quota each.
    public var by: Int?

    public init(
      id: String, title: String, rubric: Int, quota: Int, reserve: Int,
      candidates: CheckedExpression?, by: Int?
    ) {
      self.id = id
      self.title = title
      self.rubric = rubric
      self.quota = quota
      self.reserve = reserve
      self.candidates = candidates
      self.by = by
    }
  }
}
