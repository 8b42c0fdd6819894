import Fields
import RulePacks
import Tables

/// JSON: lists of records, whose names stand for the columns of a CSV file.
///
/// The text is read twice, first for what is wrong with it and for the names that its records
/// have, then for the records, so that memory does not grow with it.
extension FileTask {
  func takeJSON(_ pack: RulePack) throws(IntakeFailure) -> [TakenFile] {
    let (lists, guess) = try surveyJSON()
    let vocabulary = vocabulary ?? HeaderVocabulary(pack)
    let entries = entries(lists)
    var taken: [TakenFile] = []
    var strange: [Entry] = []
    var nearest: ProfileFit?
    for entry in entries where onlyEntry == nil || onlyEntry == entry.path {
      let found = recogniseSheet([entry.list.names], guess, vocabulary, pack)
      guard let layout = found.layout else {
        if nearest?.recognised ?? -1 < found.nearest?.recognised ?? 0 { nearest = found.nearest }
        strange.append(entry)
        continue
      }
      // A single record is what a text is only if no list in it is known.
      if entry.list.isTop, !taken.isEmpty { continue }
      guard entry.list.otherLine == 0 else { throw notARecord(entry.list) }
      taken.append(try read(entry, layout, nodes: lists.nodes, pack))
    }
    guard !taken.isEmpty else {
      // An answer that says why it has none is no record.
      let isAnswer = nearest == nil && !lists.message.isEmpty
      guard !entries.isEmpty, !isAnswer else { throw noRecords(lists) }
      throw unrecognised(nearest, pack, path)
    }
    if let total = lists.statedTotal, lists.lists.count(where: { !$0.isTop }) == 1,
      let records = lists.lists.first(where: { !$0.isTop })?.records, records != total.count
    {
      taken[0].findings.append(onePage(total.name, total.count, records, line: total.line))
    }
    taken[0].findings.append(
      contentsOf: strange.filter { !$0.list.isTop }.map { passedOver($0) })
    return taken
  }

  /// The list with most records, for a pack that is to be drafted.
  func outlineJSON() throws(IntakeFailure) -> [SurveyedFile] {
    let (lists, guess) = try surveyJSON()
    let found = entries(lists).filter { !$0.list.isTop || lists.lists.count == 1 }
    guard !found.isEmpty else { throw noRecords(lists) }
    return try found.map { (entry) throws(IntakeFailure) in
      guard entry.list.otherLine == 0 else { throw notARecord(entry.list) }
      var file = SurveyedFile(
        path: entry.path, encoding: guess.name, encodingEvidence: guess.evidence,
        shape: .csv(headerRows: 1, headerLine: 1))
      file.columns = entry.list.names.filter { !$0.isEmpty }.map { SurveyedColumn(name: $0) }
      return file
    }
  }

  /// A list as a delivered file: by itself the file, several as the sheets of a workbook.
  private struct Entry {
    var list: JSONLists.List
    var path: String
    var name: String?
  }

  private func entries(_ lists: JSONLists) -> [Entry] {
    let isSingle = lists.lists.count { !$0.isTop } < 2
    return lists.lists.map { list in
      if isSingle || list.isTop { return Entry(list: list, path: path, name: nil) }
      let name = plainSheetName(list.path, number: list.node)
      return Entry(list: list, path: path + ":" + name, name: name)
    }
  }

  /// Said of an answer in pages of which the others were not delivered.
  private func onePage(_ name: String, _ total: Int, _ records: Int, line: Int) -> Finding {
    Finding(
      .error, "control-total",
      place: Place(file: Int32(index), line: UInt32(clamping: line), record: 0),
      message: Bilingual(
        zh: "\(path) 自己写明共有 \(total) 条（“\(scrubbed(name))”），文件中只有 \(records) 条，可能只是其中一页",
        en: "\(path) itself says that there are \(total) records (“\(scrubbed(name))”) and holds "
          + "\(records); it may be one page of several"),
      cure: .exportAllPages)
  }

  // MARK: - Reading

