@testable import Intake

/// The slow twin of the CSV reader: the whole text at once, byte by byte, with the rules as they
/// are written in `inputs/rules/README.md` and nothing that makes them fast.
///
/// It reads tables of the columns that `CSVDifferentialTests` has: names first, a whole number last.
struct CSVTwin {
  struct Row: Equatable {
    var line: Int
    /// Behind the row.
    var end: Int
    var lastLine: Int
    var fields: [String] = []
    /// Cells with text behind their quotes, and those with a quote that they do not begin with.
    var hasStray = false
    var quotesWithin = 0
    /// The cell that goes on in another line, and where it begins.
    var long: (cell: Int, start: Int)?
    var isClosed = true

    static func == (left: Row, right: Row) -> Bool {
      left.line == right.line && left.fields == right.fields && left.hasStray == right.hasStray
    }
  }

  /// What became of a document.
  enum Outcome: Equatable, CustomStringConvertible {
    case read([Place])
    case refused(line: Int)

    var description: String {
      switch self {
      case .read(let places): places.map { "\($0)" }.joined(separator: " ")
      case .refused(let line): "refused:\(line)"
      }
    }
  }

  /// A row that was accepted, with its texts, or returned, with the reason.
  struct Place: Equatable, CustomStringConvertible {
    var line: Int
    var what: String

    var description: String { "\(line):\(what)" }
  }

  let bytes: [UInt8]
  let columns: Int

  // MARK: - Rows

  /// The row that begins at a place.
  func row(at start: Int, line: Int, until limit: Int) -> Row {
    var row = Row(line: line, end: start, lastLine: line)
    var index = start
    while true {
      let first = index
      var open = index
      while open < limit, bytes[open] == 0x20 || bytes[open] == 0x09 { open += 1 }
      var text: [UInt8] = []
      if open < limit, bytes[open] == 0x22 {
        let before = row.lastLine
        index = open + 1
        var isOpen = true
        while isOpen, index < limit {
          if bytes[index] == 0x22 {
            if index + 1 < limit, bytes[index + 1] == 0x22 {
              text.append(0x22)
              index += 2
            } else {
              isOpen = false
              index += 1
            }
          } else if bytes[index] == 0x0D || bytes[index] == 0x0A {
            let isPair = pair(index, limit)
            if isPair { text.append(0x0D) }
            text.append(0x0A)
            index += isPair ? 2 : 1
            row.lastLine += 1
          } else {
            text.append(bytes[index])
            index += 1
          }
        }
        if isOpen {
          row.isClosed = false
          row.end = limit
          return row
        }
        if row.lastLine > before, row.long == nil { row.long = (row.fields.count, open) }
        let rest = index
        while index < limit, !endsCell(index) { index += 1 }
        let tail = bytes[rest..<index]
        if tail.contains(where: { $0 != 0x20 && $0 != 0x09 }) {
          row.hasStray = true
          text += tail
        }
      } else {
        while index < limit, !endsCell(index) { index += 1 }
        text = Array(bytes[first..<index])
        if text.contains(0x22) { row.quotesWithin += 1 }
      }
      row.fields.append(String(decoding: text, as: UTF8.self))
      guard index < limit else { break }
      if bytes[index] == 0x2C {
        index += 1
        continue
      }
      index += pair(index, limit) ? 2 : 1
      break
    }
    row.end = index
    return row
  }

  private func endsCell(_ index: Int) -> Bool {
    bytes[index] == 0x2C || bytes[index] == 0x0A || bytes[index] == 0x0D
  }

  private func pair(_ index: Int, _ limit: Int) -> Bool {
    bytes[index] == 0x0D && index + 1 < limit && bytes[index + 1] == 0x0A
  }

  // MARK: - Rules

  private func fits(_ row: Row, _ width: Int) -> Bool {
    guard row.isClosed, !row.hasStray else { return false }
    let count = row.fields.count
    guard count >= columns, count <= width else { return false }
    guard row.fields[columns...].allSatisfy({ trimmed($0).isEmpty }) else { return false }
    return count == width || !trimmed(row.fields[columns - 1]).isEmpty
  }

  private func isClean(_ row: Row) -> Bool {
    row.quotesWithin == 0 && !trimmed(row.fields[0]).isEmpty && hasNumber(row)
      && !row.fields[..<(columns - 1)].contains(where: hasControl)
  }

  private func hasControl(_ text: String) -> Bool {
    trimmed(text).utf8.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
  }

