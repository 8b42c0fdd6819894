import Labels
import RulePacks
import Tables

/// `overview.csv`: the rates of the pack's overview for the whole and by group, each beside that of
/// the run before, and how the group fares under the overview's rubric.
func overviewTable(_ results: RunResult) -> ReportTable {
  let rows = OverviewRow.all(of: results)
  let rates = rows.first?.rates ?? []
  var columns = [
    ReportColumn(
      id: "dimension", label: ColumnLabel.dimension, values: .text { rows[$0].dimension },
      width: 14),
    ReportColumn(
      id: "group", label: ColumnLabel.group, values: .text { rows[$0].group }, width: 24),
  ]
  for (number, rate) in rates.enumerated() {
    let title = rate.populationTitle + " · " + rate.title
    let before = ColumnLabel.lastTime
    columns += [
      ReportColumn(
        id: rate.id, label: Bilingual(zh: title, en: title),
        values: .share { rows[$0].rates[number].now }, width: 14),
      ReportColumn(
        id: rate.id + "_before", label: before, values: .share { rows[$0].rates[number].then }),
      ReportColumn(
        id: rate.id + "_change", label: ColumnLabel.change,
        values: .figures { rows[$0].rates[number].change }, isFigures: true),
    ]
  }
  guard let index = overviewCard(results) else {
    return table(columns, rows.count, decimals: 0)
  }
  let rubric = results.rubric(of: index)
  columns += [
    ReportColumn(
      id: "ranked", label: ColumnLabel.ranked, values: .count { rows[$0].tally?.ranked }),
    ReportColumn(
      id: "mean_score", label: ColumnLabel.meanScore,
      values: .points(of: { rows[$0].tally?.mean(decimals: rubric.decimals) })),
    ReportColumn(
      id: "best_share", label: ColumnLabel.bestShare,
      values: .share { row in
        rows[row].tally.flatMap { share($0.best, of: $0.ranked) }
      }),
  ]
  return table(columns, rows.count, decimals: rubric.decimals)
}

private func table(_ columns: [ReportColumn], _ count: Int, decimals: Int) -> ReportTable {
  ReportTable(
    path: "overview.csv", title: ReportLabel.byGroup, columns: columns, count: count,
    points: PointTexts(least: 0, most: -1, decimals: decimals))
}

/// The scorecard of the overview's rubric.
func overviewCard(_ results: RunResult) -> Int? {
  guard let id = results.pack.overview?.rubric else { return nil }
  return results.scorecards.indices.first { results.rubric(of: $0).id == id }
}

/// One rate now and in the run before, in thousandths.
struct OverviewRate: Sendable {
  var population: String
  var populationTitle: String
  var measure: String
  var title: String
  var target: Int?
  /// Nil where the group has nobody of the population.
  var counts: CoverageLine.Measured?
  var before: (part: Int, whole: Int)?

  var id: String { population + "_" + measure }
  var now: Int? {
    counts.flatMap { share($0.numerator, of: $0.denominator, target: target) }
  }
  var then: Int? { before.flatMap { share($0.part, of: $0.whole, target: target) } }

  /// In percentage points, as the difference of what is shown; none where there is nothing before.
  var change: WrittenFigure {
    guard let now, let then else { return .none }
    let difference = now - then
    let shown = shownPoints(abs(difference) * 100, decimals: 1)
    return WrittenFigure(
      plain: shownPoints(difference * 100, decimals: 1),
      shown: difference > 0 ? "▲" + shown : difference < 0 ? "▼" + shown : "0")
  }
}

/// The whole, or one group of the overview.
struct OverviewRow: Sendable {
  /// Empty for the whole, as the group.
  var dimension: String
  var group: String
  /// One for each population and measure.
  var rates: [OverviewRate]
  /// Nil where it may not be told, or there is nobody.
  var tally: Tally?

