import Fields
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
  private var units: [String?] = []

  init(_ rows: [[String]]) {
    lines = rows.map { $0.map(matchingKey) }
    let lower = CSVHeader.withoutTail(rows.last ?? [])
    let upper = rows.count > 1 ? CSVHeader.spanned(rows[0], over: lower.count) : []
    for column in lower.indices {
      let above = column < upper.count ? upper[column] : ""
      let own = lower[column].isEmpty ? above : lower[column]
      let joined = above.isEmpty || lower[column].isEmpty ? own : above + "·" + own
      names.append(joined)
      add(own, column)
      if joined != own { add(joined, column) }
    }
    for column in names.indices { units.append(CSVHeader.unit(in: matchingKey(names[column]))) }
  }

  var count: Int { names.count }

  /// The column of a name: as written, by matching key, or without a unit in brackets.
  func column(_ name: String) -> Int? {
    let key = matchingKey(name)
    return exact[name] ?? keys[key] ?? bare[key]
  }

  func find(_ name: String, _ field: Field?) -> FoundColumn? {
    guard let column = column(name) else { return nil }
    let scale = units[column].flatMap { field?.headerUnits[$0] }
    return FoundColumn(slot: Int32(column), scale: scale)
  }

  /// Columns that neither the fields nor the profile's list of unwanted ones name.
  func unknown(used: Set<Int32>, ignored: [String]) -> [String] {
    names.indices.filter { column in
      let lower = lines.last?[column] ?? ""
      return !used.contains(Int32(column)) && !names[column].isEmpty
        && !ignored.contains(matchingKey(names[column])) && !ignored.contains(lower)
    }.map { names[$0] }
  }

  /// Whether a column is known and not wanted, or has no name.
  func isIgnored(_ column: Int, _ ignored: [String]) -> Bool {
    guard column < names.count else { return false }
    return ignored.contains(matchingKey(names[column])) || ignored.contains(lines.last?[column] ?? "")
  }

  private mutating func add(_ name: String, _ column: Int) {
    guard !name.isEmpty else { return }
    let key = matchingKey(name)
    if exact[name] == nil { exact[name] = column }
    if keys[key] == nil { keys[key] = column }
    guard let unit = CSVHeader.unit(in: key) else { return }
    let short = String(key.dropLast(unit.count + 2))
    if bare[short] == nil { bare[short] = column }
  }

  /// What stands in brackets at the end of a key.
  private static func unit(in key: String) -> String? {
    guard key.hasSuffix(")"), let open = key.lastIndex(of: "("), open != key.startIndex else {
      return nil
    }
    return String(key[key.index(after: open)...].dropLast())
  }

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

/// How well a profile describes columns that `isThere` knows by name.
///
/// - Parameter isThere: whether a field's rule (or, with nil, its dictionary names) finds a column.
func fit(
  _ profile: Int, in pack: RulePack, isThere: (Field, SourceProfile.ColumnRule?) -> Bool
) -> ProfileFit {
  let source = pack.sources[profile]
  let kind = pack.records[source.record]
  var fit = ProfileFit(profile: profile, recognised: 0, missing: [], unknown: [])
  let required = RowPlan.required(source, kind)
  for (index, field) in kind.fields.enumerated() {
    let rules = source.columns.filter { $0.field == index }
    let isConstant = rules.contains { $0.value != nil }
    let isFound =
      rules.isEmpty ? source.usesDictionary && isThere(field, nil) : rules.contains { isThere(field, $0) }
    if isFound { fit.recognised += 1 }
    if !isFound, !isConstant, required.contains(index) { fit.missing.append(field.label) }
  }
  return fit
}
