import Fields
import RulePacks

/// Every name under which a CSV profile knows a column, so that a header is held against all
/// profiles at once.
struct HeaderVocabulary: Sendable {
  /// Shapes of header that occur: number of lines, and within how many lines it begins.
  let shapes: [(rows: Int, within: Int)]
  /// Matching key → the profiles and fields that go by it.
  private var meanings: [String: [Meaning]] = [:]
  /// Matching keys of the lines of two-line names, which stand in no cell together.
  private var halves: Set<String> = []
  /// What the keys begin with.
  private var leads: Set<Unicode.Scalar> = []

  private struct Meaning: Sendable {
    var profile: Int
    var field: Int
  }

  init(_ pack: RulePack) {
    var within: [Int: Int] = [:]
    for (index, profile) in pack.sources.enumerated() {
      guard case .csv(let rows, let lines, _) = profile.format else { continue }
      within[rows] = max(within[rows] ?? 0, lines)
      for (field, names) in HeaderVocabulary.names(of: profile, pack).enumerated() {
        for key in Set(names.map(matchingKey)) {
          meanings[key, default: []].append(Meaning(profile: index, field: field))
        }
        for name in names where rows > 1 && name.contains("·") {
          halves.formUnion(name.split(separator: "·").map { matchingKey(String($0)) })
        }
      }
    }
    leads = Set(meanings.keys.compactMap(\.unicodeScalars.first))
    leads.formUnion(halves.compactMap(\.unicodeScalars.first))
    shapes = within.sorted { $0.key < $1.key }.map { (rows: $0.key, within: $0.value) }
  }

  /// Whether some profile goes by a cell as a name, with or without a unit in brackets.
  func knows(_ cell: String) -> Bool {
    guard let lead = cell.unicodeScalars.first else { return false }
    // Digits and Chinese characters stand in the key as they are; that rules out most data.
    let standsForItself = ("0"..."9").contains(lead) || ("\u{4E00}"..."\u{9FFF}").contains(lead)
    if standsForItself, !leads.contains(lead) { return false }
    let key = matchingKey(cell)
    if meanings[key] != nil || halves.contains(key) { return true }
    let plain = HeaderMark.without(key)
    if meanings[plain] != nil { return true }
    guard let bracket = HeaderBracket.content(of: plain) else { return false }
    return meanings[String(plain.dropLast(bracket.count + 2))] != nil
  }

  /// How well each profile with headers of this shape describes a header; those that know none of
  /// its columns are left out.
  func fits(
    _ header: CSVHeader, headerRows: Int, row: Int, _ dialect: CSVDialect?, _ pack: RulePack
  ) -> [ProfileFit] {
    var known: [Int: Set<Int>] = [:]
    for key in header.allKeys {
      for meaning in meanings[key] ?? [] {
        known[meaning.profile, default: []].insert(meaning.field)
      }
    }
    return known.sorted { $0.key < $1.key }.compactMap { profile, fields in
      guard case .csv(headerRows, let within, let fixed) = pack.sources[profile].format,
        row < within, fixed == nil || dialect == nil || fixed == dialect?.separator,
        dialect?.suits(pack.sources[profile]) ?? true
      else { return nil }
      return fit(profile, in: pack) { fields.contains($0) }
    }
  }

  /// By field, its names in the profile.
  private static func names(of profile: SourceProfile, _ pack: RulePack) -> [[String]] {
    pack.records[profile.record].fields.enumerated().map { index, field in
      let rules = profile.columns.filter { $0.field == index }
      if !rules.isEmpty { return rules.flatMap(\.from) }
      return profile.usesDictionary ? [field.label, field.id] + field.aliases : []
    }
  }
}
