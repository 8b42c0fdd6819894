import Fields
import Tables

private enum FileFormat: String { case xml, csv }
private enum Counts: String { case rows }

extension PackLoader {
  /// One file of `sources/`.
  mutating func readSource(_ root: YAMLNode) {
    guard let map = reading.map(root, .source) else { return }
    let id = reading.id(map["source"]) ?? ""
    if pack.sources.contains(where: { $0.id == id }) {
      duplicate(id, at: map["source"]?.spot ?? map.spot)
    }
    guard let record = find(map["record"], in: records, what: say("记录种类", "record kind")),
      let format = reading.choice(map["format"], of: [FileFormat.xml, .csv])
    else { return }
    var source = SourceProfile(
      id: id, title: reading.text(map["title"]) ?? "", record: record,
      format: readFormat(format, map))
    let hints = SourceProfile.EncodingHint.allCases
    source.place = String(reading.files[map.spot.file].shown.dropFirst(folder.count + 1))
    source.rowsLine = map["rows"]?.spot.line ?? 0
    source.encoding = reading.choice(map["encoding"], of: hints)
    if map["quote"] != nil {
      source.quote = mark(map["quote"], of: ["\"": UInt8(ascii: "\""), "'": UInt8(ascii: "'")])
    }
    source.escape = mark(map["escape"], of: ["\\": UInt8(ascii: "\\")])
    source.usesDictionary = reading.flag(map["dictionary"]) ?? true
    source.precedence = reading.int(map["precedence"], in: -1000...1000) ?? 0
    source.ignored = matchingKeys(map["ignore"])
    source.fillDown = reading.list(map["fill-down"]).compactMap { field($0, of: record) }
    source.blankWithout = reading.list(map["blank-without"]).compactMap { field($0, of: record) }
    source.dayNumbers = dayNumbers(map["day-numbers"])
    if let flags = map["flags"], let words = reading.map(flags, .flags) {
      source.flags = (matchingKeys(words["yes"]), matchingKeys(words["no"]))
    }
    for item in reading.list(map["columns"]) {
      if let column = readColumn(item, of: source) { source.columns.append(column) }
    }
    if map["requires"] == nil {
      let fields = pack.records[record].fields
      source.requires = fields.indices.filter { fields[$0].isRequired }
    } else {
      source.requires = reading.list(map["requires"]).compactMap { field($0, of: record) }
    }
    for item in reading.list(map["controls"]) {
      if var control = readControl(item, of: source) {
        control.line = item.spot.line
        source.controls.append(control)
      }
    }
    checkColumns(of: source, map)
    pack.sources.append(source)
  }

  private mutating func dayNumbers(_ node: YAMLNode?) -> Int? {
    guard let node, let base = reading.int(node) else { return nil }
    if base == 1900 || base == 1904 { return base }
    reading.fault(
      at: node.spot, say("没有从\(base)年起算的日期序号", "no day numbers are counted from \(base)"),
      cure: say("请写1900或1904", "write 1900 or 1904"))
    return nil
  }

  private mutating func readFormat(
    _ format: FileFormat, _ map: YAMLMap
  ) -> SourceProfile.Format {
    let misplaced: [String]
    switch format {
    case .xml: misplaced = ["header", "separator", "quote", "escape", "fill-down", "blank-without"]
    case .csv: misplaced = ["rows"]
    }
    for key in misplaced where map[key] != nil {
      reading.fault(
        at: map.spot(of: key),
        say("“\(key)”不能用于\(format.rawValue)", "“\(key)” has no meaning for \(format.rawValue)"),
        cure: say("请删去", "remove it"))
    }
    switch format {
    case .xml:
      guard let rows = reading.text(map["rows"]) else {
        reading.fault(
          at: map.spot, say("XML来源缺少“rows”", "an XML source needs “rows”"),
          cure: say(
            "请写重复元素的路径，如 DATASET/ROW", "write the path of the repeated element, e.g. DATASET/ROW"))
        return .xml(rows: [])
      }
      return .xml(rows: rows.split(separator: "/").map(String.init))
    case .csv:
      let header = map["header"].flatMap { reading.map($0, .header) }
      return .csv(
        headerRows: reading.int(header?["rows"], in: 1...2) ?? 1,
        within: reading.int(header?["within"], in: 1...1000) ?? 15,
        separator: separator(map["separator"]))
    }
  }

