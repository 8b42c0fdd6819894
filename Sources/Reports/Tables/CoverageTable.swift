import Labels
package import Tables

/// `coverage.csv`: for every population and group each rate with its numerator, denominator and
/// definition.
func coverageTable(_ results: RunResult) -> ReportTable {
  let lines = results.coverage
  let rows = lines.indices.flatMap { line in
    lines[line].measures.indices.map { (line: line, measure: $0) }
  }
  @Sendable func line(_ row: Int) -> CoverageLine { lines[rows[row].line] }
  @Sendable func measure(_ row: Int) -> CoverageLine.Measured {
    line(row).measures[rows[row].measure]
  }
  return ReportTable(
    path: "coverage.csv", title: ReportLabel.coverage,
    columns: populationColumns { line($0) } + [
      ReportColumn(
        id: "measure", label: ColumnLabel.measure, values: .text { measure($0).id },
        readers: .machines),
      ReportColumn(
        id: "measure_title", label: ColumnLabel.measure, values: .text { measure($0).title },
        width: 20),
      ReportColumn(
        id: "numerator", label: ColumnLabel.numerator, values: .count { measure($0).numerator }),
      ReportColumn(
        id: "unknown", label: ColumnLabel.unknown, values: .count { measure($0).unknown }),
      ReportColumn(
        id: "denominator", label: ColumnLabel.denominator,
        values: .count { measure($0).denominator }),
      ReportColumn(
        id: "rate", label: ColumnLabel.rate,
        values: .share { rate(of: measure($0), in: line($0).population, results.pack) }),
      ReportColumn(
        id: "definition", label: ColumnLabel.definition, values: .text { measure($0).definition },
        width: 50),
      definitionColumn { line($0) },
    ], count: rows.count)
}

/// What a line of coverage is about: the first columns of all its tables.
///
/// - Parameter withUnits: whether the last of them counts the units.
package func populationColumns(
  withUnits: Bool = true, _ line: @escaping @Sendable (Int) -> CoverageLine
) -> [ReportColumn] {
  let about = [
    ReportColumn(
      id: "population", label: ColumnLabel.population, values: .text { line($0).population },
      readers: .machines),
    ReportColumn(
      id: "population_title", label: ColumnLabel.population,
      values: .text { line($0).populationTitle }, width: 24),
    ReportColumn(
      id: "dimension", label: ColumnLabel.dimension, values: .text { line($0).dimension },
      width: 14),
    ReportColumn(
      id: "group", label: ColumnLabel.group, values: .text { line($0).group }, width: 24),
  ]
  guard withUnits else { return about }
  return about + [
    ReportColumn(id: "units", label: ColumnLabel.number, values: .count { line($0).units })
  ]
}

/// Who belongs to a population: the last column of all tables of coverage.
func definitionColumn(_ line: @escaping @Sendable (Int) -> CoverageLine) -> ReportColumn {
  ReportColumn(
    id: "population_definition", label: ColumnLabel.definition,
    values: .text { line($0).definition }, readers: .machines)
}
