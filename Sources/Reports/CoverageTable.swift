import Tables

/// `coverage.csv`: for every population and group each rate with its numerator, denominator and
/// definition.
func coverageTable(_ results: Results) -> Document {
  let lines = results.coverage
  let header = [
    "population", "population_title", "dimension", "group", "units", "measure", "measure_title",
    "numerator", "unknown", "denominator", "rate", "definition", "population_definition",
  ]
  return Document(
    "coverage.csv",
    [
      Lines(header: header, count: lines.count) { number, csv in
        let line = lines[number]
        for measure in line.measures {
          csv.cell(line.population)
          csv.cell(line.populationTitle)
          csv.cell(line.dimension)
          csv.cell(line.group)
          csv.cell(line.units)
          csv.cell(measure.id)
          csv.cell(measure.title)
          csv.cell(measure.numerator)
          csv.cell(measure.unknown)
          csv.cell(measure.denominator)
          csv.percent(share(measure.numerator, of: measure.denominator))
          csv.cell(measure.definition)
          csv.cell(line.definition)
          csv.endRow()
        }
      }
    ])
}
