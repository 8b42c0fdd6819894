import RulePacks
import Tables

/// Reads one entry of `deliver` against the pack's source profile.
struct SheetReader {
  var builder: WorldBuilder
  let pack: RulePack

  private static let keys = [
    "id", "file", "source", "from", "when", "unless", "variants", "rows", "facts", "split",
    "encoding", "declare", "mark", "lines", "separator", "titles", "serial", "footers", "totals",
    "merge", "columns", "faults", "expect",
  ]

  /// Nil where the variant has no such file.
  mutating func read(_ place: Place) throws(SynthesisFailure) -> Sheet? {
    try place.only(SheetReader.keys)
    if let variants = try place["variants"]?.texts(), !variants.contains(builder.variant) {
      return nil
    }
    let name = try place.required("source")
    let id = try name.text()
    guard let profile = pack.sources.first(where: { $0.id == id }) else {
      throw name.failure("规则包没有来源“\(id)”", "the pack has no source “\(id)”")
    }
    var sheet = Sheet(
      id: try place["id"]?.text() ?? id, file: try place.required("file").text(),
      format: try format(of: profile, place))
    if let encoding = place["encoding"] {
      guard let known = Encoding(rawValue: try encoding.text()) else {
        throw encoding.failure(
          "编码可用 utf-8、gb18030、utf-16", "the encoding is utf-8, gb18030 or utf-16")
      }
      sheet.encoding = known
    }
    sheet.hasMark = try place["mark"]?.flag() ?? false
    sheet.lineEnd = try place["lines"]?.text() == "crlf" ? "\r\n" : "\n"
    sheet.isSplit = place["split"] != nil
    for from in try place.required("from").list() {
      try readSection(from, of: place, profile, into: &sheet)
    }
    try readControls(of: profile, into: &sheet)
    try readTotals(place, into: &sheet)
    for expectation in place["expect"]?.list() ?? [] {
      try expectation.only(["fault", "expect", "say"])
      sheet.expectations.append(try self.expectation(expectation, "fault"))
    }
    return sheet
  }

  private func format(of profile: SourceProfile, _ place: Place) throws(SynthesisFailure)
    -> Sheet.Format
  {
    switch profile.format {
    case .xml(let rows):
      let encoding = try place["encoding"]?.text().uppercased() ?? "UTF-8"
      let declared = try place["declare"]?.text() ?? encoding
      return .xml(Sheet.XML(path: rows.map { $0 == "*" ? "DATA" : $0 }, declared: declared))
    case .csv(let headerRows, _, let separator):
      var csv = Sheet.CSV(isTwoLined: headerRows == 2)
      if let separator { csv.separator = String(UnicodeScalar(separator)) }
      if let stated = try place["separator"]?.text() {
        csv.separator = stated == "tab" ? "\t" : stated
      }
      csv.titles = try place["titles"]?.texts() ?? []
      csv.serial = try place["serial"]?.text()
      csv.footers = try place["footers"]?.texts() ?? []
      return .csv(csv)
    }
  }

  private func expectation(_ place: Place, _ id: String) throws(SynthesisFailure)
    -> Sheet.Expectation
  {
    Sheet.Expectation(
      fault: try place.required(id).text(), expect: try place["expect"]?.text() ?? "",
      say: try place["say"]?.text() ?? "")
  }

  private mutating func readSection(
    _ from: Place, of place: Place, _ profile: SourceProfile, into sheet: inout Sheet
  ) throws(SynthesisFailure) {
    let population = try builder.population(from)
    let own = builder.world.populations[population].facts
    var reader = FactReader(builder: builder, population: population, facts: own)
    if let facts = place["facts"] { try reader.read(facts) }
    let facts = reader.finished()
    let condition = try reader.condition(place["when"], place["unless"])
    var rows = Section.Rows.number(1)
    if let stated = place["rows"] {
      if let number = Int(try stated.text()) {
        rows = .number(number)
      } else {
        rows = .fact(try reader.fact(stated))
      }
    }
    let by = try place["split"].map { place throws(SynthesisFailure) in try reader.fact(place) }
    var columns = ColumnReader(reader: reader, pack: pack, profile: profile)
    let cells = try columns.read(place["columns"], facts, isFirst: sheet.sections.isEmpty)
    reader = columns.reader
    if sheet.sections.isEmpty {
      sheet.columns = columns.columns
      nameSubject(&sheet, pack.records[profile.record])
      try readMerged(place, into: &sheet)
      for fault in place["faults"]?.list() ?? [] {
        sheet.faults.append(try readFault(fault, &reader, sheet))
      }
    } else if columns.columns.map(\.id) != sheet.columns.map(\.id) {
      throw from.failure("两个总体的列不同", "the populations give different columns")
    }
    builder = reader.builder
    let (perEntity, perRow) = condition.divided(at: own.count)
    var section = Section(
      population: population, facts: facts, script: Script(facts), condition: perEntity,
      rowCondition: perRow, rows: rows,
      by: by, cells: cells)
    section.isSplitByRow = by.map { $0 >= own.count } ?? false
    arrange(&section, own: own.count, sheet.faults)
    sheet.sections.append(section)
  }

