import Glibc
import RulePacks
import Tables

/// Works out the scores of a composite rubric once the values of all its subjects are there.
///
/// A value is bounded, imputed where it is missing, winsorised, its logarithm taken, and brought
/// to its scale, in this order; then groups are aggregated from the inside out. Values are
/// compared with those of all subjects of the rubric that fail no gate. Nothing is rounded before
/// the end: each part shown, and the score, once, half away from zero.
///
/// - Parameter values: by measure, a value a subject; NaN is missing.
/// - Returns: what a person should look at.
func compose(
  _ plan: ScoringPlan, _ values: [[Double]], into card: inout Scorecard, _ dossiers: Dossiers
) -> [Finding] {
  guard let composite = plan.rubric.composite else { return [] }
  var composition = Composition(plan, composite, card, dossiers)
  var measured = MeasuredScores(values: values)
  var lower: [[Double]] = []
  var upper: [[Double]] = []
  for (leaf, part) in composite.measures.enumerated() {
    guard case .measure(let measure) = plan.rubric.parts[part].form else { continue }
    let column = composition.column(measure, part, leaf < values.count ? values[leaf] : [])
    measured.normalised.append(column.now)
    lower.append(column.worst)
    upper.append(column.best)
  }
  measured.groups = composite.hierarchy.scores(of: measured.normalised)
  let whole = measured.groups.last ?? []
  card.set(
    whole, lower: composite.hierarchy.scores(of: lower).last ?? [],
    upper: composite.hierarchy.scores(of: upper).last ?? [], unit: plan.rubric.roundingUnit)
  for (leaf, part) in composite.measures.enumerated() {
    card.parts[part].points = Integers(
      rounded(measured.normalised[leaf], plan.rubric.roundingUnit))
  }
  for (node, part) in composite.groups.enumerated() {
    guard let part else { continue }
    card.parts[part].points = Integers(
      rounded(measured.groups[node], plan.rubric.roundingUnit))
    for entry in 0..<card.count where measured.groups[node][entry].isNaN {
      card.parts[part].states[entry] = .leftOut
    }
  }
  card.limit(by: plan.rubric, capsThatMayApply: [])
  if !plan.rubric.ranksOnRounded { measured.keys = places(of: whole, plan.rubric, card) }
  card.measured = measured
  return composition.findings
}

extension Scorecard {
  /// Scores and bounds; who has no score at all is not evaluable.
  fileprivate mutating func set(
    _ whole: [Double], lower: [Double], upper: [Double], unit: Int
  ) {
    scores = rounded(whole, unit)
    self.lower = rounded(lower, unit)
    self.upper = rounded(upper, unit)
    for entry in whole.indices where whole[entry].isNaN && statuses[entry].hasRank {
      statuses[entry] = .notEvaluable
    }
  }
}

/// One composite rubric while its columns are worked out.
private struct Composition {
  let rubric: Rubric
  let count: Int
  /// The entries that are compared with each other, those who set the standard, and their name.
  let sets: [(entries: [Int], standard: [Int], name: String)]
  /// For each entry who a mean or median is taken of.
  let likes: [Int]
  let states: [[PartState]]
  var findings: [Finding] = []

  init(
    _ plan: ScoringPlan, _ composite: Composite, _ card: Scorecard, _ dossiers: Dossiers
  ) {
    rubric = plan.rubric
    count = card.count
    states = card.parts.map(\.states)
    let counts = card.statuses.map { $0 != .gated && $0 != .unrated }
    if composite.isWithinCohort {
      var entries = card.cohortNames.map { _ in [Int]() }
      for entry in 0..<card.count { entries[Int(card.cohorts[entry])].append(entry) }
      sets = zip(entries, card.cohortNames).map { entries, name in
        (entries, entries.filter { counts[$0] }, name)
      }
    } else {
      let all = Array(0..<card.count)
      sets = [(all, all.filter { counts[$0] }, "")]
    }
    guard let slot = composite.imputedBy else {
      likes = Array(repeating: 0, count: card.count)
      return
    }
    var numbers: [String: Int] = [:]
    likes = card.subjects.map { row in
      let text = dossiers.text(subject: plan.rubric.subject, fact: slot, row: Int(row)) ?? ""
      let number = numbers[text, default: numbers.count]
      numbers[text] = number
      return number
    }
  }

