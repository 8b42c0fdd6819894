import Tables

/// Follows the elements of a web page and takes its tables as sheets, `table 1`, `table 2`, … in
/// the order in which they begin; a class, because the parser's callbacks share it.
///
/// A table within a cell is a sheet of its own, and its text none of the cell's.
final class HTMLTables {
  /// What the page is called, and its first words.
  private(set) var title = HTMLText()
  private(set) var words = HTMLText()
  /// Whether it only shows other pages, as a workbook does that was saved as a web page.
  private(set) var isFrame = false
  private(set) var count = 0
  /// Why the rest is not looked at.
  private(set) var fault: WorkbookFault?

  private let book: WorkbookTaking
  private let limits: WorkbookLimits
  private var styles = HTMLStyles()
  private var sheet: [UInt8] = []
  private var dates = DateSystem.from1900
  private var open: [OpenTable] = []
  private var elements: [String] = []
  /// Depth of the outermost element that is hidden within a cell; 0 for none.
  private var hiddenDepth = 0
  /// Depth of the outermost element within a cell that is crossed out; 0 for none.
  private var struckDepth = 0
  /// Bytes of the texts of the rows in hand, of all tables that are open.
  private var rowBytes = 0

  private static let mostDepth = 1000
  private static let lastRow = 1_048_576
  private static let lastColumn = 16_383

  /// A table that has begun.
  private struct OpenTable {
    let isWanted: Bool
    let isHidden: Bool
    var row = SheetRow(number: 0, isHidden: false, cells: [])
    var isInRow = false
    var isRowStruck = false
    var next = 0
    /// By column, how many further rows a cell above reaches down to.
    var reach: [Int: Int] = [:]
    var cell: OpenCell?
    var end = SheetEnd(merged: [])
    /// Depth of the elements at which it began.
    let depth: Int
    /// Bytes of its row in hand.
    var bytes = 0
    var isBodyHidden = false
  }

  private struct OpenCell {
    let column: Int
    let attributes: [XMLAttribute]
    let format: String?
    /// Whether all of it is crossed out.
    let isStruck: Bool
    var text = HTMLText()
    var struck = HTMLText()
  }

  init(_ book: WorkbookTaking, _ limits: WorkbookLimits) {
    self.book = book
    self.limits = limits
  }

  var listener: HTMLListener {
    HTMLListener(
      open: { self.begin($0, $1) }, close: { self.end($0) }, text: { self.text($0) },
      aside: { self.aside($0) }, isDone: { self.fault != nil || self.book.isComplete })
  }

  // MARK: - Elements

  private func begin(_ name: String, _ attributes: [XMLAttribute]) {
    elements.append(name)
    guard elements.count <= HTMLTables.mostDepth else { return stop("depth") }
    switch name {
    case "table": beginTable(attributes)
    case "thead", "tbody", "tfoot":
      endRow()
      change { $0.isBodyHidden = styles.isHidden(name, attributes) }
    case "tr": beginRow(attributes)
    case "td", "th": beginCell(name, attributes)
    case "style": sheet = []
    case "frameset": isFrame = true
    default: beginWithin(name, attributes)
    }
  }

  private func end(_ name: String) {
    if hiddenDepth >= elements.count { hiddenDepth = 0 }
    if struckDepth >= elements.count { struckDepth = 0 }
    _ = elements.popLast()
    switch name {
    case "table": endTable()
    case "thead", "tbody", "tfoot":
      endRow()
      change {
        // A cell reaches no further than the part of the table that it stands in.
        $0.reach = [:]
        $0.isBodyHidden = false
      }
    case "tr": endRow()
    case "td", "th": endCell()
    case "style":
      styles.add(String(decoding: sheet, as: UTF8.self))
      sheet = []
    case let name where HTMLTables.blocks.contains(name): change { $0.cell?.text.breakLine() }
    default: break
    }
  }

  /// Elements that begin on a line of their own.
  private static let blocks: Set<String> = [
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dt", "dd",
  ]

  /// An element within a cell or outside of all tables.
  private func beginWithin(_ name: String, _ attributes: [XMLAttribute]) {
    guard open.last?.cell != nil, hiddenDepth == 0 else { return }
    let isUnchosen = name == "option" && attributes["selected"] == nil
    if isUnchosen || styles.isHidden(name, attributes) {
      hiddenDepth = elements.count
      return
    }
    if struckDepth == 0, styles.isStruck(name, attributes) { struckDepth = elements.count }
    if name == "br" || HTMLTables.blocks.contains(name) {
      change { $0.cell?.text.breakLine() }
    } else if name == "input", let value = attributes["value"],
      ["", "text", "number", "date"].contains(attributes["type"]?.lowercased() ?? "")
    {
      let bytes = Array(value.utf8)
      text(bytes.span)
    }
  }

  private func text(_ piece: Span<UInt8>) {
    guard hiddenDepth == 0, fault == nil else { return }
    let place = elements.last ?? ""
    if place == "title" {
      if title.bytes.count < 200 { title.append(piece) }
      return
    }
    if words.bytes.count < 200 { words.append(piece) }
    guard let depth = open.indices.last, let cell = open[depth].cell else { return }
    guard cell.text.bytes.count + cell.struck.bytes.count + piece.count <= limits.cell,
      rowBytes + piece.count <= limits.row
    else { return stop("td") }
    rowBytes += piece.count
    open[depth].bytes += piece.count
    let script = Script(elements)
    if script == .onLine, struckDepth == 0 {
      open[depth].cell?.text.append(piece, isKept: place == "pre")
    } else if struckDepth == 0 {
      open[depth].cell?.text.append(script.shown(piece).span, isKept: place == "pre")
    } else {
      open[depth].cell?.struck.append(script.shown(piece).span, isKept: place == "pre")
    }
  }

