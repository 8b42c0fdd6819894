/// Where a cell's text stands in the bytes of its row, or of the rows around it.
struct CellRange: Sendable, Equatable {
  /// −1 where nothing stands.
  var start: Int32
  var end: Int32

  static let absent = CellRange(start: -1, end: -1)

  var isEmpty: Bool { start >= end }

  var bounds: Range<Int> { Int(start)..<Int(end) }
}

/// Finds rows and cells in text with separators (RFC 4180), piece by piece.
///
/// A row is given only when its end has been seen, so the pieces may be cut anywhere. Cells are
/// ranges of `window`. The delivered bytes there are never written to: what cells hold without
/// their quotes is appended behind them and leaves with the piece. Means the same as `CSVTwin`,
/// which is its test.
struct CSVScanner {
  enum Step: Equatable {
    case row
    /// The window ends within the row.
    case needsMore
    case end
    /// The last row ends within quotes that were opened on this line.
    case unclosedQuote(line: Int)
  }

  /// Cells that a row has at most; further ones are counted, not kept.
  static let mostCells = 10_000

  let dialect: CSVDialect
  var window: [UInt8] = []
  /// Bytes at the window's end that were not delivered: texts of cells without their quotes.
  private var asideCount = 0
  /// Where the next row begins in `window`, and its line.
  private(set) var position = 0
  private(set) var line = 1
  var cells: [CellRange] = []
  /// Also those beyond `mostCells`.
  var cellCount = 0
  var rowLine = 1
  /// The first cell with text behind its closing quote, or −1.
  var strayCell = -1
  /// That cell as it was delivered.
  var strayText = CellRange.absent
  /// The first cell that does not begin with a quote and holds one, or −1.
  var quoteCell = -1
  /// The first cell that goes on in another line, or −1; where it begins; and where its row does.
  var longCell = -1
  private(set) var longCellStart = 0
  private(set) var rowStart = 0
  /// Cells whose texts do not stand in the window as they are.
  private var written: [WrittenCell] = []
  /// Line breaks within the row in hand.
  private var breaks = 0

  /// A cell as it was delivered: what stands within quotes and behind them, or an unquoted text
  /// with escapes.
  private struct WrittenCell {
    var cell: Int
    var content: Range<Int>
    var end: Int
    var isQuoted: Bool
  }

  init(_ dialect: CSVDialect) { self.dialect = dialect }

  init(separator: UInt8) { self.init(CSVDialect(separator: separator)) }

  /// Where the delivered bytes of the window end.
  var end: Int { window.count - asideCount }

  /// The line on which the row in hand ends.
  var lastLine: Int { rowLine + breaks }

  /// Forgets the rows that were read, but for some texts, which from then on stand at the
  /// beginning of the window.
  mutating func discardRead(keeping texts: inout [CellRange]) {
    position = discard(&window, upTo: position, keeping: &texts)
    window.removeLast(asideCount)
    asideCount = 0
  }

  /// Finds the next row.
  ///
  /// - Parameter isLast: whether the text ends with the window.
  mutating func next(isLast: Bool) -> Step {
    let end = end
    guard position < end else { return isLast ? .end : .needsMore }
    beginRow()
    var index = position
    while true {
      let start = index
      if index < end, window[index] == dialect.quote {
        let opened = line + breaks
        index = quotedCell(from: index, end, isLast: isLast)
        guard index >= 0 else { return isLast ? .unclosedQuote(line: opened) : .needsMore }
      } else if cells.count < CSVScanner.mostCells {
        let run = append(plainCellsOf: window, upTo: end, from: index, dialect, to: &cells)
        cellCount = cells.count
        index = run.end
        if run.isCell { continue }
      } else {
        index = cellEnd(window.span.extracting(0..<end), index, dialect)
        keep(start, index)
      }
      if index < end, !dialect.ends(window[index]) {
        let opened = line + breaks
        index = markedCell(from: start, at: index, end, isLast: isLast)
        guard index >= 0 else { return isLast ? .unclosedQuote(line: opened) : .needsMore }
      }
      guard index < end else {
        guard isLast else { return .needsMore }
        break
      }
      if window[index] == dialect.separator {
        index += 1
        continue
      }
      guard window[index] != 0x0D || index + 1 < end || isLast else { return .needsMore }
      index = lineEnd(window.span.extracting(0..<end), index)
      line += 1
      break
    }
    rowStart = position
    position = index
    for cell in written { write(cell) }
    line += breaks
    return .row
  }

