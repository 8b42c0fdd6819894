import Labels
public import Tables

/// The examples of a rubric as a table: an example a row, a column for each fact that one of them
/// gives, and for each thing that one of them expects.
public struct ExampleTable: Sendable, Equatable {
  /// Index into the pack's rubrics.
  public var rubric: Int
  public var columns: [Column]
  public var rows: [Row]

  public enum Column: Sendable, Hashable {
    /// Which example of the file it is, from 1; empty for a new one.
    case number
    /// The comment above it.
    case note
    case score, tier, status
    /// Of a part, by its id.
    case points(String)
    /// Of a fact, by its id.
    case given(String)
    /// What the rules give now where the example expects something else.
    case proposal
    /// Whether a person takes over what is proposed.
    case accept
  }

  public struct Row: Sendable, Equatable {
    /// As they stand in the file; what an example does not name is not there.
    public var texts: [Column: String]

    public init(texts: [Column: String] = [:]) { self.texts = texts }

    public subscript(column: Column) -> String {
      get { texts[column] ?? "" }
      set { texts[column] = newValue.isEmpty ? nil : newValue }
    }

    /// Whether both say the same of a subject and of its result.
    func saysTheSame(as other: Row) -> Bool {
      Set(texts.keys).union(other.texts.keys).allSatisfy { saysTheSame(as: other, in: $0) }
    }

    /// Whether both say the same in a column; a spreadsheet shows 98.0 points as 98.
    func saysTheSame(as other: Row, in column: Column) -> Bool {
      let (mine, others) = (self[column], other[column])
      switch column {
      case .number, .proposal, .accept: return true
      case .note, .tier, .status, .given: return mine == others
      case .score, .points:
        guard let mine = Exact(written: mine), let others = Exact(written: others) else {
          return mine == others
        }
        return mine == others
      }
    }
  }

  public init(rubric: Int, columns: [Column] = [], rows: [Row] = []) {
    self.rubric = rubric
    self.columns = columns
    self.rows = rows
  }

  /// Puts what a person accepted in place of what was expected.
  ///
  /// - Parameters:
  ///   - column: which column a heading names.
  ///   - value: what stands in the file for what people read in a column.
  public mutating func takeAccepted(
    column: (String) -> Column?, value: (Column, String) -> String
  ) {
    for index in rows.indices {
      let isAccepted = Acceptance(written: rows[index][.accept]) == .yes
      let proposal = rows[index][.proposal]
      rows[index][.accept] = ""
      rows[index][.proposal] = ""
      guard isAccepted else { continue }
      for line in proposal.split(whereSeparator: { $0.isNewline || ";；".contains($0) }) {
        guard let colon = line.lastIndex(where: { ":：".contains($0) }),
          let column = column(trimmed(String(line[..<colon])))
        else { continue }
        let text = trimmed(String(line[line.index(after: colon)...]))
        rows[index][column] = text == nothing ? "" : value(column, text)
      }
    }
  }
}

/// What stands for a tier that nobody has any more.
let nothing = "—"

/// Whether a person takes over a proposal.
public enum Acceptance: CaseIterable, Sendable {
  case yes, no

  public var label: Bilingual {
    switch self {
    case .yes: say("是", "yes")
    case .no: say("否", "no")
    }
  }

  init?(written text: String) {
    let found = Acceptance.allCases.first {
      [$0.label.zh, $0.label.en].contains(trimmed(text).lowercased())
    }
    guard let found else { return nil }
    self = found
  }
}

extension RulePack {
  /// A rubric's examples as they stand in its file.
  ///
  /// - Parameter source: The file.
  /// - Returns: nil where the examples do not each begin on a line of their own.
  public func examples(ofRubric index: Int, source: String) -> ExampleTable? {
    guard let blocks = RubricBlocks(source) else { return nil }
    let items: [ExampleItem]
    if let block = blocks.all.first(where: { $0.key == "examples" }) {
      guard let read = ExampleItem.all(in: block.body) else { return nil }
      items = read
    } else {
      items = []
    }
    return examples(ofRubric: index, items)
  }

