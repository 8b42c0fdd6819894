import Expressions
import Fields
import Tables

private enum Holds: String { case one, many }
private enum Repeats: String { case count }
private enum WhenEmpty: String {
  case noneFound = "none-found"
  case unknown
}

extension PackLoader {
  /// One file of `records/`.
  mutating func readRecord(_ root: YAMLNode) {
    guard let map = reading.map(root, .record) else { return }
    let id = reading.id(map["record"], inExpressions: true) ?? ""
    if records[id] != nil { duplicate(id, at: map["record"]?.spot ?? map.spot) }
    records[id] = pack.records.count
    let isCorrections = map["subject"]?.scalar == "corrections"
    let owner: RecordKind.Owner =
      isCorrections
      ? .corrections
      : .subject(find(map["subject"], in: subjects, what: say("评价对象", "subject")) ?? 0)
    var kind = RecordKind(
      id: id, title: reading.text(map["title"]) ?? "", subject: owner, holds: .one)
    kind.isRoster = reading.flag(map["roster"]) ?? false
    kind.precedence = reading.int(map["precedence"], in: -1000...1000) ?? 0
    kind.office = office(map["office"])
    pack.records.append(kind)
    recordMaps.append(map)
    readFields(map["fields"], of: pack.records.count - 1)
    readHolding(map, of: pack.records.count - 1)
    if isCorrections { checkCorrections(map) }
    readCaseRole(map, of: pack.records.count - 1)
  }

  private mutating func readHolding(_ map: YAMLMap, of record: Int) {
    let holds = reading.choice(map["holds"], of: [Holds.one, .many]) ?? .one
    if let latest = field(map["latest"], of: record) {
      let type = pack.records[record].fields[latest].type
      if type != .date && type != .int {
        reading.fault(
          at: map.spot(of: "latest"),
          say("“latest”要用日期或整数字段", "“latest” needs a field of type date or int"),
          cure: say("请改用日期或整数字段", "name such a field"))
      }
      pack.records[record].latest = latest
    }
    readCurrentDays(map, of: record)
    switch holds {
    case .one:
      for key in ["list", "unique", "repeats", "when-empty"] where map[key] != nil {
        reading.fault(
          at: map.spot(of: key), say("“\(key)”只用于多行的记录", "“\(key)” is for records with many rows"),
          cure: say("请删去，或写上“holds: many”", "remove it, or write “holds: many”"))
      }
    case .many:
      let list = reading.id(map["list"], inExpressions: true) ?? pack.records[record].id
      let unique = reading.list(map["unique"]).compactMap { field($0, of: record) }
      let empty = reading.choice(map["when-empty"], of: [WhenEmpty.noneFound, .unknown])
      pack.records[record].holds = .many(
        list: list, unique: unique, emptyIsKnown: empty != .unknown)
      pack.records[record].countsRepeats =
        reading.choice(map["repeats"], of: [Repeats.count]) != nil
      if pack.records[record].subject != .corrections { demandRepeats(map) }
    }
  }

  private mutating func readCurrentDays(_ map: YAMLMap, of record: Int) {
    guard let node = map["current-days"], let days = reading.number(node) else { return }
    let kind = pack.records[record]
    let whole = Int32(exactly: days.millionths / Exact.one) ?? 0
    guard days.millionths % Exact.one == 0, (1...36_600).contains(whole),
      let latest = kind.latest, kind.fields[latest].type == .date
    else {
      return reading.fault(
        at: map.spot(of: "current-days"),
        say(
          "“current-days”要写天数，并要有日期字段作“latest”",
          "“current-days” is a number of days, and needs a date as `latest`"),
        cure: say("请写整数（如 89），并写明 latest", "write a whole number such as 89, and `latest`"))
    }
    pack.records[record].currentDays = whole
  }

