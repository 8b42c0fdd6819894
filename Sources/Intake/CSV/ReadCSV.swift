import Fields
import RulePacks
import Tables

/// Why reading a CSV file stopped before its end.
enum CSVStop: Error {
  case decoding(DecodingFault, line: Int, column: Int)
  case unclosedQuote(line: Int, last: Int)
  /// A quote may take in rows, or hold a text of several lines.
  case unclearQuote(line: Int, last: Int)
  case rowTooLong(line: Int, last: Int)
  /// Quotes within quotes have a backslash before them.
  case backslashes(line: Int)
  case file(IntakeFailure)
}

/// Reads the tables of a CSV file, or of a sheet, row by row into a reader, in bounded memory.
struct CSVReading {
  /// A longer row is taken for a quote that was never closed.
  static let mostRowBytes = 16 << 20

  let layout: CSVLayout
  let pack: RulePack
  var reader: RowReader
  var controls: [ControlTotal] = []
  var scanner: CSVScanner
  var columns: CSVColumns
  var rowNumber = 0
  /// Cells of a sheet's row in hand that hold what no person wrote.
  var damage: [CellDamage] = []
  /// Whether a sheet's numbers come with the formats in which people see them.
  var knowsFormats = true
  private var state = State.inTable
  /// The row number of the header, or of the last of its lines.
  private var headerRow: Int
  /// A row with one cell after a blank one: the title of a further table, if a header follows.
  private var held: HeldRow?
  /// Rows of the window that wait to be taken together.
  private var block: RowBlock
  private var quotes = QuotesInCells()
  /// Lines of a form that nobody has filled in.
  private(set) var unfilled = 0
  /// Lines of rows that show how a form is filled in.
  private(set) var examples: [Int] = []
  /// Lines between the pages of the table.
  private(set) var continuedLines: [Int] = []
  /// What the file says of its pages, with the lines.
  private(set) var pageCounts: [(stated: PageCount, line: Int)] = []
  private var lost = LostRows()
  /// Rows of a sheet with something beside the table.
  private var besideRows = 0
  private var firstBesideLine = 0

  private enum State { case inTable, afterBlank, afterFooter }

  private struct HeldRow {
    var texts: [[UInt8]]
    var line: Int
    var strayCell: Int
    var quoteCell: Int
  }

  init(_ layout: CSVLayout, _ pack: RulePack, reader: RowReader) {
    self.layout = layout
    self.pack = pack
    self.reader = reader
    headerRow = layout.skippedRows
    scanner = CSVScanner(layout.dialect)
    columns = CSVColumns(
      layout.header, layout.plan, pack.words, width: layout.width, isSheet: reader.isSheet)
    block = RowBlock(width: columns.count, most: reader.mostWaiting)
    // The rows above are not those that stood there.
    if layout.placeColumn >= 0 { columns.fillDown = FillDown([]) }
    if !reader.isSheet {
      for column in layout.codeColumns where columns.readers[column] >= 0 {
        self.reader.holdsCodes[columns.readers[column]] = true
      }
    }
  }

  /// Adds the text of a piece to the window and takes the rows that end in it.
  mutating func read(
    _ piece: Span<UInt8>, _ decoder: inout TextDecoder, isLast: Bool
  ) throws(CSVStop) {
    scanner.discardRead(keeping: &columns.fillDown.above)
    var fault: DecodingFault?
    do throws(DecodingFault) {
      try decoder.decode(piece, isLast: isLast, into: &scanner.window)
    } catch { fault = error }
    guard fault == nil else { throw stop(fault) }
    while true {
      switch scanner.next(isLast: isLast) {
      case .row where scanner.strayCell >= 0 && rowNumber >= layout.skippedRows && hasEscapes():
        throw .backslashes(line: scanner.rowLine)
      case .row where scanner.longCell < 0 || rowNumber < layout.skippedRows: takeRow()
      case .row: try takeLongRow()
      case .needsMore:
        takeBlock()
        guard scanner.end - scanner.position <= CSVReading.mostRowBytes else {
          throw .rowTooLong(line: scanner.line, last: lastLine)
        }
        return
      case .unclosedQuote where hasEscapes(from: scanner.position):
        throw .backslashes(line: scanner.line)
      case .unclosedQuote(let line): throw .unclosedQuote(line: line, last: lastLine)
      case .end:
        takeBlock()
        return finish()
      }
      if reader.collector?.isComplete ?? false { return }
    }
  }

  /// Takes a row of which a cell goes on in another line, unless its quote is a stray one.
  private mutating func takeLongRow() throws(CSVStop) {
    let reading = quoteReading()
    if reading != .meant || misfit() != nil, hasEscapes() {
      throw .backslashes(line: scanner.rowLine)
    }
    switch reading {
    case .meant: return takeRow()
    case .unclear: throw .unclearQuote(line: scanner.rowLine, last: scanner.lastLine)
    case .stray: break
    }
    let fault = swallowingFault()
    takeBlock()
    releaseHeld()
    scanner.goBackToSecondLine()
    guard state != .afterFooter else { return lose() }
    state = .inTable
    reader.refuse(line: scanner.rowLine, fault)
    columns.fillDown.breakAll(line: scanner.rowLine)
  }

