import Tables

extension Workbook {
  /// Reads the rows of a sheet in their order; rows without cells are left out.
  ///
  /// - Parameters:
  ///   - sheet: Index into `sheets`.
  ///   - take: Called with each row; what it throws ends the reading.
  public func read(
    _ sheet: Int, _ take: (SheetRow) throws(WorkbookFault) -> Void
  ) throws(WorkbookFault) -> SheetEnd {
    let part = sheets[sheet].part
    guard let index = archive.index(of: part) else { throw .damaged(part, "missing") }
    let state = SheetState(texts: sharedTexts, styles: styles, dates: dates, limits: limits)
    let listener = XMLListener(
      open: { state.open($0, $1) }, close: { state.close($0) }, text: { state.text($0) })
    guard let parser = XMLParser(listener) else {
      throw .damaged(part, "memory")
    }
    func handOver() throws(WorkbookFault) {
      if let trouble = state.trouble { throw .damaged(part, trouble) }
      for row in state.rows { try take(row) }
      state.rows.removeAll(keepingCapacity: true)
      state.waitingBytes = 0
    }
    try archive.read(index) { piece throws(WorkbookFault) in
      try parser.pushPart(piece, of: part)
      try handOver()
    }
    try parser.finishPart(part)
    try handOver()
    return SheetEnd(
      merged: state.merged, unsolved: state.unsolved, partlyStruck: state.partlyStruck,
      hiddenColumns: state.hiddenColumns)
  }
}

/// What a sheet's elements have said so far; a class, because the parser's callbacks share it.
private final class SheetState {
  static let lastRow = 1_048_576
  static let lastColumn = 16_383

  let texts: SharedTexts
  let styles: WorkbookStyles
  let dates: DateSystem
  let limits: WorkbookLimits

  /// Rows that are complete and not yet handed over.
  var rows: [SheetRow] = []
  var merged: [String] = []
  var trouble: String?
  /// Cells whose formula has no value.
  var unsolved: [String] = []
  /// Cells of which a part is crossed out.
  var partlyStruck: [String] = []
  var hiddenColumns: [ClosedRange<Int>] = []
  /// Bytes of the texts of rows that are not yet handed over: few bytes of a sheet may point to
  /// long texts many times.
  var waitingBytes = 0
  private var rowBytes = 0

  private var row = SheetRow(number: 0, isHidden: false, cells: [])
  private var column = -1
  private var kind = "n"
  private var style = 0
  private var isFormula = false
  private var isInCell = false
  private var hasValue = false
  private var isCaptured = false
  private var phonetic = 0
  private var value = StruckText()

  init(
    texts: SharedTexts, styles: WorkbookStyles, dates: DateSystem, limits: WorkbookLimits
  ) {
    self.texts = texts
    self.styles = styles
    self.dates = dates
    self.limits = limits
  }

  func open(_ name: String, _ attributes: [XMLAttribute]) {
    switch name {
    case "col": noteHidden(attributes)
    case "row": openRow(attributes)
    case "c": openCell(attributes)
    case "v":
      isCaptured = isInCell
      hasValue = true
    case "t": isCaptured = isInCell && phonetic == 0
    case "r": value.beginRun()
    case "strike": value.strike(attributes)
    case "vertAlign": value.shift(attributes)
    case "rPh": phonetic += 1
    case "f": isFormula = isInCell
    case "mergeCell":
      if let place = attributes["ref"], merged.count < SheetState.lastRow { merged.append(place) }
    default: break
    }
  }

  func text(_ piece: Span<UInt8>) {
    guard isCaptured else { return }
    guard value.count + piece.count <= limits.cell else {
      trouble = trouble ?? "cell"
      return
    }
    value.append(piece)
  }

  func close(_ name: String) {
    switch name {
    case "v", "t": isCaptured = false
    case "rPh": phonetic -= 1
    case "c": closeCell()
    case "row":
      if !row.cells.isEmpty { rows.append(row) }
    default: break
    }
  }

