import Expressions
import RulePacks
import Tables

/// What one batch gives; gaps name facts by their number in the plan, cohorts are the batch's own.
struct BatchResult: Sendable {
  var card: Scorecard
  var remarks: [Remark] = []
  /// By measure of a composite rubric; NaN is missing.
  var values: [[Double]] = []
}

/// Applies one rubric to batches of subjects. The same code scores a run and explains one subject.
struct BatchScorer: Sendable {
  let plan: ScoringPlan
  let dossiers: Dossiers
  let carried: CarriedResults?

  private var subject: Int { plan.rubric.subject }

  /// - Parameter rows: Rows of the subject table, ascending.
  func score(_ rows: [Int32]) -> BatchResult {
    let facts = dossiers.batch(of: subject, at: rows, demand: plan.demand)
    var result = BatchResult(card: Scorecard(rubric: plan.index, subjects: rows))
    var totals = Totals(count: rows.count)
    var missing: [SiteGaps] = []
    for index in plan.gates.indices {
      var lanes = RuleResults(facts, rows: rows, site: .gate(index))
      result.card.gates.append(gate(index, &lanes, &totals))
      missing.note(lanes, plan.gates[index].facts)
      result.remarks.append(contentsOf: lanes.remarks)
    }
    for index in plan.parts.indices {
      var lanes = RuleResults(facts, rows: rows, site: .part(index))
      if case .measure(let value) = plan.parts[index].form {
        let (points, values) = measure(index, value, &lanes, &totals)
        result.card.parts.append(points)
        result.values.append(values)
      } else {
        result.card.parts.append(part(index, &lanes, &totals))
      }
      missing.note(lanes, plan.parts[index].facts)
      result.remarks.append(contentsOf: lanes.remarks)
    }
    var limits: [[Bool]] = []
    for index in plan.caps.indices {
      var lanes = RuleResults(facts, rows: rows, site: .cap(index))
      let (states, mayApply) = cap(index, &lanes, &totals)
      result.card.caps.append(states)
      limits.append(mayApply)
      missing.note(lanes, plan.caps[index].facts)
      result.remarks.append(contentsOf: lanes.remarks)
    }
    totals.conclude(plan, capsThatMayApply: limits, into: &result.card)
    let cohorts = cohorts(facts, rows)
    result.card.cohorts = cohorts.lanes
    result.card.cohortNames = cohorts.names
    result.card.gaps = missing.gaps(count: rows.count)
    // By subject, then by place: the order of places within a subject is kept.
    result.remarks = result.remarks.enumerated().sorted {
      $0.element.subject == $1.element.subject
        ? $0.offset < $1.offset : $0.element.subject < $1.element.subject
    }.map(\.element)
    return result
  }

  private func id(_ row: Int32) -> String { dossiers.subjects[subject].ids[Int(row)] }

  private func cohorts(_ facts: Batch, _ rows: [Int32]) -> Numbered {
    var result = Numbered(lanes: Array(repeating: 0, count: rows.count), names: [""])
    for fact in plan.cohort {
      let numbered = fact.numbered(
        facts.vectors[fact.slot],
        text: { dossiers.text(subject: subject, fact: fact.slot, row: Int(rows[$0])) },
        count: rows.count)
      result = result.joined(numbered)
    }
    return result
  }

  // MARK: - Gates

  private func gate(_ index: Int, _ lanes: inout RuleResults, _ totals: inout Totals) -> [GateState]
  {
    let gate = plan.rubric.gates[index]
    let flags = lanes.evaluate(plan.gates[index].condition).flags
    var states = flags.map { $0 ? GateState.met : .failed }
    for lane in lanes.unknown.indices where lanes.unknown[lane] != 0 {
      states[lane] =
        switch gate.unknown {
        case .zero: .failed
        case .withhold, .pending: .pending
        case .carry: carried?.gate(gate.id, of: id(lanes.rows[lane])) ?? .pending
        }
    }
    for lane in states.indices {
      switch states[lane] {
      case .met: continue
      case .failed: totals.marks[lane] |= gate.marksUnrated ? Totals.unrated : Totals.gated
      case .pending: totals.marks[lane] |= Totals.waits
      }
    }
    return states
  }

  // MARK: - Indicators, deductions and bonuses

  private func part(_ index: Int, _ lanes: inout RuleResults, _ totals: inout Totals) -> PartPoints
  {
    let part = plan.parts[index]
    var result = PartPoints()
    if case .opinions(let opinions) = part.form {
      result.points = Integers(lanes.points(by: opinions, in: dossiers, subject: subject))
    } else {
      result.points = Integers(lanes.points(of: part.form))
    }
    result.states = Array(repeating: .assessed, count: lanes.count)
    if let applies = part.applies {
      restrict(part, applies, &lanes, &result, &totals)
    } else if !lanes.unknown.isEmpty {
      for lane in lanes.unknown.indices where lanes.unknown[lane] != 0 {
        let (low, high) = open(part, lane, lanes)
        settle(part, lane, lanes.rows[lane], low, high, &result, &totals)
      }
    }
    totals.add(result.points)
    return result
  }

