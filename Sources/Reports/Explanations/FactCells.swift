import Tables

/// How the facts of a subject are written as JSON.
enum CellShape: Sendable {
  /// `"id":{"value":…,"file":…,"line":…,"record":…,"raw":…}`, `"id":{"rows":[{…}]}` and
  /// `"id":{"count":…}`, to be put into an object.
  case named
  /// `[value,file,line,record,raw]` as far as there is more to say, `[[file,line,record,values…]]`
  /// with an object of what was delivered behind the values where they are other texts, and a mere
  /// number. Whoever reads it knows the facts and their order.
  case bare
}

/// One fact of a rubric's subjects, ready to be written as JSON: where its cells stand and the
/// bytes of its codes, looked up once for all subjects.
///
/// Written for many subjects at a time, so that columns are taken in hand once for all of them.
struct FactCells: Sendable {
  /// `"id":`, quoted; empty where facts are bare.
  private let key: [UInt8]
  /// What stands before a value, behind the key.
  private let opening: [UInt8]
  private let shape: CellShape
  private let source: Source

  private enum Source: Sendable {
    /// The first column that states something counts.
    case cells([FactColumn])
    /// Quoted.
    case constant([UInt8])
    case list(ListedRows)
    /// Where the members of each subject begin.
    case members([Int32])
  }

  /// - Parameters:
  ///   - fields: for a list, the fields that are written of its rows, with their ids.
  ///   - showsDelivered: whether the delivered text stands beside a value that is another, as far
  ///     as it was kept.
  init(
    _ dossiers: Dossiers, subject: Int, fact: Int, id: String, fields: [(index: Int, id: String)],
    showsDelivered: Bool = false, shape: CellShape = .named
  ) {
    self.shape = shape
    switch shape {
    case .named:
      key = JSON.quoted(id) + [UInt8(ascii: ":")]
      opening = key + Array("{\"value\":".utf8)
    case .bare:
      key = []
      opening = [UInt8(ascii: "[")]
    }
    switch dossiers.subjects[subject].facts[fact] {
    case .constant:
      let text =
        dossiers.subjects[subject].count == 0
        ? nil : dossiers.text(subject: subject, fact: fact, row: 0)
      source = .constant(JSON.quoted(text ?? ""))
    case .absent, .own, .chosen, .firstStated, .reference:
      source = .cells(
        FactCells.columns(dossiers, subject: subject, fact: fact, showsDelivered))
    case .list(let record, let offsets, let rows):
      let table = dossiers.records[record]
      source = .list(
        ListedRows(
          shape: shape, offsets: offsets, rows: rows, places: table.places,
          keys: TextBuffer(fields.map { JSON.quoted($0.id) + [UInt8(ascii: ":")] }),
          columns: fields.map {
            ListedColumn(
              QuotedColumn(table.columns[$0.index]),
              showsDelivered ? DeliveredColumn(table, $0.index) : nil)
          }))
    case .members(_, let offsets, _): source = .members(offsets)
    }
  }

  /// The columns that a fact of single values can come from, most believed first.
  private static func columns(
    _ dossiers: Dossiers, subject: Int, fact: Int, _ showsDelivered: Bool
  ) -> [FactColumn] {
    switch dossiers.subjects[subject].facts[fact] {
    case .absent, .constant, .list, .members: return []
    case .own(let column):
      return [FactColumn(column: QuotedColumn(column), rows: nil, places: [])]
    case .chosen(let record, let field, let rows):
      let table = dossiers.records[record]
      return [
        FactColumn(
          column: QuotedColumn(table.columns[field]), rows: rows, places: table.places,
          delivered: showsDelivered ? DeliveredColumn(table, field) : nil)
      ]
    case .firstStated(let slots, let unread):
      return slots.enumerated().flatMap { place, slot in
        let found = columns(dossiers, subject: subject, fact: slot, showsDelivered)
        let open = unread.open(at: place, count: dossiers.subjects[subject].count)
        return open.map { open in found.map { $0.led(by: open) } } ?? found
      }
    case .reference(let other, let fact, let rows):
      return columns(dossiers, subject: other, fact: fact, showsDelivered)
        .map { $0.led(by: rows) }
    }
  }

  /// Adds `"id":{…}` for each of some subjects.
  func append(_ rows: [Int32], to pieces: inout TextBuffer) {
    switch source {
    case .cells(let columns): append(columns, of: rows, to: &pieces)
    case .constant(let text):
      for _ in rows {
        pieces.append(upTo: opening.count + text.count + 1) { output in
          output.put(opening.span)
          output.put(text.span)
          output.append(shape.closing)
        }
      }
    case .list(let list):
      for row in rows {
        pieces.append(upTo: key.count + list.most(of: Int(row))) { output in
          output.put(key.span)
          list.write(Int(row), to: &output)
        }
      }
    case .members(let offsets):
      for row in rows {
        pieces.append(upTo: key.count + 32) { output in
          output.put(key.span)
          if shape == .named { output.put("{\"count\":") }
          output.putDigits(Int(offsets[Int(row) + 1] - offsets[Int(row)]))
          if shape == .named { output.append(UInt8(ascii: "}")) }
        }
      }
    }
  }