  mutating func takeRow() {
    rowNumber += 1
    guard rowNumber > layout.skippedRows else { return }
    let first = firstFilled(from: 0)
    if rowNumber == headerRow + 1, columns.isNumbering(scanner.window, scanner.cells) {
      headerRow = rowNumber
      return
    }
    if first >= 0, state == .inTable, held == nil, waits(first) { return }
    takeBlock()
    guard first >= 0 else { return takeBlank() }
    if columns.mayBeSpecial(scanner.window, scanner.cells[first]), takeSpecial(first) { return }
    // A row with nothing but its number is blank too.
    guard firstWanted(from: first) >= 0 else { return takeBlank() }
    guard !isUnfilled else {
      unfilled += 1
      return
    }
    guard state == .inTable else { return takeBetween(first) }
    takeData()
  }

  /// Whether the row is a line of a form that nobody has filled in.
  private var isUnfilled: Bool {
    guard !columns.toFill.isEmpty else { return false }
    return columns.toFill.allSatisfy { column in
      guard column < scanner.cells.count else { return true }
      let cell = scanner.cells[column]
      return trimmed(scanner.window.span, Int(cell.start), Int(cell.end)).isEmpty
    }
  }

  /// Lets a row that is plainly data wait for others.
  ///
  /// - Returns: false where it has to be looked at by itself.
  private mutating func waits(_ first: Int) -> Bool {
    guard layout.placeColumn < 0, scanner.cellCount == columns.width, columns.mayWait,
      columns.toFill.isEmpty,
      scanner.strayCell < 0,
      !columns.mayBeSpecial(scanner.window, scanner.cells[first]), firstWanted(from: first) >= 0
    else { return false }
    if scanner.window[Int(scanner.cells[first].start)] == UInt8(ascii: "'"), misfit() != nil {
      return false
    }
    guard columns.fillDown.isEmpty || columns.fillDown.letWait(&scanner) else { return false }
    if scanner.quoteCell >= 0 { quotes.add(line: scanner.rowLine, cell: scanner.quoteCell) }
    block.append(scanner.cells, line: scanner.rowLine)
    if block.isFull { takeBlock() }
    return true
  }

  /// Takes the rows that wait.
  mutating func takeBlock() {
    guard !block.isEmpty else { return }
    reader.boundLists()
    let returned = reader.quarantine.count
    pass(block, scanner.window, to: &reader)
    block.removeAll()
    guard !columns.fillDown.isEmpty else { return }
    columns.fillDown.settleWaiting { line in
      reader.quarantine[returned...].contains { $0.place.line == UInt32(clamping: line) }
    }
  }

  mutating func takeBlank() {
    releaseHeld()
    if state == .inTable { state = .afterBlank }
  }

  /// The first cell from a place on that is not blank, or −1.
  private func firstFilled(from start: Int) -> Int {
    var index = start
    while index < scanner.cells.count {
      let cell = scanner.cells[index]
      if cell.start < cell.end {
        let byte = scanner.window[Int(cell.start)]
        if byte > 0x20, byte < 0x80 { return index }
        if !trimmed(scanner.window.span, Int(cell.start), Int(cell.end)).isEmpty { return index }
      }
      index += 1
    }
    return -1
  }

  /// The same, columns that are not wanted left out.
  private func firstWanted(from start: Int) -> Int {
    var index = start
    while index >= 0, columns.isIgnored(index) { index = firstFilled(from: index + 1) }
    return index
  }

  /// Total rows, footers and repeated headers.
  ///
  /// - Returns: false where the row is data after all.
  private mutating func takeSpecial(_ first: Int) -> Bool {
    switch columns.meaning(scanner.window, scanner.cells, first) {
    case .data:
      // Files that were put together need no blank line where the second one begins.
      guard layout.placeColumn < 0, columns.isKnownName(scanner.window, scanner.cells[first]),
        let header = otherHeader()
      else { return false }
      adopt(header)
    case .header:
      held = nil
      controls.append(contentsOf: reader.settleTotals())
      state = .inTable
      headerRow = rowNumber
    case .pageCount(let stated):
      releaseHeld()
      if pageCounts.count < 1000 { pageCounts.append((stated, scanner.rowLine)) }
    case .total:
      releaseHeld()
      guard state != .afterFooter else { return true }
      controls.append(contentsOf: totals(of: scanner, &reader))
    case .example:
      releaseHeld()
      examples.append(scanner.rowLine)
    case .doubtfulExample: return takeDoubtfulExample()
    case .continued:
      releaseHeld()
      continuedLines.append(scanner.rowLine)
    case .footer:
      releaseHeld()
      state = .afterFooter
    }
    return true
  }