  private func surveyJSON() throws(IntakeFailure) -> (lists: JSONLists, guess: EncodingGuess) {
    var source = try ByteSource(path: fullPath, shown: path, pieceSize: headSize)
    let isWhole = source.size <= headSize
    var guesses = try source.next { (head) throws(IntakeFailure) in
      encodingGuesses(head, isWhole: isWhole)
    }
    // Only a beginning without other characters may turn out to be of another encoding; one that is
    // not UTF-8 may be damaged.
    if guesses.first?.encoding == .utf8, guesses.first?.evidence != "ASCII" {
      guesses = Array(guesses.prefix(1))
    }
    var furthest: (line: Int, failure: IntakeFailure)?
    for guess in guesses {
      var known = guess
      known.evidence = "JSON, " + guess.evidence
      let text = try open(guess)
      let failure: IntakeFailure
      do throws(JSONFault) {
        let lists = try JSONLists(text)
        guard let unread = text.failure else { return (lists, known) }
        failure = unread
      } catch { failure = text.failure ?? words(for: error, text, guess) }
      guard let fault = text.fault else { throw failure }
      // What is read furthest is most likely the encoding.
      if furthest?.line ?? 0 < fault.line { furthest = (fault.line, failure) }
    }
    throw furthest?.failure ?? noMemory(path)
  }

  private func open(
    _ guess: EncodingGuess, progress: @escaping (Int) -> Void = { _ in }
  ) throws(IntakeFailure) -> XMLText {
    XMLText(
      try ByteSource(path: fullPath, shown: path, pieceSize: max(pieceSize, 1)),
      XMLEncoding(guess: guess, isForced: true), progress: progress)
  }

  private func read(
    _ entry: Entry, _ layout: CSVLayout, nodes: [JSONWalk.Node], _ pack: RulePack
  ) throws(IntakeFailure) -> TakenFile {
    let text = try open(layout.guess, progress: progress)
    var walk = JSONWalk(text, nodes: nodes)
    var mine = self
    mine.path = entry.path
    var records = JSONRecords(entry.list, layout, pack, reader: reader(layout.plan))
    do throws(JSONFault) {
      try records.read(&walk)
    } catch { throw text.failure ?? words(for: error, text, layout.guess) }
    if let failure = text.failure { throw failure }
    let totals = records.reader.settleTotals()
    var taken = mine.taken(
      records.reader, layout.profile, pack, layout.guess, bytes: text.bytesRead,
      sha256: text.sha256(), dropped: layout.dropped + layout.unnamed,
      isDoubtful: layout.isDoubtful,
      controls: records.controls + totals, occurrence: Occurrence(layout.plan) { $0 >= 0 })
    taken.file.sheet = entry.name
    return taken
  }

  // MARK: - Messages

  private func words(
    for fault: JSONFault, _ text: XMLText, _ guess: EncodingGuess
  ) -> IntakeFailure {
    if let bad = text.fault {
      return IntakeFailure(
        .damaged, "\(path):\(bad.line):1",
        zh: bad.isCut
          ? "文件在一个字符中间中断 — 请重新导出或重新传送完整文件"
          : "这一行的字节不是 \(guess.name)（依据：\(guess.evidenceInChinese)） — 请统一编码后重新导出",
        en: bad.isCut
          ? "the file ends within a character — export or transfer the whole file again"
          : "the bytes on this line are not \(guess.name) (known by: \(guess.evidence)) — export "
            + "the file again in one encoding")
    }
    let words = fault.words
    return IntakeFailure(
      .damaged, "\(path):\(fault.line):\(fault.column)", zh: words.zh, en: words.en)
  }

  private func notARecord(_ list: JSONLists.List) -> IntakeFailure {
    IntakeFailure(
      .damaged, "\(path):\(list.otherLine):\(list.otherColumn)",
      zh: "此处不是一条记录：记录须写成 {\"列名\": 值, …} — 请改正后重新报送",
      en: "this is no record, which is written {\"name\": value, …} — mend it and deliver again")
  }

