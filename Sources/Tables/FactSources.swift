/// A column that a fact of single values can come from.
public struct FactSource: Sendable {
  public var column: Column
  /// Which row of the column each subject has, −1 for none; nil is row by row.
  public var rows: [Int32]?
  /// Where the rows stand; empty for derived facts.
  public var places: [Place]

  public init(column: Column, rows: [Int32]?, places: [Place]) {
    self.column = column
    self.rows = rows
    self.places = places
  }

  /// The row of a subject; nil where it has none.
  public func row(of subject: Int) -> Int? {
    guard let rows else { return subject }
    return rows[subject] >= 0 ? Int(rows[subject]) : nil
  }
}

extension Dossiers {
  /// The columns that a fact can come from, most believed first; none for lists, members and what
  /// is the same for all.
  public func sources(subject: Int, fact: Int) -> [FactSource] {
    switch subjects[subject].facts[fact] {
    case .absent, .constant, .list, .members: return []
    case .own(let column): return [FactSource(column: column, rows: nil, places: [])]
    case .chosen(let record, let field, let rows):
      return [
        FactSource(
          column: records[record].columns[field], rows: rows, places: records[record].places)
      ]
    case .firstStated(let slots, let unread):
      return slots.enumerated().flatMap { place, slot in
        let found = sources(subject: subject, fact: slot)
        let open = unread.open(at: place, count: subjects[subject].count)
        return open.map { open in found.map { $0.led(by: open) } } ?? found
      }
    case .reference(let other, let fact, let rows):
      return sources(subject: other, fact: fact).map { $0.led(by: rows) }
    }
  }
}

extension FactSource {
  /// The same column for subjects that `rows` leads to these, −1 to none.
  fileprivate func led(by rows: [Int32]) -> FactSource {
    var led = self
    led.rows = rows.map { row in
      guard row >= 0, let own = self.rows else { return row }
      return own[Int(row)]
    }
    return led
  }
}
