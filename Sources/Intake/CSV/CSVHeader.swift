import Fields
import Labels
import RulePacks
import Tables

/// The header of a CSV table: one line of names, or two of which the upper spans to the right.
struct CSVHeader: Sendable {
  /// What each column is called, for messages: `upper·lower` or the only name.
  private(set) var names: [String] = []
  /// Matching keys of each header line, by column.
  let lines: [[String]]
  private var exact: [String: Int] = [:]
  private var keys: [String: Int] = [:]
  /// Keys without a unit in brackets at the end.
  private var bare: [String: Int] = [:]
  /// What stands in brackets at the end of the columns' names, and the unit that it says.
  private var brackets: [String?] = []
  private var units: [String?] = []
  /// The unit of money that stands above the table; nil where none does.
  var unitAbove: String?
  /// Matching keys of the columns' names.
  private var full: [String] = []
  /// Equal numbers for equal keys, so that columns are compared for each field without their texts.
  private var fullNumber: [Int] = []
  /// The same for the keys without a unit at the end.
  private var bareNumber: [Int] = []

  init(_ delivered: [[String]]) {
    var rows = delivered
    if rows.count > 1, let last = rows.indices.last {
      // A name that goes through both lines stands in the upper one.
      let tail = CSVHeader.withoutTail(rows[0]).count - rows[last].count
      if tail > 0 { rows[last] += Array(repeating: "", count: tail) }
    }
    lines = rows.map { $0.map(matchingKey) }
    let width = CSVHeader.withoutTail(rows.last ?? []).count
    let above = rows.count > 1 ? CSVHeader.withoutTail(rows[0]).count : 0
    let lower = (rows.last ?? []).prefix(max(width, above))
    let upper = rows.count > 1 ? CSVHeader.spanned(rows[0], over: lower.count) : []
    for column in lower.indices {
      let above = column < upper.count ? upper[column] : ""
      let own = lower[column].isEmpty ? above : lower[column]
      let joined = above.isEmpty || lower[column].isEmpty ? own : above + "·" + own
      names.append(joined)
      add(own, column)
      if joined != own { add(joined, column) }
    }
    full = names.map(matchingKey)
    brackets = full.map { HeaderBracket.content(of: HeaderMark.without($0)) }
    units = brackets.map { $0.map(HeaderBracket.unit) }
    numberKeys()
  }

  var count: Int { names.count }

  /// The column of a name: as written, by matching key, or without a unit in brackets.
  func column(_ name: String) -> Int? {
    let key = matchingKey(name)
    return exact[name] ?? keys[key] ?? bare[key]
  }

  /// Matching keys of all names that the columns go by.
  var allKeys: Set<String> { Set(keys.keys).union(bare.keys) }

  /// The column of a name, and behind it those that are called the same, be it in another unit.
  func find(_ name: String, _ field: Field?) -> [FoundColumn] {
    guard let first = column(name), !isOfAnotherUnit(first, than: name, field) else { return [] }
    let others = names.indices.filter { $0 != first && isSame($0, first, field) }
    return ([first] + others).map { column in
      FoundColumn(
        slot: Int32(column), scale: unit(of: column, field).flatMap { field?.headerUnits[$0] })
    }
  }

  /// The unit of a column: its own, or of money that of the table.
  private func unit(of column: Int, _ field: Field?) -> String? {
    units[column] ?? (field?.type == .money ? unitAbove : nil)
  }

  /// Whether numbers of a column, which is called so but for its unit, cannot be told: nobody knows
  /// how much its unit is.
  private func isOfAnotherUnit(_ column: Int, than name: String, _ field: Field?) -> Bool {
    if let field, field.type == .money, units[column] == nil, let unitAbove {
      return field.headerUnits[unitAbove] == nil
    }
    guard let field, field.type.isNumber, let bracket = brackets[column], let unit = units[column],
      HeaderBracket.isUnit(bracket), matchingKey(name) != full[column],
      matchingKey(field.unit) != unit
    else { return false }
    return field.headerUnits[unit] == nil
  }

  /// The columns of some names, each once, in the order of the names.
  func find(_ names: [String], _ field: Field) -> [FoundColumn] {
    var found: [FoundColumn] = []
    for column in names.flatMap({ find($0, field) })
    where !found.contains(where: { $0.slot == column.slot }) {
      found.append(column)
    }
    return found
  }

  /// Whether two columns are called the same, apart from units that the field knows.
  private func isSame(_ one: Int, _ other: Int, _ field: Field?) -> Bool {
    fullNumber[one] == fullNumber[other] || number(one, field) == number(other, field)
  }

  private func number(_ column: Int, _ field: Field?) -> Int {
    guard let unit = units[column], field?.headerUnits[unit] != nil else {
      return fullNumber[column]
    }
    return bareNumber[column]
  }

  private mutating func numberKeys() {
    var numbers: [String: Int] = [:]
    func number(_ key: String) -> Int {
      if let number = numbers[key] { return number }
      numbers[key] = numbers.count
      return numbers.count - 1
    }
    fullNumber = full.map(number)
    bareNumber = full.indices.map { column in
      guard let bracket = brackets[column] else { return fullNumber[column] }
      return number(String(HeaderMark.without(full[column]).dropLast(bracket.count + 2)))
    }
  }

