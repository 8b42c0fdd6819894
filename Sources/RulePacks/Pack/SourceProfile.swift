import Fields
public import Tables

/// How one system's export maps onto a record kind.
public struct SourceProfile: Sendable {
  public var id: String
  public var title: String
  /// Its file within the pack, for messages.
  public var place = ""
  public var record: Int
  public var format: Format
  public var encoding: EncodingHint?
  /// CSV: what stands around cells that hold separators or line breaks; nil for nothing.
  public var quote: UInt8? = UInt8(ascii: "\"")
  /// CSV: what takes the meaning from a separator, quote or line break that follows it.
  public var escape: UInt8?
  /// Fields whose columns must be there.
  public var requires: [Int] = []
  public var columns: [ColumnRule] = []
  /// Whether fields not named in `columns` are found by the dictionary's id, label and aliases.
  public var usesDictionary = true
  /// Words of this system for flags, as matching keys; nil is the pack's.
  public var flags: (yes: [String], no: [String])?
  /// Base year of Excel day numbers, 1900 or 1904; nil where dates are never numbers.
  public var dayNumbers: Int?
  public var fillDown: [Int] = []
  /// CSV: a row that states none of these fields is a line of a form that nobody has filled in.
  public var blankWithout: [Int] = []
  public var controls: [Control] = []
  public var precedence = 0
  /// Where the path of the rows stands in the profile's file; 0 for CSV.
  public var rowsLine = 0
  /// Columns known and not wanted, as matching keys.
  public var ignored: [String] = []

  public init(id: String, title: String, record: Int, format: Format) {
    self.id = id
    self.title = title
    self.record = record
    self.format = format
  }

  public enum Format: Sendable, Equatable {
    /// Local names from the root to the repeated element, `*` for any.
    case xml(rows: [String])
    case csv(headerRows: Int, within: Int, separator: UInt8?)
  }

  public enum EncodingHint: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case gb18030
    case utf16 = "utf-16"
  }

  /// Where a field comes from.
  public struct ColumnRule: Sendable {
    public var field: Int
    /// Headers, or paths below the row element; the first that is stated counts.
    public var from: [String] = []
    /// A constant instead.
    public var value: String?
    /// What codes mean in this system: matching key → index of the canonical code.
    public var codes: [String: Int32]?
    public var when: [Condition] = []
    public var scale: Exact?
    /// Of the profile's file.
    public var line = 0

    public init(field: Int) { self.field = field }
  }

  /// A column that must have one of some texts (matching keys) in the row.
  public struct Condition: Sendable, Equatable {
    public var column: String
    public var texts: [String]
    public var line = 0

    public init(column: String, texts: [String], line: Int = 0) {
      self.column = column
      self.texts = texts
      self.line = line
    }
  }

  /// A number in the file to compare with.
  public struct Control: Sendable, Equatable {
    /// XML: path from the root; CSV: nil, the total rows.
    public var from: [String]?
    public var counts: Counted
    /// XML: whether each is compared with the rows of its own part of the file, which is the
    /// innermost element around it that rows stand in too; else they are added up.
    public var isOfPart = false
    /// Of the profile's file.
    public var line = 0

    public init(from: [String]?, counts: Counted) {
      self.from = from
      self.counts = counts
    }

    /// Names from the root to the innermost element that it and the rows stand in.
    public func part(in source: SourceProfile) -> [String] {
      guard case .xml(let rows) = source.format else { return [] }
      let names = (from ?? []).map { String($0.prefix { $0 != "@" }) }
      let shared = zip(rows.dropLast(), names).prefix { matchingKey($0) == matchingKey($1) }
      // The last name is that of the control itself, unless it is an attribute of the part.
      let isElement = from?.last.map { !$0.contains("@") } ?? true
      return shared.prefix(isElement ? names.count - 1 : names.count).map { $0.0 }
    }

    public enum Counted: Sendable, Equatable {
      case rows
      case sum(field: Int)
    }
  }
}
