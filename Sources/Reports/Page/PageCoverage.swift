import RulePacks
import Tables

/// How many groups of a dimension the page shows; the file beside it has all.
private let mostGroups = 200

/// Rates of every population, whole and by group.
///
/// A row is a group with its number of units, and for each measure how many count, of how many it
/// is unknown, and of how many all.
func coverage(_ results: RunResult, _ json: inout JSON) {
  json.array("coverage") { json in
    for lines in runs(of: results.coverage, by: \.population) {
      guard let first = lines.first else { continue }
      json.object { json in
        json.string("id", first.population)
        json.string("title", first.populationTitle)
        json.string("definition", first.definition)
        json.array("measures") { json in
          for measure in first.measures {
            json.object { json in
              json.string("id", measure.id)
              json.string("title", measure.title)
              json.string("definition", measure.definition)
              if let target = target(of: measure.id, in: first.population, results.pack) {
                json.number("target", target)
              }
            }
          }
        }
        json.array("dimensions") { json in
          for group in runs(of: lines, by: \.dimension) {
            dimension(group, shortNames(of: group, results.pack), results.pack, &json)
          }
        }
      }
    }
  }
}

/// By group the name of its code alone, where no other group has the same name.
func shortNames(of lines: [CoverageLine], _ pack: RulePack) -> [String: String] {
  guard let line = lines.first,
    let coverage = pack.coverages.first(where: { coverage in
      coverage.populations.contains { $0.id == line.population }
    }),
    let dimension = coverage.dimensions.first(where: { $0.title == line.dimension }),
    let table = pack.subjects[coverage.subject].facts[dimension.fact].codes
  else { return [:] }
  let groups = Set(lines.map(\.group))
  let codes = pack.codes[table].codes.filter { groups.contains("\($0.code) \($0.name)") }
  let uses = Dictionary(codes.map { ($0.name, 1) }, uniquingKeysWith: +)
  return Dictionary(
    codes.filter { uses[$0.name] == 1 }.map { ("\($0.code) \($0.name)", $0.name) },
    uniquingKeysWith: { first, _ in first })
}

private func dimension(
  _ lines: [CoverageLine], _ shortNames: [String: String], _ pack: RulePack,
  _ json: inout JSON
) {
  json.object { json in
    json.string("title", lines.first?.dimension ?? "")
    json.number("groups", lines.count)
    json.array("rows") { json in
      for line in lines.prefix(mostGroups) {
        json.object { json in
          json.string("group", shortNames[line.group] ?? line.group)
          json.number("units", line.units)
          json.array("measures") { json in
            for measure in line.measures {
              json.object { json in
                json.number("part", measure.numerator)
                json.number("unknown", measure.unknown)
                json.number("whole", measure.denominator)
                if let rate = rate(of: measure, in: line.population, pack) {
                  json.number("rate", rate)
                }
              }
            }
          }
        }
      }
    }
  }
}

/// The share that a measure comes to, in thousandths: the one number of page, tables and terminal.
func rate(of measure: CoverageLine.Measured, in population: String, _ pack: RulePack) -> Int? {
  share(
    measure.numerator, of: measure.denominator,
    target: target(of: measure.id, in: population, pack))
}

/// The share that the pack says is to be reached.
func target(of measure: String, in population: String, _ pack: RulePack) -> Int? {
  pack.coverages.first { coverage in coverage.populations.contains { $0.id == population } }?
    .measures.first { $0.id == measure }?.target
}

/// Neighbours that share a text.
private func runs(
  of lines: [CoverageLine], by text: KeyPath<CoverageLine, String>
) -> [[CoverageLine]] {
  var runs: [[CoverageLine]] = []
  for line in lines {
    if let last = runs.last?.last, last[keyPath: text] == line[keyPath: text] {
      runs[runs.count - 1].append(line)
    } else {
      runs.append([line])
    }
  }
  return runs
}
