import Fields
import Labels
import RulePacks
import Tables

/// Takes one sheet: gathers its first rows, finds the profile that their header fits, and reads on
/// with it.
final class SheetTaking {
  let name: String
  /// Its path is the sheet's.
  let task: FileTask
  /// Whether the formats of its numbers are not known.
  var isOld = false
  /// The profile that comes nearest where none fits.
  private(set) var nearest: ProfileFit?

  /// The names in the first rows.
  private(set) var head: [[String]] = []

  private let pack: RulePack
  private let vocabulary: HeaderVocabulary
  private let guess: EncodingGuess
  private var gathered: [SheetRow] = []
  private var gatheredBytes = 0
  private var isLookedAt = false
  private var layout: CSVLayout?
  private var reading: CSVReading?
  private var rows = 0
  private var hiddenRows = 0
  private var firstHidden: [Int] = []
  /// Rows of which every cell is written in the colour of what is behind it.
  private var unseenRows = 0
  private var firstUnseen: [Int] = []
  private var isHidden = false
  private var sheetEnd = SheetEnd(merged: [])

  /// Bytes beyond which no further rows are gathered.
  private static let mostBytes = 1 << 20

  init(
    _ name: String, _ task: FileTask, _ pack: RulePack, _ vocabulary: HeaderVocabulary,
    _ guess: EncodingGuess
  ) {
    self.name = name
    self.task = task
    self.pack = pack
    self.vocabulary = vocabulary
    self.guess = guess
  }

  var isEmpty: Bool { rows == 0 }
  /// Whether it is a form that was handed out.
  var isForm: Bool { layout?.header.isForm ?? false }
  var isRecognised: Bool { layout != nil }
  /// Whether people who look at the sheet would take it for a profile's.
  var isNearlyRecognised: Bool { !isHidden && (nearest?.recognised ?? 0) >= 3 }
  var isComplete: Bool { reading?.reader.collector?.isComplete ?? false }

  /// Whether it is headed as a paper of Heng's own, in either language.
  func isHeaded(as paper: OwnPaper) -> Bool { paper.heads(head) }

  /// Whether a column tells which returned rows those of the sheet mend.
  var hasPlaceColumn: Bool { head.contains { $0.contains(where: looksLikePlace) } }

  func read(_ row: SheetRow) {
    rows += 1
    if row.isHidden {
      hiddenRows += 1
      if firstHidden.count < 10 { firstHidden.append(row.number) }
    }
    if !row.cells.isEmpty, row.cells.allSatisfy(\.isUnseen) {
      unseenRows += 1
      if firstUnseen.count < 10 { firstUnseen.append(row.number) }
    }
    guard isLookedAt else {
      gathered.append(row)
      gatheredBytes += row.cells.reduce(0) { $0 + 16 + $1.content.shown.utf8.count }
      if row.number >= mostHeadRows || gatheredBytes > SheetTaking.mostBytes { recognise() }
      return
    }
    reading?.read(row)
  }

  func end(_ end: SheetEnd, isHidden: Bool) {
    self.isHidden = isHidden
    sheetEnd = end
    if !isLookedAt { recognise() }
    reading?.finish()
  }

  private func recognise() {
    isLookedAt = true
    for row in gathered where row.number <= mostHeadRows {
      while head.count < row.number - 1 { head.append([]) }
      head.append(names(row))
    }
    let found = recogniseSheet(head, guess, vocabulary, pack)
    nearest = found.nearest
    layout = found.layout
    if let layout = found.layout {
      var reader = task.reader(layout.plan)
      reader.isSheet = true
      reading = CSVReading(layout, pack, reader: reader)
      reading?.knowsFormats = !isOld
      for row in gathered { reading?.read(row) }
    }
    gathered = []
  }

  private func names(_ row: SheetRow) -> [String] {
    var names = Array(repeating: "", count: (row.cells.last?.column ?? -1) + 1)
    for cell in row.cells {
      let bytes = Array(cell.content.shown.utf8)
      let range = trimmed(bytes.span, 0, bytes.count)
      names[cell.column] = String(decoding: bytes[range], as: UTF8.self)
    }
    return names
  }

  /// What the sheet gave; nil where no profile fits.
  func finish(bytes: Int, sha256: String) -> TakenFile? {
    guard let layout, let reading else { return nil }
    var taken = task.taken(
      reading.reader, layout.profile, pack, guess, bytes: bytes, sha256: sha256,
      dropped: layout.dropped + layout.unnamed, isDoubtful: layout.isDoubtful,
      controls: reading.controls,
      occurrence: Occurrence(layout.plan) { $0 >= 0 })
    taken.file.sheet = name
    taken.file.examples = reading.examples.count
    taken.isForm = isForm
    taken.findings.append(contentsOf: findings(layout))
    // An old table that was hidden and not deleted yields to the one that people see.
    if isHidden {
      taken.table.precedences = taken.table.precedences.map { $0 > Int16.min ? $0 - 1 : $0 }
    }
    return taken
  }

