public import Tables

/// One row of a rubric written as the table that officials know: an indicator, a gate, a tier …
///
/// Texts are the same in every language of the table; `shown` gives them in one of them, with
/// sentences for ids and expressions where the row has such.
public struct RubricRow: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// A key of the rubric as a whole.
    case setting
    /// A condition with a name.
    case named
    case gate, group, indicator, deduction, bonus, cap, tier

    /// What tells a row from all others of its rubric.
    public func key(of id: String) -> String { "\(rawValue) \(id)" }
  }

  public enum Column: Int, Sendable, CaseIterable {
    case kind, group, id, title, points, rule, basis, source, unknown, applies, note, contact
  }

  public var kind: Kind
  /// What people read in place of ids and expressions, by column.
  public var told: [Column: Bilingual] = [:]
  private var texts: [String]

  public init(_ kind: Kind) {
    self.kind = kind
    texts = Array(repeating: "", count: Column.allCases.count)
  }

  /// A cell's text, without blanks at its ends.
  public subscript(column: Column) -> String {
    get { column == .kind ? kind.rawValue : texts[column.rawValue] }
    set { texts[column.rawValue] = cleaned(newValue) }
  }

  /// The row with the ids and expressions of another of the same kind and id, wherever it has the
  /// sentence that the other is told by.
  public func untold(by row: RubricRow) -> RubricRow {
    var untold = self
    for (column, told) in row.told where [told.zh, told.en].contains(where: { says(column, $0) }) {
      untold[column] = row[column]
    }
    return untold
  }

  private func says(_ column: Column, _ text: String) -> Bool {
    self[column] == cleaned(text)
  }

  /// Whether both say the same; where facts come from follows from the rules.
  func saysTheSame(as other: RubricRow) -> Bool {
    Column.allCases.allSatisfy { $0 == .source || self[$0] == other[$0] }
  }
}

/// A rubric as a table.
public struct RubricTable: Sendable {
  /// Index into the pack's rubrics.
  public var rubric: Int
  public var rows: [RubricRow]

  public init(rubric: Int, rows: [RubricRow]) {
    self.rubric = rubric
    self.rows = rows
  }

  /// The rows for those who read; what a name stands for is in every sentence that uses it.
  public var readRows: [RubricRow] { rows.filter { $0.kind != .named || $0.told.isEmpty } }
}

/// Lines without blanks at their ends and without blank lines around them.
private func cleaned(_ text: String) -> String {
  guard text.contains(where: { $0.isWhitespace }) else { return text }
  let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    .map { trimmed(String($0)) }
  return trimmed(lines.filter { !$0.isEmpty }.joined(separator: "\n"))
}