  /// A list must say when two rows are one thing.
  ///
  /// Packs of earlier editions did not have to: there, rows that are the same count once.
  private mutating func demandRepeats(_ map: YAMLMap) {
    if map["unique"] != nil, map["repeats"] != nil {
      reading.fault(
        at: map.spot(of: "repeats"),
        say("“unique”和“repeats”不能同时写", "“unique” and “repeats” exclude each other"),
        cure: say("请删去其中一个", "remove one of them"))
    }
    guard map["unique"] == nil, map["repeats"] == nil else { return }
    reading.demand(
      at: map.spot(of: "holds"),
      say(
        "多行记录没有说明相同的行是一件事还是几件事；现按一件事计",
        "a list does not say whether rows that are the same are one thing or several; they count as "
          + "one"),
      cure: say(
        "请写 unique（哪些字段相同即为一件事），或写“repeats: count”（每行各算一件）",
        "write `unique` (fields in which rows of one thing agree), or `repeats: count` (each row is "
          + "a thing of its own)"))
  }

  /// The index of a field named by id.
  mutating func field(_ node: YAMLNode?, of record: Int) -> Int? {
    guard let node, let name = reading.text(node) else { return nil }
    if let index = pack.records[record].field(name) { return index }
    reading.unknownName(
      name, at: node.spot, what: say("字段", "field"),
      among: pack.records[record].fields.map(\.id))
    return nil
  }

  private mutating func checkCorrections(_ map: YAMLMap) {
    guard let kind = pack.records.last else { return }
    let required = [
      "record", "target", "field", "old_value", "new_value", "reason", "decided_on", "result",
    ]
    for id in required where kind.field(id) == nil {
      reading.fault(
        at: map.spot(of: "fields"), say("更正记录缺少字段“\(id)”", "corrections lack the field “\(id)”"),
        cure: say("请补上这个字段", "add it"))
    }
  }

  // MARK: - Fields

  private mutating func readFields(_ node: YAMLNode?, of record: Int) {
    var spots: [Spot] = []
    var cuts: [(field: Int, node: YAMLNode)] = []
    for item in reading.list(node) {
      guard let map = reading.map(item, .field) else { continue }
      let spot = map["id"]?.spot ?? map.spot
      let id = reading.id(map["id"], inExpressions: true) ?? ""
      if pack.records[record].field(id) != nil { duplicate(id, at: spot) }
      let place = RecordField(record: record, field: spots.count)
      if let from = map["from"] { cuts.append((spots.count, from)) }
      spots.append(spot)
      pack.records[record].fields.append(readField(map, id: id, place: place))
    }
    for (index, from) in cuts {
      guard let map = reading.map(from, .cut), let source = field(map["field"], of: record),
        let first = reading.int(map["first"], in: 1...64),
        let last = reading.int(map["last"], in: first...64)
      else { continue }
      let cut = pack.records[record].fields[source]
      if cut.mayHoldResidentID || cut.type == .residentID {
        reading.fault(
          at: map.spot(of: "field"),
          say("“\(cut.id)”只存摘要，不能截取", "of “\(cut.id)” a digest is kept, which holds no parts"),
          cure: say("请改用别的字段", "name another field"))
      }
      pack.records[record].fields[index].from = Field.Cut(field: source, first: first, last: last)
    }
    fieldSpots.append(spots)
  }

