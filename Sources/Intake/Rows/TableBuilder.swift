import RulePacks
import Tables

/// The value of one field of the row in hand, before the row is accepted.
struct StagedCell {
  var state: CellState
  /// Number, millionths, packed date, code or flag; for texts meaningless.
  var number: Int64 = 0
  /// For texts, where they stand.
  var text = CellRange.absent
  /// Whether the text stands in the scratch buffer instead of the row's bytes.
  var isInScratch = false
}

/// The accepted rows of one file, as columns that grow.
struct TableBuilder: Sendable {
  private var columns: [GrowingColumn]
  private(set) var places: [Place] = []

  init(_ plan: RowPlan) {
    columns = plan.kind.fields.indices.map {
      GrowingColumn(plan.kind.fields[$0].type.column, plan.codeNames[$0])
    }
  }

  var count: Int { places.count }

  mutating func append(
    _ cells: [StagedCell], row: Span<UInt8>, scratch: [UInt8], place: Place
  ) {
    for field in cells.indices {
      columns[field].append(cells[field], row, scratch)
    }
    places.append(place)
  }

  mutating func append(_ place: Place) { places.append(place) }

  /// Adds rows of a block, whose places have been added.
  ///
  /// - Parameter scratch: holds the texts that do not stand in `bytes`.
  mutating func append(
    _ staged: [BlockColumn], _ rows: Range<Int>, _ bytes: Span<UInt8>, _ scratch: [UInt8]
  ) {
    for field in columns.indices { columns[field].append(staged[field], rows, bytes, scratch) }
  }

  /// Makes room for so many rows like those so far, so that no column grows by doubling.
  mutating func expect(rows: Int) {
    guard count > 0, rows > count else { return }
    for field in columns.indices { columns[field].reserveCapacity(rows, after: count) }
    places.reserveCapacity(rows)
  }

  func table(precedence: Int) -> RecordTable {
    RecordTable(
      columns: columns.map(\.column), places: places,
      precedences: Array(repeating: Int16(clamping: precedence), count: places.count))
  }
}

/// One column that grows; only the array of its kind is used.
private struct GrowingColumn: Sendable {
  private let kind: ColumnKind
  private let names: [String]
  private var numbers = Integers<Int64>()
  private var small = Integers<Int32>()
  private var flags = Flags()
  private var texts = TextColumn()
  private var presence = Presence()

  init(_ kind: ColumnKind, _ names: [String]) {
    self.kind = kind
    self.names = names
  }

  mutating func reserveCapacity(_ rows: Int, after count: Int) {
    switch kind {
    case .number, .decimal: numbers.reserveCapacity(rows, like: numbers)
    case .day, .code: small.reserveCapacity(rows, like: small)
    case .flag: flags.reserveCapacity(rows, like: flags)
    case .text:
      texts.reserveCapacity(rows, bytes: texts.bytes.count / count * rows)
      return
    }
    presence.reserveCapacity(rows)
  }

  mutating func append(_ cell: StagedCell, _ row: Span<UInt8>, _ scratch: [UInt8]) {
    switch kind {
    case .number, .decimal: numbers.append(cell.number)
    case .day, .code: small.append(Int32(truncatingIfNeeded: cell.number))
    case .flag: flags.append(cell.number != 0)
    case .text:
      guard cell.state == .stated else { return texts.appendAbsent(cell.state) }
      let range = Int(cell.text.start)..<Int(cell.text.end)
      if cell.isInScratch {
        texts.append(scratch.span.extracting(range))
      } else {
        texts.append(row.extracting(range))
      }
      return
    }
    presence.append(cell.state)
  }

  mutating func append(
    _ column: BlockColumn, _ rows: Range<Int>, _ bytes: Span<UInt8>, _ scratch: [UInt8]
  ) {
    let values = column.numbers.span.extracting(rows)
    let states = column.states.span.extracting(rows)
    switch kind {
    case .number, .decimal: numbers.append(truncating: values)
    case .day, .code: small.append(truncating: values)
    case .flag: flags.append(truncating: values)
    case .text:
      guard column.usesScratch else {
        return texts.append(
          from: column.starts.span.extracting(rows), to: column.ends.span.extracting(rows),
          of: bytes, states)
      }
      for row in rows { append(column[row], bytes, scratch) }
      return
    }
    presence.append(contentsOf: states)
  }

  var column: Column {
    switch kind {
    case .number: return .number(Cells(numbers, presence))
    case .decimal: return .decimal(Cells(numbers, presence))
    case .flag: return .flag(Cells(flags, presence))
    case .day: return .day(Cells(small, presence))
    case .code:
      var column = CodeColumn(names: names)
      column.cells = Cells(small, presence)
      return .code(column)
    case .text: return .text(texts)
    }
  }
}
