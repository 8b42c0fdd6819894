public import Tables

/// A closed set of codes with their names, spellings and validity.
public struct CodeTable: Sendable {
  public var id: String
  public var codes: [Code]
  /// Names of further columns that a lookup can read.
  public var attributes: [String]
  /// Matching key of every code, name and alias → index into `codes`.
  public var index: [String: Int32]

  public init(id: String, codes: [Code], attributes: [String], index: [String: Int32]) {
    self.id = id
    self.codes = codes
    self.attributes = attributes
    self.index = index
  }

  /// The canonical codes, in order of the table.
  public var names: [String] { codes.map(\.code) }

  public struct Code: Sendable {
    public var code: String
    public var name: String
    public var aliases: [String] = []
    public var validFrom: PartialDate?
    public var validTo: PartialDate?
    public var successors: [String] = []
    /// The canonical code of another table that this one stands for.
    public var means: String?
    public var hint = ""
    public var attributes: [String: String] = [:]

    public init(code: String, name: String) {
      self.code = code
      self.name = name
    }
  }
}
