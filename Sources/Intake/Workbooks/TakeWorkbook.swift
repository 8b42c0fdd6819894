import Fields
import Labels
import RulePacks
import Tables

/// Workbooks: of Excel (.xlsx, .xlsm) and of 2003 (SpreadsheetML); web pages see `TakePage.swift`.
extension FileTask {
  func takeWorkbook(_ pack: RulePack) throws(IntakeFailure) -> [TakenFile] {
    var source = try ByteSource(path: fullPath, shown: path, pieceSize: pieceSize)
    while try source.advance() > 0 {}
    let bytes = source.bytesRead
    let isOld = compoundStreams(fullPath).map { CompoundKind($0) } == .workbook
    let taking = WorkbookTaking(
      self, pack, EncodingGuess(encoding: .utf8, evidence: isOld ? "xls" : "xlsx"))
    taking.isOld = isOld
    do throws(WorkbookFault) {
      if isOld { try takeOldSheets(taking) } else { try takeSheets(taking) }
    } catch {
      // With all rows that were asked for there is nothing to find out about the rest.
      guard taking.isComplete else { throw failure(error) }
    }
    progress(bytes)
    return try taking.finish(bytes: bytes, sha256: source.sha256())
  }

  private func takeSheets(_ taking: WorkbookTaking) throws(WorkbookFault) {
    let limits = WorkbookLimits()
    let book = try Workbook(at: fullPath, limits: limits, allowsLinks: true)
    guard book.sheets.count <= limits.sheets else { throw .tooManySheets }
    taking.hasLinks = book.hasLinks
    taking.hasMacros = book.hasMacros
    taking.properties = book.properties
    for index in book.sheets.indices where try taking.begin(book.sheets[index].name) {
      let end = try book.read(index) { row throws(WorkbookFault) in
        taking.read(row)
        if taking.isComplete { throw .damaged(book.sheets[index].name, "complete") }
      }
      taking.end(end, isHidden: book.sheets[index].isHidden)
    }
  }

  private func takeOldSheets(_ taking: WorkbookTaking) throws(WorkbookFault) {
    try OldWorkbook(path: fullPath).read { (name) throws(WorkbookFault) in
      try taking.begin(name)
    } take: { (row) throws(WorkbookFault) in
      taking.read(row)
      if taking.isComplete { throw .damaged(path, "complete") }
    } end: {
      taking.end(SheetEnd(merged: []), isHidden: false)
    }
  }

  func takeSpreadsheetML(
    _ encoding: XMLEncoding, _ pack: RulePack
  ) throws(IntakeFailure) -> [TakenFile] {
    let taking = WorkbookTaking(self, pack, sheetGuess(encoding.guess))
    let text = try takeSheets(taking, encoding)
    var taken = try taking.finish(bytes: text.bytesRead, sha256: text.sha256())
    if let finding = contradiction(encoding, path, file: index), !taken.isEmpty {
      taken[0].findings.append(finding)
    }
    return taken
  }

  /// The first rows of each sheet of a workbook that has any.
  ///
  /// - Parameter head: the beginning of the file, which looks like one.
  func sheetHeads(_ head: Span<UInt8>) throws(IntakeFailure) -> [SheetHead] {
    // Without a profile no sheet is read on.
    let pack = RulePack(about: RulePack.About())
    if looksLikePage(head) { return try pageTables(pack).heads }
    guard looksLikeWorkbook(head) else {
      let encoding = xmlEncoding(head)
      let taking = WorkbookTaking(self, pack, sheetGuess(encoding.guess))
      _ = try takeSheets(taking, encoding)
      return taking.heads
    }
    let isOld = compoundStreams(fullPath).map { CompoundKind($0) } == .workbook
    let taking = WorkbookTaking(
      self, pack, EncodingGuess(encoding: .utf8, evidence: isOld ? "xls" : "xlsx"))
    do throws(WorkbookFault) {
      if isOld { try takeOldSheets(taking) } else { try takeSheets(taking) }
    } catch {
      throw failure(error)
    }
    return taking.heads
  }

  private func sheetGuess(_ guess: EncodingGuess) -> EncodingGuess {
    var known = guess
    known.evidence = "SpreadsheetML, " + guess.evidence
    return known
  }

  /// Takes the sheets of a workbook of 2003.
  ///
  /// - Returns: the text, read to its end.
  private func takeSheets(
    _ taking: WorkbookTaking, _ encoding: XMLEncoding
  ) throws(IntakeFailure) -> XMLText {
    let text = XMLText(
      try ByteSource(path: fullPath, shown: path, pieceSize: pieceSize),
      encoding, progress: progress)
    let sheets = SpreadsheetML(taking, WorkbookLimits())
    guard let parser = XMLParser(sheets.listener, text) else { throw noMemory(path) }
    let trouble = parser.parse()
    if let failure = text.failure { throw failure }
    if let trouble { throw damaged(trouble, encoding.guess, path) }
    if let fault = sheets.fault { throw failure(fault) }
    return text
  }

