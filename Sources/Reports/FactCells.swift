import Tables

/// One fact of a rubric's subjects, ready to be written as JSON: where its cells stand and the
/// bytes of its codes, looked up once for all subjects.
///
/// A class, because a struct of so many references would be copied out of its array for every cell.
final class FactCells: Sendable {
  /// `"id":`, quoted.
  private let key: [UInt8]
  private let kind: Kind
  private let constant: [UInt8]
  /// The first that states something counts.
  private let sources: [Cells]
  private let list: ListedRows

  private enum Kind: Sendable {
    case cells, constant, list, members
  }

  /// Rows of a list, or of members only where each subject's begin.
  private struct ListedRows: Sendable {
    var offsets: [Int32] = []
    var rows: [Int32] = []
    var places: [Place] = []
    var fields: [ListedField] = []
  }

  private struct ListedField: Sendable {
    var key: [UInt8]
    var column: QuotedColumn
  }

  /// - Parameter fields: for a list, the fields that are written of its rows, with their ids.
  init(
    _ dossiers: Dossiers, subject: Int, fact: Int, id: String, fields: [(index: Int, id: String)]
  ) {
    key = JSON.quoted(id) + [UInt8(ascii: ":")]
    var (constant, sources, listed): ([UInt8], [Cells], ListedRows) = ([], [], ListedRows())
    switch dossiers.subjects[subject].facts[fact] {
    case .constant:
      kind = .constant
      let text =
        dossiers.subjects[subject].count == 0
        ? nil : dossiers.text(subject: subject, fact: fact, row: 0)
      constant = JSON.quoted(text ?? "")
    case .absent, .own, .chosen, .firstStated, .reference:
      kind = .cells
      sources = FactCells.sources(dossiers, subject: subject, fact: fact)
    case .list(let record, let offsets, let rows):
      kind = .list
      let table = dossiers.records[record]
      listed = ListedRows(offsets: offsets, rows: rows, places: table.places)
      listed.fields = fields.map {
        ListedField(
          key: JSON.quoted($0.id) + [UInt8(ascii: ":")],
          column: QuotedColumn(table.columns[$0.index]))
      }
    case .members(_, let offsets, _):
      kind = .members
      listed.offsets = offsets
    }
    self.constant = constant
    self.sources = sources
    list = listed
  }

  /// The columns that a fact of single values can come from, most believed first.
  private static func sources(_ dossiers: Dossiers, subject: Int, fact: Int) -> [Cells] {
    switch dossiers.subjects[subject].facts[fact] {
    case .absent, .constant, .list, .members: return []
    case .own(let column): return [Cells(column: QuotedColumn(column), rows: nil, places: [])]
    case .chosen(let record, let field, let rows):
      let table = dossiers.records[record]
      return [
        Cells(column: QuotedColumn(table.columns[field]), rows: rows, places: table.places)
      ]
    case .firstStated(let slots):
      return slots.flatMap { sources(dossiers, subject: subject, fact: $0) }
    case .reference(let other, let fact, let rows):
      return sources(dossiers, subject: other, fact: fact).map { $0.led(by: rows) }
    }
  }

  /// Writes `"id":{…}` for one subject.
  func append(_ row: Int, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: key)
    bytes.append(UInt8(ascii: "{"))
    switch kind {
    case .constant:
      bytes.append("\"value\":")
      bytes.append(contentsOf: constant)
    case .cells: appendCells(row, to: &bytes)
    case .list: appendList(row, to: &bytes)
    case .members:
      bytes.append("\"count\":")
      bytes.appendDigits(Int(list.offsets[row + 1] - list.offsets[row]))
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private func appendCells(_ row: Int, to bytes: inout [UInt8]) {
    for index in sources.indices where sources[index].append(row, to: &bytes) { return }
    bytes.append("\"value\":null")
    // Which row lacks it.
    if let place = sources.first?.place(row) {
      bytes.append(UInt8(ascii: ","))
      bytes.append(place)
    }
  }

  private func appendList(_ row: Int, to bytes: inout [UInt8]) {
    bytes.append("\"rows\":[")
    for index in Int(list.offsets[row])..<Int(list.offsets[row + 1]) {
      bytes.append(index == Int(list.offsets[row]) ? "{" : ",{")
      bytes.append(list.places[Int(list.rows[index])])
      for field in list.fields.indices {
        bytes.append(UInt8(ascii: ","))
        bytes.append(contentsOf: list.fields[field].key)
        list.fields[field].column.append(Int(list.rows[index]), to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Cells of one column; `rows` leads from subjects to them, nil is row by row. `places` are those
  /// of the record rows, empty for derived facts.
  private final class Cells: Sendable {
    let column: QuotedColumn
    let rows: [Int32]?
    let places: [Place]

    init(column: QuotedColumn, rows: [Int32]?, places: [Place]) {
      self.column = column
      self.rows = rows
      self.places = places
    }

    /// The same cells for subjects that `rows` leads to these.
    func led(by rows: [Int32]) -> Cells {
      let led = rows.map { row in
        guard row >= 0, let own = self.rows else { return row }
        return own[Int(row)]
      }
      return Cells(column: column, rows: led, places: places)
    }

    /// Whether something is stated, which is then written.
    func append(_ row: Int, to bytes: inout [UInt8]) -> Bool {
      let cell = rows == nil ? row : Int(rows?[row] ?? -1)
      guard cell >= 0, column.isStated(cell) else { return false }
      bytes.append("\"value\":")
      column.append(cell, to: &bytes)
      if !places.isEmpty {
        bytes.append(UInt8(ascii: ","))
        bytes.append(places[cell])
      }
      return true
    }

    func place(_ row: Int) -> Place? {
      guard let cell = rows?[row], cell >= 0, !places.isEmpty else { return nil }
      return places[Int(cell)]
    }
  }
}

extension [UInt8] {
  /// The file as its position in the first line's list.
  fileprivate mutating func append(_ place: Place) {
    append("\"file\":")
    appendDigits(Int(place.file))
    append(",\"line\":")
    appendDigits(Int(place.line))
    append(",\"record\":")
    appendDigits(Int(place.record))
  }
}
