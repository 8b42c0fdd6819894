import Labels
import RulePacks
import Tables

/// `disparity.csv`: how groups of subjects fare under each rubric.
///
/// Groups smaller than the pack's least size are put together, if need be with the smallest of the
/// others, so that none of them follows from the rest; see `toldGroups`.
func disparityTable(_ results: RunResult) -> Document {
  ReportTable.separated(
    results.scorecards.indices.map { disparityTable(results, $0) },
    columnsOf: disparityTable(groups: [], isTold: false))
}

/// How groups fare under one rubric.
func disparityTable(_ results: RunResult, _ index: Int) -> ReportTable {
  let groups = (results.pack.disparity?.by ?? []).flatMap { toldGroups(results, index, fact: $0) }
  let rubric = results.rubric(of: index)
  return disparityTable(
    groups: groups, isTold: rubric.tiers.count > 1, rubric: rubric.id, decimals: rubric.decimals)
}

/// A group that may be told, of one fact.
private struct ToldGroup: Sendable {
  var fact: String
  var group: String
  var tally: Tally
  var tellsScores: Bool
}

/// - Parameter isTold: whether there are tiers that one can pass.
private func disparityTable(
  groups: [ToldGroup], isTold: Bool, rubric: String = "", decimals: Int = 0
) -> ReportTable {
  func count(_ id: String, _ label: Bilingual, _ count: @escaping @Sendable (ToldGroup) -> Int?)
    -> ReportColumn
  {
    ReportColumn(id: id, label: label, values: .count { count(groups[$0]) })
  }
  func rate(_ id: String, _ label: Bilingual, _ rate: @escaping @Sendable (ToldGroup) -> Int?)
    -> ReportColumn
  {
    ReportColumn(id: id, label: label, values: .share { rate(groups[$0]) })
  }
  return ReportTable(
    path: "disparity.csv", title: Bilingual(zh: "各类对象的差异", en: "How groups fare"),
    columns: [
      ReportColumn(
        id: "rubric", label: ColumnLabel.rubric, values: .text { _ in rubric }, width: 20),
      ReportColumn(
        id: "fact", label: ColumnLabel.fact, values: .text { groups[$0].fact }, width: 20),
      ReportColumn(
        id: "group", label: ColumnLabel.group, values: .text { groups[$0].group }, width: 24),
      count("subjects", ColumnLabel.subjects) { $0.tally.subjects },
      count("ranked", ColumnLabel.ranked) { $0.tally.ranked },
      rate("ranked_rate", ColumnLabel.rankedRate) { group in
        share(group.tally.ranked, of: group.tally.subjects)
      },
      count("passed", ColumnLabel.passed) { isTold && $0.tellsScores ? $0.tally.passed : nil },
      rate("pass_rate", ColumnLabel.passRate) { group in
        isTold && group.tellsScores ? share(group.tally.passed, of: group.tally.ranked) : nil
      },
      ReportColumn(
        id: "mean_score", label: ColumnLabel.meanScore,
        values: .points(of: { row in
          groups[row].tellsScores ? groups[row].tally.mean(decimals: decimals) : nil
        })),
    ], count: groups.count, points: PointTexts(least: 0, most: -1, decimals: decimals))
}

private func toldGroups(_ results: RunResult, _ index: Int, fact id: String) -> [ToldGroup] {
  let rubric = results.rubric(of: index)
  let kind = results.pack.subjects[rubric.subject]
  guard let slot = kind.fact(id), kind.facts[slot].sensitivity == .open else { return [] }
  return toldGroups(
    tallies(results, index, slot: slot), least: results.pack.disparity?.smallestGroup ?? 1,
    together: Phrases.smallGroups.text(in: results.language)
  ).map { group, tally, tellsScores in
    ToldGroup(
      fact: kind.facts[slot].label, group: group, tally: tally, tellsScores: tellsScores)
  }
}

/// The groups that may be told, and whether their pass rates and means may be.
///
/// What is not told is, taken together, at least `least` subjects (and, of rates and means, ranked
/// subjects), so that nothing about fewer follows by subtracting what is told from the whole. Where
/// all subjects together are fewer, nothing is told.
func toldGroups(_ groups: [(group: String, tally: Tally)], least: Int, together: String)
  -> [(group: String, tally: Tally, tellsScores: Bool)]
{
  var told = groups.filter { $0.tally.subjects >= least }
  var rest = Tally()
  for (_, tally) in groups where tally.subjects < least { rest.add(tally) }
  while (1..<least).contains(rest.subjects),
    let smallest = told.indices.min(by: {
      told[$0].tally.subjects < told[$1].tally.subjects
    })
  {
    rest.add(told.remove(at: smallest).tally)
  }
  if rest.subjects > 0, rest.subjects >= least { told.append((together, rest)) }
  var scored = told.map { $0.tally.ranked >= least }
  var hidden = told.indices.reduce(0) { scored[$1] ? $0 : $0 + told[$1].tally.ranked }
  while (1..<least).contains(hidden),
    let smallest = told.indices.filter({ scored[$0] }).min(by: {
      told[$0].tally.ranked < told[$1].tally.ranked
    })
  {
    scored[smallest] = false
    hidden += told[smallest].tally.ranked
  }
  return told.indices.map { (told[$0].group, told[$0].tally, scored[$0]) }
}

