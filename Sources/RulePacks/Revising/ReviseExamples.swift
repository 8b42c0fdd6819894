public import Tables

/// A row of a table of examples that cannot be written as one.
public struct ExampleRowFault: Error, Sendable, Equatable {
  /// Index of the row.
  public var row: Int
  public var column: ExampleTable.Column
  public var message: Bilingual
  public var cure: Bilingual
}

/// A rubric's file after its examples were edited.
public struct RevisedExamples: Sendable {
  public var text: String
  public var changes: [Change]

  public struct Change: Sendable, Equatable {
    /// Index of the row; nil where the example is gone.
    public var row: Int?
    /// Which example it was, or for a new one has become, from 1.
    public var number: Int
    /// `number` for an example that is new or gone.
    public var column: ExampleTable.Column
    public var before: String
    public var after: String
  }
}

extension RulePack {
  /// The file of a rubric with its examples as an edited table has them.
  ///
  /// An example that says what it said keeps its text; the order is that of the table.
  public func revised(
    examples table: ExampleTable, source: String
  ) throws(ExampleRowFault) -> RevisedExamples {
    guard let blocks = RubricBlocks(source),
      let before = examples(ofRubric: table.rubric, source: source)
    else {
      throw ExampleRowFault(
        row: 0, column: .number,
        message: say("规则文件的例子不是每个起一行", "not every example of the file begins on a line"),
        cure: say("请先把规则文件改成每个例子起一行", "write each example on a line of its own first"))
    }
    let block = blocks.all.first { $0.key == "examples" }
    let items = block.flatMap { ExampleItem.all(in: $0.body) } ?? []
    var (texts, changes): ([String], [RevisedExamples.Change]) = ([], [])
    var left = Set(items.indices)
    for (index, row) in table.rows.enumerated() {
      let origin = Int(row[.number]).map { $0 - 1 }
      guard let origin, left.remove(origin) != nil else {
        if let origin, items.indices.contains(origin) { throw repeated(index, origin) }
        texts.append(try written(row, index))
        changes.append(
          RevisedExamples.Change(
            row: index, number: index + 1, column: .number, before: "", after: "\(index + 1)"))
        continue
      }
      let old = before.rows[origin]
      if old.saysTheSame(as: row) {
        texts.append(items[origin].text)
        continue
      }
      texts.append(try written(row, index))
      let columns = before.columns + table.columns.filter { !before.columns.contains($0) }
      for column in columns where !old.saysTheSame(as: row, in: column) {
        changes.append(
          RevisedExamples.Change(
            row: index, number: origin + 1, column: column, before: old[column],
            after: row[column]))
      }
    }
    changes += left.sorted().map {
      RevisedExamples.Change(
        row: nil, number: $0 + 1, column: .number, before: "\($0 + 1)", after: "")
    }
    let isReordered = table.rows.compactMap { Int($0[.number]) } != Array(1...max(items.count, 1))
    guard !changes.isEmpty || (isReordered && !items.isEmpty) else {
      return RevisedExamples(text: source, changes: [])
    }
    return RevisedExamples(text: blocks.text(withExamples: texts), changes: changes)
  }

  private func repeated(_ row: Int, _ origin: Int) -> ExampleRowFault {
    ExampleRowFault(
      row: row, column: .number,
      message: say("例子\(origin + 1)出现了两次", "the example \(origin + 1) is there twice"),
      cure: say("新的例子不写编号", "leave the number of a new example empty"))
  }