  private func nameSubject(_ sheet: inout Sheet, _ record: RecordKind) {
    var identity = ["target"]
    if case .subject(let subject) = record.subject {
      identity = pack.subjects[subject].identity.flatMap { $0 }
    }
    let ids = sheet.columns.map(\.id)
    sheet.subject = identity.compactMap { ids.firstIndex(of: $0) }.first ?? 0
    for field in record.fields where field.sensitivity != .open {
      if let column = ids.firstIndex(of: field.id) { sheet.hidden.insert(column) }
    }
  }

  /// Sorts facts by when they have to be drawn.
  private func arrange(_ section: inout Section, own: Int, _ faults: [Fault]) {
    var gate = section.condition.needs
    if case .fact(let fact) = section.rows { gate.append(fact) }
    if let by = section.by, !section.isSplitByRow { gate.append(by) }
    let early = builder.world.closure(of: gate, in: section.facts)
    let others = section.cells.map(\.fact) + section.rowCondition.needs
    let all = builder.world.closure(
      of: gate + others + (section.by.map { [$0] } ?? []), in: section.facts)
    section.early = early
    section.late = all.filter { $0 < own && !early.contains($0) }
    section.perRow = all.filter { $0 >= own && !early.contains($0) }
  }

  private func readMerged(_ place: Place, into sheet: inout Sheet) throws(SynthesisFailure) {
    guard case .csv(var csv) = sheet.format, let merge = place["merge"] else { return }
    for column in merge.list() { csv.merged.append(try self.column(column, sheet)) }
    sheet.format = .csv(csv)
  }

  private func column(_ place: Place, _ sheet: Sheet) throws(SynthesisFailure) -> Int {
    try column(try place.text(), place, sheet)
  }

  private func column(_ id: String, _ place: Place, _ sheet: Sheet) throws(SynthesisFailure)
    -> Int
  {
    guard let index = sheet.columns.firstIndex(where: { $0.id == id }) else {
      throw place.failure("没有列“\(id)”", "there is no column “\(id)”")
    }
    return index
  }

  private func readTotals(_ place: Place, into sheet: inout Sheet) throws(SynthesisFailure) {
    guard case .csv(var csv) = sheet.format, let totals = place["totals"] else { return }
    try totals.only(["label", "columns", "off", "fault", "expect", "say"])
    var columns: [Int] = []
    for column in try totals.required("columns").list() {
      columns.append(try self.column(column, sheet))
    }
    var off: [Int: Int64] = [:]
    for (id, number) in try totals["off"]?.entries() ?? [] {
      off[try column(id, number, sheet)] = Int64(try number.int())
    }
    csv.totals = Sheet.Totals(
      label: try totals.required("label").text(), columns: columns, off: off,
      expectation: totals["fault"] == nil ? nil : try expectation(totals, "fault"))
    sheet.format = .csv(csv)
  }

  private func readControls(of profile: SourceProfile, into sheet: inout Sheet)
    throws(SynthesisFailure)
  {
    for control in profile.controls {
      guard let from = control.from else { continue }
      switch control.counts {
      case .rows: sheet.controls.append(Sheet.Control(path: from))
      case .sum(let field):
        let id = pack.records[profile.record].fields[field].id
        if let column = sheet.columns.firstIndex(where: { $0.id == id }) {
          sheet.controls.append(Sheet.Control(path: from, column: column))
        }
      }
    }
  }

  private func readFault(_ place: Place, _ reader: inout FactReader, _ sheet: Sheet)
    throws(SynthesisFailure) -> Fault
  {
    try place.only([
      "id", "count", "weight", "when", "unless", "edits", "repeat", "again", "shift", "expect",
      "say",
    ])
    return Fault(
      id: try place.required("id").text(), count: try place["count"]?.int() ?? 0,
      weight: UInt64(max(try place["weight"]?.int() ?? 0, 0)),
      condition: try reader.condition(place["when"], place["unless"]),
      edits: try edits(place["edits"], &reader, sheet),
      repeats: try place["repeat"]?.int() ?? 0,
      again: try edits(place["again"], &reader, sheet),
      shift: try place["shift"].map { place throws(SynthesisFailure) in try column(place, sheet) },
      expectation: try expectation(place, "id"))
  }

  private func edits(_ place: Place?, _ reader: inout FactReader, _ sheet: Sheet)
    throws(SynthesisFailure) -> [(column: Int, edit: Edit)]
  {
    var edits: [(column: Int, edit: Edit)] = []
    for (id, body) in try place?.entries() ?? [] {
      edits.append((try column(id, body, sheet), try edit(body, &reader)))
    }
    return edits
  }

  private func edit(_ place: Place, _ reader: inout FactReader) throws(SynthesisFailure) -> Edit {
    if place.isMapping {
      try place.only(["text", "dates", "cut"])
      if let text = place["text"] { return .text(try reader.template(text.text(), text)) }
      if let cut = place["cut"] { return .cut(try cut.int()) }
      var builder = reader.builder
      let pattern = DatePattern(try place.required("dates").text()) { builder.literal($0) }
      reader.builder = builder
      return .dated(pattern)
    }
    switch try place.text() {
    case "blank": return .blank
    case "lower": return .lower
    case "wide": return .wide
    case "spaced": return .spaced
    case "grouped": return .grouped
    case "science": return .science
    case "check": return .check
    case let other: throw place.failure("没有“\(other)”这种改法", "there is no edit “\(other)”")
    }
  }
}
