import Tables

/// One fact of a rubric's subjects, ready to be written as JSON: where its cells stand and the
/// bytes of its codes, looked up once for all subjects.
struct FactCells: Sendable {
  /// `"id":`, quoted.
  let key: [UInt8]
  private let source: Source

  private indirect enum Source: Sendable {
    case nothing
    case constant([UInt8])
    /// Cells of a column; `rows` leads from subjects to them, nil is row by row. `places` are
    /// those of the record rows, empty for derived facts.
    case cells(QuotedColumn, rows: [Int32]?, places: [Place])
    case firstStated([Source])
    case through(rows: [Int32], Source)
    case list(offsets: [Int32], rows: [Int32], places: [Place], fields: [ListedField])
    case members(offsets: [Int32])
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
    source = FactCells.source(dossiers, subject: subject, fact: fact, fields: fields)
  }

  private static func source(
    _ dossiers: Dossiers, subject: Int, fact: Int, fields: [(index: Int, id: String)]
  ) -> Source {
    switch dossiers.subjects[subject].facts[fact] {
    case .absent: return .nothing
    case .constant:
      return .constant(
        JSON.quoted(dossiers.text(subject: subject, fact: fact, row: 0) ?? ""))
    case .own(let column): return .cells(QuotedColumn(column), rows: nil, places: [])
    case .chosen(let record, let field, let rows):
      let table = dossiers.records[record]
      return .cells(QuotedColumn(table.columns[field]), rows: rows, places: table.places)
    case .firstStated(let slots):
      return .firstStated(
        slots.map { source(dossiers, subject: subject, fact: $0, fields: fields) })
    case .reference(let other, let fact, let rows):
      return .through(rows: rows, source(dossiers, subject: other, fact: fact, fields: fields))
    case .list(let record, let offsets, let rows):
      let table = dossiers.records[record]
      return .list(
        offsets: offsets, rows: rows, places: table.places,
        fields: fields.map {
          ListedField(
            key: JSON.quoted($0.id) + [UInt8(ascii: ":")],
            column: QuotedColumn(table.columns[$0.index]))
        })
    case .members(_, let offsets, _): return .members(offsets: offsets)
    }
  }

  /// Writes `"id":{…}` for one subject.
  func append(_ row: Int, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: key)
    bytes.append(UInt8(ascii: "{"))
    if !FactCells.append(source, row, to: &bytes) {
      bytes.append("\"value\":null")
      // Which row lacks it.
      if case .cells(_, let rows?, let places) = source, rows[row] >= 0, !places.isEmpty {
        bytes.append(UInt8(ascii: ","))
        FactCells.append(places[Int(rows[row])], to: &bytes)
      }
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Whether something is stated, which is then written.
  private static func append(_ source: Source, _ row: Int, to bytes: inout [UInt8]) -> Bool {
    switch source {
    case .nothing: return false
    case .constant(let text):
      bytes.append("\"value\":")
      bytes.append(contentsOf: text)
      return true
    case .cells(let column, let rows, let places):
      let cell = rows.map { Int($0[row]) } ?? row
      guard cell >= 0, column.isStated(cell) else { return false }
      bytes.append("\"value\":")
      column.append(cell, to: &bytes)
      if !places.isEmpty {
        bytes.append(UInt8(ascii: ","))
        append(places[cell], to: &bytes)
      }
      return true
    case .firstStated(let sources): return sources.contains { append($0, row, to: &bytes) }
    case .through(let rows, let source):
      return rows[row] >= 0 && append(source, Int(rows[row]), to: &bytes)
    case .list(let offsets, let rows, let places, let fields):
      bytes.append("\"rows\":[")
      for index in Int(offsets[row])..<Int(offsets[row + 1]) {
        bytes.append(index == Int(offsets[row]) ? "{" : ",{")
        append(places[Int(rows[index])], to: &bytes)
        for field in fields {
          bytes.append(UInt8(ascii: ","))
          bytes.append(contentsOf: field.key)
          field.column.append(Int(rows[index]), to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
      }
      bytes.append(UInt8(ascii: "]"))
      return true
    case .members(let offsets):
      bytes.append("\"count\":")
      bytes.appendDigits(Int(offsets[row + 1] - offsets[row]))
      return true
    }
  }

  /// The file as its position in the first line's list.
  private static func append(_ place: Place, to bytes: inout [UInt8]) {
    bytes.append("\"file\":")
    bytes.appendDigits(Int(place.file))
    bytes.append(",\"line\":")
    bytes.appendDigits(Int(place.line))
    bytes.append(",\"record\":")
    bytes.appendDigits(Int(place.record))
  }
}

/// A column whose cells are written as JSON strings without making a String of each.
struct QuotedColumn: Sendable {
  private let column: Column
  private let presence: Presence
  /// The codes, quoted.
  private let names: [[UInt8]]

  init(_ column: Column) {
    self.column = column
    presence = column.presence
    if case .code(let codes) = column { names = codes.names.map(JSON.quoted) } else { names = [] }
  }

  func isStated(_ cell: Int) -> Bool { presence.isStated(cell) }

  /// The cell as `Column.text` writes it, quoted; `null` where nothing is stated.
  func append(_ cell: Int, to bytes: inout [UInt8]) {
    guard presence.isStated(cell) else { return bytes.append("null") }
    switch column {
    case .code(let codes): bytes.append(contentsOf: names[Int(codes.cells.values[cell])])
    case .text(let texts): JSON.quote(texts.bytes[texts.range(cell)], to: &bytes)
    case .flag(let cells): bytes.append(cells.values[cell] ? "\"true\"" : "\"false\"")
    case .number(let cells):
      bytes.append(UInt8(ascii: "\""))
      bytes.appendDigits(Int(cells.values[cell]))
      bytes.append(UInt8(ascii: "\""))
    case .decimal, .day: bytes.append(contentsOf: JSON.quoted(column.text(cell) ?? ""))
    }
  }
}
