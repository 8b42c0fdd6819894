import Expressions
import RulePacks
import Tables

extension BatchScorer {
  /// The values of one measure; points follow when all subjects are known (`compose`).
  func measure(
    _ index: Int, _ value: Watched, _ lanes: inout RuleResults, _ totals: inout Totals
  ) -> (points: PartPoints, values: [Double]) {
    var points = PartPoints()
    points.points = Integers(repeating: 0, count: lanes.count)
    points.states = Array(repeating: .assessed, count: lanes.count)
    let part = plan.parts[index]
    guard case .measure(let measure) = part.part.form else { return (points, []) }
    var values = lanes.evaluate(value).realNumbers
    if measure.isLogarithmic {
      for lane in values.indices where !lanes.isUnknown(lane) {
        let bounded = measure.capped(values[lane])
        if bounded <= 0 { lanes.giveUp(lane, .noLogarithm(number: "\(values[lane])")) }
      }
    }
    leaveOut(part, &lanes, &points, &totals)
    guard !lanes.unknown.isEmpty || part.applies != nil else { return (points, values) }
    for lane in values.indices {
      if points.states[lane] == .notApplicable {
        values[lane] = .nan
      } else if lanes.isUnknown(lane) {
        values[lane] = .nan
        settle(measure, part.share, lane, &points, &totals)
      }
    }
    return (points, values)
  }

  /// Notes whom the measure does not concern; where that is unknown, so is the value.
  private func leaveOut(
    _ part: PartPlan, _ lanes: inout RuleResults, _ points: inout PartPoints, _ totals: inout Totals
  ) {
    guard let applies = part.applies else { return }
    var concern = RuleResults(lanes.facts, rows: lanes.rows, site: lanes.site)
    let flags = concern.evaluate(applies).flags
    if lanes.unknown.isEmpty { lanes.unknown = Array(repeating: 0, count: lanes.count) }
    for lane in flags.indices {
      if concern.isUnknown(lane) {
        lanes.unknown[lane] |= concern.unknown[lane]
      } else if !flags[lane] {
        lanes.unknown[lane] = 0
        points.states[lane] = .notApplicable
        totals.excluded[lane] += part.share
      }
    }
    let outside = Set(
      flags.indices.filter { points.states[$0] == .notApplicable }.map { lanes.rows[$0] })
    lanes.remarks.removeAll { outside.contains($0.subject) }
    lanes.remarks.append(contentsOf: concern.remarks)
  }

  private func settle(
    _ measure: Composite.Measure, _ share: Int, _ lane: Int, _ points: inout PartPoints,
    _ totals: inout Totals
  ) {
    switch measure.missing {
    case .zero:
      points.states[lane] = .zeroed
      return
    case .reweight: points.states[lane] = .leftOut
    case .mean, .median: points.states[lane] = .imputed
    case .withhold:
      points.states[lane] = .withheld
      totals.marks[lane] |= Totals.withheld
    case .pending:
      points.states[lane] = .pending
      totals.marks[lane] |= Totals.waits
    }
    totals.unassessed[lane] += share
  }
}

extension Composite.Measure {
  /// A value within the fixed bounds.
  func capped(_ value: Double) -> Double {
    guard let cap, !value.isNaN else { return value }
    return max(cap.lowerBound, min(value, cap.upperBound))
  }
}

extension Vector {
  /// The lanes as real numbers, meaningless where they are not known.
  fileprivate var realNumbers: [Double] {
    if case .reals(let lanes) = values { return lanes }
    switch numbers {
    case .whole(let lanes): return lanes.map { Double($0) }
    case .millionths(let lanes): return lanes.map { Double($0) / Double(Exact.one) }
    }
  }
}