  private func closeCell() {
    isInCell = false
    let found = value.settle()
    guard let content else {
      // A formula that gives an empty text says that it is a text; some programs write an empty
      // value where they did not work it out.
      if isFormula, !hasValue || kind != "str", unsolved.count < 20 { unsolved.append(place) }
      return
    }
    let strike = strike(found)
    if strike == .part, partlyStruck.count < 20 { partlyStruck.append(place) }
    row.cells.append(
      SheetCell(
        column: column, content: content, isFormula: isFormula, strike: strike,
        isUnseen: styles.unseen.contains(style)))
    weigh(content)
  }

  private var place: String { columnName(column) + String(row.number) }

  /// - Parameter found: what the cell's own text says.
  private func strike(_ found: Strike) -> Strike {
    if kind == "s", !texts.strikes.isEmpty {
      guard let shared = Int(String(decoding: value.bytes, as: UTF8.self)) else { return .nothing }
      // Runs have fonts of their own, whatever the cell's is.
      if let strike = texts.strikes[shared] { return strike }
    }
    return found == .nothing && styles.struck.contains(style) ? .whole : found
  }

  private func noteHidden(_ attributes: [XMLAttribute]) {
    guard isTrue(attributes["hidden"]), hiddenColumns.count < 1000,
      let first = attributes["min"].flatMap({ Int($0) }),
      let last = attributes["max"].flatMap({ Int($0) }), first >= 1, last >= first,
      last <= SheetState.lastColumn + 1
    else { return }
    hiddenColumns.append(first - 1...last - 1)
  }

  private func openRow(_ attributes: [XMLAttribute]) {
    let number = attributes["r"].map { Int($0) ?? 0 } ?? row.number + 1
    if number <= row.number || number > SheetState.lastRow { trouble = trouble ?? "row" }
    row = SheetRow(number: number, isHidden: isTrue(attributes["hidden"]), cells: [])
    column = -1
    rowBytes = 0
  }

  private func weigh(_ content: SheetCell.Content) {
    guard case .text(let text) = content else { return }
    rowBytes += text.utf8.count
    waitingBytes += text.utf8.count
    if rowBytes > limits.row || waitingBytes > 4 * limits.row { trouble = trouble ?? "row" }
  }

  private func openCell(_ attributes: [XMLAttribute]) {
    let next = attributes["r"].map { columnNumber($0) ?? -1 } ?? column + 1
    if next <= column || next > SheetState.lastColumn { trouble = trouble ?? "cell" }
    column = next
    kind = attributes["t"] ?? "n"
    style = attributes["s"].flatMap { Int($0) } ?? 0
    isFormula = false
    isInCell = true
    hasValue = false
    value.begin()
  }

  /// What the cell holds; nil for nothing.
  private var content: SheetCell.Content? {
    guard !value.bytes.isEmpty else { return nil }
    let text = String(decoding: value.bytes, as: UTF8.self)
    switch kind {
    case "s":
      guard let shared = Int(text).flatMap({ texts[$0] }) else {
        trouble = trouble ?? "sharedStrings"
        return nil
      }
      return shared.isEmpty ? nil : .text(shared)
    case "str", "inlineStr": return .text(unescaped(text))
    case "b": return .flag(isTrue(text))
    case "e": return .fault(text)
    case "d": return .date(text, number: text)
    default: return SheetCell.Content(text, as: styles.format(of: style), dates)
    }
  }
}

/// The column of a place such as `AB12`, from 0.
func columnNumber(_ place: String) -> Int? {
  var number = 0
  for byte in place.utf8 {
    guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) else { break }
    number = number * 26 + Int(byte - UInt8(ascii: "A")) + 1
    guard number <= SheetState.lastColumn + 1 else { return nil }
  }
  return number == 0 ? nil : number - 1
}