  private mutating func separator(_ node: YAMLNode?) -> UInt8? {
    guard let node, let text = node.scalar else { return nil }
    switch text {
    case ",": return UInt8(ascii: ",")
    case ";": return UInt8(ascii: ";")
    case "|": return UInt8(ascii: "|")
    case "\t", "\\t": return UInt8(ascii: "\t")
    case ":": return UInt8(ascii: ":")
    case " ": return UInt8(ascii: " ")
    default:
      reading.fault(
        at: node.spot, say("“\(text)”不能作分隔符", "“\(text)” cannot be a separator"),
        cure: say(
          "可选：\",\" \";\" \"|\" \":\" \" \" \"\\t\"",
          "choices: \",\" \";\" \"|\" \":\" \" \" \"\\t\""))
      return nil
    }
  }

  /// A mark of CSV; nil for `none`.
  private mutating func mark(_ node: YAMLNode?, of marks: [String: UInt8]) -> UInt8? {
    guard let node, let text = node.scalar, text != "none" else { return nil }
    if let mark = marks[text] { return mark }
    let choices = (marks.keys.sorted() + ["none"]).joined(separator: " ")
    reading.fault(
      at: node.spot, say("“\(text)”不能作此标记", "“\(text)” cannot be this mark"),
      cure: say("可选：\(choices)", "choices: \(choices)"))
    return nil
  }

  // MARK: - Columns

  private mutating func readColumn(
    _ item: YAMLNode, of source: SourceProfile
  ) -> SourceProfile.ColumnRule? {
    guard let map = reading.map(item, .column), let index = field(map["field"], of: source.record)
    else { return nil }
    let field = pack.records[source.record].fields[index]
    var column = SourceProfile.ColumnRule(field: index)
    column.from = reading.textOrTexts(map["from"])
    column.line = map.spot.line
    column.value = reading.text(map["value"])
    column.scale = reading.number(map["scale"])
    if map["from"] != nil, map["value"] != nil {
      reading.fault(
        at: map.spot(of: "value"),
        say("“from”和“value”不能并用", "“from” and “value” exclude each other"),
        cure: say("请删去其中一个", "remove one of them"))
    }
    if map["from"] == nil, map["value"] == nil {
      column.from = [field.id, field.label] + field.aliases
    }
    if let codes = map["codes"] { column.codes = translation(codes, of: field) }
    for entry in reading.entries(map["when"]) {
      let texts = reading.textOrTexts(entry.value).map { matchingKey($0) }
      column.when.append(
        SourceProfile.Condition(column: entry.key, texts: texts, line: entry.value.spot.line))
    }
    return column
  }

  /// What one system's codes mean: matching key → index in the field's own table.
  private mutating func translation(_ node: YAMLNode, of field: Field) -> [String: Int32]? {
    guard let own = field.codes else {
      reading.fault(
        at: node.spot, say("字段“\(field.id)”没有代码表", "the field “\(field.id)” has no code table"),
        cure: say("请删去“codes”，或给字段写上代码表", "remove “codes”, or give the field a code table"))
      return nil
    }
    var meanings: [String: Int32] = [:]
    if case .map = node.content {
      for entry in reading.entries(node) {
        guard let code = reading.text(entry.value) else { continue }
        if let index = target(code, in: own, at: entry.value.spot) {
          meanings[matchingKey(entry.key)] = index
        }
      }
      return meanings
    }
    guard let table = table(node), codeNames(table) != nil else { return nil }
    guard pack.codes[table].codes.contains(where: { $0.means != nil }) else {
      reading.fault(
        at: node.spot,
        say(
          "代码表“\(pack.codes[table].id)”没有“means”列",
          "the code table “\(pack.codes[table].id)” has no column “means”"),
        cure: say("请在表中写明每个代码对应的标准代码", "say there what each code stands for"))
      return nil
    }
    for code in pack.codes[table].codes {
      guard let means = code.means, let index = target(means, in: own, at: node.spot) else {
        continue
      }
      for word in [code.name] + code.aliases where meanings[matchingKey(word)] == nil {
        meanings[matchingKey(word)] = index
      }
    }
    // A code wins over another row's name or alias.
    for code in pack.codes[table].codes {
      if let means = code.means, let index = pack.codes[own].index[matchingKey(means)] {
        meanings[matchingKey(code.code)] = index
      }
    }
    return meanings
  }

