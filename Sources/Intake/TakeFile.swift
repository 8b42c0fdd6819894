import Fields
import RulePacks
import Tables

/// What one file gave.
struct TakenFile: Sendable {
  var file: DeliveredFile
  /// Index of its record kind.
  var record: Int
  var table: RecordTable
  /// What could be read of rows that were not accepted.
  var unaccepted: RecordTable
  var quarantine: [QuarantinedRow]
  var findings: [Finding]
  /// By field, stated cells that could not be read.
  var unread: [Int]
  /// What of its profile occurred in it.
  var occurrence: Occurrence
  /// Instead of rows, delivered texts by row.
  var collector: RawCollector?
  /// What the rows' places call it.
  var index: Int
  /// Fields that criteria read and no row states.
  var lacking: [Int] = []
  /// By returned row, the fields in which something could not be read.
  var unreadInRow: [UInt32: [Int]] = [:]
  /// Whether its rows mend others, and need not have all that files of its profile have.
  var isMending = false
  /// Whether its rows were returned, and it lost the column that tells which they mend.
  var lacksPlaces = false
  /// Whether it is a form that was handed out: it has all columns, whoever needs them.
  var isForm = false
  /// Whether it is another paper of Heng's own, filled in: its columns are those that Heng gave it.
  var isOwnPaper = false

  /// Gives it another number: of a workbook before it each sheet counts as a file.
  mutating func number(_ index: Int) {
    guard index != self.index else { return }
    self.index = index
    let file = Int32(index)
    for row in table.places.indices { table.places[row].file = file }
    for row in unaccepted.places.indices { unaccepted.places[row].file = file }
    for row in quarantine.indices { quarantine[row].place.file = file }
    for index in findings.indices { findings[index].place?.file = file }
  }
}

/// One delivered file and how to read it.
struct FileTask: Sendable {
  var folder: String
  var path: String
  /// Index among the delivered files.
  var index: Int
  var asOf: PartialDate
  var digestKey: [UInt8]?
  /// Bytes read at a time.
  var pieceSize = 1 << 17
  /// Bytes of the beginning by which a file is recognised, if they suffice.
  var headSize = 256 << 10
  /// A header or a first row that ends behind so many bytes is not found.
  static let longestHead = 64 << 20
  /// Rows that may wait to be taken together.
  var mostWaiting = RowBlock.most
  /// Faulty rows and findings that are told one by one.
  var mostListed = ListBounds().most
  /// Whether plain XML is read without libxml2.
  var readsPlainXML = true
  var collector: RawCollector?
  /// Whether the columns are only looked at, and nobody has said yet what they hold.
  var isSurvey = false
  /// By record kind, the fields whose delivered texts are kept beside the values; empty for none.
  var keeping: [Set<Int>] = []
  /// Of a workbook, the entry that is read; nil for all.
  var onlyEntry: String?
  /// Shared by the tasks of a run; made anew where nil.
  var vocabulary: HeaderVocabulary?
  /// By record kind, the fields that criteria read; empty where nobody asks for them.
  var needed: [[Int]] = []
  var progress: @Sendable (Int) -> Void = { _ in }

  /// As `systemPath` reads it.
  var fullPath: String { shownPath(folder) + "/" + path }

  /// Recognises the file and takes its rows; of a workbook, those of each sheet.
  ///
  /// - Throws: also where the file changes meanwhile.
  func read(_ pack: RulePack) throws(IntakeFailure) -> [TakenFile] {
    let source = try ByteSource(path: fullPath, shown: path, pieceSize: 0)
    let taken: [TakenFile]
    do throws(IntakeFailure) {
      taken = try readUnguarded(pack)
    } catch {
      // A file that shrinks looks cut; that it changed says more.
      try source.requireUnchanged()
      throw error
    }
    // Of a collector's file only the beginning is read.
    for file in taken {
      try source.requireUnchanged(bytes: collector == nil ? file.file.bytes : nil)
    }
    return taken
  }

  private func readUnguarded(_ pack: RulePack) throws(IntakeFailure) -> [TakenFile] {
    let layout = try recognise(pack)
    switch layout {
    case .workbook: return try takeWorkbook(pack)
    case .page: return try takePage(pack)
    case .json: return try takeJSON(pack)
    case .spreadsheetML(let encoding): return try takeSpreadsheetML(encoding, pack)
    case .xml(let layout): return [try takeXML(layout, pack)]
    case .csv(let layout, let isOwnPaper):
      var taken = try takeCSV(layout, pack)
      taken.isOwnPaper = isOwnPaper
      return [taken]
    }
  }

  /// Recognises the file by its beginning; where that does not suffice, by more and more of it.
  private func recognise(_ pack: RulePack) throws(IntakeFailure) -> Layout {
    var size = headSize
    while true {
      var source = try ByteSource(path: fullPath, shown: path, pieceSize: size)
      let isWhole = source.size <= size
      do throws(IntakeFailure) {
        return try source.next { (head) throws(IntakeFailure) in
          try recognise(head, isWhole: isWhole, pack)
        }
      } catch {
        guard error.kind == .unrecognised, !isWhole, size < FileTask.longestHead else {
          throw error
        }
        size = min(size * 16, FileTask.longestHead)
      }
    }
  }

