/// One field of many rows, typed; every kind has one entry a row, also where nothing is stated.
public enum Column: Sendable, Equatable {
  /// Whole numbers.
  case number(Cells<Int64>)
  /// Exact decimals, in millionths (`Exact`).
  case decimal(Cells<Int64>)
  case flag(Cells<Bool>)
  /// Dates, packed as in `PartialDate`.
  case day(Cells<Int32>)
  case code(CodeColumn)
  case text(TextColumn)
}

/// Values of one kind with the state of each cell.
public struct Cells<Element: CellElement>: Sendable, Equatable {
  /// One a row; meaningless where the cell is not stated.
  public var values = Element.Store()
  public var presence = Presence()

  @inlinable public init() {}

  /// All cells stated.
  @inlinable public init(_ values: [Element]) {
    self.values = Element.Store(values)
    presence = Presence(repeating: .stated, count: values.count)
  }

  @inlinable public init(_ values: Element.Store, _ presence: Presence) {
    self.values = values
    self.presence = presence
  }

  /// The same cell for all rows.
  @inlinable public init(repeating value: Element, _ state: CellState, count: Int) {
    values = Element.Store(repeating: value, count: count)
    presence = Presence(repeating: state, count: count)
  }

  @inlinable
  public mutating func append(_ value: Element, _ state: CellState = .stated) {
    values.append(value)
    presence.append(state)
  }

  /// Adds many cells; of each number only the bits that an element has are kept, and it is 0 where
  /// nothing is stated.
  public mutating func append(truncating numbers: Span<Int64>, _ states: Span<CellState>) {
    values.append(truncating: numbers)
    presence.append(contentsOf: states)
  }

  /// Makes room for so many rows of other cells.
  @inlinable public mutating func reserveCapacity(_ rows: Int, like other: Cells) {
    values.reserveCapacity(rows, like: other.values)
    presence.reserveCapacity(rows)
  }

  @inlinable
  public mutating func append(contentsOf other: Cells) {
    values.append(contentsOf: other.values)
    presence.append(contentsOf: other.presence)
  }
}

/// Codes of one table: a number a row into the names, which all rows share.
public struct CodeColumn: Sendable, Equatable {
  /// Index into `names`; meaningless where the cell is not stated.
  public var cells = Cells<Int32>()
  public var names: [String]

  public init(names: [String]) { self.names = names }
}

/// The kinds of a column, for making an empty one.
public enum ColumnKind: Sendable, Hashable {
  case number, decimal, flag, day, code, text
}

extension Column {
  /// An empty column; of a code column `names` are the codes.
  public init(_ kind: ColumnKind, names: [String] = []) {
    switch kind {
    case .number: self = .number(Cells())
    case .decimal: self = .decimal(Cells())
    case .flag: self = .flag(Cells())
    case .day: self = .day(Cells())
    case .code: self = .code(CodeColumn(names: names))
    case .text: self = .text(TextColumn())
    }
  }

  public var count: Int {
    switch self {
    case .number(let cells), .decimal(let cells): cells.values.count
    case .flag(let cells): cells.values.count
    case .day(let cells): cells.values.count
    case .code(let column): column.cells.values.count
    case .text(let column): column.count
    }
  }

  public var presence: Presence {
    switch self {
    case .number(let cells), .decimal(let cells): cells.presence
    case .flag(let cells): cells.presence
    case .day(let cells): cells.presence
    case .code(let column): column.cells.presence
    case .text(let column): column.presence
    }
  }

  /// Adds a row that states nothing.
  public mutating func appendAbsent(_ state: CellState) {
    switch self {
    case .number(var cells):
      self = .flag(Cells())
      cells.append(0, state)
      self = .number(cells)
    case .decimal(var cells):
      self = .flag(Cells())
      cells.append(0, state)
      self = .decimal(cells)
    case .flag(var cells):
      self = .number(Cells())
      cells.append(false, state)
      self = .flag(cells)
    case .day(var cells):
      self = .flag(Cells())
      cells.append(0, state)
      self = .day(cells)
    case .code(var column):
      self = .flag(Cells())
      column.cells.append(0, state)
      self = .code(column)
    case .text(var column):
      self = .flag(Cells())
      column.appendAbsent(state)
      self = .text(column)
    }
  }

