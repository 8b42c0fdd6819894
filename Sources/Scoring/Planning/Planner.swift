import Expressions
import RulePacks
import Tables

/// Collects what the places of a rubric read while they are made ready.
struct Planner {
  private let kind: SubjectKind
  private let unit: Int
  var demand = Demand()
  private(set) var facts: [Gaps.MissingFact] = []
  private var numbers: [Gaps.MissingFact: Int32] = [:]

  init(kind: SubjectKind, unit: Int) {
    self.kind = kind
    self.unit = unit
  }

  mutating func plan(_ expression: CheckedExpression) -> RulePlan {
    let (watched, facts) = watch([expression])
    return RulePlan(condition: watched[0], facts: facts)
  }

  mutating func plan(_ part: Rubric.Part) -> PartPlan {
    var first: [Gaps.MissingFact] = []
    if case .opinions(let opinions) = part.form {
      first = OpinionLack.allCases.map { lack in
        Gaps.MissingFact(
          shown: kind.facts[opinions.list].label, slots: [opinions.list],
          opinion: Gaps.Opinion(title: part.title, office: opinions.office, lack: lack))
      }
    }
    let applies = part.applies.map { [$0] } ?? []
    let (watched, facts) = watch(part.form.expressions + applies, after: first)
    return PartPlan(
      part: part, applies: applies.isEmpty ? nil : watched[watched.count - 1],
      form: plan(part.form, watched), facts: facts, low: part.low(unit), high: part.high(unit))
  }

  private func plan(_ form: Rubric.Form, _ watched: [Watched]) -> FormPlan {
    switch form {
    case .condition(let points, _):
      .condition(points: kept(points, unit), when: watched[0])
    case .bands(_, let bands): .bands(on: watched[0], BandTable(bands, unit: unit))
    case .lookup(_, let table, let otherwise):
      .lookup(
        on: watched[0], table.mapValues { kept($0, unit) },
        otherwise: otherwise.map { kept($0, unit) })
    case .ratio(let points, _, _):
      .ratio(points: points, part: watched[0], whole: watched[1], unit: unit)
    case .number(let points, _): .number(points: points, value: watched[0], unit: unit)
    case .opinions(let opinions): .opinions(OpinionPlan(opinions, unit: unit))
    case .each(let points, _, let limit):
      .each(points: points, count: watched[0], limit: limit, unit: unit)
    case .measure: .measure(value: watched[0])
    case .group: .group
    }
  }

  /// Numbers the facts of one place's expressions together, after those named.
  private mutating func watch(
    _ expressions: [CheckedExpression], after known: [Gaps.MissingFact] = []
  ) -> (watched: [Watched], facts: [Int32]) {
    var local = known.map { number(of: $0) }
    let watched = expressions.map { expression in
      demand.form(union: expression.demand)
      let bits: [UInt64] = expression.facts.map { use in
        let number = number(of: Gaps.MissingFact(shown: use.shown, slots: use.slots))
        let place = local.firstIndex(of: number) ?? local.count
        if place == local.count { local.append(number) }
        return UInt64(1) << UInt64(min(place, Watched.named - 1))
      }
      return Watched(expression: expression, bits: bits)
    }
    return (watched, local)
  }

  private mutating func number(of fact: Gaps.MissingFact) -> Int32 {
    if let number = numbers[fact] { return number }
    let number = Int32(facts.count)
    facts.append(fact)
    numbers[fact] = number
    return number
  }
}

extension Rubric.Form {
  /// What a form reads of the subject itself, in the order in which it is written.
  var expressions: [CheckedExpression] {
    switch self {
    case .condition(_, let when): [when]
    case .bands(let on, _): [on]
    case .lookup(let on, _, _): [on]
    case .ratio(_, let part, let whole): [part, whole]
    case .number(_, let value): [value]
    case .opinions: []
    case .each(_, let count, _): [count]
    case .measure(let measure): [measure.value]
    case .group: []
    }
  }
}

extension Rubric.Part {
  /// The least points that missing facts leave open.
  fileprivate func low(_ unit: Int) -> Int {
    switch form {
    case .condition(let points, _), .ratio(let points, _, _), .number(let points, _):
      min(0, rounded(points, to: unit))
    case .bands, .lookup, .opinions: rounded(form.listedPoints.min() ?? 0, to: unit)
    case .each(let points, _, let limit):
      points >= 0 ? 0 : limit.map { rounded($0, to: unit) } ?? PartPlan.bottomless
    case .measure, .group: 0
    }
  }

  /// The most points that missing facts leave open.
  fileprivate func high(_ unit: Int) -> Int {
    switch form {
    case .condition(let points, _), .ratio(let points, _, _), .number(let points, _):
      max(0, rounded(points, to: unit))
    case .bands, .lookup, .opinions: rounded(form.listedPoints.max() ?? 0, to: unit)
    case .each(let points, _, let limit):
      points <= 0 ? 0 : rounded(limit ?? most, to: unit)
    case .measure, .group: 0
    }
  }
}

extension Rubric.Form {
  fileprivate var listedPoints: [Int] {
    switch self {
    case .bands(_, let bands): bands.map(\.points)
    case .lookup(_, let table, let otherwise):
      Array(table.values) + (otherwise.map { [$0] } ?? [])
    case .opinions(let opinions): opinions.points.map(\.points)
    case .condition, .ratio, .number, .each, .measure, .group: []
    }
  }
}
