public import RulePacks
public import Tables

/// What a run's data say about its criteria: indicators that tell nobody apart, facts that nobody
/// states, values that fell outside bands and lookups; one finding for each, with counts.
///
/// Counts columns only, so it costs next to nothing.
public func lint(_ scored: Scored, pack: RulePack) -> [Finding] {
  var findings: [Finding] = []
  for card in scored.scorecards where card.count > 0 {
    let rubric = pack.rubrics[card.rubric]
    let missing = neverStated(card, rubric)
    findings += missing.findings
    for index in rubric.parts.indices where rubric.parts[index].kind == .indicator {
      guard !missing.parts.contains(index) else { continue }
      findings += alike(card, rubric, index)
    }
    findings += outside(scored.findings, rubric)
  }
  return findings
}

/// Fewer subjects tell nothing about a criterion.
private let fewest = 10

// MARK: - Facts that nobody states

/// Facts that are missing for everybody whom a gate, part or cap concerns.
private func neverStated(
  _ card: Scorecard, _ rubric: Rubric
) -> (findings: [Finding], parts: Set<Int>) {
  guard card.count > 1 else { return ([], []) }
  // Gaps may be many times the subjects, so they are counted in an array by fact and place.
  let places =
    rubric.gates.indices.map { Gaps.Site.gate($0) } + rubric.parts.indices.map { .part($0) }
    + rubric.caps.indices.map { .cap($0) }
  var counts = Array(repeating: 0, count: card.gaps.facts.count * places.count)
  for index in card.gaps.entries.indices {
    let place = place(of: card.gaps.sites[index], rubric)
    counts[Int(card.gaps.missing[index]) * places.count + place] += 1
  }
  let wanted = places.map { concerned($0, card) }
  var sites: [Int: [Gaps.Site]] = [:]
  for index in counts.indices where counts[index] >= wanted[index % places.count] {
    sites[index / places.count, default: []].append(places[index % places.count])
  }
  var parts: Set<Int> = []
  var findings: [Finding] = []
  for (fact, found) in sites.sorted(by: { $0.key < $1.key }) {
    let ids = found.map { site -> String in
      if case .part(let index) = site { parts.insert(index) }
      return id(of: site, rubric)
    }
    let shown = card.gaps.facts[fact].shown
    findings.append(
      Finding(
        .warning, "never-stated", field: "\(rubric.id).\(shown)",
        message: Bilingual(
          zh:
            "《\(rubric.title)》所用的“\(shown)”没有一个对象有值（\(card.count)个对象），涉及 \(ids.joined(separator: "、"))",
          en:
            "\(rubric.id): “\(shown)” is stated for none of \(card.count) subjects; it is used by \(ids.joined(separator: ", "))"
        ),
        cure: Bilingual(
          zh: "核对是否漏报了文件，或来源配置没有指明这一列",
          en: "see whether a file was not delivered, or a source profile lacks the column")))
  }
  return (findings, parts)
}

private func concerned(_ site: Gaps.Site, _ card: Scorecard) -> Int {
  guard case .part(let index) = site else { return card.count }
  return max(1, card.parts[index].states.count { $0 != .notApplicable })
}

/// The place among gates, then parts, then caps.
private func place(of site: Gaps.Site, _ rubric: Rubric) -> Int {
  switch site {
  case .gate(let index): index
  case .part(let index): rubric.gates.count + index
  case .cap(let index): rubric.gates.count + rubric.parts.count + index
  }
}

private func id(of site: Gaps.Site, _ rubric: Rubric) -> String {
  switch site {
  case .gate(let index): rubric.gates[index].id
  case .part(let index): rubric.parts[index].id
  case .cap(let index): rubric.caps[index].id
  }
}

// MARK: - Indicators that tell nobody apart

private func alike(_ card: Scorecard, _ rubric: Rubric, _ index: Int) -> [Finding] {
  let part = rubric.parts[index]
  let points = card.parts[index]
  guard let first = points.states.firstIndex(of: .assessed) else { return [] }
  var count = 0
  for entry in points.states.indices where points.states[entry] == .assessed {
    guard points.points[entry] == points.points[first] else { return [] }
    count += 1
  }
  guard count >= fewest else { return [] }
  let given = Int(points.points[first])
  let shown = Exact(millionths: Int64(given) * 1000)
  let what =
    given == 0
    ? Bilingual(zh: "没有一个得分", en: "none of them gets a point")
    : given == part.most
      ? Bilingual(zh: "全部得满分\(shown)", en: "all get the full \(shown)")
      : Bilingual(zh: "全部得\(shown)分", en: "all get \(shown)")
  return [
    Finding(
      .note, "no-discrimination", field: "\(rubric.id).\(part.id)",
      message: Bilingual(
        zh: "《\(rubric.title)》\(part.id) \(part.title)：有依据的\(count)个对象\(what.zh)，这一项分不出高低",
        en:
          "\(rubric.id), \(part.id): of \(count) assessed subjects \(what.en); it tells nobody apart"
      ),
      cure: Bilingual(
        zh: "核对数据和标准；属实的，修订标准时可以考虑调整",
        en: "check data and criterion; consider it at the next revision"))
  ]
}

// MARK: - Values outside of bands and lookups

/// How many values fell outside, with up to three of the subjects.
private func outside(_ findings: [Finding], _ rubric: Rubric) -> [Finding] {
  let words = [
    "between-bands": Bilingual(zh: "落在两档之间", en: "fell between two bands"),
    "not-in-lookup": Bilingual(zh: "的代码没有对应的分值", en: "have a code without points"),
    "out-of-range": Bilingual(zh: "超出允许的范围", en: "were out of range"),
  ]
  var groups: [String: [Finding]] = [:]
  let prefix = rubric.id + "."
  for finding in findings where words[finding.rule] != nil {
    guard let field = finding.field, field.hasPrefix(prefix) else { continue }
    groups[finding.rule + " " + field, default: []].append(finding)
  }
  return groups.sorted { $0.key < $1.key }.compactMap { _, group in
    guard group.count > 1, let word = words[group[0].rule], let field = group[0].field else {
      return nil
    }
    let some = group.prefix(3).compactMap(\.subject)
    let cure = group[0].cure
    return Finding(
      group[0].severity, group[0].rule + "-total", field: field,
      message: Bilingual(
        zh:
          "《\(rubric.title)》\(field.dropFirst(prefix.count))：有\(group.count)个对象\(word.zh)，如\(some.joined(separator: "、"))",
        en: "\(field): \(group.count) subjects \(word.en), such as \(some.joined(separator: ", "))"),
      cure: cure)
  }
}