  func failure(_ fault: WorkbookFault) -> IntakeFailure {
    let kind: IntakeFailure.Kind =
      switch fault.kind {
      case .unreadable: .unreadable
      case .notAWorkbook, .encrypted: .unrecognised
      case .tooLarge, .unsafe, .damaged: .damaged
      }
    return IntakeFailure(kind, path, zh: fault.message.zh, en: fault.message.en)
  }
}

/// The first rows of a sheet.
struct SheetHead {
  /// `book.xlsx:Sheet`.
  var path: String
  var rows: [[String]]
  var guess: EncodingGuess
}

/// Takes the sheets of one workbook, one after the other; a class, because a parser's callbacks
/// share it.
final class WorkbookTaking {
  var hasLinks = false
  var hasMacros = false
  /// What the document says of itself.
  var properties: [String: String] = [:]
  /// Whether the sheets are tables of a web page.
  var isPage = false
  /// Whether the workbook is of the old format, of which number formats are not known.
  var isOld = false
  let task: FileTask
  let pack: RulePack
  private let guess: EncodingGuess
  private let vocabulary: HeaderVocabulary
  private var sheets: [SheetTaking] = []
  /// Sheets that have begun and not ended: a table of a page may stand within another.
  private var open: [SheetTaking] = []
  private var names: Set<String> = []

  init(_ task: FileTask, _ pack: RulePack, _ guess: EncodingGuess) {
    self.task = task
    self.pack = pack
    self.guess = guess
    vocabulary = task.vocabulary ?? HeaderVocabulary(pack)
  }

  /// The first rows of the sheets that have any.
  var heads: [SheetHead] {
    sheets.filter { !$0.isEmpty }.map {
      SheetHead(path: $0.task.path, rows: $0.head, guess: guess)
    }
  }

  /// Whether all rows that were asked for have been taken.
  var isComplete: Bool { task.collector != nil && sheets.last?.isComplete ?? false }

  /// Begins a sheet.
  ///
  /// - Returns: whether its rows are wanted.
  func begin(_ name: String) throws(WorkbookFault) -> Bool {
    let plain = plainSheetName(name, number: names.count + 1)
    let hidden = scrubbed(plain)
    // Two sheets that are called by numbers of persons are told apart by where they stand.
    let name = hidden == plain ? plain : "\(hidden)（\(names.count + 1)）"
    guard names.insert(name).inserted else {
      throw WorkbookFault(
        .damaged, zh: "有两个名为“\(name)”的工作表 — 请用表格软件打开后另存一份",
        en: "two sheets have the name “\(name)” — open it in a spreadsheet program and save it "
          + "again")
    }
    var mine = task
    mine.path = task.path + ":" + name
    guard task.onlyEntry == nil || task.onlyEntry == mine.path else { return false }
    // Sheets without rows leave nothing behind.
    if open.isEmpty, let last = sheets.last, last.isEmpty { sheets.removeLast() }
    let sheet = SheetTaking(name, mine, pack, vocabulary, guess)
    sheet.isOld = isOld
    sheets.append(sheet)
    open.append(sheet)
    return true
  }

  /// Takes a row of the sheet that began last and has not ended.
  func read(_ row: SheetRow) { open.last?.read(row) }

  func end(_ end: SheetEnd, isHidden: Bool) { open.popLast()?.end(end, isHidden: isHidden) }

  /// Whether some sheet has a column that some profile knows.
  var knowsAny: Bool { sheets.contains { $0.isRecognised || ($0.nearest?.recognised ?? 0) > 0 } }

  /// Sheets with rows.
  var filledCount: Int { sheets.count { !$0.isEmpty } }

  /// What the sheets gave, those without rows left out.
  ///
  /// - Throws: what keeps sheets from being read: one that nearly fits a profile must not be
  ///   passed over, and some sheet must fit.
  func finish(bytes: Int, sha256: String) throws(IntakeFailure) -> [TakenFile] {
    let filled = sheets.filter { !$0.isEmpty }
    guard !filled.isEmpty else {
      throw IntakeFailure(
        .unrecognised, task.path, zh: "工作簿中没有内容 — 请重新导出，或移出本文件",
        en: "the workbook is empty — export it again, or take it out of the folder")
    }
    if let paper = unreadPaper(filled) {
      throw IntakeFailure(paper, task.path, bytes: bytes)
    }
    let strange = filled.filter { !$0.isRecognised }
    let isKnown = strange.count < filled.count
    let isForm = filled.contains(where: \.isForm)
    // The words to choose from that stand behind returned rows and forms are nobody's data, nor is
    // what a form says of itself.
    let own =
      isForm ? [RowLabel.listSheet, FormLabel.guide.zh, FormLabel.guide.en] : []
    var refused = strange.filter {
      (!isKnown || $0.isNearlyRecognised) && !own.contains($0.name)
    }
    // What stands beside the rows of a paper of ours holds no others.
    if let ownPaper, ownPaper != .form { refused = [] }
    // Most tables of a page are there for its looks.
    if isPage, !isKnown { refused = refused.filter { ($0.nearest?.recognised ?? 0) > 0 } }
    guard refused.isEmpty else {
      throw IntakeFailure.joined(
        refused.prefix(20).map {
          unrecognised(
            $0.nearest, pack, $0.task.path + "!A1", StrangeTable(rows: $0.head, vocabulary))
        })
    }
    var taken = filled.compactMap { sheet in
      var file = sheet.finish(bytes: bytes, sha256: sha256)
      file?.isOwnPaper = ownPaper != nil || OwnPaper.allCases.contains { sheet.isHeaded(as: $0) }
      return file
    }
    guard !taken.isEmpty else { return [] }
    taken[0].findings.append(contentsOf: bookFindings)
    if isForm, let finding = editionFinding { taken[0].findings.append(finding) }
    let hasLists = ownPaper == .returned || taken.contains { $0.isMending || $0.lacksPlaces }
    let lists = hasLists ? [RowLabel.listSheet] : []
    taken[0].findings.append(
      contentsOf: strange.filter { !(own + lists).contains($0.name) }.map {
        $0.passedOver(beside: filled.filter(\.isRecognised))
      })
    return taken
  }