  private func aside(_ piece: Span<UInt8>) {
    if elements.last == "style" {
      guard sheet.count + piece.count <= limits.row else { return stop("style") }
      append(piece, to: &sheet)
    } else if elements.last == "head" || elements.last == "html" || elements.isEmpty {
      // What Excel says to itself stands in a comment.
      var bytes: [UInt8] = []
      append(piece, to: &bytes)
      if String(decoding: bytes, as: UTF8.self).contains("Date1904/>") { dates = .from1904 }
    }
  }

  // MARK: - Tables

  private func beginTable(_ attributes: [XMLAttribute]) {
    count += 1
    guard count <= limits.sheets else {
      fault = .tooManyTables
      return
    }
    do throws(WorkbookFault) {
      let isWanted = try book.begin("table \(count)")
      open.append(
        OpenTable(
          isWanted: isWanted, isHidden: styles.isHidden("table", attributes),
          depth: elements.count))
    } catch { fault = error }
  }

  private func endTable() {
    endRow()
    guard let table = open.popLast(), table.isWanted else { return }
    book.end(table.end, isHidden: table.isHidden)
  }

  private func beginRow(_ attributes: [XMLAttribute]) {
    endRow()
    let isHidden = styles.isHidden("tr", attributes)
    let isStruck = styles.isStruck("tr", attributes)
    change { table in
      table.row = SheetRow(
        number: table.row.number + 1, isHidden: isHidden || table.isBodyHidden, cells: [])
      table.isInRow = true
      table.isRowStruck = isStruck
      table.next = 0
    }
    if open.last?.row.number ?? 0 > HTMLTables.lastRow { stop("tr") }
  }

  private func endRow() {
    endCell()
    guard let table = open.last, table.isInRow else { return }
    rowBytes -= table.bytes
    if table.isWanted, !table.row.cells.isEmpty { book.read(table.row) }
    change { table in
      table.bytes = 0
      table.isInRow = false
      table.row.cells = []
      table.reach = table.reach.filter { $0.value > 1 }.mapValues { $0 - 1 }
    }
  }

  private func beginCell(_ name: String, _ attributes: [XMLAttribute]) {
    guard let last = open.last else { return }
    endCell()
    if !last.isInRow { beginRow([]) }
    let across = HTMLTables.span(attributes["colspan"], most: 1000)
    let down = HTMLTables.span(attributes["rowspan"], most: 65_534)
    let format = styles.format(name, attributes)
    let isStruck = last.isRowStruck || styles.isStruck(name, attributes)
    change { table in
      while table.reach[table.next] != nil { table.next += 1 }
      let column = table.next
      table.next += across
      table.cell = OpenCell(
        column: column, attributes: attributes, format: format, isStruck: isStruck)
      guard across > 1 || down > 1, table.next <= HTMLTables.lastColumn + 1 else { return }
      if down > 1 {
        for reached in column..<table.next { table.reach[reached] = down }
      }
      guard table.end.merged.count < HTMLTables.lastRow else { return }
      let end = columnName(table.next - 1) + String(table.row.number + down - 1)
      table.end.merged.append(columnName(column) + String(table.row.number) + ":" + end)
    }
    if open.last?.next ?? 0 > HTMLTables.lastColumn + 1 { stop("td") }
  }

  private func endCell() {
    guard let depth = open.indices.last, var cell = open[depth].cell else { return }
    open[depth].cell = nil
    hiddenDepth = 0
    struckDepth = 0
    let strike = HTMLTables.settle(&cell)
    guard let content = HTMLCell(cell.attributes, cell.format, dates).content(cell.text.text)
    else { return }
    if strike == .part, open[depth].end.partlyStruck.count < 20 {
      open[depth].end.partlyStruck.append(
        columnName(cell.column) + String(open[depth].row.number))
    }
    open[depth].row.cells.append(
      SheetCell(
        column: cell.column, content: content, isFormula: cell.attributes["x:fmla"] != nil,
        strike: strike))
  }

  /// Ends the text of a cell: where all of it is crossed out, that is its text.
  private static func settle(_ cell: inout OpenCell) -> Strike {
    cell.text.finish()
    cell.struck.finish()
    guard !cell.isStruck else { return .whole }
    guard !cell.struck.isEmpty else { return .nothing }
    guard cell.text.isEmpty else { return .part }
    cell.text = cell.struck
    return .whole
  }

  /// A number of columns or rows; what is none counts as 1, as browsers take it.
  private static func span(_ text: String?, most: Int) -> Int {
    guard let text else { return 1 }
    let digits = text.drop(while: \.isWhitespace).prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number > 0 else {
      return digits == "0" && most > 1000 ? most : 1
    }
    return min(number, most)
  }

  private func change(_ body: (inout OpenTable) -> Void) {
    guard let last = open.indices.last else { return }
    body(&open[last])
  }

  private func stop(_ what: String) { fault = fault ?? .brokenPage(what) }
}

extension WorkbookFault {
  fileprivate static let tooManyTables = WorkbookFault.tooLarge(
    Bilingual(zh: "网页中的表格过多", en: "the page has too many tables"))

  fileprivate static func brokenPage(_ part: String) -> WorkbookFault {
    WorkbookFault(
      .damaged, zh: "网页的“\(part)”超出了限度 — 请用表格软件打开后另存为.xlsx",
      en: "“\(part)” of the page is beyond all bounds — open it in a spreadsheet program and save "
        + "it as .xlsx")
  }
}
