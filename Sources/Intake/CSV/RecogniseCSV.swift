import Fields
import RulePacks
import Tables

/// Where the table of a CSV file stands and how its rows become records.
struct CSVLayout: Sendable {
  var profile: Int
  var guess: EncodingGuess
  var dialect: CSVDialect
  var header: CSVHeader
  /// Cells of the header's last line, the unnamed ones at its end included, and of a row of data.
  var headerWidth: Int
  var width: Int
  /// Rows before the first data row, blank ones included.
  var skippedRows: Int
  var plan: RowPlan
  var dropped: [String]
  /// Columns without a name that hold something, as they are told.
  var unnamed: [String] = []
  /// What stands in the rows above the header, with their numbers.
  var titles: [(line: Int, text: String)] = []
  /// Columns whose first values are codes, so that a date among them was one, too.
  var codeColumns: Set<Int> = []
  /// In a sheet of returned rows, the column that tells which row each one mends; −1 in others.
  var placeColumn = -1

  /// Whether less than 60 % of the named columns are known, as with a wrong encoding or profile.
  var isDoubtful: Bool {
    dropped.count * 10 > header.names.count { !$0.isEmpty } * 4
  }
}

/// Finds the profile whose columns stand in a header near the beginning of a text file.
///
/// - Parameter guesses: encodings to try; the first under which some profile fits is the file's.
func recogniseCSV(
  _ head: Span<UInt8>, isWhole: Bool, guesses: [EncodingGuess], pack: RulePack,
  vocabulary: HeaderVocabulary, shown: String
) throws(IntakeFailure) -> CSVLayout {
  var nearest: Candidate?
  var doubtful: CSVLayout?
  var contradicted: Contradiction?
  for guess in guesses {
    guard let text = decoded(head, guess, isWhole: isWhole) else { continue }
    if let returned = returnedLayout(in: text, guess, pack) { return returned }
    let candidates = candidates(text, vocabulary, pack)
    let fits = candidates.filter { $0.fit.missing.isEmpty && $0.fit.recognised > 0 }
    if let best = fits.max(by: { isWorse($0.fit, $1.fit, pack) }) {
      guard let guess = believed(guess, pack.sources[best.fit.profile], text, guesses[0]) else {
        contradicted =
          contradicted ?? Contradiction(profile: best.fit.profile, guess: guesses[0])
        continue
      }
      let found = layout(best, guess, pack)
      if !found.isDoubtful { return found }
      // Another encoding may know more; if none does, this one stands, with a warning.
      if doubtful == nil { doubtful = found }
    }
    for candidate in candidates where nearest.map({ isWorse($0.fit, candidate.fit, pack) }) ?? true
    {
      nearest = candidate
    }
  }
  if let doubtful { return doubtful }
  if let contradicted { throw contradicted.failure(pack, shown) }
  var strange: StrangeTable?
  for guess in guesses where strange == nil {
    guard let text = decoded(head, guess, isWhole: isWhole) else { continue }
    strange = StrangeTable(text: text, vocabulary)
  }
  throw unrecognised(nearest.map { complete($0, pack) }, pack, shown, strange)
}

/// A profile that a file fits but for the encoding that it declares.
private struct Contradiction {
  var profile: Int
  var guess: EncodingGuess

  func failure(_ pack: RulePack, _ shown: String) -> IntakeFailure {
    encodingContradicted(pack.sources[profile], guess, shown)
  }
}

/// Says that a file is not in the encoding that its profile declares.
func encodingContradicted(
  _ source: SourceProfile, _ guess: EncodingGuess, _ shown: String
) -> IntakeFailure {
  let declared = source.encoding?.rawValue ?? ""
  return IntakeFailure(
    .damaged, shown,
    zh:
      "来源配置“\(source.title)”（\(source.id)）写明编码为 \(declared)，文件却是 \(guess.name)（依据：\(guess.evidenceInChinese)） — "
      + "请按 \(declared) 重新导出，或改正来源配置的 encoding",
    en:
      "the source profile “\(source.title)” (\(source.id)) says `encoding: \(declared)`, but the file is "
      + "\(guess.name) (known by: \(guess.evidence)) — export it again in \(declared), or correct "
      + "`encoding` of the source profile")
}