  /// The whole, then the groups of each dimension, in order of the code table.
  static func all(of results: RunResult) -> [OverviewRow] {
    guard let overview = results.pack.overview,
      let coverage = results.pack.coverages.first(where: { $0.subject == overview.subject })
    else { return [] }
    let maker = OverviewRows(results, overview, coverage)
    return [maker.whole] + overview.dimensions.flatMap { maker.groups(of: $0) }
  }
}

/// Makes the rows of one overview.
private struct OverviewRows {
  let results: RunResult
  let overview: Overview
  let coverage: Coverage
  private var lines: [String: CoverageLine] = [:]
  private var before: [RunFigures.Place: RunFigures.Rate] = [:]

  init(_ results: RunResult, _ overview: Overview, _ coverage: Coverage) {
    (self.results, self.overview, self.coverage) = (results, overview, coverage)
    for line in results.coverage { lines[key(line.population, line.dimension, line.group)] = line }
    for rate in results.earlier.last?.figures?.rates ?? [] { before[rate.place] = rate }
  }

  private func key(_ population: String, _ dimension: String, _ group: String) -> String {
    population + "\n" + dimension + "\n" + group
  }

  var whole: OverviewRow {
    var row = OverviewRow(dimension: "", group: "", rates: rates("", ""))
    if let index = overviewCard(results) {
      var all = Tally()
      let card = results.scorecards[index]
      let last = results.rubric(of: index).tiers.count - 1
      for entry in 0..<card.count { all.count(card, entry, lastTier: last) }
      row.tally = all
    }
    return row
  }

  func groups(of number: Int) -> [OverviewRow] {
    let dimension = coverage.dimensions[number]
    let table = results.pack.subjects[overview.subject].facts[dimension.fact].codes
    let places = Dictionary(
      (table.map { results.pack.codes[$0].codes } ?? []).enumerated().map {
        ($1.code == $1.name ? $1.code : "\($1.code) \($1.name)", $0)
      }, uniquingKeysWith: { one, _ in one })
    let populations = Set(overview.populations.map { coverage.populations[$0].id })
    var found: [String] = []
    var seen: Set<String> = []
    for line in results.coverage
    where line.dimension == dimension.title && populations.contains(line.population) {
      if seen.insert(line.group).inserted { found.append(line.group) }
    }
    // Groups of one place keep their order: those without a code stand as the coverage has them.
    let order = found.enumerated().sorted { left, right in
      let (first, second) = (places[left.element] ?? Int.max, places[right.element] ?? Int.max)
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element)
    let names = shortNames(
      of: results.coverage.filter { $0.dimension == dimension.title }, results.pack)
    let tallies = told(dimension.fact)
    return order.map { group in
      let name = names[group] ?? group
      return OverviewRow(
        dimension: dimension.title, group: name, rates: rates(dimension.title, group),
        tally: tallies[name])
    }
  }

  /// By name of a group how it fares; none of those that are too small to be told.
  private func told(_ fact: Int) -> [String: Tally] {
    guard let index = overviewCard(results) else { return [:] }
    let groups = toldGroups(
      tallies(results, index, slot: fact), least: results.pack.disparity?.smallestGroup ?? 1,
      together: "")
    var told: [String: Tally] = [:]
    for (group, tally, tellsScores) in groups where tellsScores && !group.isEmpty {
      told[group] = tally
    }
    return told
  }

  private func rates(_ dimension: String, _ group: String) -> [OverviewRate] {
    overview.populations.flatMap { population in
      let population = coverage.populations[population]
      let line = lines[key(population.id, dimension, group)]
      return overview.measures.map { number in
        let measure = coverage.measures[number]
        let last = before[
          RunFigures.Place(
            population: population.id, dimension: dimension, group: group, measure: measure.id)]
        return OverviewRate(
          population: population.id, populationTitle: population.title, measure: measure.id,
          title: measure.title, target: measure.target,
          counts: line.flatMap { $0.measures.indices.contains(number) ? $0.measures[number] : nil },
          before: last.map { ($0.part, $0.whole) })
      }
    }
  }
}
