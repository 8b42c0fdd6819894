import Expressions
import RulePacks
import Tables

/// The rates of all populations: for the whole, then for each group of each dimension.
///
/// The groups of a dimension, with one for subjects that state none, add up to the population.
///
/// - Parameter plan: what is proposed for these subjects, counted beside the rates.
func cover(
  _ coverage: Coverage, _ plan: FormationPlan?, _ dossiers: Dossiers, _ pack: RulePack, jobs: Int
) async -> [CoverageLine] {
  let subjects = dossiers.subjects[coverage.subject].count
  let proposed = plan.map {
    Proposed(ways: $0.ways(of: subjects), without: pack.formations[$0.formation].without)
  }
  let counted = await overStretches(of: subjects, jobs: jobs) {
    count(coverage, proposed, $0, dossiers)
  }
  var tallies: [Group: Tally] = [:]
  for part in counted {
    for (group, tally) in part {
      tallies[group, default: Tally(measures: coverage.measures.count)].add(tally)
    }
  }
  var lines: [CoverageLine] = []
  for population in coverage.populations.indices {
    let whole = Group(population: population, dimension: -1, label: nil)
    let none = Tally(measures: coverage.measures.count)
    var found = [line(coverage, whole, tallies[whole] ?? none, pack)]
    for dimension in coverage.dimensions.indices {
      let groups = tallies.keys.filter {
        $0.population == population && $0.dimension == dimension
      }
      for group in ordered(Array(groups), coverage, pack) {
        found.append(line(coverage, group, tallies[group] ?? none, pack))
      }
    }
    if proposed == nil { for index in found.indices { found[index].plan = nil } }
    lines += found
  }
  return lines
}

/// What is proposed for whom, and the question who lacks it.
private struct Proposed: Sendable {
  /// By row, as `FormationPlan.ways`.
  var ways: [Int8]
  var without: CheckedExpression
}

/// A population or one group of it.
private struct Group: Hashable {
  var population: Int
  /// −1 is the whole.
  var dimension: Int
  /// Nil where the fact is not known.
  var label: String?
}

private struct Tally {
  var units = 0
  var numerators: [Int]
  var unknown: [Int]
  var denominators: [Int]
  var plan = FormationCounts()

  init(measures: Int) {
    numerators = Array(repeating: 0, count: measures)
    unknown = numerators
    denominators = numerators
  }

  mutating func add(_ other: Tally) {
    units += other.units
    plan.add(other.plan)
    for measure in numerators.indices {
      numerators[measure] += other.numerators[measure]
      unknown[measure] += other.unknown[measure]
      denominators[measure] += other.denominators[measure]
    }
  }
}

private func count(
  _ coverage: Coverage, _ proposed: Proposed?, _ rows: Range<Int>, _ dossiers: Dossiers
) -> [Group: Tally] {
  var demand = Demand(slots: Set(coverage.dimensions.map(\.fact)))
  for population in coverage.populations { demand.form(union: population.condition.demand) }
  for measure in coverage.measures {
    demand.form(union: measure.count.demand)
    if let of = measure.of { demand.form(union: of.demand) }
  }
  if let proposed { demand.form(union: proposed.without.demand) }
  let batch = dossiers.batch(of: coverage.subject, rows: rows, demand: demand)
  let ways = proposed.map { proposed in
    let without = Answers(proposed.without.evaluate(over: batch))
    return rows.map { row -> Int8 in
      let lane = row - rows.lowerBound
      if without.isUnknown(lane) { return unknownWay }
      let way = proposed.ways[row]
      return way < 0 && without.isTrue(lane) ? leftWay : way
    }
  }
  let counts = coverage.measures.map { Answers($0.count.evaluate(over: batch)) }
  let bases = coverage.measures.map { $0.of.map { Answers($0.evaluate(over: batch)) } }
  let members = coverage.populations.map { Answers($0.condition.evaluate(over: batch)) }
  var kinds = Kinds(count: rows.count)
  for population in members { kinds.split(by: [population.yes]) }
  for (measure, base) in zip(counts, bases) {
    kinds.split(by: [measure.yes, measure.unknown] + (base.map { [$0.yes] } ?? []))
  }
  if let ways { kinds.split(by: ways) }
  let whole = Labelled(ids: Array(repeating: 0, count: rows.count), names: [nil])
  let dimensions = coverage.dimensions.map { dimension in
    Labelled(batch.vectors[dimension.fact], count: rows.count)
  }
  var tallies: [Group: Tally] = [:]
  for (dimension, labelled) in ([whole] + dimensions).enumerated() {
    for (label, kind, units) in kinds.counted(by: labelled) {
      let lane = kinds.samples[kind]
      for (number, population) in members.enumerated() where population.yes[lane] {
        let group = Group(
          population: number, dimension: dimension - 1, label: labelled.names[label])
        tallies[group, default: Tally(measures: counts.count)]
          .add(units, like: lane, counts, bases, way: ways?[lane])
      }
    }
  }
  return tallies
}

