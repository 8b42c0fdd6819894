import Expressions
import RulePacks
import Tables

/// What the dossiers give for a figure that a document states.
///
/// - Returns: nil where the pack says that it cannot be known, where there is nobody to count, and
///   where nothing is known of anybody.
func computed(_ figure: PublishedFigure, _ dossiers: Dossiers, jobs: Int) async -> ComputedFigure? {
  guard case .computed(let count) = figure.answer else { return nil }
  let found = await overStretches(of: dossiers.subjects[count.subject].count, jobs: jobs) {
    tally(count, $0, dossiers)
  }
  var sum = FigureTally()
  for part in found { sum.add(part) }
  guard sum.members > 0 else { return nil }
  var isShare = false
  if case .share = figure.stated.value { isShare = true }
  switch count.form {
  case .members:
    return ComputedFigure(number: sum.members, unknown: 0)
  case .count:
    guard sum.unknown < sum.whole || (sum.unknown == 0 && !isShare) else { return nil }
    return ComputedFigure(
      number: sum.number, unknown: sum.unknown, whole: isShare ? sum.whole : nil)
  case .sum:
    guard sum.unknown < sum.members else { return nil }
    return ComputedFigure(number: sum.number, unknown: sum.unknown, countsOnes: false)
  case .distinct:
    guard sum.unknown < sum.members else { return nil }
    return ComputedFigure(number: sum.texts.count, unknown: sum.unknown)
  }
}

/// Some stretch of the subjects, counted.
struct FigureTally: Sendable {
  var members = 0
  var whole = 0
  var number = 0
  var unknown = 0
  var texts: Set<String> = []

  mutating func add(_ other: FigureTally) {
    members += other.members
    whole += other.whole
    number += other.number
    unknown += other.unknown
    texts.formUnion(other.texts)
  }
}

private func tally(_ count: FigureCount, _ rows: Range<Int>, _ dossiers: Dossiers) -> FigureTally {
  var demand = Demand(slots: [])
  for expression in count.expressions { demand.form(union: expression.demand) }
  let batch = dossiers.batch(of: count.subject, rows: rows, demand: demand)
  let evaluated = EvaluatedCount(count, over: batch, count: rows.count)
  return evaluated.tallies(by: Array(repeating: 0, count: rows.count), count: 1)[0]
}

/// What is to be counted of a stretch of subjects, worked out once for all groups of it.
struct EvaluatedCount {
  /// The lanes of those among whom is counted.
  let members: [Int]
  private let form: Form

  private enum Form {
    /// For each member what is found of it.
    case outcomes([Outcome])
    case sum(Vector)
    case distinct(Vector)
  }

  /// Whether a member is among the whole, counts, and whether that is not known.
  private struct Outcome: OptionSet {
    let rawValue: UInt8
    static let whole = Outcome(rawValue: 1)
    static let counts = Outcome(rawValue: 2)
    static let unknown = Outcome(rawValue: 4)
    /// How many outcomes there can be.
    static let kinds = 8
  }

  init(_ count: FigureCount, over batch: Batch, count lanes: Int) {
    let condition = count.condition.map { Answers($0.evaluate(over: batch)) }
    let members = (0..<lanes).filter { condition?.isTrue($0) ?? true }
    self.members = members
    switch count.form {
    case .members: form = .outcomes(members.map { _ in [] })
    case .count(let question, let of):
      let answers = Answers(question.evaluate(over: batch))
      let base = of.map { Answers($0.evaluate(over: batch)) }
      form = .outcomes(
        members.map { lane in
          guard base?.isTrue(lane) ?? true else { return [] }
          var outcome = Outcome.whole
          if answers.isTrue(lane) { outcome.insert(.counts) }
          if answers.isUnknown(lane) { outcome.insert(.unknown) }
          return outcome
        })
    case .sum(let number): form = .sum(number.evaluate(over: batch))
    case .distinct(let text): form = .distinct(text.evaluate(over: batch))
    }
  }

  /// The members by group.
  ///
  /// A statistic is asked for by some ten facts, so what is found of a member is worked out before,
  /// and only counted here.
  ///
  /// - Parameters:
  ///   - ids: for each lane the number of its group.
  ///   - groups: how many there are.
  func tallies(by ids: [Int], count groups: Int) -> [FigureTally] {
    var tallies = Array(repeating: FigureTally(), count: groups)
    switch form {
    case .outcomes(let outcomes):
      var cells = [Int](repeating: 0, count: groups * Outcome.kinds)
      for (lane, outcome) in zip(members, outcomes) {
        cells[ids[lane] * Outcome.kinds + Int(outcome.rawValue)] += 1
      }
      for (cell, found) in cells.enumerated() where found > 0 {
        let outcome = Outcome(rawValue: UInt8(cell % Outcome.kinds))
        let group = cell / Outcome.kinds
        tallies[group].members += found
        if outcome.contains(.whole) { tallies[group].whole += found }
        if outcome.contains(.counts) { tallies[group].number += found }
        if outcome.contains(.unknown) { tallies[group].unknown += found }
      }
    case .sum(let numbers):
      let values = numbers.wholeNumbers
      for lane in members {
        tallies[ids[lane]].members += 1
        tallies[ids[lane]].add(numbers.isKnown(lane) ? values?[lane] : nil)
      }
    case .distinct(let texts):
      for (text, lane) in zip(labels(texts, at: members), members) {
        tallies[ids[lane]].members += 1
        tallies[ids[lane]].add(text: text)
      }
    }
    return tallies
  }
}

extension Vector {
  /// Whole numbers, or decimals in millionths; nil for values of other kinds.
  fileprivate var wholeNumbers: [Int64]? {
    switch values {
    case .integers(let whole): whole
    case .decimals(let millionths): millionths
    default: nil
    }
  }
}

extension FigureTally {
  /// The numbers of some lanes.
  mutating func add(_ vector: Vector, _ lanes: [Int]) {
    let values = vector.wholeNumbers
    for lane in lanes { add(vector.isKnown(lane) ? values?[lane] : nil) }
  }

  /// The texts of some lanes.
  mutating func addTexts(_ vector: Vector, _ lanes: [Int]) {
    for text in labels(vector, at: lanes) { add(text: text) }
  }

  /// A number below 0 is none, and one that is too large to be added is not known.
  fileprivate mutating func add(_ value: Int64?) {
    guard let value, value >= 0 else {
      unknown += 1
      return
    }
    let (sum, isTooLarge) = number.addingReportingOverflow(Int(value))
    if isTooLarge { unknown += 1 } else { number = sum }
  }

  /// An empty text counts for nothing.
  fileprivate mutating func add(text: String?) {
    guard let text else {
      unknown += 1
      return
    }
    if !text.isEmpty { texts.insert(text) }
  }
}
