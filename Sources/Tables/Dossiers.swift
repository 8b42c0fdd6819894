/// All facts of all subjects: which record rows each subject has, and what was derived from them.
///
/// Facts are columns over subjects, in the order of the subject kind's schema; those that come
/// from records are not copied, they name the row they stand in.
public struct Dossiers: Sendable {
  /// One a record kind, in the order of the pack.
  public var records: [RecordTable]
  /// One a subject kind, in the order of the pack.
  public var subjects: [SubjectTable]

  public init(records: [RecordTable], subjects: [SubjectTable]) {
    self.records = records
    self.subjects = subjects
  }
}

/// The subjects of one kind, in order of their ids.
public struct SubjectTable: Sendable {
  /// Ids as reports show them; ascending by bytes.
  public var ids: TextColumn
  /// One a fact of the schema.
  public var facts: [FactColumn]
  /// Slots of lists that say nothing about a subject without rows: unknown there, not empty.
  public var unknownWhenEmpty: Set<Int>

  public init(ids: TextColumn, facts: [FactColumn], unknownWhenEmpty: Set<Int> = []) {
    self.ids = ids
    self.facts = facts
    self.unknownWhenEmpty = unknownWhenEmpty
  }

  public var count: Int { ids.count }
}

/// Where the values of one fact stand.
public enum FactColumn: Sendable {
  /// Nothing was delivered or derived: unknown for all.
  case absent
  /// The same for all.
  case constant(Value)
  /// A value a subject.
  case own(Column)
  /// A field of a record row; `rows` has one entry a subject, −1 where it has no such record.
  case chosen(record: Int, field: Int, rows: [Int32])
  /// The first that is stated of several facts of the same subject, by slot; none where one before
  /// it was delivered and could not be read.
  case firstStated([Int], unread: UnreadSources = UnreadSources())
  /// A fact of the subject that this one belongs to; −1 where it belongs to none.
  case reference(subject: Int, fact: Int, rows: [Int32])
  /// Rows of a record kind: those of subject `i` are `rows[offsets[i]..<offsets[i + 1]]`.
  case list(record: Int, offsets: [Int32], rows: [Int32])
  /// Subjects of another kind that belong to this one, likewise.
  case members(subject: Int, offsets: [Int32], rows: [Int32])
}

/// The record row that a value was taken from.
public struct Provenance: Sendable, Hashable {
  public var record: Int
  public var field: Int
  public var row: Int

  public init(record: Int, field: Int, row: Int) {
    self.record = record
    self.field = field
    self.row = row
  }
}

extension Dossiers {
  /// The record row behind a fact of one subject; nil for derived facts and lists, and where
  /// nothing is stated.
  public func provenance(subject: Int, fact: Int, row: Int) -> Provenance? {
    switch subjects[subject].facts[fact] {
    case .absent, .constant, .own, .list, .members: return nil
    case .chosen(let record, let field, let rows):
      guard rows[row] >= 0 else { return nil }
      return Provenance(record: record, field: field, row: Int(rows[row]))
    case .firstStated(let slots, let unread):
      guard unread.place(of: row) == nil else { return nil }
      for slot in slots where isStated(subject: subject, fact: slot, row: row) {
        return provenance(subject: subject, fact: slot, row: row)
      }
      return nil
    case .reference(let other, let fact, let rows):
      guard rows[row] >= 0 else { return nil }
      return provenance(subject: other, fact: fact, row: Int(rows[row]))
    }
  }

  /// Whether a fact of one subject has a value.
  public func isStated(subject: Int, fact: Int, row: Int) -> Bool {
    switch subjects[subject].facts[fact] {
    case .absent: false
    case .constant, .members: true
    case .list(_, let offsets, _):
      offsets[row] < offsets[row + 1] || !subjects[subject].unknownWhenEmpty.contains(fact)
    case .own(let column): column.presence.isStated(row)
    case .chosen(let record, let field, let rows):
      rows[row] >= 0 && records[record].columns[field].presence.isStated(Int(rows[row]))
    case .firstStated(let slots, let unread):
      unread.place(of: row) == nil
        && slots.contains { isStated(subject: subject, fact: $0, row: row) }
    case .reference(let other, let fact, let rows):
      rows[row] >= 0 && isStated(subject: other, fact: fact, row: Int(rows[row]))
    }
  }

  /// A fact of one subject as text; nil for lists and where nothing is stated.
  public func text(subject: Int, fact: Int, row: Int) -> String? {
    switch subjects[subject].facts[fact] {
    case .absent, .list, .members: return nil
    case .constant(.date(let date)): return date.description
    case .constant(.string(let text)): return text
    case .constant: return nil
    case .own(let column): return column.text(row)
    case .chosen(let record, let field, let rows):
      return rows[row] < 0 ? nil : records[record].columns[field].text(Int(rows[row]))
    case .firstStated(let slots, let unread):
      guard unread.place(of: row) == nil else { return nil }
      for slot in slots where isStated(subject: subject, fact: slot, row: row) {
        return text(subject: subject, fact: slot, row: row)
      }
      return nil
    case .reference(let other, let fact, let rows):
      return rows[row] < 0 ? nil : text(subject: other, fact: fact, row: Int(rows[row]))
    }
  }
}
