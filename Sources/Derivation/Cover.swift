import Expressions
import RulePacks
import Tables

/// The rates of all populations: for the whole, then for each group of each dimension.
///
/// The groups of a dimension, with one for subjects that state none, add up to the population.
func cover(_ coverage: Coverage, _ dossiers: Dossiers, _ pack: RulePack, jobs: Int) async
  -> [CoverageLine]
{
  let counted = await overStretches(of: dossiers.subjects[coverage.subject].count, jobs: jobs) {
    count(coverage, $0, dossiers)
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
    lines.append(line(coverage, whole, tallies[whole] ?? none, pack))
    for dimension in coverage.dimensions.indices {
      let groups = tallies.keys.filter {
        $0.population == population && $0.dimension == dimension
      }
      for group in ordered(Array(groups), coverage, pack) {
        lines.append(line(coverage, group, tallies[group] ?? none, pack))
      }
    }
  }
  return lines
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

  init(measures: Int) {
    numerators = Array(repeating: 0, count: measures)
    unknown = numerators
    denominators = numerators
  }

  mutating func add(_ other: Tally) {
    units += other.units
    for measure in numerators.indices {
      numerators[measure] += other.numerators[measure]
      unknown[measure] += other.unknown[measure]
      denominators[measure] += other.denominators[measure]
    }
  }
}

private func count(_ coverage: Coverage, _ rows: Range<Int>, _ dossiers: Dossiers)
  -> [Group: Tally]
{
  var demand = Demand(slots: Set(coverage.dimensions.map(\.fact)))
  for population in coverage.populations { demand.form(union: population.condition.demand) }
  for measure in coverage.measures {
    demand.form(union: measure.count.demand)
    if let of = measure.of { demand.form(union: of.demand) }
  }
  let batch = dossiers.batch(of: coverage.subject, rows: rows, demand: demand)
  let counts = coverage.measures.map { Answers($0.count.evaluate(over: batch)) }
  let bases = coverage.measures.map { $0.of.map { Answers($0.evaluate(over: batch)) } }
  let whole = Labelled(ids: Array(repeating: 0, count: rows.count), names: [nil])
  let dimensions = coverage.dimensions.map { dimension in
    Labelled(labels(batch.vectors[dimension.fact], count: rows.count))
  }
  var tallies: [Group: Tally] = [:]
  for (number, population) in coverage.populations.enumerated() {
    let members = Answers(population.condition.evaluate(over: batch))
    for (dimension, labelled) in ([whole] + dimensions).enumerated() {
      let counted = tally(members, counts, bases, by: labelled)
      for (name, tally) in zip(labelled.names, counted) where tally.units > 0 {
        tallies[Group(population: number, dimension: dimension - 1, label: name)] = tally
      }
    }
  }
  return tallies
}

/// The lanes of a batch by label: a number each into the labels that occur.
private struct Labelled {
  var ids: [Int]
  var names: [String?]

  init(ids: [Int], names: [String?]) {
    self.ids = ids
    self.names = names
  }

  init(_ labels: [String?]) {
    var numbers: [String?: Int] = [:]
    var names: [String?] = []
    ids = labels.map { label in
      if let number = numbers[label] { return number }
      numbers[label] = names.count
      names.append(label)
      return names.count - 1
    }
    self.names = names
  }
}

private func tally(
  _ members: Answers, _ counts: [Answers], _ bases: [Answers?], by labelled: Labelled
) -> [Tally] {
  var tallies = labelled.names.map { _ in Tally(measures: counts.count) }
  for lane in labelled.ids.indices where members.isTrue(lane) {
    let group = labelled.ids[lane]
    tallies[group].units += 1
    for measure in counts.indices where bases[measure]?.isTrue(lane) ?? true {
      tallies[group].denominators[measure] += 1
      if counts[measure].isTrue(lane) { tallies[group].numerators[measure] += 1 }
      if counts[measure].isUnknown(lane) { tallies[group].unknown[measure] += 1 }
    }
  }
  return tallies
}

/// Yes, no or unknown for each lane.
struct Answers {
  private let holds: [Bool]
  private let vector: Vector

  init(_ vector: Vector) {
    self.vector = vector
    if case .flags(let flags) = vector.values {
      holds = flags
    } else {
      holds = Array(repeating: false, count: vector.count)
    }
  }

  func isTrue(_ lane: Int) -> Bool { vector.isKnown(lane) && holds[lane] }
  func isUnknown(_ lane: Int) -> Bool { !vector.isKnown(lane) }
}

/// The values of a fact as texts; nil where it is not known.
func labels(_ vector: Vector?, count: Int) -> [String?] {
  guard let vector else { return Array(repeating: nil, count: count) }
  return (0..<count).map { lane in
    guard vector.isKnown(lane) else { return nil }
    switch vector.values {
    case .flags(let lanes): return lanes[lane] ? "true" : "false"
    case .integers(let lanes): return String(lanes[lane])
    case .decimals(let lanes): return Exact(millionths: lanes[lane]).description
    case .dates(let lanes): return PartialDate(packed: lanes[lane]).description
    case .codes(let ids, let names): return names[Int(ids[lane])]
    case .texts(let texts): return texts[lane]
    case .reals, .rows, .boxed: return nil
    }
  }
}

/// In the order of the fact's code table, then of bytes; not stated comes last.
private func ordered(_ groups: [Group], _ coverage: Coverage, _ pack: RulePack) -> [Group] {
  guard let first = groups.first else { return [] }
  let fact = pack.subjects[coverage.subject].facts[coverage.dimensions[first.dimension].fact]
  var positions: [String: Int] = [:]
  if let codes = fact.codes {
    for (position, code) in pack.codes[codes].codes.enumerated() { positions[code.code] = position }
  }
  return groups.sorted { left, right in
    guard let a = left.label else { return false }
    guard let b = right.label else { return true }
    let (aPosition, bPosition) = (positions[a] ?? Int.max, positions[b] ?? Int.max)
    if aPosition != bPosition { return aPosition < bPosition }
    return Array(a.utf8).lexicographicallyPrecedes(Array(b.utf8))
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
    group: dimension.map { title(of: group, fact: $0.fact, coverage, pack) } ?? "",
    units: tally.units,
    measures: coverage.measures.enumerated().map { number, measure in
      CoverageLine.Measured(
        id: measure.id, title: measure.title, numerator: tally.numerators[number],
        unknown: tally.unknown[number], denominator: tally.denominators[number],
        definition: measure.definition)
    },
    definition: population.definition)
}

/// A code with its name, or the value itself.
private func title(of group: Group, fact: Int, _ coverage: Coverage, _ pack: RulePack) -> String {
  guard let label = group.label else { return pack.about.language == .zh ? "未填" : "not stated" }
  guard let codes = pack.subjects[coverage.subject].facts[fact].codes,
    let code = pack.codes[codes].codes.first(where: { $0.code == label }), code.name != label
  else { return label }
  return "\(label) \(code.name)"
}
