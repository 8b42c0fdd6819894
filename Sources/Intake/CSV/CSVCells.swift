/// Adds cells without quotes, many at a time, which spares looking after the array for each.
///
/// - Returns: where they end: at the row's end, at a mark within a cell, or at a cell that is
///   still to be read.
func append(
  plainCellsOf text: [UInt8], upTo end: Int, from start: Int, _ dialect: CSVDialect,
  to cells: inout [CellRange]
) -> (end: Int, isCell: Bool) {
  let room = min(64, CSVScanner.mostCells - cells.count)
  var run = (end: start, isCell: true)
  cells.append(addingCapacity: room) { output in
    run = plainCells(text.span.extracting(0..<end), start, dialect, &output)
  }
  return run
}

private func plainCells(
  _ text: Span<UInt8>, _ first: Int, _ dialect: CSVDialect, _ cells: inout OutputSpan<CellRange>
) -> (end: Int, isCell: Bool) {
  var start = first
  while !cells.isFull {
    if start < text.count, text[start] == dialect.quote { return (start, true) }
    let end = cellEnd(text, start, dialect)
    // Safe: a window is far below 2 GB, see `CSVReading.mostRowBytes`.
    cells.append(
      CellRange(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end)))
    guard end < text.count, text[end] == dialect.separator else { return (end, false) }
    start = end &+ 1
  }
  return (start, true)
}

/// Where an unquoted cell that goes on at `start` ends, or a mark stands in it.
func cellEnd(_ text: Span<UInt8>, _ start: Int, _ dialect: CSVDialect) -> Int {
  let (separator, quote, escape) = (dialect.separator, dialect.quote, dialect.escape)
  let highest = dialect.highestMark
  var index = start
  let count = text.count
  while index < count {
    let byte = text[index]
    // All stand in the lower half, where Chinese text does not, and most letters are above them.
    if byte < 0x80 {
      if byte == separator { return index }
      if byte <= highest,
        byte == 0x0A || byte == 0x0D || byte == quote || byte == escape
      {
        return index
      }
    }
    index += 1
  }
  return index
}

/// How a cell ends that began with a quote.
struct QuotedEnd {
  /// Where the closing quote stands, or −1.
  var end: Int
  /// Whether nothing must be taken out.
  var isPlain = true
  /// Line breaks before it.
  var breaks = 0
}

/// Where a cell ends whose opening quote stands before `start`.
func quotedEnd(
  _ text: Span<UInt8>, _ start: Int, _ dialect: CSVDialect, isLast: Bool
) -> QuotedEnd {
  let (quote, escape, highest) = (dialect.quote, dialect.escape, dialect.highestMark)
  let count = text.count
  var isPlain = true
  var breaks = 0
  var index = start
  while index < count {
    let byte = text[index]
    // Most bytes stand above all marks.
    guard byte <= highest else {
      index &+= 1
      continue
    }
    if byte == escape, index + 1 < count {
      isPlain = false
      let isBreak = text[index + 1] == 0x0A || text[index + 1] == 0x0D
      if isBreak { breaks += 1 }
      index = isBreak ? lineEnd(text, index + 1) : index + 2
      continue
    }
    if byte == quote {
      guard index + 1 < count || isLast else { break }
      guard index + 1 < count, text[index + 1] == quote else {
        return QuotedEnd(end: index, isPlain: isPlain, breaks: breaks)
      }
      isPlain = false
      index += 1
    } else if byte == 0x0A {
      breaks += 1
    } else if byte == 0x0D, index + 1 < count, text[index + 1] != 0x0A {
      breaks += 1
      isPlain = false
    }
    index += 1
  }
  return QuotedEnd(end: -1)
}

/// Behind the line break at a place.
func lineEnd(_ text: Span<UInt8>, _ index: Int) -> Int {
  let isPair = text[index] == 0x0D && index + 1 < text.count && text[index + 1] == 0x0A
  return index + (isPair ? 2 : 1)
}