  // MARK: - Findings

  /// Whether the first row is filled in like those of another sheet, so that the sheet probably goes
  /// on with its table.
  func seemsToContinue(_ other: SheetTaking) -> Bool {
    guard !isHidden, let layout = other.layout else { return false }
    let named = layout.header.names.count { !$0.isEmpty }
    let filled = head.first { $0.contains { !$0.isEmpty } }?.count { !$0.isEmpty } ?? 0
    return named >= 3 && filled * 4 >= named * 3 && filled <= named
  }

  /// A sheet that no profile knows, next to others that were read.
  ///
  /// - Parameter others: the sheets that were read.
  func passedOver(beside others: [SheetTaking]) -> Finding {
    if let other = others.last(where: { seemsToContinue($0) }) {
      return finding(
        .error, "sheet-not-read",
        zh: "工作表 \(task.path) 没有表头，像是工作表“\(other.name)”的续表，其中 \(rows) 行未读取；首行：“\(firstLine)”",
        en:
          "the sheet \(task.path) has no header and looks as if it went on with “\(other.name)”; its "
          + "\(rows) rows were not read; the first reads “\(firstLine)”",
        cureZh: "请在该工作表首行写上同样的表头，或接到“\(other.name)”下面，重新报送",
        cureEn: "write the same header above its rows, or move them below “\(other.name)”, and "
          + "deliver the file again")
    }
    return finding(
      isHidden ? .note : .warning, "sheet-not-read",
      zh: "没有来源配置能识别工作表 \(task.path)，其中 \(rows) 行未读取；首行：“\(firstLine)”",
      en: "no source profile describes the sheet \(task.path); its \(rows) rows were not read; the "
        + "first reads “\(firstLine)”",
      cureZh: "若为数据，请补齐表头或为它编写来源配置；若不是，请移出工作簿",
      cureEn: "if they are data, mend the header or write a source profile; if not, take the "
        + "sheet out of the workbook")
  }

  /// The first row with anything in it, as it may be shown.
  private var firstLine: String {
    let row = head.first { $0.contains { !$0.isEmpty } } ?? []
    let text = scrubbed(row.filter { !$0.isEmpty }.joined(separator: " "))
    return text.count > 80 ? String(text.prefix(80)) + "…" : text
  }

  private func findings(_ layout: CSVLayout) -> [Finding] {
    var findings: [Finding] = []
    if isHidden {
      findings.append(
        finding(
          .warning, "hidden-sheet", zh: "工作表 \(task.path) 是隐藏的，已照常读取",
          en: "the sheet \(task.path) is hidden; it was read all the same",
          cureZh: "若不应报送，请删除该工作表", cureEn: "delete it if it should not be delivered"))
    }
    if hiddenRows > 0 {
      let list = firstHidden.map(String.init)
      let more = hiddenRows > list.count
      findings.append(
        finding(
          .warning, "hidden-rows", line: firstHidden[0],
          zh: "\(task.path) 有 \(hiddenRows) 行被隐藏或筛去，已照常读取：第 "
            + list.joined(separator: "、") + (more ? "…" : "") + " 行",
          en: "\(task.path) has \(hiddenRows) rows that are hidden or filtered out; they were read "
            + "all the same: " + list.joined(separator: ", ") + (more ? "…" : ""),
          cureZh: "请取消隐藏和筛选后核对，不应报送的行请删除",
          cureEn: "show all rows and look at them; delete those that should not be delivered"))
    }
    if let finding = hiddenColumnsFinding { findings.append(finding) }
    if let first = firstUnseen.first { findings.append(unseenFinding(first)) }
    if !sheetEnd.unsolved.isEmpty {
      let cells = sheetEnd.unsolved.prefix(10).joined(separator: "、")
      findings.append(
        finding(
          .warning, "formula-without-value",
          zh: "\(task.path) 有公式没有保存计算结果，按未填处理：\(cells)",
          en:
            "\(task.path) has formulas whose values were not saved, taken as not stated: \(cells)",
          cureZh: "请用表格软件打开并保存后重新报送",
          cureEn: "open and save it in a spreadsheet program, then deliver it again"))
    }
    if !sheetEnd.partlyStruck.isEmpty { findings.append(partlyStruckFinding) }
    let merged = mergedData(layout)
    if !merged.isEmpty {
      let cells = merged.prefix(10).joined(separator: "、")
      findings.append(
        finding(
          .warning, "merged-cells",
          zh: "\(task.path) 的数据中有 \(merged.count) 处跨行合并的单元格，只有首行有值：\(cells)",
          en: "\(task.path) has \(merged.count) cells merged over several rows of data, of which "
            + "only the first has the value: \(cells)",
          cureZh: "请取消合并并逐行填写，或在来源配置的 fill-down 中列出该字段",
          cureEn: "fill in every row, or list the field in `fill-down` of the source profile"))
    }
    return findings
  }