  private func written(_ row: ExampleTable.Row, _ index: Int) throws(ExampleRowFault) -> String {
    var (given, points, expected): ([String], [String], [String]) = ([], [], [])
    for (column, text) in row.texts.sorted(by: { order($0.key) < order($1.key) }) {
      switch column {
      case .given(let id): given.append("\(quoted(id)): \(try value(text, column, index))")
      case .points(let id): points.append("\(quoted(id)): \(quoted(text))")
      case .score: expected.append("score: \(quoted(text))")
      case .tier: expected.append("tier: \(quoted(text))")
      case .status: expected.append("status: \(quoted(text))")
      case .number, .note, .proposal, .accept: continue
      }
    }
    if !points.isEmpty { expected.append("points: {\(points.joined(separator: ", "))}") }
    guard !given.isEmpty, !expected.isEmpty else {
      throw ExampleRowFault(
        row: index, column: given.isEmpty ? .number : .score,
        message: given.isEmpty
          ? say("这个例子没有写任何事实", "this example gives no fact")
          : say("这个例子没有写应有的结果", "this example expects nothing"),
        cure: say("请补上，或删去这一行", "add it, or remove the row"))
    }
    let note = row[.note].split(separator: "\n").map { "  # \($0)\n" }.joined()
    return note + "  - given: {\(given.joined(separator: ", "))}\n"
      + "    expect: {\(expected.joined(separator: ", "))}\n"
  }

  /// Lists and maps as they were typed, once they can be read; all else as one text.
  private func value(
    _ text: String, _ column: ExampleTable.Column, _ row: Int
  ) throws(ExampleRowFault) -> String {
    guard text.hasPrefix("[") || text.hasPrefix("{") else { return quoted(text) }
    let line = text.split { $0.isNewline }.joined(separator: " ")
    if (try? YAMLNode.parse("x: \(line)", file: 0)) != nil { return line }
    throw ExampleRowFault(
      row: row, column: column,
      message: say("“\(line)”的括号不成对或者格式不对", "“\(line)” is not well formed"),
      cure: say(
        "请写成 [{字段: 值, 字段: 值}, {…}]", "write [{field: value, field: value}, {…}]"))
  }

  /// Facts in the order of the file's columns are of no importance; their ids are.
  private func order(_ column: ExampleTable.Column) -> String {
    switch column {
    case .number, .note, .proposal, .accept: "0"
    case .score: "1"
    case .tier: "2"
    case .status: "3"
    case .points(let id): "4\(id)"
    case .given(let id): "5\(id)"
    }
  }
}

extension RubricBlocks {
  /// The file with other examples; none leaves the key out.
  fileprivate func text(withExamples texts: [String]) -> String {
    var text = start
    let body = texts.isEmpty ? "" : "examples:\n" + texts.joined()
    for block in all {
      text += block.key == "examples" ? block.head + body + block.tail : block.head + block.body
    }
    guard !keys.contains("examples"), !texts.isEmpty else { return text }
    return text + (text.hasSuffix("\n") ? "" : "\n") + body
  }
}

extension RevisedExamples {
  /// Which example a place of a rubric's file is in, from 0, and in which column its value stands.
  public static func cell(
    line: Int, column: Int, in text: String
  ) -> (row: Int, column: ExampleTable.Column)? {
    guard let root = try? YAMLNode.parse(text, file: 0), case .map(let entries) = root.content,
      case .list(let items)? = entries.first(where: { $0.key == "examples" })?.value.content,
      let row = items.lastIndex(where: { $0.spot.line <= line }), line >= items[0].spot.line
    else { return nil }
    return (row, Self.column(items[row], line, column) ?? .number)
  }

  /// The last value of an example that begins at or before a place.
  private static func column(
    _ item: YAMLNode, _ line: Int, _ column: Int
  ) -> ExampleTable.Column? {
    var found: ExampleTable.Column?
    for entry in item.entries {
      for inner in entry.value.entries where inner.spot.isAtOrBefore(line, column) {
        guard entry.key == "expect" else {
          found = .given(inner.key)
          continue
        }
        switch inner.key {
        case "tier": found = .tier
        case "status": found = .status
        case "points":
          for each in inner.value.entries where each.spot.isAtOrBefore(line, column) {
            found = .points(each.key)
          }
        default: found = .score
        }
      }
    }
    return found
  }
}

extension YAMLNode {
  fileprivate var entries: [Entry] {
    if case .map(let entries) = content { entries } else { [] }
  }
}

extension Spot {
  fileprivate func isAtOrBefore(_ line: Int, _ column: Int) -> Bool {
    (self.line, self.column) <= (line, column)
  }
}
