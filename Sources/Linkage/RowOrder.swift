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

  /// For each of these rows whether all fields that make rows state the same thing are stated in
  /// it and in the next, and agree.
  ///
  /// - Parameter pairs: false where that is not asked.
  func stateTheSame(_ rows: [Int32], _ pairs: [Bool]) -> [Bool] {
    var areSame = pairs
    // Column by column: taking one apart for every row costs more than comparing its cells.
    for column in same {
      let presence = column.presence
      strikeDiffering(column, rows, &areSame) { presence.isStated($0) && presence.isStated($1) }
    }
    return areSame
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

  /// Whether rows may be left that say exactly the same.
  var mayLeaveCopies: Bool { same.isEmpty || same.contains { !$0.presence.isComplete } }

  /// Whether a row does not state all fields that make rows state the same thing, so that nothing
  /// but its whole content tells whether another is its copy.
  func mayBeCopy(_ row: Int) -> Bool {
    same.isEmpty || same.contains { !$0.presence.isStated(row) }
  }

  /// Below, at or above 0.
  func comparePrecedence(_ a: Int, _ b: Int) -> Int { Int(precedences[a]) - Int(precedences[b]) }

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
  let reader = KeyReader(KeyPart(column, .folded))
  return .text(reader.keys(of: 0..<column.count))
}

/// Strikes out rows of which a cell is not that of the next.
private func strikeDiffering(
  _ column: Column, _ rows: [Int32], _ areSame: inout [Bool], areStated: (Int, Int) -> Bool
) {
  switch column {
  case .number(let cells), .decimal(let cells):
    strike(rows, &areSame) { areStated($0, $1) && cells.values[$0] == cells.values[$1] }
  case .day(let cells):
    strike(rows, &areSame) { areStated($0, $1) && cells.values[$0] == cells.values[$1] }
  case .flag(let cells):
    strike(rows, &areSame) { areStated($0, $1) && cells.values[$0] == cells.values[$1] }
  case .code(let codes):
    strike(rows, &areSame) {
      areStated($0, $1) && codes.cells.values[$0] == codes.cells.values[$1]
    }
  case .text(let texts):
    let (bytes, extents) = (texts.bytes.span, texts.extents)
    strike(rows, &areSame) {
      areStated($0, $1) && sameBytes(bytes, extents[$0], bytes, extents[$1])
    }
  }
}

@inline(__always)
private func strike(
  _ rows: [Int32], _ areSame: inout [Bool], unless isSame: (Int, Int) -> Bool
) {
  for index in areSame.indices where areSame[index] {
    areSame[index] = isSame(Int(rows[index]), Int(rows[index + 1]))
  }
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