  /// A measure on its scale: as it counts now, and if what is missing turned out worst or best.
  mutating func column(
    _ measure: Composite.Measure, _ part: Int, _ delivered: [Double]
  ) -> (now: [Double], worst: [Double], best: [Double]) {
    var now = delivered.map { measure.capped($0) }
    var worst = now
    var best = now
    for set in sets where !set.entries.isEmpty {
      impute(measure, part, set.entries, set.standard, &now)
      treat(measure, set.entries, set.standard, &now)
      let reference = Reference(set.standard.map { now[$0] })
      if !reference.sorted.isEmpty, !measure.scale.hasSpread(reference) {
        findings.append(
          .withoutSpread(rubric, rubric.parts[part], cohort: set.name))
      }
      let scaled = measure.scale.normalised(set.entries.map { now[$0] }, over: reference)
      let ends = measure.scale.ends(count: reference.sorted.count)
      for (place, entry) in set.entries.enumerated() {
        now[entry] = scaled[place]
        (worst[entry], best[entry]) = (now[entry], now[entry])
        guard let ends else { continue }
        switch states[part][entry] {
        case .assessed, .carried, .notApplicable: continue
        case .zeroed: (now[entry], worst[entry], best[entry]) = (ends.low, ends.low, ends.low)
        case .withheld, .pending:
          (now[entry], worst[entry], best[entry]) = (ends.low, ends.low, ends.high)
        case .leftOut, .imputed: (worst[entry], best[entry]) = (ends.low, ends.high)
        }
      }
    }
    return (now, worst, best)
  }

  /// Fills in what stands for missing values, taken from those who set the standard.
  private func impute(
    _ measure: Composite.Measure, _ part: Int, _ entries: [Int], _ standard: [Int],
    _ column: inout [Double]
  ) {
    guard measure.missing == .mean || measure.missing == .median else { return }
    let missing = entries.filter { states[part][$0] == .imputed }
    guard !missing.isEmpty else { return }
    var known: [Int: [Double]] = [:]
    for entry in standard { known[likes[entry], default: []].append(column[entry]) }
    let references = known.mapValues { Reference($0) }
    for entry in missing {
      guard let reference = references[likes[entry]], !reference.sorted.isEmpty else { continue }
      column[entry] = measure.missing == .mean ? reference.mean : reference.median
    }
  }

  /// Winsorises, takes logarithms and turns the sign.
  private func treat(
    _ measure: Composite.Measure, _ entries: [Int], _ standard: [Int], _ column: inout [Double]
  ) {
    if let winsorising = measure.winsorising {
      let bounds = winsorising.bounds(of: Reference(standard.map { column[$0] }))
      if bounds.count > 0 {
        for entry in entries where !column[entry].isNaN {
          column[entry] = max(bounds.least, min(column[entry], bounds.most))
        }
      }
    }
    if measure.isLogarithmic { for entry in entries { column[entry] = log(column[entry]) } }
    if measure.lowerIsBetter { for entry in entries { column[entry] = -column[entry] } }
  }
}

/// Real numbers in thousandths, rounded half away from zero to a unit; 0 for none, and at most a
/// million points either way.
func rounded(_ reals: [Double], _ unit: Int) -> [Int32] {
  let most = 1_000_000_000.0
  return reals.map { real in
    guard !real.isNaN else { return 0 }
    let units = (max(-most, min(real * 1000, most)) / Double(unit)).rounded(
      .toNearestOrAwayFromZero)
    return Int32(units) * Int32(unit)
  }
}

/// Places of the numbers from the least, 0; alike where they agree in nine decimals, so that the
/// last bits of a sum decide nothing. Caps on the score hold here, too.
private func places(of reals: [Double], _ rubric: Rubric, _ card: Scorecard) -> [Int32] {
  var held = reals.map { $0.isNaN ? 0 : max(-1e6, min($0, 1e6)) }
  for (index, cap) in rubric.caps.enumerated() {
    guard case .score(let most) = cap.limit else { continue }
    for entry in held.indices where card.caps[index][entry] == .capped {
      held[entry] = min(held[entry], Double(most) / 1000)
    }
  }
  let billionths = held.map { Int64(($0 * 1e9).rounded(.toNearestOrAwayFromZero)) }
  var numbers: [Int64: Int32] = [:]
  for number in billionths.sorted() where numbers[number] == nil {
    numbers[number] = Int32(numbers.count)
  }
  return billionths.map { numbers[$0] ?? 0 }
}
