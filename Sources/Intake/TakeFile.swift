import Fields
import RulePacks
import Tables

/// What one file gave.
struct TakenFile: Sendable {
  var file: DeliveredFile
  /// Index of its record kind.
  var record: Int
  var table: RecordTable
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

  /// Gives it another number: of a workbook before it each sheet counts as a file.
  mutating func number(_ index: Int) {
    guard index != self.index else { return }
    self.index = index
    let file = Int32(index)
    for row in table.places.indices { table.places[row].file = file }
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
  func take(_ pack: RulePack) throws(IntakeFailure) -> [TakenFile] {
    let source = try ByteSource(path: fullPath, shown: path, pieceSize: 0)
    let taken: [TakenFile]
    do throws(IntakeFailure) {
      taken = try takeUnguarded(pack)
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

  private func takeUnguarded(_ pack: RulePack) throws(IntakeFailure) -> [TakenFile] {
    let layout = try recognise(pack)
    switch layout {
    case .workbook: return try takeWorkbook(pack)
    case .page: return try takePage(pack)
    case .json: return try takeJSON(pack)
    case .spreadsheetML(let encoding): return try takeSpreadsheetML(encoding, pack)
    case .xml(let layout): return [try takeXML(layout, pack)]
    case .csv(let layout):
      try requireChinese(layout)
      do throws(CSVStop) {
        return [try takeCSV(layout, pack)]
      } catch {
        guard case .backslashes(let line) = error else { return [try retry(error, layout, pack)] }
        return [try takeEscaped(layout, line: line, pack)]
      }
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
    case csv(CSVLayout)
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
      if looksLikePage(head), !hasRoot(rootName(head), pack) { return .page }
      let layout = try recogniseXML(head, isWhole: isWhole, pack: pack, shown: path) {
        (encoding) throws(IntakeFailure) in
        XMLText(
          try ByteSource(path: fullPath, shown: path, pieceSize: headSize), encoding,
          limit: head.count)
      }
      return .xml(layout)
    }
    if looksLikeJSON(head) { return .json }
    let guesses = encodingGuesses(head, isWhole: isWhole)
    return .csv(
      try recogniseCSV(
        head, isWhole: isWhole, guesses: guesses, pack: pack,
        vocabulary: vocabulary ?? HeaderVocabulary(pack), shown: path))
  }

  func taker(_ plan: RowPlan) -> RowTaker {
    var taker = RowTaker(plan, file: index, asOf: asOf, digestKey: digestKey)
    taker.collector = collector
    taker.mostWaiting = mostWaiting
    taker.refusesTurnedCodes = !isSurvey
    if !keeping.isEmpty {
      taker.kept = EvidenceTexts(keeping[plan.profile.record], of: plan.kind)
    }
    return taker
  }

  // MARK: CSV

  private func takeCSV(_ layout: CSVLayout, _ pack: RulePack) throws(CSVStop) -> TakenFile {
    var source = try open()
    var reading = CSVReading(layout, pack, taker: taker(layout.plan))
    var decoder = TextDecoder(layout.guess.encoding, markLength: layout.guess.markLength)
    var isLast = false
    var hasRoom = false
    while !isLast, !(reading.taker.collector?.isComplete ?? false) {
      isLast = try read(&source, &reading, &decoder)
      guard !isLast, !hasRoom else { continue }
      // The first piece tells how many rows the rest will have; a little more than that is there.
      hasRoom = true
      let rows = reading.taker.table.count
      reading.taker.table.expect(rows: rows * (source.size / max(source.bytesRead, 1) + 1))
    }
    let bytes = source.bytesRead
    return taken(
      reading.taker, layout.profile, pack, layout.guess, bytes: bytes, sha256: source.sha256(),
      dropped: layout.dropped, isDoubtful: layout.isDoubtful, controls: reading.controls,
      occurrence: Occurrence(layout.plan) { $0 >= 0 })
  }

  /// - Parameter line: the first with a backslash before a quote within quotes.
  private func takeEscaped(
    _ layout: CSVLayout, line: Int, _ pack: RulePack
  ) throws(IntakeFailure) -> TakenFile {
    var taken: TakenFile
    do throws(CSVStop) {
      taken = try takeCSV(layout.withEscapes, pack)
    } catch {
      taken = try retry(error, layout.withEscapes, pack)
    }
    taken.findings.append(escapesFinding(file: index, line: line))
    return taken
  }

  /// Refuses a file that is read as GB18030 for want of anything better, and holds no Chinese text.
  private func requireChinese(_ layout: CSVLayout) throws(IntakeFailure) {
    guard layout.guess.encoding == .gb18030, layout.guess.evidence.hasPrefix("not UTF-8") else {
      return
    }
    var source = try ByteSource(path: fullPath, shown: path, pieceSize: 1 << 20)
    var text = LegacyText()
    while !text.isEnough, try source.advance() > 0 {
      let (count, read) = (source.pieceCount, source.piece)
      text.take(read.span.extracting(0..<count))
    }
    guard let probable = text.probable else { return }
    throw IntakeFailure(
      .damaged, path,
      zh: "不是 UTF-8，按 GB18030 读出的多是生僻字，很可能是\(probable.zh) — 请另存为 UTF-8 后重新报送；"
        + "确为 GB18030 的，请在来源配置写 encoding: gb18030",
      en: "the file is not UTF-8 and reads as rare characters in GB18030; it is probably "
        + "\(probable.en) — save it as UTF-8 and deliver it again, or say `encoding: gb18030` in the "
        + "source profile if it is that")
  }

  private func open() throws(CSVStop) -> ByteSource {
    do throws(IntakeFailure) {
      return try ByteSource(path: fullPath, shown: path, pieceSize: pieceSize)
    } catch { throw .file(error) }
  }

  private func read(
    _ source: inout ByteSource, _ reading: inout CSVReading, _ decoder: inout TextDecoder
  ) throws(CSVStop) -> Bool {
    var stop: CSVStop?
    var isLast = false
    let size = pieceSize
    do throws(IntakeFailure) {
      try source.next { (piece) throws(IntakeFailure) in
        isLast = piece.count < size
        do throws(CSVStop) {
          try reading.take(piece, &decoder, isLast: isLast)
        } catch { stop = error }
        progress(piece.count)
      }
    } catch { throw .file(error) }
    if let stop { throw stop }
    return isLast
  }

  /// A file whose beginning was ASCII may turn out not to be UTF-8; then it is GB18030 or damaged.
  private func retry(
    _ stop: CSVStop, _ layout: CSVLayout, _ pack: RulePack
  ) throws(IntakeFailure) -> TakenFile {
    guard case .decoding(let fault, _, _) = stop, layout.guess.encoding == .utf8, !fault.isCut,
      layout.guess.markLength == 0, pack.sources[layout.profile].encoding == nil,
      !layout.header.names.contains(where: { !$0.utf8.allSatisfy { $0 < 0x80 } })
    else { throw failure(stop, layout.guess) }
    var other = layout
    other.guess = EncodingGuess(encoding: .gb18030, evidence: "not UTF-8, valid GB18030")
    try requireChinese(other)
    do throws(CSVStop) {
      return try takeCSV(other, pack)
    } catch {
      if case .backslashes(let line) = error { return try takeEscaped(other, line: line, pack) }
      // The first fault tells more: the file begins as UTF-8.
      if case .decoding = error { throw failure(stop, layout.guess) }
      throw failure(error, other.guess)
    }
  }

  private func failure(_ stop: CSVStop, _ guess: EncodingGuess) -> IntakeFailure {
    switch stop {
    case .file(let failure): return failure
    case .decoding(let fault, let line, let column):
      if fault.isCut {
        return IntakeFailure(
          .damaged, "\(path):\(line):\(column)", zh: "文件在一个字符中间中断 — 请重新导出或重新传送完整文件",
          en: "the file ends within a character — export or transfer the whole file again")
      }
      return IntakeFailure(
        .damaged, "\(path):\(line):\(column)",
        zh:
          "第 \(fault.offset + 1) 个字节起不是 \(guess.encoding.rawValue)（依据：\(guess.evidence)） — "
          + "请统一编码后重新导出",
        en:
          "byte \(fault.offset + 1) is not \(guess.encoding.rawValue) (known by: "
          + "\(guess.evidence)) — export the file again in one encoding"
      )
    case .unclosedQuote(let line, let last):
      return IntakeFailure(
        .damaged, "\(path):\(line):1",
        zh: "从这一行起的引号到文件末尾（第 \(last) 行）也没有结束，可能多了一个引号，或文件被截断 — "
          + "请删去多余的引号，或重新导出完整文件",
        en:
          "a quote that begins on this line is never closed up to the end of the file on line "
          + "\(last), so it is a stray one or the file is cut — take the quote out, or export the "
          + "whole file again"
      )
    case .unclearQuote(let line, let last):
      return IntakeFailure(
        .damaged, "\(path):\(line):1",
        zh: "从这一行起的引号到第 \(last) 行才结束，其间有些行自成一行，无法断定引号是否多余 — "
          + "请删去多余的引号，或核对这几行后重新导出",
        en:
          "a quote that opens on this line closes on line \(last), and some of the lines it takes "
          + "in read as rows of their own, so nobody can tell whether it is a stray one — take the "
          + "stray quote out, or look at these lines and export again"
      )
    case .backslashes(let line):
      return IntakeFailure(
        .damaged, "\(path):\(line):1",
        zh: "引号内的引号前有反斜杠（\\\"），而前面的行不是这种写法 — 请在来源配置写 escape: \"\\\\\"，或重新导出",
        en:
          "a quote within quotes has a backslash before it (\\\"), which the rows before it do not — "
          + "say `escape: \"\\\\\"` in the source profile, or export the file again")
    case .rowTooLong(let line, let last):
      return IntakeFailure(
        .damaged, "\(path):\(line):1",
        zh: "从这一行起的一行数据超过 16 MB（至第 \(last) 行），可能是引号没有结束 — 请改正后重新导出",
        en:
          "the row that begins on this line is longer than 16 MB, up to line \(last); a quote is "
          + "probably not closed — correct it and export again"
      )
    }
  }

  // MARK: XML

  func takeXML(_ layout: XMLLayout, _ pack: RulePack) throws(IntakeFailure) -> TakenFile {
    if readsPlainXML, let taken = try takePlainXML(layout, pack) { return taken }
    let text = XMLText(
      try ByteSource(path: fullPath, shown: path, pieceSize: pieceSize),
      layout.encoding, progress: progress)
    let rows = XMLRows(layout.plan, taker: taker(layout.plan.plan))
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
    guard var reading = PlainXML(layout, taker: taker(layout.plan.plan)) else { return nil }
    var source = try ByteSource(path: fullPath, shown: path, pieceSize: pieceSize)
    let guess = layout.encoding.guess
    var decoder = TextDecoder(guess.encoding, markLength: guess.markLength)
    var isPlain = true
    var isLast = false
    while isPlain, !isLast, !(reading.rows.taker.collector?.isComplete ?? false) {
      try source.next { (piece) throws(IntakeFailure) in
        isLast = piece.count < pieceSize
        do throws(NotPlain) {
          try reading.take(piece, &decoder, isLast: isLast)
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
      controls.append(read.taker.compare(control, stated: read.stated[index]))
    }
    let occurrence = Occurrence(layout.plan.plan) { read.isSeen($0) }
    if let finding = contradiction(layout.encoding, path, file: index) { read.taker.add(finding) }
    return taken(
      read.taker, layout.profile, pack, layout.encoding.guess, bytes: bytes, sha256: sha256,
      dropped: read.dropped, controls: controls, occurrence: occurrence)
  }

  // MARK: Both

  func taken(
    _ taker: RowTaker, _ profile: Int, _ pack: RulePack, _ guess: EncodingGuess, bytes: Int,
    sha256: String, dropped: [String], isDoubtful: Bool = false, controls: [ControlTotal],
    occurrence: Occurrence
  ) -> TakenFile {
    let source = pack.sources[profile]
    var file = DeliveredFile(
      path: path, bytes: bytes, sha256: sha256, encoding: guess.name,
      encodingEvidence: guess.evidence, profile: source.id)
    file.read = taker.read
    file.accepted = taker.table.count
    file.quarantined = taker.quarantine.count
    // Where a header is missing, a row of persons may stand in its place.
    let dropped = dropped.map(scrubbed)
    file.droppedColumns = dropped
    file.controls = controls
    var findings = taker.findings + taker.folded.findings(taker.plan.kind)
    findings += taker.differing.findings(taker.plan)
    if !dropped.isEmpty { findings.append(droppedFinding(dropped)) }
    if isDoubtful { findings.append(doubtfulFinding(source)) }
    var table = taker.table.table(precedence: source.precedence)
    if collector == nil { findings.append(contentsOf: taker.columnFindings(table)) }
    table.delivered = taker.kept.byField(of: pack.records[source.record])
    return TakenFile(
      file: file, record: source.record, table: table,
      quarantine: taker.quarantine, findings: findings, unread: taker.unread,
      occurrence: occurrence, collector: taker.collector,
      index: index,
      lacking: needed.isEmpty ? [] : neverStated(needed[source.record], in: table, taker.plan))
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
