import Fields
public import RulePacks
public import Tables

/// Finds out what a file holds without a profile for it; of a workbook, what each sheet holds.
///
/// - Parameters:
///   - file: its path within the folder.
///   - folder: the delivery, or where else the file lies.
///   - words: what clerks write for absent values, total rows and footers.
/// - Returns: the file, or each sheet of it that holds a table, as `book.xlsx:Sheet`.
/// - Throws: what keeps the file from being read, or that no table was found in it.
public func survey(
  _ file: String, in folder: String, words: Words
) throws(IntakeFailure) -> [SurveyedFile] {
  var source = try ByteSource(path: folder + "/" + file, shown: file, pieceSize: headSize)
  let isWhole = source.size <= headSize
  var found = try source.next { (head) throws(IntakeFailure) in
    if looksLikeWorkbook(head) || looksLikeSpreadsheetML(head) || looksLikePage(head) {
      return try outlineSheets(head, file, in: folder)
    }
    if looksLikeJSON(head) {
      return try FileTask(
        folder: folder, path: file, index: 0, asOf: PartialDate(day: 0), digestKey: nil
      ).outlineJSON()
    }
    return [
      looksLikeXML(head)
        ? try outlineXML(head, isWhole: isWhole, file, in: folder)
        : try outlineCSV(head, isWhole: isWhole, file)
    ]
  }
  for index in found.indices { try readTexts(of: &found[index], file, in: folder, words: words) }
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
    encoding, limit: headSize)
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
    path: file, encoding: encoding.guess.name,
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
    var best: TableHead?
    for separator: UInt8 in [0x2C, 0x09, 0x3B, 0x7C] where text.contains(separator) || best == nil {
      guard let head = TableHead(firstRows(text, CSVDialect(separator: separator), count: 30)),
        head.header.count > best?.header.count ?? 0
      else { continue }
      best = head
    }
    if let best { return best.file(file, guess) }
  }
  throw noTable(file)
}

/// The sheets of a workbook that hold a table.
private func outlineSheets(
  _ head: Span<UInt8>, _ file: String, in folder: String
) throws(IntakeFailure) -> [SurveyedFile] {
  let task = FileTask(
    folder: folder, path: file, index: 0, asOf: PartialDate(day: 0), digestKey: nil)
  let found = try task.sheetHeads(head).compactMap { sheet in
    TableHead(sheet.rows)?.file(sheet.path, sheet.guess)
  }
  guard !found.isEmpty else { throw noTable(file) }
  return found
}

/// The header of a table and what stands above it.
private struct TableHead {
  var header: CSVHeader
  /// Where it begins, and how many lines it has.
  var row: Int
  var lines: Int
  var titles: [String]

  /// - Returns: nil where no header is found in the rows.
  init?(_ rows: [[String]]) {
    guard let (row, lines) = findHeader(in: rows) else { return nil }
    header = CSVHeader(Array(rows[row..<row + lines]))
    self.row = row
    self.lines = lines
    titles = rows[..<row].map { $0.filter { !$0.isEmpty }.joined(separator: " ") }
      .filter { !$0.isEmpty }
  }

  func file(_ path: String, _ guess: EncodingGuess) -> SurveyedFile {
    var found = SurveyedFile(
      path: path, encoding: guess.encoding.rawValue, encodingEvidence: guess.evidence,
      shape: .csv(headerRows: lines, headerLine: row + 1))
    found.titles = titles
    for name in header.names where !name.isEmpty {
      // Of columns that have one name only the first can be meant.
      guard !found.columns.contains(where: { $0.name == name }) else { continue }
      found.columns.append(SurveyedColumn(name: name))
    }
    return found
  }
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
///
/// - Parameter file: the file that it is, or is a sheet of.
private func readTexts(
  of found: inout SurveyedFile, _ file: String, in folder: String, words: Words
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
  var task = FileTask(
    folder: folder, path: file, index: 0, asOf: PartialDate(day: 0), digestKey: nil)
  task.onlyEntry = found.path == file ? nil : found.path
  task.isSurvey = true
  guard let taken = try task.read(pack).first else { throw noTable(found.path) }
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