  /// Said where the form that a pack would hand out now is filled in otherwise.
  private var editionFinding: Finding? {
    func said(_ name: RecordForm.Property) -> String { properties[name.rawValue] ?? "" }
    guard let record = pack.records.firstIndex(where: { $0.id == said(.record) }),
      let now = pack.form(ofRecord: record), !said(.form).isEmpty, now.sha256 != said(.form)
    else { return nil }
    let (id, edition) = (scrubbed(said(.pack)), scrubbed(said(.edition)))
    return bookFinding(
      .note, "form-edition",
      Bilingual(
        zh: "\(task.path) 是按规则包 \(id) \(edition) 制作的报送表，现行 \(pack.about.edition) 的“"
          + "\(pack.records[record].title)”填法已有变化",
        en: "\(task.path) is a form made from \(id) \(edition); under \(pack.about.edition) rows "
          + "of “\(pack.records[record].title)” are filled in otherwise"),
      Bilingual(
        zh: "已照常读入；请核对有无缺列，以后改用 heng rules forms 重新制作的表",
        en: "it was read all the same; see whether columns are missing, and use a form that heng "
          + "rules forms makes anew"))
  }

  private var bookFindings: [Finding] {
    var findings: [Finding] = []
    if isOld {
      findings.append(
        bookFinding(
          .warning, "old-workbook",
          Bilingual(
            zh: "\(task.path) 是旧格式的工作簿（.xls）：读不到单元格的数字格式，编号前的 0、只写到月份的日期、"
              + "隐藏的行、加了删除线的内容和没有计算结果的公式可能看不出来",
            en: "\(task.path) is a workbook of the old format (.xls), of which number formats are "
              + "not known: zeros in front of codes, dates without a day, hidden rows, what is "
              + "crossed out and formulas without a value may go unnoticed"),
          Bilingual(
            zh: "请核对编号和日期；最好用表格软件打开后另存为.xlsx报送",
            en: "look at codes and dates; better open it in a spreadsheet program and deliver it "
              + "as .xlsx")))
    }
    if hasLinks {
      findings.append(
        bookFinding(
          .warning, "workbook-links",
          Bilingual(
            zh: "\(task.path) 有取自其他文件的值，按保存时的值读取",
            en: "\(task.path) takes values from other files; they were read as they were saved"),
          Bilingual(
            zh: "请确认这些值是最新的，或改为数值后重新报送",
            en: "make sure that they are up to date, or turn them into plain values")))
    }
    if hasMacros {
      findings.append(
        bookFinding(
          .note, "workbook-macros",
          Bilingual(
            zh: "\(task.path) 带有宏，未查看也未运行",
            en: "\(task.path) carries macros, which were neither looked at nor run"),
          Bilingual(zh: "建议另存为.xlsx后报送", en: "better save it as .xlsx")))
    }
    return findings
  }

  private func bookFinding(
    _ severity: Finding.Severity, _ rule: String, _ message: Bilingual, _ cure: Bilingual
  ) -> Finding {
    Finding(
      severity, rule, place: Place(file: Int32(task.index), line: 1, record: 0),
      message: message, cure: cure)
  }
}

/// A sheet's name without what spreadsheets do not allow in one, so that `book.xlsx:Sheet` can be
/// taken apart again.
func plainSheetName(_ name: String, number: Int) -> String {
  var plain = ""
  for scalar in name.unicodeScalars.prefix(100) {
    let isAllowed =
      scalar.value >= 0x20 && scalar.value != 0x7F && !":\\/?*[]".unicodeScalars.contains(scalar)
    plain.unicodeScalars.append(isAllowed ? scalar : "_")
  }
  return plain.isEmpty ? "Sheet\(number)" : plain
}