  private func append(_ columns: [FactColumn], of rows: [Int32], to pieces: inout TextBuffer) {
    // For each subject the column that states something, and where; most believed first.
    var owners = [Int](repeating: columns.count, count: rows.count)
    var cells = [Int](repeating: -1, count: rows.count)
    for owner in columns.indices {
      if owner > 0, !owners.contains(columns.count) { break }
      columns[owner].find(rows, owner, none: columns.count, &owners, &cells)
    }
    let first = pieces.setAside(rows.count)
    for owner in columns.indices where owners.contains(owner) {
      columns[owner].write(
        cells, of: owners, owner, opening: opening, shape, to: &pieces, from: first)
    }
    guard owners.contains(columns.count) else { return }
    var most = rows.count * (opening.count + 6 + Place.most)
    for index in rows.indices where owners[index] == columns.count {
      most += lacking(columns, Int(rows[index]))?.mostDelivered(of: Int(rows[index])) ?? 0
    }
    pieces.fill(upTo: most) { output, bounds, start in
      for index in rows.indices where owners[index] == columns.count {
        bounds[2 * (first + index)] = start + output.count
        output.put(opening.span)
        output.put("null")
        // Which row lacks it.
        let column = lacking(columns, Int(rows[index]))
        if let place = column?.place(Int(rows[index])) {
          output.append(UInt8(ascii: ","))
          output.put(place, shape)
          column?.writeDelivered(Int(rows[index]), shape, to: &output)
        }
        output.append(shape.closing)
        bounds[2 * (first + index) + 1] = start + output.count
      }
    }
  }
}

/// The column to be shown of a subject for which none states anything: the first in which something
/// was delivered, else the most believed.
private func lacking(_ columns: [FactColumn], _ row: Int) -> FactColumn? {
  columns.first { $0.mostDelivered(of: row) > 0 } ?? columns.first
}

/// Facts of some subjects: fact after fact, in each subject after subject.
func factCells(_ facts: [FactCells], _ rows: [Int32]) -> TextBuffer {
  var pieces = TextBuffer()
  for fact in facts { fact.append(rows, to: &pieces) }
  return pieces
}

/// Cells of one column; `rows` leads from subjects to them, nil is row by row. `places` are those
/// of the record rows, empty for derived facts.
///
/// A class, because a struct of so many references would be copied out of its array at every use.
private final class FactColumn: Sendable {
  private let column: QuotedColumn
  private let rows: [Int32]?
  private let places: [Place]
  private let delivered: DeliveredColumn?

  init(
    column: QuotedColumn, rows: [Int32]?, places: [Place], delivered: DeliveredColumn? = nil
  ) {
    self.column = column
    self.rows = rows
    self.places = places
    self.delivered = delivered
  }

  /// The same cells for subjects that `rows` leads to these.
  func led(by rows: [Int32]) -> FactColumn {
    let led = rows.map { row in
      guard row >= 0, let own = self.rows else { return row }
      return own[Int(row)]
    }
    return FactColumn(column: column, rows: led, places: places, delivered: delivered)
  }

  /// Assigns each subject without an owner to this column if the column has a value for it.
  func find(
    _ subjects: [Int32], _ owner: Int, none: Int, _ owners: inout [Int], _ cells: inout [Int]
  ) {
    let presence = column.presence
    for index in subjects.indices where owners[index] == none {
      let cell = rows.map { Int($0[Int(subjects[index])]) } ?? Int(subjects[index])
      guard cell >= 0, presence.isStated(cell) else { continue }
      (owners[index], cells[index]) = (owner, cell)
    }
  }

  /// Writes what it states of the subjects that are its own.
  func write(
    _ cells: [Int], of owners: [Int], _ owner: Int, opening: [UInt8], _ shape: CellShape,
    to pieces: inout TextBuffer, from first: Int
  ) {
    let (column, places, delivered) = (column, places, delivered?.texts)
    var most = 0
    for index in cells.indices where owners[index] == owner {
      most += opening.count + 2 + column.most(of: cells[index]) + Place.most
      if let delivered { most += delivered.most(of: cells[index]) }
    }
    pieces.fill(upTo: most) { output, bounds, start in
      for index in cells.indices where owners[index] == owner {
        let cell = cells[index]
        bounds[2 * (first + index)] = start + output.count
        output.put(opening.span)
        let value = output.count
        column.write(cell, to: &output)
        let end = output.count
        if !places.isEmpty {
          output.append(UInt8(ascii: ","))
          output.put(places[cell], shape)
        }
        if let delivered, output.isDelivered(delivered, cell, otherThan: value..<end) {
          output.putDelivered(delivered, cell, shape)
        }
        output.append(shape.closing)
        bounds[2 * (first + index) + 1] = start + output.count
      }
    }
  }

  func place(_ row: Int) -> Place? {
    guard let cell = rows?[row], cell >= 0, !places.isEmpty else { return nil }
    return places[Int(cell)]
  }

  /// The bytes that `writeDelivered` needs at most.
  func mostDelivered(of row: Int) -> Int {
    guard let delivered, let cell = rows?[row], cell >= 0,
      !delivered.texts.range(Int(cell)).isEmpty
    else { return 0 }
    return delivered.texts.most(of: Int(cell))
  }

  /// Writes what was delivered where it states nothing.
  func writeDelivered(_ row: Int, _ shape: CellShape, to output: inout OutputSpan<UInt8>) {
    guard let delivered, let cell = rows?[row], cell >= 0,
      !delivered.texts.range(Int(cell)).isEmpty
    else { return }
    output.putDelivered(delivered.texts, Int(cell), shape)
  }
}
