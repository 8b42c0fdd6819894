import RulePacks
import Tables

/// How the texts of an identity field are compared.
enum Likeness: Sendable {
  /// Identifiers: byte for byte.
  case exact
  /// By matching key.
  case folded
  /// Names, by matching key: what stands in brackets distinguishes.
  case name
  /// Names that are only looked for nearness: by matching key, without remarks in brackets at the
  /// end.
  case withoutRemarks

  /// Identifiers are exact only where every record kind that has the field reads it as one.
  init(of field: String, in kinds: [RecordKind]) {
    let types = kinds.flatMap { kind in kind.fields.filter { $0.id == field }.map(\.type) }
    if types.contains(.name) {
      self = .name
    } else if types.allSatisfy(\.isIdentifier) {
      self = .exact
    } else {
      self = .folded
    }
  }
}

extension FieldType {
  var isIdentifier: Bool {
    switch self {
    case .uscc, .registrationNumber, .usccOrNumber, .organizationCode, .residentID: true
    case .text, .name, .int, .decimal, .double, .money, .percent, .flag, .date, .code, .grade,
      .division:
      false
    }
  }
}

/// One column of a record kind as keys are made of it.
struct KeyPart: Sendable {
  let column: Column
  let likeness: Likeness
  private let presence: Presence
  private let form: Form

  private enum Form: Sendable {
    case texts(TextColumn)
    /// With the matching keys of a code column's names.
    case codes(Integers<Int32>, keys: TextColumn)
    case other
  }

  init(_ column: Column, _ likeness: Likeness) {
    self.column = column
    self.likeness = likeness
    presence = column.presence
    switch column {
    case .text(let texts): form = .texts(texts)
    case .code(let codes):
      var keys = TextColumn()
      for name in codes.names { keys.append(Folding.key(of: name)[...]) }
      form = .codes(codes.cells.values, keys: keys)
    case .number, .decimal, .flag, .day: form = .other
    }
  }

  /// Puts −1 in place of rows that state nothing.
  func dropUnstated(from rows: inout [Int32]) {
    let presence = self.presence
    for index in rows.indices
    where rows[index] >= 0 && !presence.isStated(Int(rows[index])) {
      rows[index] = -1
    }
  }

  /// Adds the keys of rows, which must be stated or −1.
  func append(_ rows: [Int32], to keys: inout KeyRun) {
    switch form {
    case .texts(let texts): keys.append(texts, rows.span, likeness)
    case .codes(let codes, let names):
      keys.append(names, codes.picked(rows, absent: -1).span, .exact)
    case .other: keys.append(rows.span) { Array((column.text($0) ?? "").utf8) }
    }
  }
}

/// Makes the keys of one identity step for the rows of one record kind.
struct KeyReader: Sendable {
  private let parts: [KeyPart]
  /// Never stands in a text, so two parts cannot run together.
  private static let seam: UInt8 = 0xFF

  /// Nil where the record kind lacks a field of the step.
  init?(step: [String], of kind: RecordKind, likenesses: [Likeness], in table: RecordTable) {
    var parts: [KeyPart] = []
    for (field, likeness) in zip(step, likenesses) {
      guard let index = kind.field(field) else { return nil }
      parts.append(KeyPart(table.columns[index], likeness))
    }
    self.parts = parts
  }

  init(_ part: KeyPart) { parts = [part] }

  /// The column itself where its bytes are the keys.
  var ready: TextColumn? {
    guard parts.count == 1, parts[0].likeness == .exact, case .text(let texts) = parts[0].column
    else { return nil }
    return texts
  }

  /// The keys of these rows, not stated where a row lacks a part.
  func keys(of rows: Range<Int>) -> TextColumn {
    keysOfRuns(rows.count) { $0.map { Int32(rows.lowerBound + $0) } }
  }

  /// The keys of these rows, not stated where a row lacks a part.
  func keys(of rows: [Int]) -> TextColumn {
    keysOfRuns(rows.count) { rows[$0].map { Int32($0) } }
  }

  private func keysOfRuns(_ count: Int, _ rows: (Range<Int>) -> [Int32]) -> TextColumn {
    var keys = TextColumn()
    var run = KeyRun()
    for stretch in stretches(of: count, length: KeyRun.length) {
      var rows = rows(stretch)
      run.removeAll()
      append(&rows, to: &run)
      // A text of nothing but spaces names nobody.
      keys.append(run.bytes.span, ends: run.ends.span)
    }
    return keys
  }

  /// Adds the keys of rows; nothing, and −1 in place of the row, where it lacks a part.
  private func append(_ rows: inout [Int32], to run: inout KeyRun) {
    for part in parts { part.dropUnstated(from: &rows) }
    guard parts.count > 1 else {
      parts.first?.append(rows, to: &run)
      return
    }
    var whole = KeyRun()
    parts[0].append(rows, to: &whole)
    for part in parts.dropFirst() {
      var next = KeyRun()
      part.append(rows, to: &next)
      var joined = KeyRun()
      joined.append(whole, next, seam: KeyReader.seam, rows.span)
      whole = joined
    }
    run = whole
  }
}
