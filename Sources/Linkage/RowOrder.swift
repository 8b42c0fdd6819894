import RulePacks
import Tables

/// The order of a record kind's rows by what they say, never by where they stand.
///
/// Fields that make rows state the same thing come first, then what decides between such rows:
/// the latest, the source's precedence, the content.
struct RowOrder: Sendable {
  private let same: [Column]
  private let latest: Column?
  private let precedences: [Int16]
  private let content: [Column]

  init(_ record: Int, unique: [Int], in rows: Rows) {
    let table = rows.tables[record]
    let kind = rows.pack.records[record]
    same = unique.map { comparable(table.columns[$0], kind.fields[$0]) }
    latest = kind.latest.map { table.columns[$0] }
    precedences = table.precedences
    // Numbers first: they are compared faster, and any fixed order will do.
    let fields = kind.fields.indices
    content =
      fields.filter { !isText(table.columns[$0]) }.map { table.columns[$0] }
      + fields.filter { isText(table.columns[$0]) }.map { table.columns[$0] }
  }

  /// Whether all fields that make rows state the same thing are stated and agree.
  func stateTheSame(_ a: Int, _ b: Int) -> Bool {
    same.allSatisfy {
      $0.presence.isStated(a) && $0.presence.isStated(b) && compareCells($0, a, b) == 0
    }
  }

  /// Below, at or above 0; the greater of two rows that state the same thing is believed.
  func compare(_ a: Int, _ b: Int) -> Int {
    for column in same {
      let order = compareCells(column, a, b)
      if order != 0 { return order }
    }
    if let latest {
      let order = compareCells(latest, a, b)
      if order != 0 { return order }
    }
    if precedences[a] != precedences[b] { return precedences[a] < precedences[b] ? -1 : 1 }
    return compareContent(a, b)
  }

  /// 0 where all fields of two rows are the same.
  func compareContent(_ a: Int, _ b: Int) -> Int {
    for column in content {
      let order = compareCells(column, a, b)
      if order != 0 { return order }
    }
    return 0
  }

  /// Whether the later of two rows is believed because it is later.
  func isDecidedByLatest(_ a: Int, _ b: Int) -> Bool {
    guard let latest else { return false }
    return latest.presence.isStated(a) && latest.presence.isStated(b)
      && compareCells(latest, a, b) != 0
  }
}

private func isText(_ column: Column) -> Bool {
  if case .text = column { return true }
  return false
}

/// Words as matching keys, so that spellings agree.
private func comparable(_ column: Column, _ field: Field) -> Column {
  guard isText(column), !field.type.isIdentifier else { return column }
  let reader = KeyReader(KeyPart(column, field.type == .name ? .name : .folded))
  return .text(reader.keys(of: 0..<column.count))
}

/// Below, at or above 0; an absent cell sorts before every stated one.
func compareCells(_ column: Column, _ a: Int, _ b: Int) -> Int {
  switch column {
  case .number(let cells), .decimal(let cells): compare(cells, a, b)
  case .day(let cells): compare(cells, a, b)
  case .flag(let cells):
    compareStates(cells.presence, a, b)
      ?? (cells.values[a] == cells.values[b] ? 0 : cells.values[b] ? -1 : 1)
  case .code(let codes): compare(codes.cells, a, b)
  case .text(let texts):
    compareStates(texts.presence, a, b)
      ?? compareBytes(texts.bytes, texts.range(a), texts.bytes, texts.range(b))
  }
}

private func compare<Element: CellElement & Comparable>(
  _ cells: Cells<Element>, _ a: Int, _ b: Int
) -> Int {
  if let order = compareStates(cells.presence, a, b) { return order }
  if cells.values[a] == cells.values[b] { return 0 }
  return cells.values[a] < cells.values[b] ? -1 : 1
}

/// Nil where both are stated.
private func compareStates(_ presence: Presence, _ a: Int, _ b: Int) -> Int? {
  if presence.isComplete { return nil }
  let (left, right) = (presence[a], presence[b])
  if left == .stated && right == .stated { return nil }
  // Stated is 0 and the absences follow, so the greater number is the lesser row.
  return Int(right.rawValue) - Int(left.rawValue)
}
