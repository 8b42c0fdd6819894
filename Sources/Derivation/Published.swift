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
  let condition = count.condition.map { Answers($0.evaluate(over: batch)) }
  let members = (0..<rows.count).filter { condition?.isTrue($0) ?? true }
  var tally = FigureTally()
  tally.members = members.count
  switch count.form {
  case .members: break
  case .count(let question, let of):
    let answers = Answers(question.evaluate(over: batch))
    let base = of.map { Answers($0.evaluate(over: batch)) }
    for lane in members where base?.isTrue(lane) ?? true {
      tally.whole += 1
      if answers.isTrue(lane) { tally.number += 1 }
      if answers.isUnknown(lane) { tally.unknown += 1 }
    }
  case .sum(let number): tally.add(number.evaluate(over: batch), members)
  case .distinct(let text): tally.addTexts(text.evaluate(over: batch), members)
  }
  return tally
}

extension FigureTally {
  /// Numbers below 0 are none, and one that is too large to be added is not known.
  mutating func add(_ vector: Vector, _ members: [Int]) {
    guard case .integers(let values) = vector.values else {
      unknown += members.count
      return
    }
    for lane in members {
      guard vector.isKnown(lane), values[lane] >= 0 else {
        unknown += 1
        continue
      }
      let (sum, isTooLarge) = number.addingReportingOverflow(Int(values[lane]))
      if isTooLarge { unknown += 1 } else { number = sum }
    }
  }

  mutating func addTexts(_ vector: Vector, _ members: [Int]) {
    for text in labels(vector, at: members) {
      guard let text else {
        unknown += 1
        continue
      }
      if !text.isEmpty { texts.insert(text) }
    }
  }
}
