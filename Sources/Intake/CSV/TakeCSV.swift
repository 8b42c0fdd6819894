import Fields
import RulePacks
import Tables

/// Takes a CSV file under the profile that it was recognised by, and says why it stops.
extension FileTask {
  func takeCSV(_ layout: CSVLayout, _ pack: RulePack) throws(IntakeFailure) -> TakenFile {
    try requireChinese(layout)
    do throws(CSVStop) {
      return try read(layout, pack)
    } catch {
      guard case .backslashes(let line) = error else { return try retry(error, layout, pack) }
      return try takeEscaped(layout, line: line, pack)
    }
  }

  private func read(_ layout: CSVLayout, _ pack: RulePack) throws(CSVStop) -> TakenFile {
    var source = try open()
    var reading = CSVReading(layout, pack, reader: reader(layout.plan))
    var decoder = TextDecoder(layout.guess.encoding, markLength: layout.guess.markLength)
    var isLast = false
    var hasRoom = false
    while !isLast, !(reading.reader.collector?.isComplete ?? false) {
      isLast = try read(&source, &reading, &decoder)
      guard !isLast, !hasRoom else { continue }
      // The first piece tells how many rows the rest will have; a little more than that is there.
      hasRoom = true
      let rows = reading.reader.table.count
      reading.reader.table.expect(rows: rows * (source.size / max(source.bytesRead, 1) + 1))
    }
    let bytes = source.bytesRead
    var taken = taken(
      reading.reader, layout.profile, pack, layout.guess, bytes: bytes, sha256: source.sha256(),
      dropped: layout.dropped + layout.unnamed, isDoubtful: layout.isDoubtful,
      controls: reading.controls,
      occurrence: Occurrence(layout.plan) { $0 >= 0 })
    taken.file.examples = reading.examples.count
    taken.isForm = layout.header.isForm
    return taken
  }

  /// - Parameter line: the first with a backslash before a quote within quotes.
  private func takeEscaped(
    _ layout: CSVLayout, line: Int, _ pack: RulePack
  ) throws(IntakeFailure) -> TakenFile {
    var taken: TakenFile
    do throws(CSVStop) {
      taken = try read(layout.withEscapes, pack)
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
    var source = try ByteSource(path: fullPath, shown: path, pieceSize: 1 << 14)
    var text = LegacyText()
    while !text.isEnough, try source.advance() > 0 {
      let (count, read) = (source.pieceCount, source.piece)
      text.read(read.span.extracting(0..<count))
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
          try reading.read(piece, &decoder, isLast: isLast)
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
      return try read(other, pack)
    } catch {
      if case .backslashes(let line) = error { return try takeEscaped(other, line: line, pack) }
      // The first fault tells more: the file begins as UTF-8.
      if case .decoding = error { throw failure(stop, layout.guess) }
      throw failure(error, other.guess)
    }
  }

  /// A file in neither encoding is told as what it is for longer: one wrong byte in UTF-8 makes it
  /// no GB18030, of which the first Chinese character would be wrong.
  private func wrongByte(
    _ fault: DecodingFault, line: Int, column: Int, _ guess: EncodingGuess
  ) -> IntakeFailure {
    var (guess, offset, line, column) = (guess, fault.offset, line, column)
    if guess.encoding == .gb18030, guess.evidence.hasPrefix("not UTF-8"), let end = endOfUTF8(),
      end > offset
    {
      guess = EncodingGuess(encoding: .utf8, evidence: "what stands before it")
      offset = end
    }
    let found = wrongByte(at: offset, guess.encoding)
    if let found { (line, column) = (found.line, found.column) }
    let place = "\(path):\(line):\(column)"
    func told(_ found: WrongByte?) -> IntakeFailure {
      let (zh, en) = (found.map { "（\($0.zh)）" } ?? "", found.map { " (\($0.en))" } ?? "")
      return IntakeFailure(
        .damaged, place,
        zh:
          "第 \(offset + 1) 个字节\(zh)不是 \(guess.encoding.rawValue)（依据：\(guess.evidenceInChinese)） — "
          + "请在原系统中改正此处，或统一编码后重新导出",
        en: "byte \(offset + 1)\(en) is not \(guess.encoding.rawValue) (known by: "
          + "\(guess.evidence)) — mend it where the file comes from, or export it again in one encoding"
      )
    }
    var failure = told(found)
    failure.published = told(found?.bare).messages
    return failure
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
      return wrongByte(fault, line: line, column: column, guess)
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
}
