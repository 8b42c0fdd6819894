import Labels
import RulePacks
import Tables

/// How many groups of a dimension a chart shows.
private let mostGroups = 40

/// The first sheet: how each ranking is spread, and rates by the first dimension of each
/// population, with charts.
func overviewSheet(_ results: RunResult, _ names: inout Set<String>) -> WorkbookSheet {
  let language = results.language
  var spread = Spread()
  for index in results.scorecards.indices { spread.addSpread(of: index, results) }
  for index in results.coverage.indices where results.coverage[index].dimension.isEmpty {
    spread.addRates(of: results.coverage[index], results)
  }
  for index in results.scorecards.indices { spread.addMoves(of: index, results) }
  return WorkbookSheet(
    name: sheetName(Bilingual(zh: "概览", en: "Overview").text(in: language), taken: &names),
    title: results.run.title.isEmpty ? results.run.id : results.run.title,
    columns: [
      column("内容", "What", 34, language), column("组", "Group", 20, language),
      column("数量", "Number", 10, language), column("总数", "Of", 10, language),
      column("占比", "Share", 10, language, .share),
    ], rows: WorkbookSheet.Rows(spread.rows), charts: spread.charts)
}

/// The rows of the overview while they are collected, and the charts that stand for them.
private struct Spread {
  typealias Cell = WorkbookSheet.Cell
  typealias Chart = WorkbookSheet.Chart

  var rows: [[Cell]] = []
  var charts: [Chart] = []

  /// How many have each tier or, where a rubric has none, a score in each tenth of the full mark.
  mutating func addSpread(of index: Int, _ results: RunResult) {
    let rubric = results.rubric(of: index)
    let card = results.scorecards[index]
    let ranked = card.subjects.indices.filter { card.statuses[$0].hasRank }
    guard !ranked.isEmpty else { return }
    var labels = rubric.tiers.map(\.label)
    var places = ranked.map { Int(card.tiers[$0]) }
    if labels.isEmpty {
      let step = max(1, rubric.full / 10)
      labels = (0..<10).map { tenth in
        "\(shownPoints(tenth * step))–\(shownPoints((tenth + 1) * step))"
      }
      places = ranked.map { min(9, max(0, Int(card.scores[$0]) / step)) }
    }
    var counts = [Int](repeating: 0, count: labels.count)
    for place in places where counts.indices.contains(place) { counts[place] += 1 }
    let first = rows.count
    for (label, count) in zip(labels, counts) {
      add(
        rubric.title, label, count, of: ranked.count, rate: share(count, of: ranked.count))
    }
    charts.append(
      Chart(
        title: rubric.title, labels: 1, values: 2, figures: .plain,
        series: [Chart.Series(name: rubric.title, rows: first..<rows.count)]))
  }

  /// How many moved between two tiers, into the ranking and out of it, since the run before.
  mutating func addMoves(of index: Int, _ results: RunResult) {
    guard let moves = ResultChanges(results, index)?.moves else { return }
    let counts = [
      (MoveLabel.tierUp, moves.tierUp), (MoveLabel.tierDown, moves.tierDown),
      (MoveLabel.ranked, moves.ranked), (MoveLabel.unranked, moves.unranked),
    ]
    for (label, count) in counts {
      rows.append(
        [
          Cell(results.rubric(of: index).title), Cell(label.text(in: results.language)),
          Cell(number: Double(count)), Cell(""), Cell(""),
        ])
    }
  }

  /// The rates of one population by the first dimension that it is told by.
  mutating func addRates(of whole: CoverageLine, _ results: RunResult) {
    let groups = results.coverage.filter {
      $0.population == whole.population && !$0.dimension.isEmpty
    }
    guard let dimension = groups.first?.dimension else { return }
    let lines = groups.filter { $0.dimension == dimension }.prefix(mostGroups)
    var series: [Chart.Series] = []
    for (number, measure) in whole.measures.enumerated() {
      let first = rows.count
      for line in lines where line.measures.indices.contains(number) {
        add(
          "\(whole.populationTitle) · \(measure.title)", line.group,
          line.measures[number].numerator, of: line.measures[number].denominator,
          rate: rate(of: line.measures[number], in: line.population, results.pack))
      }
      series.append(Chart.Series(name: measure.title, rows: first..<rows.count))
    }
    charts.append(
      Chart(
        title: "\(whole.populationTitle) · \(dimension)", labels: 1, values: 4, figures: .share,
        series: series))
  }

  private mutating func add(
    _ what: String, _ group: String, _ number: Int, of all: Int, rate: Int?
  ) {
    rows.append(
      [
        Cell(what), Cell(group), Cell(number: Double(number)), Cell(number: Double(all)),
        rate.map { Cell(points: $0) } ?? Cell(""),
      ])
  }
}
