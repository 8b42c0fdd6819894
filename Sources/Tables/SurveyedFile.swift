/// What a delivered file holds, found without a rule pack: its table, and the texts of every
/// column.
public struct SurveyedFile: Sendable {
  public var path: String
  public var encoding: String
  public var encodingEvidence: String
  public var shape: Shape
  /// The lines above the header of a CSV file.
  public var titles: [String] = []
  public var rows = 0
  public var columns: [SurveyedColumn] = []
  /// Columns that are left out because their names hold a number of a person.
  public var withoutNames = 0
  /// Places in the file that may be control totals, such as `DZZ/@count`.
  public var possibleControls: [String] = []
  /// Other elements of an XML file that repeat and have content of their own.
  public var otherRows: [String] = []

  public init(path: String, encoding: String, encodingEvidence: String, shape: Shape) {
    self.path = path
    self.encoding = encoding
    self.encodingEvidence = encodingEvidence
    self.shape = shape
  }

  /// Where the rows are.
  public enum Shape: Sendable, Hashable {
    /// Names of the elements from the root to the one that makes a row.
    case xml(rows: [String])
    /// The header has 1 or 2 lines and begins on this line, counted from 1.
    case csv(headerRows: Int, headerLine: Int)
  }
}

/// One column of a surveyed file.
public struct SurveyedColumn: Sendable {
  /// Header, or path below the row element.
  public var name: String
  /// How often each text is stated; resident identity numbers are overwritten by asterisks.
  public var texts: [String: Int] = [:]

  public init(name: String) { self.name = name }

  public var stated: Int { texts.values.reduce(0, +) }
}