  /// Adds the rows of a column of the same kind (and, for codes, the same names).
  public mutating func append(contentsOf other: Column) {
    // The payload is taken out before it grows, so that it has one owner and is not copied.
    let mine = self
    self = .flag(Cells())
    switch (consume mine, other) {
    case (.number(var cells), .number(let more)):
      cells.append(contentsOf: more)
      self = .number(cells)
    case (.decimal(var cells), .decimal(let more)):
      cells.append(contentsOf: more)
      self = .decimal(cells)
    case (.flag(var cells), .flag(let more)):
      cells.append(contentsOf: more)
      self = .flag(cells)
    case (.day(var cells), .day(let more)):
      cells.append(contentsOf: more)
      self = .day(cells)
    case (.code(var column), .code(let more)):
      precondition(column.names == more.names, "code columns of different tables")
      column.cells.append(contentsOf: more.cells)
      self = .code(column)
    case (.text(var column), .text(let more)):
      column.append(contentsOf: more)
      self = .text(column)
    case (.number, _), (.decimal, _), (.flag, _), (.day, _), (.code, _), (.text, _):
      preconditionFailure("columns of different kinds")
    }
  }

  /// Columns of the same kind (and, for codes, the same names) laid end to end.
  public static func joined(_ parts: [Column]) -> Column? {
    guard var whole = parts.first else { return nil }
    let rows = parts.reduce(0) { $0 + $1.count }
    let bytes = parts.reduce(0) { $0 + $1.textBytes }
    for part in parts { whole.reserveCapacity(rows, bytes: bytes, like: part) }
    for part in parts.dropFirst() { whole.append(contentsOf: part) }
    return whole
  }

  /// About how many bytes its cells take.
  public var footprint: Int {
    switch self {
    case .number(let cells), .decimal(let cells): cells.values.footprint
    case .flag(let cells): cells.values.count
    case .day(let cells): cells.values.footprint
    case .code(let column): column.cells.values.footprint
    case .text(let column): column.bytes.count + 4 * column.count
    }
  }

  private var textBytes: Int {
    guard case .text(let column) = self else { return 0 }
    return column.bytes.count
  }

  private mutating func reserveCapacity(_ rows: Int, bytes: Int, like other: Column) {
    let mine = self
    self = .flag(Cells())
    switch (consume mine, other) {
    case (.number(var cells), .number(let like)):
      cells.reserveCapacity(rows, like: like)
      self = .number(cells)
    case (.decimal(var cells), .decimal(let like)):
      cells.reserveCapacity(rows, like: like)
      self = .decimal(cells)
    case (.flag(var cells), .flag(let like)):
      cells.reserveCapacity(rows, like: like)
      self = .flag(cells)
    case (.day(var cells), .day(let like)):
      cells.reserveCapacity(rows, like: like)
      self = .day(cells)
    case (.code(var column), .code(let like)):
      column.cells.reserveCapacity(rows, like: like.cells)
      self = .code(column)
    case (.text(var column), .text):
      column.reserveCapacity(rows, bytes: bytes)
      self = .text(column)
    case (.number, _), (.decimal, _), (.flag, _), (.day, _), (.code, _), (.text, _):
      preconditionFailure("columns of different kinds")
    }
  }

  /// A cell as people write it: `12`, `0.5`, `true`, `2018-11-06`, a code, a text; nil where
  /// nothing is stated.
  public func text(_ row: Int) -> String? {
    guard presence.isStated(row) else { return nil }
    switch self {
    case .number(let cells): return String(cells.values[row])
    case .decimal(let cells): return Exact(millionths: cells.values[row]).description
    case .flag(let cells): return cells.values[row] ? "true" : "false"
    case .day(let cells): return PartialDate(packed: cells.values[row]).description
    case .code(let column): return column.names[Int(column.cells.values[row])]
    case .text(let column): return column[row]
    }
  }
}

extension Column {
  /// One row's cell so many times.
  public func repeating(_ row: Int, _ count: Int) -> Column {
    switch self {
    case .number(let cells): return .number(cells.repeating(row, count))
    case .decimal(let cells): return .decimal(cells.repeating(row, count))
    case .flag(let cells): return .flag(cells.repeating(row, count))
    case .day(let cells): return .day(cells.repeating(row, count))
    case .code(var column):
      column.cells = column.cells.repeating(row, count)
      return .code(column)
    case .text(let column):
      var texts = TextColumn()
      for _ in 0..<count {
        if let text = self.text(row) {
          texts.append(text)
        } else {
          texts.appendAbsent(column.presence[row])
        }
      }
      return .text(texts)
    }
  }
}

extension Cells {
  fileprivate func repeating(_ row: Int, _ count: Int) -> Cells {
    var cells = Cells()
    for _ in 0..<count { cells.append(values[row], presence[row]) }
    return cells
  }
}