  private var partlyStruckFinding: Finding {
    let cells = sheetEnd.partlyStruck.prefix(10).joined(separator: "、")
    let more = sheetEnd.partlyStruck.count > 10 ? "…" : ""
    return finding(
      .warning, "partly-struck",
      zh: "\(task.path) 有单元格中的一部分文字加了删除线，只读取没有划去的部分：\(cells)\(more)",
      en: "\(task.path) has cells of which some characters are crossed out; only the others were "
        + "read: \(cells)\(more)",
      cureZh: "请核对，并把划去的文字删掉", cureEn: "look at them, and delete what is crossed out")
  }

  /// Cells merged over rows of data in columns that are read and not filled down.
  private func mergedData(_ layout: CSVLayout) -> [String] {
    guard let columns = reading?.columns else { return [] }
    return sheetEnd.merged.filter { area in
      guard let (column, first, last) = cells(of: area), first > layout.skippedRows else {
        return false
      }
      return last > first && column < columns.count && columns.readers[column] >= 0
        && !columns.fillDown.columns.contains(column)
    }
  }

  /// The first column and the rows of `C5:D9`.
  private func cells(of area: String) -> (column: Int, first: Int, last: Int)? {
    let ends = area.split(separator: ":")
    guard ends.count == 2, let column = columnNumber(String(ends[0])),
      let first = Int(ends[0].drop { !$0.isNumber }), let last = Int(ends[1].drop { !$0.isNumber })
    else { return nil }
    return (column, first, last)
  }

  fileprivate func finding(
    _ severity: Finding.Severity, _ rule: String, line: Int = 1, zh: String, en: String,
    cureZh: String, cureEn: String
  ) -> Finding {
    Finding(
      severity, rule,
      place: Place(file: Int32(task.index), line: UInt32(clamping: line), record: 0),
      message: Bilingual(zh: zh, en: en), cure: Bilingual(zh: cureZh, en: cureEn))
  }
}

/// What people who look at a sheet do not see and Heng reads.
extension SheetTaking {
  fileprivate var hiddenColumnsFinding: Finding? {
    guard let columns = reading?.columns else { return nil }
    let hidden = columns.readers.indices.filter { column in
      columns.readers[column] >= 0 && sheetEnd.hiddenColumns.contains { $0.contains(column) }
    }
    guard !hidden.isEmpty else { return nil }
    let named = hidden.prefix(10).map { column in
      let name = layout.map { scrubbed($0.header.names[column]) } ?? ""
      return (zh: "\(columnName(column))列“\(name)”", en: "\(columnName(column)) “\(name)”")
    }
    let more = hidden.count > named.count ? "…" : ""
    return finding(
      .warning, "hidden-columns",
      zh: "\(task.path) 有隐藏的列，已照常读取：\(named.map(\.zh).joined(separator: "、"))\(more)",
      en: "\(task.path) has hidden columns, which were read all the same: "
        + named.map(\.en).joined(separator: ", ") + more,
      cureZh: "请取消隐藏后核对；不应报送的列请删除",
      cureEn: "show them and look at them; delete those that should not be delivered")
  }

  fileprivate func unseenFinding(_ first: Int) -> Finding {
    let list = firstUnseen.map(String.init)
    let more = unseenRows > list.count ? "…" : ""
    return finding(
      .warning, "unseen-rows", line: first,
      zh: "\(task.path) 有 \(unseenRows) 行的文字与底色同色，看不见，已照常读取：第 "
        + list.joined(separator: "、") + more + " 行",
      en: "\(task.path) has \(unseenRows) rows written in the colour of what is behind them, which "
        + "nobody sees; they were read all the same: " + list.joined(separator: ", ") + more,
      cureZh: "请改为可见的颜色后核对，不应报送的行请删除",
      cureEn: "give them a colour that can be seen and look at them; delete those that should not "
        + "be delivered")
  }
}