/// How a file is read whose profile may declare an encoding, which is believed or the file is
/// refused.
///
/// - Parameters:
///   - text: the beginning, as the guess reads it.
///   - likeliest: the guess that the bytes speak for.
/// - Returns: nil where the bytes are plainly of another encoding.
private func believed(
  _ guess: EncodingGuess, _ source: SourceProfile, _ text: [UInt8], _ likeliest: EncodingGuess
) -> EncodingGuess? {
  guard let hint = source.encoding else { return guess }
  var declared = EncodingGuess(encoding: .utf8, evidence: "encoding of the source profile")
  switch (hint, guess.encoding) {
  case (.utf16, .utf16LittleEndian), (.utf16, .utf16BigEndian): return guess
  case (.utf8, .utf8): break
  // What is whole UTF-8 is GB18030 only by chance.
  case (.gb18030, .gb18030) where likeliest.evidence != "valid UTF-8":
    declared.encoding = .gb18030
  case (.gb18030, .utf8) where guess.markLength == 0 && text.allSatisfy { $0 < 0x80 }:
    declared.encoding = .gb18030
  default: return nil
  }
  if guess.markLength > 0 { return guess }
  return declared
}

/// A header row as one profile sees it.
private struct Candidate {
  var fit: ProfileFit
  var header: CSVHeader
  var dialect: CSVDialect
  var row: Int
  var widths: RowWidths
  /// The first rows of the table.
  var data: ArraySlice<[String]>
  /// Those above the header.
  var above: ArraySlice<[String]>
}

func decoded(_ head: Span<UInt8>, _ guess: EncodingGuess, isWhole: Bool) -> [UInt8]? {
  var text: [UInt8] = []
  var decoder = TextDecoder(guess.encoding, markLength: guess.markLength)
  do {
    try decoder.decode(head, isLast: isWhole, into: &text)
  } catch {
    // Damage further down is said when the file is read; here only the header counts.
    return text.count > 0 ? text : nil
  }
  return text
}

private func candidates(
  _ text: [UInt8], _ vocabulary: HeaderVocabulary, _ pack: RulePack
) -> [Candidate] {
  dialects(in: text, pack).flatMap { dialect in
    candidates(firstRows(text, dialect, count: mostHeadRows), dialect, vocabulary, pack)
  }
}

/// - Parameter dialect: nil for a sheet, which has none.
private func candidates(
  _ rows: [[String]], _ dialect: CSVDialect?, _ vocabulary: HeaderVocabulary, _ pack: RulePack
) -> [Candidate] {
  var found: [Candidate] = []
  // Rows of data know no name; making headers of them would cost more than reading a small file.
  let isKnown = rows.map { $0.contains { vocabulary.knows($0) } }
  for (headerRows, within) in vocabulary.shapes {
    for row in rows.indices where row < within && row + headerRows <= rows.count {
      guard (row..<row + headerRows).contains(where: { isKnown[$0] }) else { continue }
      var header = CSVHeader(Array(rows[row..<row + headerRows]))
      header.unitAbove = HeaderBracket.unitOfMoney(above: rows[..<row].suffix(3))
      let fits = vocabulary.fits(header, headerRows: headerRows, row: row, dialect, pack)
      guard !fits.isEmpty else { continue }
      let widths = RowWidths(rows, from: row + headerRows, under: header)
      for fit in fits {
        found.append(
          Candidate(
            fit: fit, header: header, dialect: dialect ?? CSVDialect(separator: 0x2C), row: row,
            widths: widths, data: rows[(row + headerRows)...], above: rows[..<row]))
      }
    }
  }
  return found
}

/// Rows at the beginning of a table among which its header is sought.
let mostHeadRows = 60

/// The same for the first rows of a sheet, blank ones included.
///
/// - Returns: the layout, or the profile that comes nearest.
func recogniseSheet(
  _ rows: [[String]], _ guess: EncodingGuess, _ vocabulary: HeaderVocabulary, _ pack: RulePack
) -> (layout: CSVLayout?, nearest: ProfileFit?) {
  if let returned = returnedLayout(rows, CSVDialect(separator: 0x2C), guess, pack) {
    return (returned, nil)
  }
  let candidates = candidates(rows, nil, vocabulary, pack)
  let fits = candidates.filter { $0.fit.missing.isEmpty && $0.fit.recognised > 0 }
  if let best = fits.max(by: { isWorse($0.fit, $1.fit, pack) }) {
    return (layout(best, guess, pack), nil)
  }
  let nearest = candidates.max { isWorse($0.fit, $1.fit, pack) }
  return (nil, nearest.map { complete($0, pack) })
}