  /// Columns that neither the fields nor the profile's list of unwanted ones name.
  ///
  /// - Parameter dictionary: keys of names that are the dictionary's, be they read or not.
  func unknown(used: Set<Int32>, ignored: [String], dictionary: Set<String>) -> [String] {
    names.indices.filter { column in
      let lower = lines.last?[column] ?? ""
      return !used.contains(Int32(column)) && !names[column].isEmpty
        && !dictionary.contains(full[column])
        && !ignored.contains(matchingKey(names[column])) && !ignored.contains(lower)
        && !isMark(column)
    }.map { names[$0] }
  }

  /// Whether a column is known and not wanted, or has no name.
  func isIgnored(_ column: Int, _ ignored: [String]) -> Bool {
    guard column < names.count else { return false }
    return ignored.contains(matchingKey(names[column]))
      || ignored.contains(lines.last?[column] ?? "") || isMark(column)
  }

  /// Whether the table is a form that was handed out, by the column for marks of rows.
  var isForm: Bool { names.indices.contains(where: isMark) }

  /// By its own name: a title may stand above it and count as the upper line.
  private func isMark(_ column: Int) -> Bool {
    lines.contains { column < $0.count && CSVHeader.marks.contains($0[column]) }
  }

  private static let marks = Set([FormLabel.mark.zh, FormLabel.mark.en].map(matchingKey))

  private mutating func add(_ name: String, _ column: Int) {
    guard !name.isEmpty else { return }
    let key = matchingKey(name)
    if exact[name] == nil { exact[name] = column }
    if keys[key] == nil { keys[key] = column }
    let plain = HeaderMark.without(key)
    if plain != key, bare[plain] == nil { bare[plain] = column }
    guard let bracket = HeaderBracket.content(of: plain), !HeaderBracket.narrows(bracket) else {
      return
    }
    let short = String(plain.dropLast(bracket.count + 2))
    if bare[short] == nil { bare[short] = column }
  }

  /// Where the table begins once more beside itself: the names of its columns, then the same names
  /// again, be it with a blank column between; nil where it stands there once.
  var secondTable: Int? {
    let named = names.indices.filter { !names[$0].isEmpty }
    let half = named.count / 2
    let first = named.prefix(half).map { full[$0] }
    guard half >= 2, named.count % 2 == 0, Set(first).count == half,
      first == named.dropFirst(half).map({ full[$0] })
    else { return nil }
    return named[half]
  }

  /// Columns between others that have no name, by their numbers.
  var unnamed: [Int] { names.indices.filter { names[$0].isEmpty } }

  private static func spanned(_ upper: [String], over count: Int) -> [String] {
    var spanned: [String] = []
    for column in 0..<count {
      let own = column < upper.count ? upper[column] : ""
      spanned.append(own.isEmpty ? spanned.last ?? "" : own)
    }
    return spanned
  }

  private static func withoutTail(_ row: [String]) -> [String] {
    Array(row[..<((row.lastIndex { !$0.isEmpty } ?? -1) + 1)])
  }
}

/// How well a source profile describes a file.
struct ProfileFit: Sendable {
  var profile: Int
  var recognised: Int
  /// Labels of required fields that no column carries.
  var missing: [String]
  /// Names of columns that no field goes by.
  var unknown: [String]
}

/// How well a profile describes columns.
///
/// - Parameter isThere: whether a column for the field was found.
func fit(_ profile: Int, in pack: RulePack, isThere: (Int) -> Bool) -> ProfileFit {
  let source = pack.sources[profile]
  let kind = pack.records[source.record]
  let required = RowPlan.required(source, kind)
  let constant = source.columns.filter { $0.value != nil }.map(\.field)
  var fit = ProfileFit(profile: profile, recognised: 0, missing: [], unknown: [])
  for field in kind.fields.indices {
    if isThere(field) {
      fit.recognised += 1
    } else if required.contains(field), !constant.contains(field) {
      fit.missing.append(kind.fields[field].label)
    }
  }
  return fit
}

/// The same where columns are asked for one by one.
///
/// - Parameter isThere: whether a field's rule (or, with nil, its dictionary names) finds a column.
func fit(
  _ profile: Int, in pack: RulePack, isThere: (Field, SourceProfile.ColumnRule?) -> Bool
) -> ProfileFit {
  let source = pack.sources[profile]
  return fit(profile, in: pack) { index in
    let field = pack.records[source.record].fields[index]
    let rules = source.columns.filter { $0.field == index }
    guard rules.isEmpty else { return rules.contains { isThere(field, $0) } }
    return source.usesDictionary && isThere(field, nil)
  }
}

extension FieldType {
  /// Whether its values count something, so that a unit matters.
  fileprivate var isNumber: Bool {
    switch self {
    case .int, .decimal, .double, .money: true
    default: false
    }
  }
}
