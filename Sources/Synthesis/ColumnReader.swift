import Fields
import RulePacks
import Tables

/// Finds where and how each fact stands in files of one source profile.
struct ColumnReader {
  var reader: FactReader
  let pack: RulePack
  let profile: SourceProfile
  var columns: [Sheet.Column] = []

  init(reader: FactReader, pack: RulePack, profile: SourceProfile) {
    self.reader = reader
    self.pack = pack
    self.profile = profile
  }

  private var record: RecordKind { pack.records[profile.record] }

  /// All fields that have a fact of the same id, or the columns listed.
  mutating func read(_ place: Place?, _ facts: [Fact], isFirst: Bool) throws(SynthesisFailure)
    -> [Cell]
  {
    var cells: [Cell] = []
    guard let place else {
      for (index, field) in record.fields.enumerated() {
        guard let fact = facts.firstIndex(where: { $0.id == field.id }), isDelivered(index) else {
          continue
        }
        cells.append(try cell(of: fact, facts, index, nil))
      }
      return cells
    }
    for column in place.list() {
      if column.isMapping, let header = column["header"], column["field"] == nil {
        try column.only(["header", "fact", "upper", "absent", "dates"])
        cells.append(try further(column, header, facts))
        continue
      }
      if column.isMapping {
        try column.only([
          "field", "fact", "header", "upper", "absent", "dates", "write", "scale",
        ])
      }
      let name = try column.isMapping ? column.required("field") : column
      let id = try name.text()
      guard let field = record.field(id) else {
        throw name.failure("记录没有字段“\(id)”", "the record has no field “\(id)”")
      }
      let factID = try column.isMapping ? column["fact"]?.text() ?? id : id
      guard let fact = facts.firstIndex(where: { $0.id == factID }) else {
        throw name.failure("没有事实“\(factID)”", "there is no fact “\(factID)”")
      }
      cells.append(try cell(of: fact, facts, field, column.isMapping ? column : nil))
    }
    return cells
  }

  /// Whether files of the profile can carry the field: constants stand in no file.
  private func isDelivered(_ field: Int) -> Bool {
    guard let rule = profile.columns.first(where: { $0.field == field }) else {
      return profile.usesDictionary
    }
    return rule.value == nil
  }

  /// A column that no field has.
  private mutating func further(_ place: Place, _ header: Place, _ facts: [Fact])
    throws(SynthesisFailure) -> Cell
  {
    let heading = try header.text()
    let name = try place.required("fact")
    let id = try name.text()
    guard let fact = facts.firstIndex(where: { $0.id == id }) else {
      throw name.failure("没有事实“\(id)”", "there is no fact “\(id)”")
    }
    var column = Sheet.Column(id: heading, heading: heading, path: [heading])
    column.upper = try place["upper"]?.text() ?? ""
    columns.append(column)
    return Cell(fact: fact, form: try days(place, facts[fact]), absent: try absent(place))
  }

  private mutating func absent(_ place: Place?) throws(SynthesisFailure) -> Int? {
    guard let text = try place?["absent"]?.text() else { return nil }
    return reader.builder.literal(text)
  }

  private mutating func days(_ place: Place?, _ fact: Fact) throws(SynthesisFailure) -> Cell.Form {
    guard fact.kind == .day else { return .plain }
    var patterns: [DatePattern] = []
    var builder = reader.builder
    for pattern in try place?["dates"]?.texts() ?? ["yyyy-MM-dd"] {
      patterns.append(DatePattern(pattern) { builder.literal($0) })
    }
    reader.builder = builder
    return .days(patterns)
  }

  private mutating func cell(of index: Int, _ facts: [Fact], _ field: Int, _ place: Place?)
    throws(SynthesisFailure) -> Cell
  {
    let rule = profile.columns.first { $0.field == field && !$0.from.isEmpty }
    columns.append(try column(field, rule, place))
    let absent = try absent(place)
    let fact = facts[index]
    switch fact.kind {
    case .day: return Cell(fact: index, form: try days(place, fact), absent: absent)
    case .number:
      let scale = try place?["scale"]?.int() ?? scale(of: record.fields[field], rule)
      return Cell(fact: index, form: scale == 1 ? .plain : .scaled(Int64(scale)), absent: absent)
    case .text:
      let form = try spelled(fact, record.fields[field], rule, place)
      return Cell(fact: index, form: form, absent: absent)
    default: return Cell(fact: index, form: .plain, absent: absent)
    }
  }

  private func scale(of field: Field, _ rule: SourceProfile.ColumnRule?) -> Int {
    guard field.type == .money || field.type == .decimal else { return 1 }
    let scale = rule?.scale ?? field.scale
    return max(Int(scale.millionths / Exact.one), 1)
  }

