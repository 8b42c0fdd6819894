import Fields
public import RulePacks
public import Tables

/// Finds out what a file holds without a profile for it.
///
/// - Parameters:
///   - words: what clerks write for absent values, total rows and footers.
/// - Throws: what keeps the file from being read, or that no table was found in it.
public func survey(
  _ file: String, in folder: String, words: Words
) throws(IntakeFailure) -> SurveyedFile {
  var source = try ByteSource(path: folder + "/" + file, shown: file, pieceSize: headSize)
  let isWhole = source.size <= headSize
  var found = try source.next { (head) throws(IntakeFailure) in
    guard !looksLikeWorkbook(head), !looksLikeSpreadsheetML(head) else { throw isWorkbook(file) }
    return looksLikeXML(head)
      ? try outlineXML(head, isWhole: isWhole, file, in: folder)
      : try outlineCSV(head, isWhole: isWhole, file)
  }
  try readTexts(of: &found, in: folder, words: words)
  return found
}

/// Bytes of the beginning in which the table is sought.
private let headSize = 8 << 20

private func outlineXML(
  _ head: Span<UInt8>, isWhole: Bool, _ file: String, in folder: String
) throws(IntakeFailure) -> SurveyedFile {
  let encoding = xmlEncoding(head)
  let text = XMLText(
    try ByteSource(path: folder + "/" + file, shown: file, pieceSize: headSize),
    decoding: encoding.isForced ? encoding.guess.encoding : nil, limit: headSize)
  guard let parser = XMLParser(.survey(XMLSurvey(counting: true)), text) else {
    throw noMemory(file)
  }
  let trouble = parser.parse()
  if let failure = text.failure { throw failure }
  // Only the beginning is looked at, so its end cuts something.
  if let trouble, isWhole || trouble.kind != .cut {
    throw damaged(trouble, encoding.guess, file)
  }
  guard case .survey(let survey) = parser.purpose, let outline = survey.outline() else {
    throw noTable(file)
  }
  var found = SurveyedFile(
    path: file, encoding: encoding.guess.encoding.rawValue,
    encodingEvidence: encoding.guess.evidence, shape: .xml(rows: outline.rows))
  found.columns = outline.columns.map { SurveyedColumn(name: $0) }
  found.possibleControls = outline.possibleControls
  found.otherRows = outline.otherRows
  return found
}

private func outlineCSV(
  _ head: Span<UInt8>, isWhole: Bool, _ file: String
) throws(IntakeFailure) -> SurveyedFile {
  for guess in encodingGuesses(head, isWhole: isWhole) {
    guard let text = decoded(head, guess, isWhole: isWhole) else { continue }
    // The separator under which the header has the most names.
    var best: (header: CSVHeader, row: Int, lines: Int, titles: [String])?
    for separator: UInt8 in [0x2C, 0x09, 0x3B, 0x7C] where text.contains(separator) || best == nil {
      let rows = firstRows(text, separator, count: 30)
      guard let (row, lines) = findHeader(in: rows) else { continue }
      let header = CSVHeader(Array(rows[row..<row + lines]))
      guard header.count > best?.header.count ?? 0 else { continue }
      let titles = rows[..<row].map { $0.filter { !$0.isEmpty }.joined(separator: " ") }
      best = (header, row, lines, titles.filter { !$0.isEmpty })
    }
    guard let best else { continue }
    var found = SurveyedFile(
      path: file, encoding: guess.encoding.rawValue, encodingEvidence: guess.evidence,
      shape: .csv(headerRows: best.lines, headerLine: best.row + 1))
    found.titles = best.titles
    for name in best.header.names where !name.isEmpty {
      // Of columns that have one name only the first can be meant.
      guard !found.columns.contains(where: { $0.name == name }) else { continue }
      found.columns.append(SurveyedColumn(name: name))
    }
    return found
  }
  throw noTable(file)
}

/// The sheets of a workbook are not surveyed; the profile of a CSV file reads them as well.
private func isWorkbook(_ file: String) -> IntakeFailure {
  IntakeFailure(
    .unrecognised, file,
    zh: "起草时不读取工作簿 — 请把要用的工作表另存为CSV再起草；写成的来源配置也能识别工作簿",
    en:
      "drafting does not read workbooks — save the sheet as CSV and draft from that; the source "
      + "profile will describe the workbook too")
}

private func noTable(_ file: String) -> IntakeFailure {
  IntakeFailure(
    .unrecognised, file,
    zh: "没有找到表格：CSV须有一行写列名，XML须有重复的元素 — 请核对文件，或手工编写来源配置",
    en:
      "no table was found: a CSV needs a line of column names, an XML file a repeated element — "
      + "look at the file, or write a source profile by hand")
}

/// Reads all rows through a pack in which every column is a text, so that rows, footers and
/// encodings are what a run would find.
private func readTexts(
  of found: inout SurveyedFile, in folder: String, words: Words
) throws(IntakeFailure) {
  var kind = RecordKind(id: "rows", title: found.path, subject: .corrections, holds: .one)
  kind.fields = found.columns.indices.map {
    Field(id: "c\($0)", label: found.columns[$0].name, type: .text)
  }
  let format: SourceProfile.Format =
    switch found.shape {
    case .xml(let rows): .xml(rows: rows)
    case .csv(let lines, let line): .csv(headerRows: lines, within: max(15, line), separator: nil)
    }
  var profile = SourceProfile(id: "rows", title: found.path, record: 0, format: format)
  profile.usesDictionary = false
  profile.columns = found.columns.indices.map { index in
    var rule = SourceProfile.ColumnRule(field: index)
    rule.from = [found.columns[index].name]
    return rule
  }
  var pack = RulePack(about: RulePack.About())
  pack.words = words
  pack.records = [kind]
  pack.sources = [profile]
  let task = FileTask(
    folder: folder, path: found.path, index: 0, asOf: PartialDate(day: 0), digestKey: nil)
  guard let taken = try task.take(pack).first else { throw noTable(found.path) }
  found.encoding = taken.file.encoding
  found.encodingEvidence = taken.file.encodingEvidence
  found.rows = taken.file.read
  for (index, column) in taken.table.columns.enumerated() {
    guard case .text(let texts) = column else { continue }
    for row in 0..<texts.count where texts.presence.isStated(row) {
      found.columns[index].texts[texts[row], default: 0] += 1
    }
  }
  // Elements that only carry attributes.
  let names = found.columns.map(\.name)
  found.columns.removeAll { column in
    column.texts.isEmpty && names.contains { $0.hasPrefix(column.name + "/@") }
  }
}