extension Tally {
  /// Counts so many subjects that have all answers in common with one.
  fileprivate mutating func add(
    _ subjects: Int, like lane: Int, _ counts: [Answers], _ bases: [Answers?], way: Int8?
  ) {
    units += subjects
    if let way { plan.count(way, subjects) }
    for measure in counts.indices where bases[measure]?.yes[lane] ?? true {
      denominators[measure] += subjects
      if counts[measure].yes[lane] { numerators[measure] += subjects }
      if counts[measure].unknown[lane] { unknown[measure] += subjects }
    }
  }
}

/// Stands among the ways of a plan for those of whom it is not known whether they lack anything.
private let unknownWay: Int8 = -2
/// Stands there for those who lack it and have no proposal.
private let leftWay: Int8 = -3

extension FormationCounts {
  /// Counts so many subjects by their way.
  fileprivate mutating func count(_ way: Int8, _ subjects: Int) {
    guard let way = FormationPlan.Way(rawValue: Int32(way)) else {
      unknown += way == unknownWay ? subjects : 0
      left += way == leftWay ? subjects : 0
      return
    }
    switch way {
    case .alone: alone += subjects
    case .joint: joint += subjects
    case .area: area += subjects
    case .otherwise: otherwise += subjects
    case .unknown: toAscertain += subjects
    }
  }
}

/// Yes, no or unknown for each lane.
struct Answers {
  let yes: [Bool]
  let unknown: [Bool]

  init(_ vector: Vector) {
    var unknown = [Bool](repeating: false, count: vector.count)
    for lane in vector.missing.indices where vector.missing[lane] != 0 { unknown[lane] = true }
    for lane in vector.faults.indices where vector.faults[lane] != 0 { unknown[lane] = true }
    if case .flags(let flags) = vector.values {
      yes = flags.indices.map { flags[$0] && !unknown[$0] }
    } else {
      yes = Array(repeating: false, count: vector.count)
    }
    self.unknown = unknown
  }

  func isTrue(_ lane: Int) -> Bool { yes[lane] }
  func isUnknown(_ lane: Int) -> Bool { unknown[lane] }
}

/// The values of a fact in some lanes as texts; nil where it is not known.
func labels(_ vector: Vector?, at lanes: [Int]) -> [String?] {
  guard let vector else { return Array(repeating: nil, count: lanes.count) }
  return lanes.map { lane in
    guard vector.isKnown(lane) else { return nil }
    switch vector.values {
    case .flags(let values): return values[lane] ? "true" : "false"
    case .integers(let values): return String(values[lane])
    case .decimals(let values): return Exact(millionths: values[lane]).description
    case .dates(let values): return PartialDate(packed: values[lane]).description
    case .codes(let ids, let names): return names[Int(ids[lane])]
    case .texts(let texts): return texts[lane]
    case .reals, .rows, .boxed: return nil
    }
  }
}

private func ordered(_ groups: [Group], _ coverage: Coverage, _ pack: RulePack) -> [Group] {
  guard let first = groups.first else { return [] }
  let fact = pack.subjects[coverage.subject].facts[coverage.dimensions[first.dimension].fact]
  return groups.map(\.label).ordered(by: fact, pack).map { label in
    Group(population: first.population, dimension: first.dimension, label: label)
  }
}

private func line(_ coverage: Coverage, _ group: Group, _ tally: Tally, _ pack: RulePack)
  -> CoverageLine
{
  let population = coverage.populations[group.population]
  let dimension = group.dimension < 0 ? nil : coverage.dimensions[group.dimension]
  return CoverageLine(
    population: population.id, populationTitle: population.title,
    dimension: dimension?.title ?? "",
    group: dimension.map {
      title(of: group.label, pack.subjects[coverage.subject].facts[$0.fact], pack)
    } ?? "",
    units: tally.units,
    measures: coverage.measures.enumerated().map { number, measure in
      CoverageLine.Measured(
        id: measure.id, title: measure.title, numerator: tally.numerators[number],
        unknown: tally.unknown[number], denominator: tally.denominators[number],
        definition: measure.definition)
    },
    definition: population.definition, plan: tally.plan)
}