/// Dialects that profiles have, with the separators that the text has or a profile insists on.
private func dialects(in text: [UInt8], _ pack: RulePack) -> [CSVDialect] {
  var fixed: Set<UInt8> = []
  var marks: [CSVDialect] = []
  for source in pack.sources {
    guard case .csv(_, _, let separator) = source.format else { continue }
    if let separator { fixed.insert(separator) }
    let dialect = CSVDialect(source, separator: 0x2C)
    if !marks.contains(dialect) { marks.append(dialect) }
  }
  var occurs = [Bool](repeating: false, count: 256)
  for byte in text { occurs[Int(byte)] = true }
  let usual: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]
  let separators =
    usual.filter { occurs[Int($0)] || fixed.contains($0) } + fixed.subtracting(usual).sorted()
  return marks.flatMap { marks in
    separators.map { separator in
      var dialect = marks
      dialect.separator = separator
      return dialect
    }
  }
}

/// The fit with the columns that nothing goes by.
private func complete(_ candidate: Candidate, _ pack: RulePack) -> ProfileFit {
  var fit = candidate.fit
  fit.unknown = unknown(candidate.header, plan(candidate.header, pack.sources[fit.profile], pack))
  return fit
}

/// Columns that nothing of a plan goes by.
private func unknown(_ header: CSVHeader, _ plan: RowPlan) -> [String] {
  var used: Set<Int32> = []
  for rule in plan.fields.lazy.flatMap(\.rules) {
    used.formUnion(rule.slots)
    used.formUnion(rule.conditions.map(\.slot))
  }
  used.formUnion(plan.marks.map(\.slot))
  return header.unknown(
    used: used, ignored: plan.profile.ignored, dictionary: dictionaryNames(plan.kind))
}

/// Matching keys of all names that a record kind's fields go by.
func dictionaryNames(_ kind: RecordKind) -> Set<String> {
  Set(kind.fields.flatMap { [$0.label, $0.id] + $0.aliases }.map(matchingKey))
}

/// The cells of the first rows, trimmed; a row that the text ends in is left out.
func firstRows(_ text: [UInt8], _ dialect: CSVDialect, count: Int) -> [[String]] {
  var scanner = CSVScanner(dialect)
  scanner.window = text
  var rows: [[String]] = []
  while rows.count < count, scanner.next(isLast: true) == .row {
    rows.append(
      scanner.cells.map { cell in
        // Exports that write every code as ="…" write the names of columns so, too.
        let range = cellContent(
          scanner.window.span, cell, CellWrapping(mayBeFormula: true, mayBeMarked: false))
        return String(decoding: scanner.window[range], as: UTF8.self)
      })
  }
  return rows
}

/// Fewer required columns missing, then more columns recognised, then the first id.
private func isWorse(_ left: ProfileFit, _ right: ProfileFit, _ pack: RulePack) -> Bool {
  if left.missing.isEmpty != right.missing.isEmpty { return right.missing.isEmpty }
  if left.recognised != right.recognised { return left.recognised < right.recognised }
  let leftID = pack.sources[left.profile].id
  let rightID = pack.sources[right.profile].id
  // `max` keeps the first of equals, so of the rows that fit equally the first is the header.
  return leftID > rightID
}

private func layout(_ best: Candidate, _ guess: EncodingGuess, _ pack: RulePack) -> CSVLayout {
  let profile = pack.sources[best.fit.profile]
  let plan = plan(best.header, profile, pack)
  // Of a column without a name only its number can be told.
  let unnamed = best.header.unnamed.filter { column in
    best.data.contains { column < $0.count && !$0[column].isEmpty }
  }
  var layout = CSVLayout(
    profile: best.fit.profile, guess: guess, dialect: best.dialect, header: best.header,
    headerWidth: best.widths.header, width: best.widths.rows,
    skippedRows: best.row + best.header.lines.count,
    plan: plan, dropped: unknown(best.header, plan),
    unnamed: unnamed.map { "（第 \($0 + 1) 列，没有列名）" },
    codeColumns: codeColumns(of: best.data, count: best.header.count))
  layout.titles = best.above.enumerated().flatMap { row, cells in
    cells.filter { !$0.isEmpty }.map { (line: row + 1, text: $0) }
  }
  return layout
}