  private mutating func target(_ code: String, in table: Int, at spot: Spot) -> Int32? {
    if let index = pack.codes[table].index[matchingKey(code)] { return index }
    guard let names = codeNames(table) else { return nil }
    reading.unknownName(
      code, at: spot,
      what: say("“\(pack.codes[table].id)”代码", "code of “\(pack.codes[table].id)”"),
      among: names)
    return nil
  }

  private mutating func checkColumns(of source: SourceProfile, _ map: YAMLMap) {
    let fields = pack.records[source.record].fields
    for (index, column) in source.columns.enumerated() where column.when.isEmpty {
      let isRepeated = source.columns[..<index].contains {
        $0.field == column.field && $0.when.isEmpty
      }
      if isRepeated { duplicate(fields[column.field].id, at: map.spot(of: "columns")) }
    }
    guard !source.usesDictionary else { return }
    for field in source.requires where !source.columns.contains(where: { $0.field == field }) {
      reading.fault(
        at: map.spot(of: "columns"),
        say(
          "必填字段“\(fields[field].id)”没有来源列", "the required field “\(fields[field].id)” has no column"
        ),
        cure: say(
          "请在“columns”中写明，或写“dictionary: yes”", "name its column, or write “dictionary: yes”"))
    }
  }

  private mutating func readControl(
    _ item: YAMLNode, of source: SourceProfile
  ) -> SourceProfile.Control? {
    guard let map = reading.map(item, .control), let from = reading.text(map["from"]) else {
      return nil
    }
    var path: [String]? = from.split(separator: "/").map(String.init)
    if case .csv = source.format {
      path = nil
      if from != "totals" {
        reading.fault(
          at: map["from"]?.spot ?? map.spot,
          say("CSV的核对数只能来自合计行", "control numbers of CSV come from its total rows"),
          cure: say("请写“from: totals”", "write “from: totals”"))
      }
    }
    // Every number of a total row is compared without asking.
    if path == nil, map["counts"] == nil, map["sums"] == nil { return nil }
    guard (map["counts"] == nil) != (map["sums"] == nil) else {
      reading.fault(
        at: map.spot, say("“counts”和“sums”要写其中一个", "write either “counts” or “sums”"),
        cure: say("请写“counts: rows”或“sums: 字段”", "write “counts: rows” or “sums: FIELD”"))
      return nil
    }
    if let counts = map["counts"] {
      guard reading.choice(counts, of: [Counts.rows]) != nil else { return nil }
      guard path != nil else {
        if from == "totals" {
          reading.fault(
            at: counts.spot, say("CSV的合计行不写行数", "total rows of CSV state no number of rows"),
            cure: say("请删去“counts”", "leave “counts” out"))
        }
        return nil
      }
      return control(.rows, from: path, map, source)
    }
    guard let sum = field(map["sums"], of: source.record) else { return nil }
    return control(.sum(field: sum), from: path, map, source)
  }

  private mutating func control(
    _ counts: SourceProfile.Control.Counted, from path: [String]?, _ map: YAMLMap,
    _ source: SourceProfile
  ) -> SourceProfile.Control {
    var control = SourceProfile.Control(from: path, counts: counts)
    guard let eachPart = map["each-part"] else { return control }
    control.isOfPart = reading.flag(eachPart) ?? false
    guard control.isOfPart else { return control }
    let shared = control.part(in: source)
    if shared.count < 2 {
      reading.fault(
        at: eachPart.spot,
        say(
          "“\((path ?? []).joined(separator: "/"))”与各行只有根元素相同，文件没有分部分",
          "“\((path ?? []).joined(separator: "/"))” shares only the root with the rows, so it is of no part"
        ),
        cure: say("请删去“each-part”", "leave “each-part” out"))
    }
    return control
  }
}