  /// Leaves out the subjects that the part does not concern, and settles those for which that, or
  /// the points, are unknown.
  private func restrict(
    _ part: PartPlan, _ applies: Watched, _ lanes: inout RuleResults, _ result: inout PartPoints,
    _ totals: inout Totals
  ) {
    var concern = RuleResults(lanes.facts, rows: lanes.rows, site: lanes.site)
    let flags = concern.evaluate(applies).flags
    if lanes.unknown.isEmpty { lanes.unknown = Array(repeating: 0, count: lanes.count) }
    for lane in flags.indices {
      if concern.isUnknown(lane) {
        // It may give what it gives, or may not concern the subject and give nothing.
        let isOpen = lanes.unknown[lane] != 0
        let points = Int(result.points[lane])
        let (low, high) = isOpen ? open(part, lane, lanes) : (points, points)
        lanes.unknown[lane] |= concern.unknown[lane]
        settle(
          part, lane, lanes.rows[lane], min(0, low), max(0, high), &result, &totals)
      } else if !flags[lane] {
        lanes.unknown[lane] = 0
        result.points[lane] = 0
        result.states[lane] = .notApplicable
        totals.excluded[lane] += part.share
      } else if lanes.unknown[lane] != 0 {
        let (low, high) = open(part, lane, lanes)
        settle(part, lane, lanes.rows[lane], low, high, &result, &totals)
      }
    }
    if !lanes.remarks.isEmpty {
      let states = result.states
      let outside = Set(
        states.indices.filter { states[$0] == .notApplicable }.map { lanes.rows[$0] })
      lanes.remarks.removeAll { outside.contains($0.subject) }
    }
    lanes.remarks.append(contentsOf: concern.remarks)
  }

  /// The least and most points that the missing facts of a lane leave open.
  private func open(_ part: PartPlan, _ lane: Int, _ lanes: RuleResults) -> (low: Int, high: Int) {
    !lanes.givesNothing.isEmpty && lanes.givesNothing[lane] ? (0, 0) : (part.low, part.high)
  }

  /// What an unknown part is worth now, and what it leaves open.
  private func settle(
    _ part: PartPlan, _ lane: Int, _ row: Int32, _ low: Int, _ high: Int,
    _ result: inout PartPoints, _ totals: inout Totals
  ) {
    result.points[lane] = 0
    switch part.part.unknown {
    case .zero:
      result.states[lane] = .zeroed
      return
    case .carry:
      if let points = carried?.points(of: id(row), part: part.part.id) {
        let bounded = max(part.low, min(Int(points), part.high))
        result.points[lane] = kept(bounded, plan.rubric.roundingUnit)
        result.states[lane] = .carried
        return
      }
      result.states[lane] = .withheld
      totals.marks[lane] |= Totals.withheld
    case .withhold:
      result.states[lane] = .withheld
      totals.marks[lane] |= Totals.withheld
    case .pending:
      result.states[lane] = .pending
      totals.marks[lane] |= Totals.waits
    }
    totals.low[lane] += low
    totals.high[lane] += high
    totals.unassessed[lane] += part.share
  }

  // MARK: - Caps

  /// - Returns: the states, and for each lane whether a cap that is not applied now may still turn
  ///   out to apply; that is empty if none may.
  private func cap(
    _ index: Int, _ lanes: inout RuleResults, _ totals: inout Totals
  ) -> ([CapState], [Bool]) {
    let cap = plan.rubric.caps[index]
    let flags = lanes.evaluate(plan.caps[index].condition).flags
    var states = flags.map { $0 ? CapState.capped : .free }
    guard !lanes.unknown.isEmpty else { return (states, []) }
    var mayApply = Array(repeating: false, count: lanes.count)
    for lane in lanes.unknown.indices where lanes.unknown[lane] != 0 {
      switch cap.unknown {
      case .zero: states[lane] = .capped
      case .pending:
        states[lane] = .pending
        totals.marks[lane] |= Totals.waits
        mayApply[lane] = true
      case .withhold, .carry:
        let before = cap.unknown == .carry ? carried?.cap(cap.id, of: id(lanes.rows[lane])) : nil
        states[lane] = before ?? .free
        guard before == nil else { continue }
        totals.marks[lane] |= Totals.withheld
        mayApply[lane] = true
      }
    }
    return (states, mayApply)
  }
}
