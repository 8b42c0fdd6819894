import Tables

/// `formation-summary.csv`: for every population and group how many have what the plan is about,
/// how many would get it in which way, and what share that makes before and after.
func formationSummary(_ results: Results) -> Document {
  let lines = results.coverage.filter { $0.plan != nil }
  let header = [
    "population", "population_title", "dimension", "group", "units", "before", "rate_before",
    "alone", "joint", "area", "gained", "after", "rate_after", "otherwise", "unknown",
    "population_definition",
  ]
  return Document(
    "formation-summary.csv",
    [
      Lines(header: header, count: lines.count) { number, csv in
        let line = lines[number]
        let plan = line.plan ?? FormationCounts()
        let before = plan.before(of: line.units)
        csv.cell(line.population)
        csv.cell(line.populationTitle)
        csv.cell(line.dimension)
        csv.cell(line.group)
        csv.cell(line.units)
        csv.cell(before)
        csv.percent(share(before, of: line.units))
        csv.cell(plan.alone)
        csv.cell(plan.joint)
        csv.cell(plan.area)
        csv.cell(plan.gained)
        csv.cell(before + plan.gained)
        csv.percent(share(before + plan.gained, of: line.units))
        csv.cell(plan.otherwise)
        csv.cell(plan.unknown)
        csv.cell(line.definition)
        csv.endRow()
      }
    ])
}
