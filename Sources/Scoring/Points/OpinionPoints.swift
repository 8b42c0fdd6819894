import Expressions
import RulePacks
import Tables

/// Points by signed opinions, made ready.
struct OpinionPlan: Sendable {
  let opinions: Rubric.Opinions
  /// What is read of each row, and of its subject.
  let demand: Demand
  /// Grade → its place, best first.
  let places: [String: Int32]
  /// Rounded points by place.
  let points: [Int32]

  init(_ opinions: Rubric.Opinions, unit: Int) {
    self.opinions = opinions
    var demand = opinions.condition?.demand ?? Demand()
    if let inForce = opinions.inForce { demand.form(union: inForce.demand) }
    demand.slots.insert(opinions.grade)
    if let signed = opinions.signed { demand.slots.insert(signed) }
    if let basis = opinions.basis { demand.slots.insert(basis) }
    self.demand = demand
    var places: [String: Int32] = [:]
    for (place, grade) in opinions.points.enumerated() { places[grade.grade] = Int32(place) }
    self.places = places
    points = opinions.points.map { kept($0.points, unit) }
  }
}

extension RuleResults {
  /// The points that the countable opinions of each lane give together; a lane without any is
  /// unknown, and why none decides is what is missing (the place's first facts, one a lack).
  ///
  /// An opinion counts if the condition holds, it is in force and signed, its grade is one of the
  /// rubric's and, below the best, it states a basis. Nothing is ever computed in place of a missing one.
  mutating func points(by plan: OpinionPlan, in dossiers: Dossiers, subject: Int) -> [Int32] {
    let listed = dossiers.rowBatch(
      of: subject, list: plan.opinions.list, at: rows, demand: plan.demand)
    guard let listed else {
      if unknown.isEmpty { unknown = Array(repeating: 0, count: count) }
      for lane in 0..<count { unknown[lane] |= OpinionLack.notReceived.bit }
      return Array(repeating: 0, count: count)
    }
    let sheet = OpinionSheet(plan, rows: listed.rows, facts: listed.batch)
    var result = Array(repeating: Int32(0), count: count)
    for lane in 0..<count {
      var decided: Int?
      var lacks: UInt64 = 0
      for index in Int(listed.offsets[lane])..<Int(listed.offsets[lane + 1]) {
        switch sheet.standing(of: index) {
        case .counts: decided = sheet.decisive(decided, index)
        case .doesNotConcern: continue
        case .refused(let kind):
          lacks |= kind.opinionLack.bit
          remark(lane, kind)
        }
      }
      if let decided {
        result[lane] = plan.points[Int(sheet.grades[decided])]
      } else {
        if unknown.isEmpty { unknown = Array(repeating: 0, count: count) }
        unknown[lane] |= lacks == 0 ? OpinionLack.notReceived.bit : lacks
      }
    }
    return result
  }
}

/// Opinions laid end to end with what decides whether and how they count.
struct OpinionSheet {
  enum Standing {
    case counts
    case doesNotConcern
    case refused(Remark.Kind)
  }

  let plan: OpinionPlan
  /// Rows of the record table.
  let rows: [Int32]
  /// The place of each grade, best first; −1 where none is stated, −2 where it is not listed.
  let grades: [Int32]
  private let facts: Batch
  private let condition: Vector?
  private let holds: [Bool]
  private let inForce: Vector?
  private let stillHolds: [Bool]
  private let signed: [Int32]

  init(_ plan: OpinionPlan, rows: [Int32], facts: Batch) {
    self.plan = plan
    self.rows = rows
    self.facts = facts
    condition = plan.opinions.condition?.evaluate(over: facts)
    holds = condition?.flags ?? []
    inForce = plan.opinions.inForce?.evaluate(over: facts)
    stillHolds = inForce?.flags ?? []
    grades = places(facts.vectors[plan.opinions.grade], count: rows.count, in: plan.places)
    var signed = Array(repeating: Int32(0), count: rows.count)
    if let field = plan.opinions.signed, case .dates(let dates)? = facts.vectors[field]?.values {
      signed = dates
    }
    self.signed = signed
  }

  func standing(of index: Int) -> Standing {
    let record = plan.opinions.record
    let row = rows[index]
    if let condition {
      guard condition.isKnown(index) else {
        return .refused(.opinionUnclear(record: record, row: row))
      }
      guard holds[index] else { return .doesNotConcern }
    }
    if let signed = plan.opinions.signed, !isStated(signed, index) {
      return .refused(.opinionUnsigned(record: record, row: row))
    }
    if let inForce {
      guard inForce.isKnown(index) else {
        return .refused(.opinionUnclear(record: record, row: row))
      }
      guard stillHolds[index] else {
        return .refused(.opinionNotInForce(record: record, row: row))
      }
    }
    switch grades[index] {
    case -1: return .refused(.opinionNotListed(record: record, row: row, grade: "—"))
    case -2:
      let grade = facts.vectors[plan.opinions.grade]?.text(index) ?? "—"
      return .refused(.opinionNotListed(record: record, row: row, grade: grade))
    case 0: return .counts
    default:
      guard let basis = plan.opinions.basis, !isStated(basis, index) else { return .counts }
      return .refused(.opinionWithoutBasis(record: record, row: row))
    }
  }

  /// Which of two countable opinions decides.
  func decisive(_ before: Int?, _ index: Int) -> Int {
    guard let before else { return index }
    switch plan.opinions.aggregate {
    case .worst: return grades[index] > grades[before] ? index : before
    case .best: return grades[index] < grades[before] ? index : before
    case .latest:
      if signed[index] != signed[before] { return signed[index] > signed[before] ? index : before }
      // Of two signed on one day the more cautious decides, whatever their order in the files.
      return grades[index] > grades[before] ? index : before
    }
  }

  private func isStated(_ field: Int, _ index: Int) -> Bool {
    guard let vector = facts.vectors[field], vector.isKnown(index) else { return false }
    if case .texts(let texts) = vector.values { return texts.lengths[index] > 0 }
    return true
  }
}

extension OpinionLack {
  /// Among the missing facts of an indicator by opinions.
  fileprivate var bit: UInt64 { 1 << UInt64(rawValue) }
}

extension Remark.Kind {
  /// Why an opinion that it is about does not count.
  fileprivate var opinionLack: OpinionLack {
    switch self {
    case .opinionUnsigned: .notSigned
    case .opinionWithoutBasis: .withoutBasis
    case .opinionNotInForce: .notInForce
    case .opinionNotListed, .opinionUnclear, .fault, .notANumber, .between, .notListed,
      .outOfRange, .wholeIsZero, .noLogarithm:
      .unclear
    }
  }
}

private func places(_ grades: Vector?, count: Int, in places: [String: Int32]) -> [Int32] {
  guard let grades else { return Array(repeating: -1, count: count) }
  let named: [Int32] =
    if case .codes(_, let names) = grades.values { names.map { places[$0] ?? -2 } } else { [] }
  return (0..<count).map { index in
    guard grades.isKnown(index) else { return -1 }
    if case .codes(let ids, _) = grades.values { return named[Int(ids[index])] }
    return grades.text(index).flatMap { places[$0] } ?? -2
  }
}

extension Vector {
  /// A lane of codes or texts as text.
  func text(_ lane: Int) -> String? {
    guard isKnown(lane) else { return nil }
    switch values {
    case .codes(let ids, let names): return names[Int(ids[lane])]
    case .texts(let texts): return texts[lane]
    case .boxed(let values):
      guard case .string(let text) = values[lane] else { return nil }
      return text
    case .flags, .integers, .decimals, .reals, .dates, .rows: return nil
    }
  }
}