  /// Returns a row that begins as an example does and states whose it is.
  ///
  /// - Returns: false where it is no row of the table.
  private mutating func takeDoubtfulExample() -> Bool {
    guard state == .inTable, misfit() == nil else { return false }
    releaseHeld()
    noteTarget()
    reader.refuse(line: scanner.rowLine, exampleFault)
    keepReturned(scanner, in: &reader)
    columns.fillDown.breakAll(line: scanner.rowLine)
    return true
  }

  /// A row after a blank one or a footer: perhaps a title or another header.
  private mutating func takeBetween(_ first: Int) {
    if let header = otherHeader() { return adopt(header) }
    let filled = scanner.cells.indices.filter { !scanner.cells[$0].isEmpty }.count
    if filled == 1, columns.count > 2, held == nil {
      held = HeldRow(
        texts: scanner.cells.map { Array(scanner.window[$0.bounds]) }, line: scanner.rowLine,
        strayCell: scanner.strayCell, quoteCell: scanner.quoteCell)
      return
    }
    releaseHeld()
    if state == .afterFooter {
      if filled > 1 { lose() }
    } else {
      state = .inTable
      takeData()
    }
  }

  /// Reads what follows under another header.
  private mutating func adopt(_ adopted: CSVHeader) {
    var header = adopted
    header.unitAbove = layout.header.unitAbove
    held = nil
    state = .inTable
    headerRow = rowNumber
    controls.append(contentsOf: reader.settleTotals())
    reader.adopt(plan(header, layout.plan.profile, pack))
    let extra = max(0, layout.width - layout.headerWidth)
    columns = CSVColumns(
      header, reader.plan, pack.words, width: max(header.count, scanner.cellCount + extra),
      isSheet: reader.isSheet)
    block = RowBlock(width: columns.count, most: reader.mostWaiting)
  }

  /// Counts a row below the footer.
  private mutating func lose() {
    let filled = scanner.cells.count { !$0.isEmpty }
    let isWide = columns.isWide(scanner.window, scanner.cells)
    lost.add(line: scanner.rowLine, filled: filled, isWide: isWide)
  }

  /// A held row was no title: it is data like any other, above the row in hand.
  private mutating func releaseHeld() {
    guard let row = held else { return }
    held = nil
    guard state != .afterFooter else { return }
    state = .inTable
    let inHand = (scanner.cells, scanner.cellCount, scanner.rowLine)
    let marked = (scanner.strayCell, scanner.quoteCell, scanner.longCell)
    let damaged = damage
    damage = []
    scanner.cells = row.texts.map { scanner.setAside($0) }
    scanner.cellCount = row.texts.count
    scanner.rowLine = row.line
    scanner.strayText = .absent
    (scanner.strayCell, scanner.quoteCell, scanner.longCell) = (row.strayCell, row.quoteCell, -1)
    takeData()
    damage = damaged
    (scanner.cells, scanner.cellCount, scanner.rowLine) = inHand
    (scanner.strayCell, scanner.quoteCell, scanner.longCell) = marked
  }

  private mutating func takeData() {
    let line = scanner.rowLine
    let returned = reader.rejected
    let misfit = misfit()
    let dependence = misfit == nil ? columns.fillDown.fill(&scanner) : nil
    if misfit == nil { noteTarget() }
    if columns.isBeside(scanner.window, scanner.cells) {
      if besideRows == 0 { firstBesideLine = line }
      besideRows += 1
    }
    if !damage.isEmpty {
      reader.refuse(line: line, damage)
      keepReturned(scanner, in: &reader)
    } else if let misfit {
      reader.refuse(line: line, misfit)
      keepBroken(scanner, in: &reader)
    } else if let dependence {
      reader.refuse(line: line, fault(dependence))
      keepReturned(scanner, in: &reader)
    } else {
      if scanner.quoteCell >= 0 { quotes.add(line: line, cell: scanner.quoteCell) }
      pass(scanner, to: &reader)
    }
    guard misfit == nil else { return columns.fillDown.breakAll(line: line) }
    columns.fillDown.settle(line: line, isReturned: reader.rejected > returned)
  }

  mutating func finish() {
    releaseHeld()
    controls.append(contentsOf: reader.settleTotals())
    if let control = comparePages() { controls.append(control) }
    if let finding = cutFinding { reader.add(finding) }
    if let finding = quotes.finding(file: reader.file) { reader.add(finding) }
    if let finding = reader.apostrophes.finding(file: reader.file, areApostrophes: true) {
      reader.add(finding)
    }
    if unfilled > 0 { reader.add(unfilledFinding) }
    if let finding = exampleFinding { reader.add(finding) }
    if let finding = continuedFinding { reader.add(finding) }
    if let finding = titleFinding { reader.add(finding) }
    if besideRows > 0 { reader.add(besideFinding(besideRows, first: firstBesideLine)) }
    if let finding = lost.finding(file: reader.file) { reader.add(finding) }
  }
}
