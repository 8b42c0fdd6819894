public import Tables

/// A row of a table that cannot be written as a rule.
public struct RubricRowFault: Error, Sendable, Equatable {
  /// Index of the row.
  public var row: Int
  public var column: RubricRow.Column
  public var message: Bilingual
  public var cure: Bilingual
}

/// The text of a rule taken apart: lines that begin with a word, an expression, and a scale.
struct RuleLines {
  var words: [RuleWord: String] = [:]
  var expression = ""
  /// Intervals, codes or grades with their points.
  var scale: [(left: String, points: String)] = []

  /// - Parameter row: Index of the row that holds the rule.
  init(_ text: String, row: Int) throws(RubricRowFault) {
    for line in text.split(separator: "\n").map(String.init) {
      if let (word, rest) = RuleWord.begins(line) {
        words[word] = rest
        continue
      }
      let hasRule = !expression.isEmpty || words[.list] != nil
      if hasRule, let (left, points) = arrowed(line) {
        scale.append((left, points))
      } else if scale.isEmpty {
        expression += expression.isEmpty ? line : " " + line
      } else {
        throw RubricRowFault(
          row: row, column: .rule,
          message: say("“\(line)”中没有分值", "“\(line)” gives no points"),
          cure: say("请写成“区间或代码 → 分值”", "write “interval or code → points”"))
      }
    }
  }
}

extension RubricRow {
  /// The row as an entry of its list in the file.
  ///
  /// - Parameter row: Index of the row.
  func entries(row: Int) throws(RubricRowFault) -> [RubricWriter.Entry] {
    let lines = try RuleLines(self[.rule], row: row)
    let head = [cell("id", .id), cell(kind == .gate || kind == .cap ? "text" : "title", .title)]
    let unknown = cell("unknown", .unknown)
    let basis = cell("basis", .basis)
    switch kind {
    case .gate:
      return head + [
        rule("require", lines.expression)
      ] + written(lines.words) + [
        unknown, basis, cell("cure", .note), cell("contact", .contact),
      ]
    case .indicator:
      return head + [rule("kind", lines.words[.kind] ?? ""), cell("applies", .applies)]
        + (try form(lines, row: row)) + [unknown, basis, cell("note", .note)]
    case .deduction, .bonus:
      let points = cell(lines.words.isEmpty ? "points" : "each", .points)
      return head + [points] + written(lines.words) + [rule("when", lines.expression)]
        + [unknown, basis]
    case .cap:
      return head + [rule("when", lines.expression), unknown] + written(lines.words)
        + [basis, cell("cure", .note)]
    case .tier: return [cell("id", .id), cell("from", .points), cell("title", .title)]
    case .group: return [cell("id", .id), cell("title", .title), cell("full", .points)]
    case .setting, .named: return [rule(self[.id], self[.rule])]
    }
  }

  private func cell(_ key: String, _ column: Column) -> RubricWriter.Entry {
    RubricWriter.Entry(key, self[column], column)
  }

  private func rule(_ key: String, _ text: String) -> RubricWriter.Entry {
    RubricWriter.Entry(key, text, .rule)
  }

  /// Words as keys of the file; the loader says which of them have no place there.
  private func written(_ words: [RuleWord: String]) -> [RubricWriter.Entry] {
    RuleWord.allCases.compactMap { word in words[word].map { rule(word.rawValue, $0) } }
  }

  /// How an indicator gives points.
  private func form(_ lines: RuleLines, row: Int) throws(RubricRowFault) -> [RubricWriter.Entry] {
    var words = lines.words
    words[.kind] = nil
    let scale = lines.scale.map { RubricWriter.Entry($0.left, $0.points, .rule) }
    if words[.list] != nil {
      try requireMost(of: lines, row: row)
      let opinions = RubricWriter.Content.map(written(words))
      return [RubricWriter.Entry("points", .map(scale)), RubricWriter.Entry("opinions", opinions)]
    }
    if words[.part] != nil || words[.whole] != nil {
      let parts = [words[.part], words[.whole]].map {
        RubricWriter.Content.scalar($0 ?? "", .rule)
      }
      return [cell("points", .points), RubricWriter.Entry("ratio", .list(parts))]
    }
    guard !scale.isEmpty else {
      return [cell("points", .points)] + written(words) + [rule("when", lines.expression)]
    }
    try requireMost(of: lines, row: row)
    let isBands = lines.scale.contains { Rubric.Band(written: $0.left, points: 0) != nil }
    guard isBands else {
      return [rule("on", lines.expression), RubricWriter.Entry("lookup", .map(scale))]
    }
    let bands = lines.scale.map { line in
      RubricWriter.Content.list([.scalar(line.left, .rule), .scalar(line.points, .rule)])
    }
    return [rule("on", lines.expression), RubricWriter.Entry("bands", .list(bands))]
  }

  /// The points beside a scale follow from it; another number there is a mistake in one of them.
  private func requireMost(of lines: RuleLines, row: Int) throws(RubricRowFault) {
    let points = lines.scale.compactMap { Exact(written: $0.points) }
    guard points.count == lines.scale.count, let most = points.max() else { return }
    guard Exact(written: self[.points]) != most else { return }
    throw RubricRowFault(
      row: row, column: .points,
      message: say(
        "分值是“\(self[.points])”，而各档中最高的是\(most)",
        "the points are “\(self[.points])”, but the most that the rule gives is \(most)"),
      cure: say("请把两处改成一致", "make both say the same"))
  }
}
