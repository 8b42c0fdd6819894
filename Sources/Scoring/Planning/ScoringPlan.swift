import Expressions
import RulePacks
import Tables

/// A rubric made ready for batches: what to read, which facts can be missing where, and points
/// rounded once.
struct ScoringPlan: Sendable {
  let rubric: Rubric
  /// Index into the pack's rubrics.
  let index: Int
  /// Everything that the rubric's expressions and its cohort read of a subject.
  let demand: Demand
  let gates: [RulePlan]
  let parts: [PartPlan]
  let caps: [RulePlan]
  let cohort: [CohortFact]
  /// Every fact that can be missing somewhere.
  let facts: [Gaps.MissingFact]
  /// The score never exceeds the full mark and the most that bonuses give.
  let ceiling: Int
  /// Most points of all indicators together.
  let assessable: Int

  init(rubric index: Int, pack: RulePack) {
    let rubric = pack.rubrics[index]
    let kind = pack.subjects[rubric.subject]
    var planner = Planner(kind: kind, unit: rubric.roundingUnit)
    gates = rubric.gates.map { planner.plan($0.require) }
    parts = rubric.parts.map { planner.plan($0) }
    caps = rubric.caps.map { planner.plan($0.when) }
    cohort = rubric.cohort.map { CohortFact(slot: $0, of: kind, pack: pack) }
    planner.demand.slots.formUnion(rubric.cohort)
    self.rubric = rubric
    self.index = index
    demand = planner.demand
    facts = planner.facts
    ceiling = parts.reduce(rubric.full) {
      $0 + ($1.part.kind == .bonus ? max(0, $1.high) : 0)
    }
    assessable = parts.reduce(0) { $0 + $1.share }
  }

  /// The id of a gate, part or cap.
  func id(of site: Gaps.Site) -> String {
    switch site {
    case .gate(let index): rubric.gates[index].id
    case .part(let index): rubric.parts[index].id
    case .cap(let index): rubric.caps[index].id
    }
  }
}

extension Rubric {
  /// What parts are rounded to a multiple of, in thousandths.
  var roundingUnit: Int {
    switch decimals {
    case 3...: 1
    case 2: 10
    case 1: 100
    default: 1000
    }
  }
}

/// An expression, and which of its place's facts each of its missing bits stands for.
///
/// A gate, part or cap numbers its own facts; the set of those missing for a subject is one
/// `UInt64`. Bit 63 says “unknown, though no fact is missing”, as after a division by zero.
struct Watched: Sendable {
  /// How many facts a place can tell apart; any more share the last bit.
  static let named = 63
  static let unnamed: UInt64 = 1 << 63

  let expression: CheckedExpression
  /// For each fact of the expression, the bit of the place.
  let bits: [UInt64]
  /// Whether the evaluator's bits and the place's are the same.
  let isIdentity: Bool

  init(expression: CheckedExpression, bits: [UInt64]) {
    self.expression = expression
    self.bits = bits
    isIdentity = bits.indices.allSatisfy { $0 < Watched.named && bits[$0] == 1 << UInt64($0) }
  }

  /// The place's bits for a set of the evaluator's, in which bit 63 stands for all facts from the
  /// 64th on.
  func translated(_ missing: UInt64) -> UInt64 {
    guard missing != 0, !isIdentity else { return missing }
    var result: UInt64 = 0
    for index in bits.indices where missing & (1 << UInt64(min(index, 63))) != 0 {
      result |= bits[index]
    }
    return result
  }
}

/// A gate or a cap made ready.
struct RulePlan: Sendable {
  let condition: Watched
  /// For each missing bit, the index into the plan's facts.
  let facts: [Int32]
}

/// An indicator, deduction or bonus made ready.
struct PartPlan: Sendable {
  let part: Rubric.Part
  let applies: Watched?
  let form: FormPlan
  /// For each missing bit of the part, the index into the plan's facts.
  let facts: [Int32]
  /// The least and most points that missing facts leave open, rounded.
  let low: Int
  let high: Int

  /// What it counts for where the share of what was assessed is taken: most points of an
  /// indicator, or a measure's share of the whole.
  var share: Int {
    if case .measure(let measure) = part.form { return measure.share }
    return part.kind == .indicator ? part.most : 0
  }

  /// Deductions without a floor are as good as bottomless: the score stops at 0 anyway.
  static let bottomless = -1_000_000_000
}

/// A form with its points rounded to what the rubric keeps.
enum FormPlan: Sendable {
  case condition(points: Int32, when: Watched)
  case bands(on: Watched, BandTable)
  case lookup(on: Watched, [String: Int32], otherwise: Int32?)
  case ratio(points: Int, part: Watched, whole: Watched, unit: Int)
  case number(points: Int, value: Watched, unit: Int)
  case opinions(OpinionPlan)
  case each(points: Int, count: Watched, limit: Int?, unit: Int)
  case measure(value: Watched)
  case group
}
