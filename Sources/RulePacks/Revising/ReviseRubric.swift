import Tables

/// A rubric's file after its table was edited.
public struct RevisedRubric: Sendable {
  public var text: String
  public var changes: [Change]
  let origins: [RubricWriter.Origin]

  /// A file whose table was not edited.
  public init(text: String) {
    self.init(text: text, changes: [], origins: [])
  }

  init(text: String, changes: [Change], origins: [RubricWriter.Origin]) {
    self.text = text
    self.changes = changes
    self.origins = origins
  }

  /// One cell that says something else than before.
  public struct Change: Sendable, Equatable {
    /// Index of the row; nil where the row is gone.
    public var row: Int?
    public var kind: RubricRow.Kind
    public var id: String
    public var column: RubricRow.Column
    public var before: String
    public var after: String
  }

  /// The cell that a place of the text comes from; nil where the text was kept as it was.
  public func cell(line: Int, column: Int) -> (row: Int, column: RubricRow.Column)? {
    let found = origins.last { $0.line == line && $0.column <= column }
    return found.map { ($0.row, $0.cell) }
  }
}

extension RulePack {
  /// The file of a rubric as its edited table says.
  ///
  /// Keys of the file whose rows say what they said keep their text with its comments, and so do
  /// keys that no table shows, such as the examples; the others are written anew.
  ///
  /// - Parameters:
  ///   - table: The edited table, which says which rubric it is.
  ///   - source: The rubric's file as it is.
  ///   - keepsText: Whether text that says the same is kept; otherwise all that the table shows is
  ///     written anew.
  public func revised(
    _ table: RubricTable, source: String, keepsText: Bool = true
  ) throws(RubricRowFault) -> RevisedRubric {
    let before = self.table(ofRubric: table.rubric).rows
    if rubrics[table.rubric].composite != nil, before != table.rows {
      throw RubricRowFault(
        row: 0, column: .kind,
        message: say("合成指数的规则不能从表格读回", "an index cannot be read back from a table"),
        cure: say("请直接修改它的规则文件", "edit the rubric's file itself"))
    }
    let (old, new) = (Sections(before), Sections(table.rows))
    try requireSettings(table.rows)
    guard let blocks = RubricBlocks(source) else {
      throw RubricRowFault(
        row: 0, column: .kind,
        message: say("规则文件不是每个键一行", "the rubric's file does not begin each key on a line"),
        cure: say("请先把规则文件改成每个键起一行", "write each of its keys on a line of its own first"))
    }
    var writer = RubricWriter()
    // What the file leaves to its default stays left to it.
    var added = new.order.filter { key in
      !blocks.keys.contains(key) && !(keepsText && new.saysTheSame(as: old, key))
    }
    func writeAdded() throws(RubricRowFault) {
      // The last line of a file may have no end.
      if !added.isEmpty, !writer.text.isEmpty, !writer.text.hasSuffix("\n") { writer.put("\n") }
      for key in added { try writer.put(key, new.rows[key] ?? [], [:]) }
      added = []
    }
    writer.put(blocks.start)
    for block in blocks.all {
      if block.key == "examples" { try writeAdded() }
      let isShown = old.rows[block.key] != nil || new.rows[block.key] != nil
      let isSame = keepsText && new.saysTheSame(as: old, block.key)
      if !isShown || isSame {
        writer.put(block.head + block.body)
        continue
      }
      guard let rows = new.rows[block.key] else { continue }
      writer.put(block.head)
      try writer.put(block.key, rows, block.comments)
      writer.put(block.tail)
    }
    try writeAdded()
    return RevisedRubric(
      text: writer.text, changes: changes(from: before, to: table.rows), origins: writer.origins)
  }

  /// Settings have fixed ids.
  private func requireSettings(_ rows: [RubricRow]) throws(RubricRowFault) {
    for (index, row) in rows.enumerated() where row.kind == .setting {
      guard RubricSetting(rawValue: row[.id]) == nil else { continue }
      let known = RubricSetting.allCases.map { setting in
        say("\(setting.rawValue)（\(setting.title.zh)）", "\(setting.rawValue) (\(setting.title.en))")
      }
      throw RubricRowFault(
        row: index, column: .id,
        message: say("没有总则“\(row[.id])”", "there is no setting “\(row[.id])”"),
        cure: say(
          "可用的有：\(known.map(\.zh).joined(separator: "、"))",
          "use one of: \(known.map(\.en).joined(separator: ", "))"))
    }
  }
}

/// The rows of a table by the key of the file under which they stand.
private struct Sections {
  var rows: [String: [(index: Int, row: RubricRow)]] = [:]
  var order: [String] = []

  init(_ rows: [RubricRow]) {
    let isGrouped = rows.contains { $0.kind == .group }
    for (index, row) in rows.enumerated() {
      let key =
        switch row.kind {
        case .setting: RubricSetting(rawValue: row[.id])?.section ?? row[.id]
        case .named: "let"
        case .gate: "gates"
        case .group: "groups"
        case .indicator: isGrouped ? "groups" : "indicators"
        case .deduction: "deductions"
        case .bonus: "bonuses"
        case .cap: "caps"
        case .tier: "tiers"
        }
      if self.rows[key] == nil { order.append(key) }
      self.rows[key, default: []].append((index, row))
    }
  }