  private mutating func readField(_ map: YAMLMap, id: String, place: RecordField) -> Field {
    let type = reading.choice(map["type"], of: FieldType.allCases)
    if type == nil { untyped.insert(place) }
    var field = Field(id: id, label: reading.text(map["label"]) ?? "", type: type ?? .text)
    field.aliases = reading.texts(map["aliases"])
    field.unit = reading.text(map["unit"]) ?? ""
    if field.unit == "required" {
      field.unit = ""
      field.requiresUnit = true
    }
    field.codes = table(map["codes"])
    field.isRequired = reading.flag(map["required"]) ?? false
    field.onError =
      reading.choice(map["on-error"], of: [Field.OnError.quarantine, .notStated])
      ?? (field.isRequired ? .quarantine : .notStated)
    field.check = reading.choice(map["check"], of: [.finding, .quarantine, .none]) ?? .finding
    if type == .date {
      field.leastDay = dateBound(map["least"])
      field.mostDay = dateBound(map["most"])
      field.placeholders = placeholders(map["placeholders"])
    } else {
      field.least = reading.number(map["least"])
      field.most = reading.number(map["most"])
    }
    field.mayHoldResidentID = reading.choice(map["may-hold"], of: [MayHold.residentID]) != nil
    field.split = reading.texts(map["split"])
    field.sensitivity =
      reading.choice(map["sensitivity"], of: [.open, .personal, .sensitive]) ?? .open
    field.purposes = purposes(map["purposes"])
    field.isCompared = reading.flag(map["compare"]) ?? true
    field.office = office(map["office"]) ?? pack.records[place.record].office
    field.subjectCanSupply = reading.flag(map["subject-can-supply"]) ?? false
    field.changeable = changeable(map["changeable"], of: field)
    field.definition = reading.text(map["definition"]) ?? ""
    if let scale = reading.number(map["scale"]) { field.scale = scale }
    field.headerUnits = numbers(map["header-units"])
    field.addUsualUnits()
    if let match = reading.choice(map["match"], of: [Match.exact, .prefix]) {
      field.matchesPrefix = match == .prefix
    }
    if let type { checkKeys(of: map, type: type, field: field) }
    if let none = map["stated-none"] { field.statedNone = value(none, of: field) }
    return field
  }

  private enum Match: String { case exact, prefix }
  private enum MayHold: String { case residentID = "resident-id" }

  /// A date, or `as_of`.
  private mutating func dateBound(_ node: YAMLNode?) -> Field.DateBound? {
    guard let node else { return nil }
    if node.scalar == "as_of" { return .asOf }
    return reading.date(node).map { .date($0) }
  }

  /// `no`, or the dates that state nothing.
  private mutating func placeholders(_ node: YAMLNode?) -> [PartialDate]? {
    guard let node else { return nil }
    if case .list = node.content { return reading.list(node).compactMap { reading.date($0) } }
    guard let usual = reading.flag(node) else { return nil }
    return usual ? nil : []
  }

  /// `yes`, `no`, `up`, `down`, or a list of the field's codes.
  private mutating func changeable(_ node: YAMLNode?, of field: Field) -> Field.Changeable {
    guard let node else { return .no }
    switch (node.content, node.scalar) {
    case (.list, _) where field.codes != nil:
      return .to(
        reading.list(node).compactMap { item in
          guard case .string(let code)? = value(item, of: field) else { return nil }
          return code
        })
    case (_, "no"): return .no
    case (_, "yes"): return .yes
    case (_, "up") where field.type.hasDirection: return .up
    case (_, "down") where field.type.hasDirection: return .down
    default:
      reading.fault(
        at: node.spot,
        say(
          "“\(node.scalar ?? "[…]")”不能说明字段“\(field.id)”怎样改变",
          "“\(node.scalar ?? "[…]")” does not say how “\(field.id)” can change"),
        cure: say(
          "请写 yes、no；数、日期和是否还可以写 up、down；代码还可以写代码的列表",
          "write yes or no; up or down for numbers, dates and flags; a list of codes for codes"))
      return .no
    }
  }

