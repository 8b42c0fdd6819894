import RulePacks
import Tables

/// How the texts of an identity field are compared.
enum Likeness: Sendable {
  /// Identifiers: byte for byte.
  case exact
  /// By matching key.
  case folded
  /// By matching key, without remarks in brackets at the end.
  case name

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
    case .uscc, .registrationNumber, .organizationCode, .residentID: true
    case .text, .name, .int, .decimal, .money, .percent, .flag, .date, .code, .grade, .division:
      false
    }
  }
}

/// One column of a record kind as keys are made of it.
///
/// A class, because a struct of so many references would be copied out of its array for every row.
final class KeyPart: Sendable {
  let column: Column
  let likeness: Likeness
  private let kind: Kind
  private let presence: Presence
  // Apart, because taking them out of the column for every row costs more than a key.
  private let texts: TextColumn
  private let codes: Integers<Int32>
  /// Matching keys of a code column's names.
  private let names: [[UInt8]]

  private enum Kind { case text, code, other }

  init(_ column: Column, _ likeness: Likeness) {
    self.column = column
    self.likeness = likeness
    presence = column.presence
    var (texts, codes, names) = (TextColumn(), Integers<Int32>(), [[UInt8]]())
    switch column {
    case .text(let column):
      kind = .text
      texts = column
    case .code(let column):
      kind = .code
      codes = column.cells.values
      names = column.names.map { Folding.standard.key(of: $0) }
    case .number, .decimal, .flag, .day: kind = .other
    }
    self.texts = texts
    self.codes = codes
    self.names = names
  }

  func isStated(_ row: Int) -> Bool { presence.isStated(row) }

  /// Adds the key of a row, which must be stated.
  func append(_ row: Int, to key: inout [UInt8]) {
    switch kind {
    case .text:
      switch likeness {
      case .exact: key.append(contentsOf: texts.bytes[texts.range(row)])
      case .folded:
        Folding.standard.append(texts.bytes, texts.range(row), asName: false, to: &key)
      case .name:
        Folding.standard.append(texts.bytes, texts.range(row), asName: true, to: &key)
      }
    case .code: key.append(contentsOf: names[Int(codes[row])])
    case .other: key.append(contentsOf: (column.text(row) ?? "").utf8)
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
  func keys(of rows: some Sequence<Int>) -> TextColumn {
    var keys = TextColumn()
    for row in rows {
      // A text of nothing but spaces names nobody.
      keys.append { key in append(row, to: &key) }
    }
    return keys
  }

  /// Adds the key of a row; nothing where it lacks a part.
  func append(_ row: Int, to key: inout [UInt8]) {
    guard isStated(row) else { return }
    for part in parts.indices {
      if part > 0 { key.append(KeyReader.seam) }
      parts[part].append(row, to: &key)
    }
  }

  private func isStated(_ row: Int) -> Bool {
    for part in parts.indices where !parts[part].isStated(row) { return false }
    return true
  }
}