  func saysTheSame(as other: Sections, _ key: String) -> Bool {
    let (mine, others) = (rows[key] ?? [], other.rows[key] ?? [])
    return mine.count == others.count
      && zip(mine, others).allSatisfy { $0.row.saysTheSame(as: $1.row) }
  }
}

extension RubricWriter {
  /// A key of the file with the rows that stand under it.
  ///
  /// - Parameter comments: Comment lines that stood before the rule of an id.
  fileprivate mutating func put(
    _ key: String, _ rows: [(index: Int, row: RubricRow)], _ comments: [String: String]
  ) throws(RubricRowFault) {
    switch key {
    case "rounding", "robustness", "announced":
      var entries = rows.map { Entry($0.row[.id], $0.row[.rule], .rule) }
      if key == "rounding" { entries.insert(Entry("mode", "half-up", .rule), at: 1) }
      put(key + ": ")
      put(.map(entries), of: rows.first?.index ?? 0)
      put("\n")
    case "cohort", "purposes":
      put(key + ": ")
      for (index, row) in rows {
        let names = row[.rule].split { ",，、".contains($0) }.map { trimmed(String($0)) }
        put(.list(names.map { .scalar($0, .rule) }), of: index)
      }
      put("\n")
    case "let":
      put("let:\n")
      for (index, row) in rows {
        put("  \(row[.id]): ")
        put(.scalar(row[.rule], .rule), of: index)
        put("\n")
      }
    case "groups": try putGroups(rows, comments)
    case "gates", "indicators", "deductions", "bonuses", "caps", "tiers":
      put(key + ":\n")
      for (index, row) in rows { try putItem(index, row, indent: "  ", comments) }
    default:
      for (index, row) in rows {
        put(key + ": ")
        put(.scalar(row[.rule], .rule), of: index)
        put("\n")
      }
    }
  }

  private mutating func putItem(
    _ index: Int, _ row: RubricRow, indent: String, _ comments: [String: String]
  ) throws(RubricRowFault) {
    put(comments[row[.id]] ?? "")
    put(indent + "- ")
    put(.map(try row.entries(row: index)), of: index)
    put("\n")
  }

  /// Indicators stand in the group that their row names, else in the one above them.
  private mutating func putGroups(
    _ rows: [(index: Int, row: RubricRow)], _ comments: [String: String]
  ) throws(RubricRowFault) {
    let titles = rows.filter { $0.row.kind == .group }.map { $0.row[.title] }
    var members: [[(index: Int, row: RubricRow)]] = titles.map { _ in [] }
    var current: Int?
    for (index, row) in rows {
      if row.kind == .group {
        current = current.map { $0 + 1 } ?? 0
        continue
      }
      guard let group = titles.firstIndex(of: row[.group]) ?? current else {
        throw RubricRowFault(
          row: index, column: .group,
          message: say("没有一级指标“\(row[.group])”", "there is no group “\(row[.group])”"),
          cure: say("请写一级指标的名称", "name one of the groups"))
      }
      members[group].append((index, row))
    }
    put("groups:\n")
    for (group, (index, row)) in rows.filter({ $0.row.kind == .group }).enumerated() {
      put(comments[row[.id]] ?? "")
      for (place, entry) in try row.entries(row: index).enumerated() {
        guard case .scalar(let text, _) = entry.content, !text.isEmpty else { continue }
        put(place == 0 ? "  - " : "    ")
        put(entry.key + ": ")
        put(entry.content, of: index)
        put("\n")
      }
      put("    indicators:\n")
      for (index, row) in members[group] { try putItem(index, row, indent: "      ", comments) }
    }
  }
}

/// Which cells of rows, known by kind and id, say something else.
private func changes(from before: [RubricRow], to after: [RubricRow]) -> [RevisedRubric.Change] {
  struct Key: Hashable {
    var kind: RubricRow.Kind
    var id: String
  }
  var left = Dictionary(
    before.map { (Key(kind: $0.kind, id: $0[.id]), $0) }, uniquingKeysWith: { first, _ in first })
  var changes: [RevisedRubric.Change] = []
  for (index, row) in after.enumerated() {
    let old = left.removeValue(forKey: Key(kind: row.kind, id: row[.id]))
    for column in RubricRow.Column.allCases where column != .source {
      let was = old?[column] ?? ""
      guard was != row[column], old != nil || column == .id else { continue }
      changes.append(
        RevisedRubric.Change(
          row: index, kind: row.kind, id: row[.id], column: column, before: was,
          after: row[column]))
    }
  }
  for row in before {
    guard let gone = left.removeValue(forKey: Key(kind: row.kind, id: row[.id])) else { continue }
    changes.append(
      RevisedRubric.Change(
        row: nil, kind: gone.kind, id: gone[.id], column: .id, before: gone[.id], after: ""))
  }
  return changes
}