  private enum Layout {
    case xml(XMLLayout)
    /// Also whether it is a paper of Heng's own, filled in.
    case csv(CSVLayout, isOwnPaper: Bool)
    case workbook
    case spreadsheetML(XMLEncoding)
    case page
    case json
  }

  private func recognise(
    _ head: Span<UInt8>, isWhole: Bool, _ pack: RulePack
  ) throws(IntakeFailure) -> Layout {
    guard head.count > 0 else {
      throw IntakeFailure(
        .unrecognised, path, zh: "文件是空的 — 请重新导出，或移出本文件",
        en: "the file is empty — export it again, or take it out of the folder")
    }
    if let foreign = ForeignContent(head)
      ?? ForeignContent(zipAt: fullPath, head) ?? ForeignContent(compoundAt: fullPath, head)
    {
      throw IntakeFailure(foreign, path, bytes: fileSize(fullPath))
    }
    if looksLikeWorkbook(head) { return .workbook }
    if looksLikeXML(head) {
      if looksLikeSpreadsheetML(head) { return .spreadsheetML(xmlEncoding(head)) }
      if looksLikePage(head), !hasRoot(rootName(head), pack) {
        if isOwnPage(head) { throw setAside(.page) }
        return .page
      }
      let layout = try recogniseXML(head, isWhole: isWhole, pack: pack, shown: path) {
        (encoding) throws(IntakeFailure) in
        XMLText(
          try ByteSource(path: fullPath, shown: path, pieceSize: headSize), encoding,
          limit: head.count)
      }
      return .xml(layout)
    }
    // What stands behind a published page.
    if head.startsAt(0, Array(OwnPaper.scriptCall.utf8)) { throw setAside(.page) }
    if looksLikeJSON(head) {
      if let paper = OwnPaper(namedIn: head) { throw setAside(paper) }
      return .json
    }
    return try recogniseText(head, isWhole: isWhole, pack)
  }

  private func setAside(_ paper: OwnPaper) -> IntakeFailure {
    IntakeFailure(UnreadPaper(paper), path, bytes: fileSize(fullPath))
  }

  /// - Throws: also where it is a paper of Heng's own that is no data.
  private func recogniseText(
    _ head: Span<UInt8>, isWhole: Bool, _ pack: RulePack
  ) throws(IntakeFailure) -> Layout {
    let guesses = encodingGuesses(head, isWhole: isWhole)
    let text = TextPaper(headed: head, guesses)
    let paper = text?.paper
    let now = asOf.description
    if paper == .meeting, let then = text?.asOf, then != now {
      throw IntakeFailure(
        UnreadPaper(.meeting, asOf: scrubbed(then), now: now), path, bytes: fileSize(fullPath))
    }
    do throws(IntakeFailure) {
      let layout = try recogniseCSV(
        head, isWhole: isWhole, guesses: guesses, pack: pack,
        vocabulary: vocabulary ?? HeaderVocabulary(pack), shown: path)
      return .csv(layout, isOwnPaper: paper != nil)
    } catch {
      // One that is to be filled in is told what it lacks, as any table is.
      guard error.kind == .unrecognised, let paper, !paper.isReadBack else { throw error }
      throw setAside(paper)
    }
  }

  func reader(_ plan: RowPlan) -> RowReader {
    var reader = RowReader(plan, file: index, asOf: asOf, digestKey: digestKey)
    reader.collector = collector
    reader.mostWaiting = mostWaiting
    reader.bounds.most = mostListed
    reader.refusesTurnedCodes = !isSurvey
    reader.isSurveyed = isSurvey
    if !keeping.isEmpty {
      reader.kept = EvidenceTexts(keeping[plan.profile.record], of: plan.kind)
    }
    return reader
  }

  // MARK: XML

  func takeXML(_ layout: XMLLayout, _ pack: RulePack) throws(IntakeFailure) -> TakenFile {
    if readsPlainXML, let taken = try takePlainXML(layout, pack) { return taken }
    let text = XMLText(
      try ByteSource(path: fullPath, shown: path, pieceSize: pieceSize),
      layout.encoding, progress: progress)
    let rows = XMLRows(layout.plan, reader: reader(layout.plan.plan))
    guard let parser = XMLParser(.rows(rows), text) else { throw noMemory(path) }
    let trouble = parser.parse()
    if let failure = text.failure { throw failure }
    if let trouble { throw damaged(trouble, layout.encoding.guess, path) }
    guard case .rows(var read) = parser.purpose else { throw noMemory(path) }
    read.takeBlock()
    return taken(read, layout, pack, bytes: text.bytesRead, sha256: text.sha256())
  }

