import Labels
import RulePacks
import Tables

/// What the first screen shows, as the pack's overview asks; nothing where it does not.
func firstScreen(_ results: RunResult, _ json: inout JSON) {
  guard results.pack.overview != nil else { return }
  let rows = OverviewRow.all(of: results)
  json.object("first") { json in
    json.array("rates") { json in
      for rate in rows.first?.rates ?? [] { tile(rate, &json) }
    }
    json.object("groups") { json in write(overviewTable(results), to: &json) }
    if !results.forms.isEmpty {
      json.object("forms") { json in write(formsTable(results), to: &json) }
    }
    json.array("moved") { json in
      for line in movedLines(results) { json.bilingual(nil, line) }
    }
    if let index = overviewCard(results) {
      let rubric = results.rubric(of: index)
      json.string("rubric", rubric.id)
      json.string("rubricTitle", rubric.title)
      json.string("best", rubric.tiers.first?.label ?? "")
    }
  }
}

/// A whole table.
func write(_ table: ReportTable, to json: inout JSON) {
  table.writeHeads(to: &json)
  table.writeColumns(table.asked(0..<table.count), to: &json)
}

private func tile(_ rate: OverviewRate, _ json: inout JSON) {
  json.object { json in
    json.string("id", rate.id)
    json.string("population", rate.population)
    json.string("populationTitle", rate.populationTitle)
    json.string("measure", rate.measure)
    json.string("title", rate.title)
    if let target = rate.target { json.number("target", target) }
    if let counts = rate.counts {
      json.number("part", counts.numerator)
      json.number("unknown", counts.unknown)
      json.number("whole", counts.denominator)
    }
    if let now = rate.now { json.number("rate", now) }
    if let then = rate.then { json.number("before", then) }
    json.string("change", rate.change.shown)
  }
}
