import Fields
import Labels
import RulePacks
import Tables

/// Sheets of returned rows that come back mended: their place column names the profile by which
/// rows are read, so that no column has to tell it.
func returnedLayout(
  _ rows: [[String]], _ dialect: CSVDialect, _ guess: EncodingGuess, _ pack: RulePack
) -> CSVLayout? {
  for row in rows.indices {
    for column in rows[row].indices.reversed() where looksLikePlace(rows[row][column]) {
      let key = matchingKey(rows[row][column])
      let profile = pack.sources.firstIndex { source in
        let word = RowLabel.place(ofProfile: source.id)
        return matchingKey(word.zh) == key || matchingKey(word.en) == key
      }
      guard let profile else { continue }
      return layout(rows, row, place: column, profile, dialect, guess, pack)
    }
  }
  return nil
}

/// The same of a text with separators.
///
/// - Parameter text: the beginning of the file, in UTF-8.
func returnedLayout(
  in text: [UInt8], _ guess: EncodingGuess, _ pack: RulePack
) -> CSVLayout? {
  guard holdsPlaceWord(text) else { return nil }
  for separator: UInt8 in [0x2C, 0x09, 0x3B, 0x7C] {
    let dialect = CSVDialect(separator: separator)
    let rows = firstRows(text, dialect, count: mostHeadRows)
    if let layout = returnedLayout(rows, dialect, guess, pack) { return layout }
  }
  return nil
}

func looksLikePlace(_ cell: String) -> Bool {
  cell.hasPrefix(RowLabel.placeWord.zh) || cell.hasPrefix(RowLabel.placeWord.en)
}

/// A quick look that rules out almost all files.
private func holdsPlaceWord(_ text: [UInt8]) -> Bool {
  let words = [RowLabel.placeWord.zh, RowLabel.placeWord.en].map { Array($0.utf8) }
  let most = min(text.count, 64 << 10)
  for start in 0..<most {
    for word in words where text[start] == word[0] && start + word.count <= text.count {
      if text[start..<start + word.count].elementsEqual(word) { return true }
    }
  }
  return false
}

private func layout(
  _ rows: [[String]], _ row: Int, place: Int, _ profile: Int, _ dialect: CSVDialect,
  _ guess: EncodingGuess, _ pack: RulePack
) -> CSVLayout {
  let source = pack.sources[profile]
  let header: CSVHeader
  let plan: RowPlan
  switch source.format {
  case .csv(let lines, _, _):
    header = lines > 1 ? CSVHeader(inLines: rows[row]) : CSVHeader([rows[row]])
    plan = Intake.plan(header, source, pack)
  case .xml:
    header = CSVHeader([rows[row]])
    plan = planOfElements(header, source, pack)
  }
  let widths = RowWidths(rows, from: row + 1, under: header)
  var layout = CSVLayout(
    profile: profile, guess: guess, dialect: dialect, header: header, headerWidth: widths.header,
    width: widths.rows, skippedRows: row + 1, plan: plan, dropped: [],
    codeColumns: codeColumns(of: rows[(row + 1)...], count: header.count))
  layout.placeColumn = place
  return layout
}

extension CSVHeader {
  /// A header of two lines from names in which both stand together.
  fileprivate init(inLines names: [String]) {
    let parts = names.map { name -> (upper: String, lower: String) in
      guard let dot = name.firstIndex(of: "·") else { return (name, "") }
      return (String(name[..<dot]), String(name[name.index(after: dot)...]))
    }
    self.init([parts.map(\.upper), parts.map(\.lower)])
  }
}

/// How rows of an XML profile are read from a sheet that has a column for each field, as
/// `ReturnedColumn` lays it out.
private func planOfElements(_ header: CSVHeader, _ source: SourceProfile, _ pack: RulePack)
  -> RowPlan
{
  var source = source
  source.format = .csv(headerRows: 1, within: mostHeadRows, separator: nil)
  let kind = pack.records[source.record]
  func column(_ title: String) -> [FoundColumn] {
    let key = matchingKey(title)
    return header.names.firstIndex { matchingKey($0) == key }
      .map { [FoundColumn(slot: Int32($0))] } ?? []
  }
  var plan = RowPlan(
    source, in: pack,
    find: { path, field in
      guard let field else { return column(path) }
      let rules = source.columns.filter { kind.fields[$0.field].id == field.id }
      guard ReturnedColumn.isReadByOneRule(rules) else {
        return column(ReturnedColumn.elementTitle(field.label, path))
      }
      return rules.first?.from.first == path ? column(field.label) : []
    },
    findAny: { _, field in column(field.label) })
  plan.slotNames = header.names
  plan.findMarks(pack.words) { column($0).map(\.slot) }
  return plan
}

extension CSVReading {
  /// Notes which row the one in hand mends, if its cells stand under the header.
  mutating func noteTarget() {
    guard layout.placeColumn >= 0, layout.placeColumn < scanner.cells.count else { return }
    let cell = scanner.cells[layout.placeColumn]
    let range = trimmed(scanner.window.span, Int(cell.start), Int(cell.end))
    guard !range.isEmpty else { return }
    reader.returned.mends[UInt32(clamping: reader.delivered + 1)] =
      String(decoding: scanner.window[range], as: UTF8.self)
  }
}