  private func noRecords(_ lists: JSONLists) -> IntakeFailure {
    let said = scrubbed(String(lists.message.prefix(60)))
    return IntakeFailure(
      .unrecognised, path,
      zh: "JSON 中没有记录（{\"列名\": 值, …} 的列表）"
        + (said.isEmpty ? "" : "，只写着“\(said)”") + " — 请重新登录业务系统后再导出；确无数据的，请移出本文件",
      en: "the JSON holds no records (a list of {\"name\": value, …})"
        + (said.isEmpty ? "" : ", it only says “\(said)”")
        + " — log in to the system and export again; if there are no data, take the file out")
  }

  /// A list that no profile knows, next to others that were read.
  private func passedOver(_ entry: Entry) -> Finding {
    Finding(
      .warning, "list-not-read", place: Place(file: Int32(index), line: 1, record: 0),
      message: Bilingual(
        zh: "没有来源配置能识别 \(path) 中的列表“\(entry.list.path)”，其中 \(entry.list.records) 条记录未读取",
        en: "no source profile describes the list “\(entry.list.path)” of \(path); its "
          + "\(entry.list.records) records were not read"),
      cure: Bilingual(
        zh: "若为数据，请为它编写来源配置", en: "if they are data, write a source profile for it"))
  }
}

extension JSONFault {
  /// `what — what to do`.
  fileprivate var words: Bilingual {
    let again = Bilingual(
      zh: " — 请用业务系统重新导出，或改正后重新报送", en: " — export it again, or mend it and deliver it again")
    func said(_ zh: String, _ en: String) -> Bilingual {
      Bilingual(zh: zh + again.zh, en: en + again.en)
    }
    switch kind {
    case .unexpected(let expected):
      let words = expected.words
      return said(
        "JSON 写法有误：此处是“\(found)”，应为\(words.zh)",
        "broken JSON: “\(found)” where \(words.en) is expected")
    case .cut:
      return Bilingual(
        zh: "文件在此中断，括号或引号没有结束 — 请重新导出或重新传送完整文件",
        en: "the file ends here with brackets or quotes still open — export or transfer the whole "
          + "file again")
    case .number:
      return said("JSON 写法有误：数字写法不对，此处是“\(found)”", "broken JSON: “\(found)” in a number")
    case .escape:
      return said("JSON 写法有误：反斜杠写法“\(found)”无效", "broken JSON: the escape “\(found)” means nothing")
    case .control:
      return said(
        "字符串中有控制字符 \(found)，可能是引号没有结束，或换行没有写成 \\n",
        "a string holds the control character \(found): a quote is not closed, or a line break is "
          + "not written \\n")
    case .tooDeep: return said("JSON 括号套得过深", "the JSON is nested too deeply")
    case .tooLong: return said("一个值或一条记录超过 16 MB", "a value or a record is longer than 16 MB")
    case .tooManyNames:
      return said(
        "JSON 中的键名过多，可能把编号当成了键名", "the JSON has too many names; numbers may stand in their place")
    }
  }
}

extension JSONFault.Expected {
  fileprivate var words: Bilingual {
    switch self {
    case .value: Bilingual(zh: "一个值（文字加双引号）", en: "a value (a text in double quotes)")
    case .name: Bilingual(zh: "双引号括起的键名", en: "a name in double quotes")
    case .colon: Bilingual(zh: "冒号", en: "a colon")
    case .comma: Bilingual(zh: "逗号或结束的括号", en: "a comma or a closing bracket")
    case .end: Bilingual(zh: "文件结束，或在新的一行另起一条记录", en: "the end, or a record on a new line")
    }
  }
}

/// Whether a file is JSON: its first characters that are no blanks begin an object, or a list of
/// objects, lists or texts. `[编号],[名称]` is a header of CSV, and `{\rtf` no JSON.
func looksLikeJSON(_ head: Span<UInt8>) -> Bool {
  var first: UInt8?
  for index in 0..<min(head.count, 4096) {
    let byte = head[index]
    if [0, 0x09, 0x0A, 0x0D, 0x20, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains(byte) { continue }
    switch first {
    case nil where byte == UInt8(ascii: "{") || byte == UInt8(ascii: "["): first = byte
    case UInt8(ascii: "{"): return byte != UInt8(ascii: "\\")
    case UInt8(ascii: "["): return "{[]\"".utf8.contains(byte)
    default: return false
    }
  }
  return first != nil
}