/// What is counted of one group.
struct Tally: Equatable {
  var subjects = 0
  var ranked = 0
  /// With a rank, and in a tier above the last.
  var passed = 0
  /// With a rank, and in the first tier.
  var best = 0
  var score = 0

  mutating func add(_ other: Tally) {
    subjects += other.subjects
    ranked += other.ranked
    passed += other.passed
    best += other.best
    score += other.score
  }

  mutating func count(_ card: Scorecard, _ entry: Int, lastTier: Int) {
    subjects += 1
    guard card.statuses[entry].hasRank else { return }
    ranked += 1
    score += Int(card.scores[entry])
    if Int(card.tiers[entry]) < lastTier { passed += 1 }
    if lastTier > 0, card.tiers[entry] == 0 { best += 1 }
  }

  /// In thousandths, rounded half up to the decimals; nil without ranked subjects.
  func mean(decimals: Int) -> Int? {
    guard ranked > 0 else { return nil }
    let unit = [1000, 100, 10, 1][min(3, max(0, decimals))]
    let double = 2 * ranked * unit
    // Scores are not negative, so half up is half away from zero.
    return (2 * score + ranked * unit) / double * unit
  }
}

/// Groups by the values of a fact: in order of its code table, else of the text; those that do
/// not state it last.
func tallies(_ results: RunResult, _ index: Int, slot: Int)
  -> [(group: String, tally: Tally)]
{
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let demand = Demand(slots: [slot])
  var tallies: [String?: Tally] = [:]
  for start in stride(from: 0, to: card.count, by: Dossiers.batchSize) {
    let entries = start..<min(card.count, start + Dossiers.batchSize)
    let batch = results.dossiers.batch(
      of: rubric.subject, at: Array(card.subjects[entries]), demand: demand)
    guard let vector = batch.vectors[slot] else { continue }
    count(vector, entries, card, rubric, results.language, into: &tallies)
  }
  let fact = results.pack.subjects[rubric.subject].facts[slot]
  let table = fact.codes.map { results.pack.codes[$0] }
  var places: [String: Int] = [:]
  for (place, code) in (table?.codes ?? []).enumerated() { places[code.code] = place }
  let stated = tallies.compactMap { key, tally in key.map { ($0, tally) } }.sorted { left, right in
    let (first, second) = (places[left.0] ?? Int.max, places[right.0] ?? Int.max)
    return first == second
      ? left.0.utf8.lexicographicallyPrecedes(right.0.utf8) : first < second
  }
  var groups = stated.map { value, tally in
    let name = places[value].flatMap { table?.codes[$0].name } ?? ""
    return (group: name.isEmpty ? value : name, tally: tally)
  }
  if let tally = tallies[nil] {
    groups.append((Phrases.notStated.text(in: results.language), tally))
  }
  return groups
}

private func count(
  _ vector: Vector, _ entries: Range<Int>, _ card: Scorecard, _ rubric: Rubric,
  _ language: Language, into tallies: inout [String?: Tally]
) {
  let lastTier = rubric.tiers.count - 1
  guard case .codes(let ids, let names) = vector.values else {
    for lane in 0..<entries.count {
      let value = vector.isKnown(lane) ? text(vector.values, lane, language) : nil
      tallies[value, default: Tally()].count(
        card, entries.lowerBound + lane, lastTier: lastTier)
    }
    return
  }
  // Codes are counted by number, so that a name is looked up once a batch.
  var counts = [Tally](repeating: Tally(), count: names.count + 1)
  for lane in 0..<entries.count {
    let id = vector.isKnown(lane) ? Int(ids[lane]) : names.count
    counts[id].count(card, entries.lowerBound + lane, lastTier: lastTier)
  }
  for (id, tally) in counts.enumerated() where tally.subjects > 0 {
    tallies[id < names.count ? names[id] : nil, default: Tally()].add(tally)
  }
}

/// A known lane as text; nil for values that make no groups.
func text(_ values: Values, _ lane: Int, _ language: Language) -> String? {
  switch values {
  case .flags(let lanes): (lanes[lane] ? Phrases.yes : Phrases.no).text(in: language)
  case .integers(let lanes): String(lanes[lane])
  case .decimals(let lanes): Exact(millionths: lanes[lane]).description
  case .dates(let lanes): PartialDate(packed: lanes[lane]).description
  case .codes(let ids, let names): names[Int(ids[lane])]
  case .texts(let texts): texts[lane]
  case .reals, .rows, .boxed: nil
  }
}