  /// Keys that make sense for some types only, and numbers that contradict each other.
  private mutating func checkKeys(of map: YAMLMap, type: FieldType, field: Field) {
    let isNumber: Bool
    switch type.column {
    case .number, .decimal: isNumber = true
    case .flag, .code, .text, .day: isNumber = false
    }
    let isCode = type.column == .code
    let isIdentifier: Bool
    switch type {
    case .uscc, .registrationNumber, .usccOrNumber, .organizationCode, .residentID:
      isIdentifier = true
    case .text, .name, .int, .decimal, .money, .percent, .flag, .date, .code, .grade, .division,
      .double:
      isIdentifier = false
    }
    if isCode, map["codes"] == nil {
      reading.fault(
        at: map.spot(of: "type"),
        say("类型“\(type.rawValue)”缺少“codes”", "the type “\(type.rawValue)” needs “codes”"),
        cure: say("请写明代码表", "name the code table"))
    }
    var misplaced: [String] = []
    if !isCode { misplaced += ["codes", "match"] }
    if !isNumber { misplaced += ["scale", "header-units"] }
    if !isNumber, type != .date { misplaced += ["least", "most"] }
    if type != .date { misplaced += ["placeholders"] }
    if !isNumber, field.requiresUnit { misplaced += ["unit"] }
    if !isIdentifier { misplaced += ["check"] }
    if type != .text && type != .name { misplaced += ["may-hold"] }
    for key in misplaced where map[key] != nil {
      reading.fault(
        at: map.spot(of: key),
        say(
          "“\(key)”不能用于类型“\(type.rawValue)”",
          "“\(key)” has no meaning for the type “\(type.rawValue)”"),
        cure: say("请删去它或更改类型", "remove it or change the type"))
    }
    if let scale = map["scale"], field.scale.millionths <= 0 {
      reading.fault(
        at: scale.spot, say("“scale”应大于0", "“scale” must be above 0"),
        cure: say("请更正", "correct it"))
    }
    if case .date(let least) = field.leastDay, case .date(let most) = field.mostDay,
      most.lastDay < least.firstDay
    {
      reading.fault(
        at: map.spot(of: "most"),
        say("“most”（\(most)）早于“least”（\(least)）", "“most” (\(most)) is before “least” (\(least))"),
        cure: say("请更正其中一个", "correct one of them"))
    }
    if let least = field.least, let most = field.most, most < least {
      reading.fault(
        at: map.spot(of: "most"),
        say("“most”（\(most)）小于“least”（\(least)）", "“most” (\(most)) is below “least” (\(least))"),
        cure: say("请更正其中一个", "correct one of them"))
    }
  }

  /// A value written for a field, of the field's type.
  mutating func value(_ node: YAMLNode, of field: Field) -> Value? {
    typedValue(node, type: field.type.expressionType, codes: field.codes)
  }

  /// A plain value of a type; with `codes` it must be one of the table.
  mutating func typedValue(_ node: YAMLNode, type: ExpressionType, codes: Int?) -> Value? {
    guard let text = node.scalar else {
      reading.fault(
        at: node.spot, say("这里应是一个值", "this must be a single value"),
        cure: say("请写一个值", "write one value"))
      return nil
    }
    switch type {
    case .bool: return reading.flag(node).map { .bool($0) }
    case .int: return reading.int(node).map { .int(Int64($0)) }
    case .decimal: return reading.number(node).map { .decimal($0) }
    case .date:
      if let date = PartialDate(written: text) { return .date(date) }
      return reading.date(node).map { .date($0) }
    case .string:
      if let codes = codeNames(codes), !codes.contains(text) {
        reading.unknownName(text, at: node.spot, what: say("代码", "code"), among: codes)
        return nil
      }
      return .string(text)
    case .dyn: return plainValue(node)
    case .double:
      // Facts of this type are held with all their digits.
      guard let digits = try? realDigits(Array(text.utf8).span) else {
        reading.fault(
          at: node.spot, say("“\(text)”不是数", "“\(text)” is not a number"),
          cure: say("请写数字，如 12.5", "write a number, e.g. 12.5"))
        return nil
      }
      return .string(String(decoding: digits, as: UTF8.self))
    case .timestamp, .duration, .null, .type, .list, .map, .row:
      reading.fault(
        at: node.spot, say("类型\(type)不能写成一个值", "a value of type \(type) cannot be written here"),
        cure: say("请删去", "remove it"))
      return nil
    }
  }

  /// A value whose type shows in how it is written; quoted ones are texts.
  func plainValue(_ node: YAMLNode) -> Value? {
    guard case .scalar(let text, let style) = node.content else { return nil }
    guard case .plain = style else { return .string(text) }
    switch text {
    case "yes", "true": return .bool(true)
    case "no", "false": return .bool(false)
    default: break
    }
    if let number = Int64(text) { return .int(number) }
    if let number = Exact(written: text) { return .decimal(number) }
    if let date = PartialDate(written: text) { return .date(date) }
    return .string(text)
  }
}

extension FieldType {
  /// Whether its values lie in an order in which they can go up and down.
  fileprivate var hasDirection: Bool {
    switch column {
    case .number, .decimal, .flag, .day: true
    case .code, .text: false
    }
  }
}