  /// The heading or tag: the profile's, or the dictionary's.
  private func column(_ field: Int, _ rule: SourceProfile.ColumnRule?, _ place: Place?)
    throws(SynthesisFailure) -> Sheet.Column
  {
    let entry = record.fields[field]
    var heading = try place?["header"]?.text() ?? rule?.from.first
    var column = Sheet.Column(id: entry.id, heading: "")
    switch profile.format {
    case .csv:
      heading = heading ?? entry.label
      let parts = (heading ?? "").split(separator: "·", maxSplits: 1).map(String.init)
      let isTwoLined: Bool
      if case .csv(2, _, _) = profile.format { isTwoLined = true } else { isTwoLined = false }
      column.heading = isTwoLined ? parts.last ?? "" : heading ?? ""
      if isTwoLined, parts.count == 2 { column.upper = parts[0] }
      if let upper = try place?["upper"]?.text() { column.upper = upper }
    case .xml:
      let tags = [entry.id] + entry.aliases
      let tag = tags.last { isTag($0) && $0 == $0.uppercased() } ?? tags.last { isTag($0) }
      var path = (heading ?? tag ?? entry.id).split(separator: "/").map(String.init)
      column.isOutside = path.first == ".."
      if column.isOutside { path.removeFirst() }
      if let last = path.last, last.hasPrefix("@") {
        column.attribute = String(last.dropFirst())
        path.removeLast()
      }
      column.path = path
      column.heading = heading ?? tag ?? entry.id
    }
    return column
  }

  private func isTag(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 < 0x80 && ($0 > 64 || (48...57).contains($0) || $0 == 95) }
      && text.utf8.first.map { !(48...57).contains($0) } ?? false
  }

  /// How this system writes the fact's codes and flags.
  private mutating func spelled(
    _ fact: Fact, _ field: Field, _ rule: SourceProfile.ColumnRule?, _ place: Place?
  ) throws(SynthesisFailure) -> Cell.Form {
    var written: [Int] = []
    let write = place?["write"]
    for template in fact.texts {
      guard let literal = template.literal else {
        written.append(Cell.itself)
        continue
      }
      let text = reader.builder.world.literals[literal]
      let spelling = try write.flatMap { write in write.isMapping ? write[text] : nil }?.text()
      let style = try write.flatMap { write in write.isMapping ? nil : write }?.text()
      if spelling == nil, hasNoCode(for: text, field, rule) {
        written.append(Cell.unspoken)
        continue
      }
      let found = spelling ?? self.spelling(of: text, field, rule, style: style)
      guard let found else {
        let fault = "“\(text)”不是“\(field.label)”的代码"
        let english = "“\(text)” is no code of “\(field.id)”"
        throw place?.failure(fault, english)
          ?? SynthesisFailure(place: "\(profile.id)", message: Bilingual(zh: fault, en: english))
      }
      written.append(reader.builder.literal(found))
    }
    return .spelled(written)
  }

  /// Whether a canonical code is one that this system has no code for.
  private func hasNoCode(
    for text: String, _ field: Field, _ rule: SourceProfile.ColumnRule?
  ) -> Bool {
    guard let table = field.codes.map({ pack.codes[$0] }), let codes = rule?.codes,
      let code = table.codes.firstIndex(where: { $0.code == text })
    else { return false }
    return !codes.values.contains(Int32(code))
  }

  private func spelling(
    of text: String, _ field: Field, _ rule: SourceProfile.ColumnRule?, style: String?
  ) -> String? {
    switch field.type {
    case .flag:
      let words = profile.flags ?? (yes: pack.words.yes, no: pack.words.no)
      return text == "yes" ? words.yes.first : text == "no" ? words.no.first : nil
    case .code, .grade, .division:
      guard let table = field.codes.map({ pack.codes[$0] }) else { return nil }
      guard let code = table.codes.firstIndex(where: { $0.code == text }) else {
        return reads(text, table, field) ? text : nil
      }
      if let codes = rule?.codes {
        // The shortest spelling is the code itself; dictionaries have no order of their own.
        return codes.filter { $0.value == Int32(code) }.map(\.key)
          .min { $0.count == $1.count ? $0 < $1 : $0.count < $1.count }
      }
      return style == "code" ? table.codes[code].code : table.codes[code].name
    default: return text
    }
  }

  /// Whether a text that is no code is still one of its spellings.
  private func reads(_ text: String, _ table: CodeTable, _ field: Field) -> Bool {
    let key = matchingKey(text)
    if table.index[key] != nil { return true }
    return field.matchesPrefix && table.index.keys.contains { key.hasPrefix($0) }
  }
}