  /// - Returns: nil where the file is libxml2's to read.
  func takePlainXML(
    _ layout: XMLLayout, _ pack: RulePack
  ) throws(IntakeFailure) -> TakenFile? {
    guard var reading = PlainXML(layout, reader: reader(layout.plan.plan)) else { return nil }
    var source = try ByteSource(path: fullPath, shown: path, pieceSize: pieceSize)
    let guess = layout.encoding.guess
    var decoder = TextDecoder(guess.encoding, markLength: guess.markLength)
    var isPlain = true
    var isLast = false
    while isPlain, !isLast, !(reading.rows.reader.collector?.isComplete ?? false) {
      try source.next { (piece) throws(IntakeFailure) in
        isLast = piece.count < pieceSize
        do throws(NotPlain) {
          try reading.read(piece, &decoder, isLast: isLast)
        } catch { isPlain = false }
        progress(piece.count)
      }
    }
    let bytes = source.bytesRead
    guard isPlain else {
      progress(-bytes)
      return nil
    }
    return taken(reading.rows, layout, pack, bytes: bytes, sha256: source.sha256())
  }

  private func taken(
    _ rows: XMLRows, _ layout: XMLLayout, _ pack: RulePack, bytes: Int, sha256: String
  ) -> TakenFile {
    var read = rows
    var controls: [ControlTotal] = []
    for (index, control) in layout.plan.controls.enumerated() {
      controls.append(
        control.isOfPart
          ? read.reader.compare(control, parts: read.parts[index])
          : read.reader.compare(control, stated: read.stated[index]))
    }
    let occurrence = Occurrence(layout.plan.plan) { read.isSeen($0) }
    if let finding = contradiction(layout.encoding, path, file: index) { read.reader.add(finding) }
    if case .xml(let rows) = pack.sources[layout.profile].format,
      let finding = read.elsewhere.finding(file: index, rows: rows)
    {
      read.reader.add(finding)
    }
    return taken(
      read.reader, layout.profile, pack, layout.encoding.guess, bytes: bytes, sha256: sha256,
      dropped: read.dropped, controls: controls, occurrence: occurrence)
  }

  // MARK: Both

  func taken(
    _ reader: RowReader, _ profile: Int, _ pack: RulePack, _ guess: EncodingGuess, bytes: Int,
    sha256: String, dropped: [String], isDoubtful: Bool = false, controls: [ControlTotal],
    occurrence: Occurrence
  ) -> TakenFile {
    let source = pack.sources[profile]
    var file = DeliveredFile(
      path: path, bytes: bytes, sha256: sha256, encoding: guess.name,
      encodingEvidence: guess.evidence, profile: source.id)
    file.read = reader.read
    file.accepted = reader.table.count
    var reader = reader
    reader.boundLists()
    file.quarantined = reader.rejected
    file.superseded = reader.deleted.count
    // Where a header is missing, a row of persons may stand in its place.
    let lacksPlaces = reader.returned.mends.isEmpty && dropped.contains(where: headsReasons)
    let dropped = dropped.filter { !lacksPlaces || !headsReasons($0) }.map(scrubbed)
    file.droppedColumns = dropped
    file.controls = controls
    file.returned = reader.returned
    var findings = reader.findings + reader.folded.findings(reader.plan.kind)
    findings += reader.differing.findings(reader.plan)
    findings += reader.deleted.findings
    if !dropped.isEmpty { findings.append(droppedFinding(dropped)) }
    if lacksPlaces { findings.append(lostPlaceFinding(source, rows: reader.read)) }
    if isDoubtful { findings.append(doubtfulFinding(source)) }
    if let finding = reader.bounds.finding(file: index) { findings.append(finding) }
    var table = reader.table.table(precedence: source.precedence)
    if collector == nil { findings.append(contentsOf: reader.columnFindings(table)) }
    table.delivered = reader.kept.byField(of: pack.records[source.record])
    var quarantine = reader.quarantine
    file.sharesLines = RecordsOnOneLine.share(table.places, quarantine)
    if file.sharesLines { sayRecords(of: source, file, &quarantine, &findings) }
    var taken = TakenFile(
      file: file, record: source.record, table: table,
      unaccepted: reader.unaccepted.table(precedence: source.precedence), quarantine: quarantine,
      findings: findings, unread: reader.unread,
      occurrence: occurrence, collector: reader.collector,
      index: index,
      lacking: needed.isEmpty ? [] : neverStated(needed[source.record], in: table, reader.plan))
    taken.unreadInRow = reader.unreadInRow
    taken.isMending = !reader.returned.mends.isEmpty
    taken.lacksPlaces = lacksPlaces
    return taken
  }

  private func doubtfulFinding(_ source: SourceProfile) -> Finding {
    Finding(
      .warning, "few-known-columns", place: Place(file: Int32(index), line: 1, record: 0),
      message: Bilingual(
        zh: "\(path) 按“\(source.title)”（\(source.id)）读取，但认得的列不到六成",
        en:
          "\(path) was read as “\(source.title)” (\(source.id)), but less than 60 % of its columns are known"
      ),
      cure: Bilingual(
        zh: "核对是否认错了来源；不需要的列可写入来源配置的 ignore",
        en:
          "see whether it is another export; columns not wanted can be listed in `ignore` of the source profile"
      ))
  }
}