/// The columns in which four of five values, those that a spreadsheet rewrote left out, are codes.
func codeColumns(of rows: ArraySlice<[String]>, count: Int) -> Set<Int> {
  var found: Set<Int> = []
  for column in 0..<count {
    var (codes, others) = (0, 0)
    for row in rows where column < row.count && !row[column].isEmpty {
      let text = row[column].utf8Span.span
      guard !isMangledBySpreadsheet(text) else { continue }
      if looksLikeCode(text) { codes += 1 } else { others += 1 }
    }
    if codes > 0, codes >= 4 * others { found.insert(column) }
  }
  return found
}

/// The plan for rows under a header.
func plan(_ header: CSVHeader, _ profile: SourceProfile, _ pack: RulePack) -> RowPlan {
  var plan = RowPlan(
    profile, in: pack, find: { header.find($0, $1) }, findAny: { header.find($0, $1) })
  plan.slotNames = header.names
  plan.findMarks(pack.words) { header.column($0).map { [Int32($0)] } ?? [] }
  return plan
}

/// Says what is strange about a table, or which profile comes nearest and what it lacks.
///
/// - Parameter strange: counts where no profile knows as many of the columns.
func unrecognised(
  _ nearest: ProfileFit?, _ pack: RulePack, _ shown: String, _ strange: StrangeTable? = nil
) -> IntakeFailure {
  if let words = strange?.words, nearest?.recognised ?? 0 < 3 {
    return IntakeFailure(
      .unrecognised, shown, zh: "没有来源配置能识别这个文件：\(words.what.zh) — \(words.cure.zh)",
      en: "no source profile describes this file: \(words.what.en) — \(words.cure.en)")
  }
  guard let nearest else { return unknown(pack, shown) }
  let profile = pack.sources[nearest.profile]
  let missing = nearest.missing.joined(separator: "、")
  let unknown = nearest.unknown.prefix(20).map(scrubbed).joined(separator: "、")
  let written = whereWritten(nearest.missing, in: profile, pack)
  return IntakeFailure(
    .unrecognised, shown,
    zh: "没有来源配置能识别这个文件；最接近的是“\(profile.title)”（\(profile.id)），缺少必需的列：\(missing)"
      + (unknown.isEmpty ? "" : "；未认出的列：\(unknown)")
      + (written.isEmpty ? "" : "；来源配置写的是：\(written)")
      + " — 请补齐这些列，"
      + (written.isEmpty ? "或把其表头写进数据字典的 aliases" : "或更正来源配置"),
    en:
      "no source profile describes this file; nearest is “\(profile.title)” (\(profile.id)), "
      + "but these required columns are missing: \(missing)"
      + (unknown.isEmpty ? "" : "; columns not recognised: \(unknown)")
      + (written.isEmpty ? "" : "; the profile has them as \(written)")
      + " — deliver the missing columns, "
      + (written.isEmpty
        ? "or add their headers to the aliases of the data dictionary"
        : "or correct the source profile")
  )
}

/// Says that no profile knows anything in a file.
private func unknown(_ pack: RulePack, _ shown: String) -> IntakeFailure {
  // A long list helps nobody to find the one.
  let count = pack.sources.count
  let ids = pack.sources.map(\.id).joined(separator: ", ")
  let (zh, en) =
    count > 8 ? ("现有 \(count) 种", "there are \(count)") : ("现有：\(ids)", "there are: \(ids)")
  return IntakeFailure(
    .unrecognised, shown,
    zh: "没有来源配置能识别这个文件 — 请移出本文件，或为它编写来源配置（\(zh)）",
    en: "no source profile describes this file — take it out of the folder, or write a source "
      + "profile for it (\(en))")
}

/// What a profile names for the fields of some labels, with file and line; empty where it leaves
/// them to the dictionary.
private func whereWritten(
  _ labels: [String], in profile: SourceProfile, _ pack: RulePack
) -> String {
  let fields = pack.records[profile.record].fields
  return profile.columns.filter { column in
    !column.from.isEmpty && labels.contains(fields[column.field].label)
  }.map { column in
    "“\(column.from.joined(separator: "、"))”（\(profile.place):\(column.line)）"
  }.joined(separator: "、")
}
