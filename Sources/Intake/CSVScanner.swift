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
/// ranges of `window`; quotes are taken out in place. Means the same as `separatedRecords` of
/// Fields, which is its test.
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

  let separator: UInt8
  var window: [UInt8] = []
  /// Where the next row begins in `window`, and its line.
  private(set) var position = 0
  private(set) var line = 1
  private(set) var cells: [CellRange] = []
  /// Also those beyond `mostCells`.
  private(set) var cellCount = 0
  private(set) var rowLine = 1
  /// Cells whose quotes are not just around them.
  private var quoted: [Int] = []

  init(separator: UInt8) { self.separator = separator }

  /// Forgets the rows that were read, but for some texts, which from then on stand at the
  /// beginning of the window.
  mutating func discardRead(keeping texts: inout [CellRange]) {
    position = discard(&window, upTo: position, keeping: &texts)
  }

  /// Finds the next row.
  ///
  /// - Parameter isLast: whether the text ends with the window.
  mutating func next(isLast: Bool) -> Step {
    let end = window.count
    guard position < end else { return isLast ? .end : .needsMore }
    cells.removeAll(keepingCapacity: true)
    quoted.removeAll(keepingCapacity: true)
    cellCount = 0
    var index = position
    var lines = 0
    while true {
      let start = index
      if index < end, window[index] == 0x22 {
        let opened = line + lines
        let content = quotedEnd(from: index + 1, isLast: isLast, lines: &lines)
        guard content.end >= 0 else {
          return isLast ? .unclosedQuote(line: opened) : .needsMore
        }
        index = cellEnd(window.span, content.end + 1, separator)
        keep(start, content.end, index, isPlain: content.isPlain && index == content.end + 1)
      } else if cells.count < CSVScanner.mostCells {
        let run = append(plainCellsOf: window, from: index, separator, to: &cells)
        cellCount = cells.count
        index = run.end
        if run.isCell { continue }
      } else {
        index = cellEnd(window.span, index, separator)
        keep(start, index)
      }
      guard index < end else {
        guard isLast else { return .needsMore }
        break
      }
      if window[index] == separator {
        index += 1
        continue
      }
      if window[index] == 0x0D {
        guard index + 1 < end || isLast else { return .needsMore }
        if index + 1 < end, window[index + 1] == 0x0A { index += 1 }
      }
      index += 1
      lines += 1
      break
    }
    for cell in quoted { unquote(cell) }
    position = index
    rowLine = line
    line += lines
    return .row
  }

  /// Lets a cell of the row in hand be a text that stands elsewhere in the window.
  mutating func replace(_ cell: Int, with range: CellRange) { cells[cell] = range }

  /// Begins a row that does not stand in text with separators, such as one of a sheet; some texts
  /// of the rows before stay.
  mutating func beginRow(line: Int, keeping texts: inout [CellRange]) {
    position = discard(&window, upTo: window.count, keeping: &texts)
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

  private mutating func keep(_ start: Int, _ end: Int) {
    cellCount += 1
    guard cellCount <= CSVScanner.mostCells else { return }
    // Safe: a window is far below 2 GB, see `CSVReading.mostRowBytes`.
    cells.append(
      CellRange(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end)))
  }

  /// A cell that began with a quote: plain, its content is what stands between the quotes.
  private mutating func keep(_ start: Int, _ content: Int, _ end: Int, isPlain: Bool) {
    if isPlain { return keep(start + 1, content) }
    if cellCount < CSVScanner.mostCells { quoted.append(cellCount) }
    keep(start, end)
  }

  /// Where the closing quote stands, or −1; plain where nothing must be taken out.
  private func quotedEnd(from start: Int, isLast: Bool, lines: inout Int) -> (
    end: Int, isPlain: Bool
  ) {
    let end = window.count
    var index = start
    var isPlain = true
    while index < end {
      let byte = window[index]
      if byte == 0x22 {
        guard index + 1 < end else { return (isLast ? index : -1, isPlain) }
        guard window[index + 1] == 0x22 else { return (index, isPlain) }
        isPlain = false
        index += 1
      } else if byte == 0x0A {
        lines += 1
      } else if byte == 0x0D, index + 1 < end, window[index + 1] != 0x0A {
        lines += 1
        isPlain = false
      }
      index += 1
    }
    return (-1, isPlain)
  }

  /// Takes the quotes out of a cell; lone carriage returns within them become line feeds.
  private mutating func unquote(_ cell: Int) {
    var read = Int(cells[cell].start) + 1
    let end = Int(cells[cell].end)
    var write = read
    var isQuoted = true
    while read < end {
      let byte = window[read]
      if isQuoted, byte == 0x22 {
        if read + 1 < end, window[read + 1] == 0x22 {
          window[write] = byte
          write += 1
          read += 1
        } else {
          isQuoted = false
        }
      } else {
        let isLoneReturn = isQuoted && byte == 0x0D && read + 1 < end && window[read + 1] != 0x0A
        window[write] = isLoneReturn ? 0x0A : byte
        write += 1
      }
      read += 1
    }
    cells[cell].start += 1
    cells[cell].end = Int32(truncatingIfNeeded: write)
  }
}

/// Adds cells without quotes, many at a time, which spares looking after the array for each.
///
/// - Returns: where they end: at the row's end, or at a cell that is still to be read.
private func append(
  plainCellsOf text: [UInt8], from start: Int, _ separator: UInt8, to cells: inout [CellRange]
) -> (end: Int, isCell: Bool) {
  let room = min(64, CSVScanner.mostCells - cells.count)
  var run = (end: start, isCell: true)
  cells.append(addingCapacity: room) { output in
    run = plainCells(text.span, start, separator, &output)
  }
  return run
}

private func plainCells(
  _ text: Span<UInt8>, _ first: Int, _ separator: UInt8, _ cells: inout OutputSpan<CellRange>
) -> (end: Int, isCell: Bool) {
  var start = first
  while !cells.isFull {
    if start < text.count, text[start] == 0x22 { return (start, true) }
    let end = cellEnd(text, start, separator)
    // Safe: a window is far below 2 GB, see `CSVReading.mostRowBytes`.
    cells.append(
      CellRange(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end)))
    guard end < text.count, text[end] == separator else { return (end, false) }
    start = end &+ 1
  }
  return (start, true)
}

/// Where an unquoted cell that goes on at `start` ends.
private func cellEnd(_ text: Span<UInt8>, _ start: Int, _ separator: UInt8) -> Int {
  var index = start
  let count = text.count
  while index < count {
    let byte = text[index]
    // All three stand in the lower half, where Chinese text does not.
    if byte < 0x80, byte == separator || byte == 0x0A || byte == 0x0D { return index }
    index += 1
  }
  return index
}
