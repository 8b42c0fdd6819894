import Fields
import RulePacks

/// Rows of a known profile that stand elsewhere in a file than the profile says: exports come
/// within the envelope of an interface, or without the element that was around them.
extension XMLSurvey {
  /// So many of a row's own elements or attributes tell it from another of the same name.
  private static let leastShared = 3

  /// Names the rows where they stand and where they should; nil where there are none.
  func wrappedFailure(_ pack: RulePack, _ shown: String) -> IntakeFailure? {
    var best: (source: SourceProfile, rows: [String], path: [String], shared: Int)?
    let paths = paths()
    for source in pack.sources {
      guard case .xml(let rows) = source.format, let last = rows.last.map(XMLPlan.key) else {
        continue
      }
      let names = rowNames(of: source, pack)
      for (element, path) in paths where path.last.map(XMLPlan.key) == last {
        let own = Set(elements[element].children.keys).union(elements[element].attributes.keys)
        let shared = own.intersection(names).count
        if shared >= XMLSurvey.leastShared, shared > best?.shared ?? 0 {
          best = (source, rows, path, shared)
        }
      }
    }
    guard let (source, rows, path, _) = best else { return nil }
    let (expected, found) = (rows.joined(separator: "/"), scrubbed(path.joined(separator: "/")))
    return IntakeFailure(
      .unrecognised, shown,
      zh: "没有来源配置能识别这个文件：“\(found)”像是“\(source.title)”的记录，来源配置却写在“\(expected)”"
        + "（\(source.place):\(source.rowsLine)） — 请按“\(expected)”的结构重新导出，或更正来源配置的 rows",
      en: "no source profile describes this file: “\(found)” looks like rows of “\(source.title)”, "
        + "which the profile has at “\(expected)” (\(source.place):\(source.rowsLine)) — export it "
        + "with that structure, or correct “rows” of the source profile")
  }

  /// All elements with the names from the root to them.
  private func paths() -> [(element: Int, path: [String])] {
    var found: [(element: Int, path: [String])] = []
    var open: [(element: Int, path: [String])] = [(0, [])]
    while let (element, path) = open.popLast() {
      for child in elements[element].children.values.sorted() where path.count < 20 {
        let place = (element: child, path: path + [elements[child].name])
        found.append(place)
        open.append(place)
      }
    }
    return found
  }

  /// Matching keys of what a profile reads right below a row.
  private func rowNames(of source: SourceProfile, _ pack: RulePack) -> Set<String> {
    var names: Set<String> = []
    for (index, field) in pack.records[source.record].fields.enumerated() {
      let rules = source.columns.filter { $0.field == index }
      if rules.isEmpty, source.usesDictionary {
        names.formUnion(([field.label, field.id] + field.aliases).map(matchingKey))
      }
      for path in rules.flatMap(\.from).map({ XMLPath($0) }) where path.up == 0 {
        if let name = path.names.first ?? path.attribute { names.insert(name) }
      }
    }
    return names
  }
}
