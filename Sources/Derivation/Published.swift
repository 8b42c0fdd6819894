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
    case members
    case count(Answers, of: Answers?)
    case sum(Vector)
    case distinct(Vector)
  }

  init(_ count: FigureCount, over batch: Batch, count lanes: Int) {
    let condition = count.condition.map { Answers($0.evaluate(over: batch)) }
    members = (0..<lanes).filter { condition?.isTrue($0) ?? true }
    form =
      switch count.form {
      case .members: .members
      case .count(let question, let of):
        .count(
          Answers(question.evaluate(over: batch)), of: of.map { Answers($0.evaluate(over: batch)) })
      case .sum(let number): .sum(number.evaluate(over: batch))
      case .distinct(let text): .distinct(text.evaluate(over: batch))
      }
  }

  /// The members by group.
  ///
  /// - Parameters:
  ///   - ids: for each lane the number of its group.
  ///   - groups: how many there are.
  func tallies(by ids: [Int], count groups: Int) -> [FigureTally] {
    var tallies = Array(repeating: FigureTally(), count: groups)
    for lane in members { tallies[ids[lane]].members += 1 }
    switch form {
    case .members: break
    case .count(let answers, let base):
      for lane in members where base?.isTrue(lane) ?? true {
        let group = ids[lane]
        tallies[group].whole += 1
        if answers.isTrue(lane) { tallies[group].number += 1 }
        if answers.isUnknown(lane) { tallies[group].unknown += 1 }
      }
    case .sum(let numbers):
      let values = numbers.wholeNumbers
      for lane in members {
        tallies[ids[lane]].add(numbers.isKnown(lane) ? values?[lane] : nil)
      }
    case .distinct(let texts):
      for (text, lane) in zip(labels(texts, at: members), members) {
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
