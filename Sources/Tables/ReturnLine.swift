/// What was delivered of one source profile, beside the run before: a line of “报送情况”.
public struct ReturnLine: Sendable, Equatable {
  public enum State: String, Sendable, CaseIterable {
    case delivered
    /// A file came, and says that there is nothing.
    case nilReturn = "nil-return"
    /// It should have come, or came the last time.
    case missing
    /// It came with less than half of the last time's rows.
    case fewer
  }

  /// Title of the record kind, and of the source profile.
  public var record: String
  public var profile: String
  /// Title of the office; empty where the pack names none.
  public var office: String
  /// Where only one district is meant; else empty.
  public var district: String
  public var files: Int
  public var rows: Int
  /// Rows of the run before; nil where it had none of it, or there is none.
  public var before: Int?
  public var state: State

  public init(
    record: String, profile: String, office: String, district: String = "", files: Int, rows: Int,
    before: Int? = nil, state: State
  ) {
    self.record = record
    self.profile = profile
    self.office = office
    self.district = district
    self.files = files
    self.rows = rows
    self.before = before
    self.state = state
  }
}

/// How many accepted rows of a record kind each district has.
public struct DistrictRows: Sendable, Equatable {
  /// Id of the record kind.
  public var record: String
  /// The district's code and rows, in order of the codes.
  public var rows: [(code: String, count: Int)]

  public init(record: String, rows: [(code: String, count: Int)]) {
    self.record = record
    self.rows = rows
  }

  public static func == (left: DistrictRows, right: DistrictRows) -> Bool {
    left.record == right.record
      && left.rows.elementsEqual(right.rows) { $0.code == $1.code && $0.count == $1.count }
  }
}