  func examples(ofRubric index: Int, _ items: [ExampleItem]) -> ExampleTable {
    let rubric = rubrics[index]
    var table = ExampleTable(rubric: index)
    var facts: [String] = []
    for (number, item) in items.enumerated() {
      var row = ExampleTable.Row()
      row[.number] = String(number + 1)
      row[.note] = item.note
      for (key, text) in item.given {
        let id = factID(of: key, in: rubric)
        if !facts.contains(id) { facts.append(id) }
        row[.given(id)] = text
      }
      for (key, text) in item.expected {
        switch key {
        case "score": row[.score] = text
        case "tier": row[.tier] = text
        case "status": row[.status] = text
        default: row[.points(key)] = text
        }
      }
      table.rows.append(row)
    }
    let parts = rubric.parts.map(\.id).filter { id in
      table.rows.contains { !$0[.points(id)].isEmpty }
    }
    table.columns =
      [.number, .note, .score, .tier, .status] + parts.map { .points($0) }
      + facts.map { .given($0) }
    return table
  }

  /// The id of a fact that may be named by its label.
  func factID(of name: String, in rubric: Rubric) -> String {
    let facts = subjects[rubric.subject].facts
    if facts.contains(where: { $0.id == name }) { return name }
    let labelled = facts.filter { $0.label == name }
    return labelled.count == 1 ? labelled[0].id : name
  }
}

/// One example of a rubric's file.
struct ExampleItem {
  var note: String
  var given: [(key: String, text: String)] = []
  /// Points of parts by their ids, beside `score`, `tier` and `status`.
  var expected: [(key: String, text: String)] = []
  /// With the comments above it.
  var text: String

  /// The examples of a block that begins with `examples:`; nil where one shares a line with
  /// another.
  static func all(in block: String) -> [ExampleItem]? {
    guard let root = try? YAMLNode.parse(block, file: 0), case .map(let entries) = root.content,
      case .list(let items)? = entries.first?.value.content
    else { return nil }
    let lines = block.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let starts = items.map { $0.spot.line - 1 }
    guard zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }), (starts.first ?? 1) > 0,
      starts.allSatisfy({ trimmed(lines[$0]).hasPrefix("-") })
    else { return nil }
    func head(_ index: Int) -> Int {
      var line = starts[index]
      while line > (index == 0 ? 1 : starts[index - 1] + 1), trimmed(lines[line - 1]).hasPrefix("#")
      { line -= 1 }
      return line
    }
    return items.enumerated().map { index, node in
      let first = head(index)
      var last = index + 1 < items.count ? head(index + 1) : lines.count
      if index + 1 == items.count {
        // What stands behind the last one is the block's.
        while last > starts[index] + 1,
          lines[last - 1].isEmpty || lines[last - 1].hasPrefix("#")
        { last -= 1 }
      }
      var item = ExampleItem(
        note: lines[first..<starts[index]].map { line in
          trimmed(String(trimmed(line).dropFirst()))
        }.joined(separator: "\n"),
        text: lines[first..<last].map { $0 + "\n" }.joined())
      if case .map(let keys) = node.content {
        for entry in keys { item.take(entry) }
      }
      return item
    }
  }

  private mutating func take(_ entry: YAMLNode.Entry) {
    guard case .map(let inner) = entry.value.content else { return }
    if entry.key == "given" {
      given = inner.map { ($0.key, $0.value.flow(isOutermost: true)) }
      return
    }
    for each in inner {
      if each.key == "points", case .map(let points) = each.value.content {
        expected += points.map { ($0.key, $0.value.flow(isOutermost: true)) }
      } else {
        expected.append((each.key, each.value.flow(isOutermost: true)))
      }
    }
  }
}

extension YAMLNode {
  /// The node on one line.
  ///
  /// - Parameter isOutermost: Whether a text stands alone, and so needs no quotes.
  fileprivate func flow(isOutermost: Bool = false) -> String {
    switch content {
    case .scalar(let text, _): isOutermost ? text : quoted(text)
    case .list(let items): "[" + items.map { $0.flow() }.joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { "\(quoted($0.key)): \($0.value.flow())" }.joined(separator: ", ") + "}"
    }
  }
}