  func hasNumber(_ row: Row) -> Bool {
    trimmed(row.fields[columns - 1]).utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  /// Blanks as they are taken off a value.
  func trimmed(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, first.value <= 0x20 { scalars.removeFirst() }
    while let last = scalars.last, last.value <= 0x20 { scalars.removeLast() }
    return String(scalars)
  }

  private func lines(of row: Row, from start: Int) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var index = start
    var begin = start
    while index < row.end {
      if bytes[index] == 0x0A || bytes[index] == 0x0D {
        lines.append(begin..<index)
        index += pair(index, row.end) ? 2 : 1
        begin = index
      } else {
        index += 1
      }
    }
    if begin < row.end { lines.append(begin..<row.end) }
    return lines
  }

  private enum Verdict { case meant, stray, unclear }

  private func verdict(_ row: Row, from start: Int, _ width: Int) -> Verdict {
    guard let long = row.long else { return .meant }
    let lines = lines(of: row, from: start)
    guard lines.count > 1 else { return .meant }
    let fits = fits(row, width)
    if fits {
      let count = long.cell + 1 + bytes[long.start..<lines[0].upperBound].count { $0 == 0x2C }
      guard count == columns || count == width else { return .meant }
    }
    let alone = lines.dropFirst().map { self.row(at: $0.lowerBound, line: 1, until: $0.upperBound) }
    let isRow = alone.map { self.fits($0, width) }
    let inner = alone.indices.dropLast().filter {
      !alone[$0].isClosed || !alone[$0].fields.allSatisfy(\.isEmpty)
    }
    let rows = inner.filter { isRow[$0] }
    let clean = rows.filter { isClean(alone[$0]) }
    let last = alone.count - 1
    if !fits {
      if inner.isEmpty { return isRow[last] && isClean(alone[last]) ? .stray : .meant }
      if rows.count == inner.count { return .stray }
      return clean.isEmpty ? .meant : .unclear
    }
    guard !clean.isEmpty, isRow[last], rows.count * 2 > inner.count else { return .meant }
    return columns > 2 && inner.count > 1 && clean.count == inner.count ? .stray : .unclear
  }

  /// Reads the whole document: header first, then rows of a width.
  func outcome(width: Int) -> Outcome {
    var places: [Place] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    var isHeader = true
    while start < bytes.count {
      let row = row(at: start, line: line, until: bytes.count)
      guard row.isClosed else { return .refused(line: openLine(from: start, line)) }
      let verdict = isHeader ? .meant : verdict(row, from: start, width)
      switch verdict {
      case .unclear: return .refused(line: line)
      case .stray:
        places.append(Place(line: line, what: "stray-quote"))
        let first = lines(of: row, from: start)[0]
        start = first.upperBound + (pair(first.upperBound, bytes.count) ? 2 : 1)
        line += 1
        continue
      case .meant: break
      }
      if !isHeader, row.fields.contains(where: { !trimmed($0).isEmpty }) {
        places.append(Place(line: line, what: what(row, width)))
      }
      isHeader = false
      // The row's own line break is one more, unless the text ends without.
      start = row.end
      line = row.lastLine + 1
    }
    return .read(places)
  }

  private func what(_ row: Row, _ width: Int) -> String {
    if row.hasStray { return "stray-quote" }
    guard fits(row, width) else { return "cell-count" }
    guard !trimmed(row.fields[0]).isEmpty else { return "missing" }
    guard !hasControl(row.fields[0]) else { return "control-character" }
    var texts = row.fields[..<columns].map { hasControl($0) ? "" : trimmed($0) }
    if !hasNumber(row) { texts[columns - 1] = "" }
    return texts.map { $0.isEmpty ? "-" : $0 }.joined(separator: "|")
  }

  /// The line of the quote that is never closed.
  private func openLine(from start: Int, _ line: Int) -> Int {
    var index = start
    var at = line
    var opened = line
    var isOpen = false
    var atCellStart = true
    while index < bytes.count {
      let byte = bytes[index]
      if isOpen {
        if byte == 0x22 {
          if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
            index += 1
          } else {
            isOpen = false
            atCellStart = false
          }
        } else if byte == 0x0A || byte == 0x0D {
          if pair(index, bytes.count) { index += 1 }
          at += 1
        }
      } else if byte == 0x22, atCellStart {
        isOpen = true
        opened = at
      } else if byte == 0x2C {
        atCellStart = true
      } else if byte != 0x20, byte != 0x09 {
        atCellStart = false
      }
      index += 1
    }
    return opened
  }
}
