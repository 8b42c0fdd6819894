import Expressions
import Tables

/// Which delivered records the facts of a rubric come from, directly or through derived facts.
struct FactSources {
  private let pack: RulePack
  private let rubric: Rubric
  /// What each derived fact follows from, by slots.
  private let from: [Int: [Int]]

  init(_ rubric: Rubric, _ pack: RulePack) {
    self.pack = pack
    self.rubric = rubric
    from = Dictionary(
      pack.factsRead(by: rubric).map { ($0.slot, $0.from) }, uniquingKeysWith: { first, _ in first }
    )
  }

  /// The facts that a part reads, a line each, with the records that state them.
  func lines(of part: Rubric.Part) -> String {
    var read = part.applies.map { [$0] } ?? []
    switch part.form {
    case .condition(_, let when): read.append(when)
    case .bands(let on, _): read.append(on)
    case .lookup(let on, _, _): read.append(on)
    case .ratio(_, let part, let whole): read += [part, whole]
    case .number(_, let value): read.append(value)
    case .measure(let measure): read.append(measure.value)
    case .group: break
    case .each(_, let count, _): read.append(count)
    case .opinions(let opinions): return pack.records[opinions.record].title
    }
    return lines(of: read)
  }

  func lines(of expressions: [CheckedExpression]) -> String {
    let facts = pack.subjects[rubric.subject].facts
    var lines: [String] = []
    for use in expressions.flatMap(\.facts) {
      guard let slot = use.slots.first, facts.indices.contains(slot) else { continue }
      var titles: [String] = []
      var seen: Set<Int> = []
      collect(slot, into: &titles, &seen)
      let label = facts[slot].label
      let line = titles.isEmpty ? label : "\(label)（\(titles.joined(separator: "、"))）"
      if !lines.contains(line) { lines.append(line) }
    }
    return lines.joined(separator: "\n")
  }

  /// Adds the titles of what a fact of the rubric's subject comes from, each once.
  private func collect(_ slot: Int, into titles: inout [String], _ seen: inout Set<Int>) {
    guard seen.insert(slot).inserted else { return }
    let fact = pack.subjects[rubric.subject].facts[slot]
    if case .derived = fact.origin {
      for slot in from[slot] ?? [] { collect(slot, into: &titles, &seen) }
      return
    }
    for title in self.titles(of: fact, subject: rubric.subject) where !titles.contains(title) {
      titles.append(title)
    }
  }

  private func titles(of fact: Fact, subject: Int) -> [String] {
    let kind = pack.subjects[subject]
    switch fact.origin {
    case .record(let record, _), .list(let record): return [pack.records[record].title]
    case .merged(let slots): return slots.flatMap { titles(of: kind.facts[$0], subject: subject) }
    case .reference(let index, let slot):
      let other = kind.references[index].subject
      return titles(of: pack.subjects[other].facts[slot], subject: other)
    case .result(let id, _): return pack.rubrics.filter { $0.id == id }.map(\.title)
    case .members(let member, _): return [pack.subjects[member].title]
    case .asOf, .derived: return []
    }
  }
}