  private mutating func beginRow() {
    cells.removeAll(keepingCapacity: true)
    written.removeAll(keepingCapacity: true)
    cellCount = 0
    breaks = 0
    strayCell = -1
    quoteCell = -1
    longCell = -1
    rowLine = line
  }

  /// Reads the line that follows the first one of the row in hand as a row of its own.
  mutating func goBackToSecondLine() {
    guard longCell >= 0 else { return }
    var index = rowStart
    var passed = 0
    while index < position {
      guard window[index] == 0x0A || window[index] == 0x0D else {
        index += 1
        continue
      }
      let isWithin = index > longCellStart
      index = lineEnd(window.span, index)
      passed += 1
      if isWithin { break }
    }
    position = index
    line = rowLine + passed
    breaks = 0
  }

  /// The lines of the row in hand, without what ends them.
  func lines() -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = rowStart
    var index = start
    while index < position {
      guard window[index] == 0x0A || window[index] == 0x0D else {
        index += 1
        continue
      }
      lines.append(start..<index)
      index = lineEnd(window.span.extracting(0..<position), index)
      start = index
    }
    if start < position { lines.append(start..<position) }
    return lines
  }

  // MARK: - Rows of elsewhere

  /// Lets a cell of the row in hand be a text that stands elsewhere in the window.
  mutating func replace(_ cell: Int, with range: CellRange) { cells[cell] = range }

  /// Begins a row that does not stand in text with separators, such as one of a sheet; some texts
  /// of the rows before stay.
  mutating func beginRow(line: Int, keeping texts: inout [CellRange]) {
    position = discard(&window, upTo: window.count, keeping: &texts)
    asideCount = 0
    cells.removeAll(keepingCapacity: true)
    cellCount = 0
    rowLine = line
  }

  /// Adds a cell to such a row, empty ones before it.
  mutating func add(_ text: some Sequence<UInt8>, at column: Int) {
    pad(to: column)
    window.append(contentsOf: text)
    keep(position, window.count)
    position = window.count
  }

  /// Adds empty cells until such a row has so many.
  mutating func pad(to count: Int) {
    while cellCount < count { keep(position, position) }
  }

  /// Adds a text that was not delivered at this place.
  mutating func setAside(_ text: some Sequence<UInt8>) -> CellRange {
    let start = window.count
    window.append(contentsOf: text)
    asideCount += window.count - start
    return range(start, window.count)
  }

  // MARK: - Cells

  private func range(_ start: Int, _ end: Int) -> CellRange {
    // Safe: a window is far below 2 GB, see `CSVReading.mostRowBytes`.
    CellRange(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end))
  }

  private mutating func keep(_ start: Int, _ end: Int) {
    cellCount += 1
    if cellCount <= CSVScanner.mostCells { cells.append(range(start, end)) }
  }

  /// Reads a cell that begins with a quote.
  ///
  /// - Returns: where it ends, or −1 where that is not in the window.
  private mutating func quotedCell(from start: Int, _ end: Int, isLast: Bool) -> Int {
    let content = quotedEnd(
      window.span.extracting(0..<end), start + 1, dialect, isLast: isLast)
    guard content.end >= 0 else { return -1 }
    breaks += content.breaks
    if content.breaks > 0, longCell < 0 {
      longCell = cellCount
      longCellStart = start
    }
    let close = content.end
    var index = close + 1
    if content.isPlain, index < end, dialect.ends(window[index]) {
      keep(start + 1, close)
      return index
    }
    var isBlank = true
    while index < end, !dialect.ends(window[index]) {
      if window[index] != 0x20, window[index] != 0x09 { isBlank = false }
      index += 1
    }
    if !isBlank, strayCell < 0 {
      strayCell = cellCount
      strayText = range(start, index)
    }
    if !isBlank || !content.isPlain, cellCount < CSVScanner.mostCells {
      written.append(
        WrittenCell(
          cell: cellCount, content: start + 1..<close, end: isBlank ? close : index,
          isQuoted: true))
    }
    keep(start + 1, close)
    return index
  }

  /// Reads on in a cell that did not begin with a quote, from a mark in it on.
  ///
  /// - Parameter row: where it was looked for; the cell is the last one that was kept.
  private mutating func markedCell(
    from row: Int, at mark: Int, _ end: Int, isLast: Bool
  ) -> Int {
    let isKept = cellCount <= CSVScanner.mostCells
    let start = isKept ? Int(cells.last?.start ?? 0) : row
    if window[mark] == dialect.quote, isBlank(start..<mark) {
      cellCount -= 1
      if isKept { cells.removeLast() }
      return quotedCell(from: mark, end, isLast: isLast)
    }
    var index = mark
    var hasEscape = false
    var quotes = 0
    while index < end, !dialect.ends(window[index]) {
      if window[index] == dialect.quote { quotes += 1 }
      if window[index] == dialect.escape {
        hasEscape = true
        guard index + 1 < end else {
          guard isLast else { return -1 }
          index += 1
          continue
        }
        guard index + 2 < end || isLast || window[index + 1] != 0x0D else { return -1 }
        index = skipEscaped(index, end)
      } else {
        index += 1
      }
    }
    // Spreadsheets write `="012345"`, which is no quote that somebody lost.
    let isFormula = quotes == 2 && mark > start && window[mark - 1] == UInt8(ascii: "=")
    if quotes > 0, quoteCell < 0, !isFormula { quoteCell = cellCount - 1 }
    guard isKept else { return index }
    cells[cellCount - 1] = range(start, index)
    if hasEscape {
      written.append(
        WrittenCell(cell: cellCount - 1, content: start..<index, end: index, isQuoted: false))
    }
    return index
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    for index in range where window[index] != 0x20 && window[index] != 0x09 { return false }
    return true
  }

  /// Behind an escape and what it takes the meaning from; counts a line break.
  private mutating func skipEscaped(_ index: Int, _ end: Int) -> Int {
    guard window[index + 1] == 0x0A || window[index + 1] == 0x0D else { return index + 2 }
    breaks += 1
    return lineEnd(window.span.extracting(0..<end), index + 1)
  }

  /// Writes what a cell holds behind the delivered bytes; lone carriage returns within quotes
  /// become line feeds.
  private mutating func write(_ cell: WrittenCell) {
    let start = window.count
    let (quote, escape) = (dialect.quote, dialect.escape)
    let end = cell.content.upperBound
    var read = cell.content.lowerBound
    while read < end {
      let byte = window[read]
      let next = read + 1 < end ? window[read + 1] : nil
      if byte == escape, let next, next == quote || next == escape || dialect.ends(next) {
        window.append(next)
        read += 2
        continue
      }
      if cell.isQuoted, byte == quote, next == quote { read += 1 }
      let isLoneReturn = cell.isQuoted && byte == 0x0D && next != 0x0A
      window.append(isLoneReturn ? 0x0A : byte)
      read += 1
    }
    // What stands behind the closing quote is shown as it is; no such row is accepted.
    if cell.end > end {
      for index in end + 1..<cell.end { window.append(window[index]) }
    }
    asideCount += window.count - start
    cells[cell.cell] = range(start, window.count)
  }
}
