import Expressions
import Reports
import RulePacks
import Tables

/// A fact that could be another, and the values to try.
struct Candidate {
  var slot: Int
  /// Nil where it is missing.
  var now: Value?
  var values: [Value]

  /// Thousandths of a whole change, as `Explanation.Change.effort` says.
  func effort(to value: Value) -> Int {
    guard let now else { return 0 }
    guard let from = now.millionths, let to = value.millionths else { return 1000 }
    let greater = max(from.magnitude, to.magnitude)
    guard greater > 0 else { return 0 }
    let difference = from > to ? from - to : to - from
    return Int((difference.magnitude * 1000 + greater - 1) / greater)
  }
}

extension RunResult {
  /// The facts of one subject that a rubric rests on and that may be changed or supplied.
  func candidates(for rubric: Rubric, row: Int) -> [Candidate] {
    let kind = pack.subjects[rubric.subject]
    let reads = pack.factsRead(by: rubric)
    let facts = dossiers.batch(
      of: rubric.subject, rows: row..<row + 1,
      demand: Demand(slots: Set(reads.map(\.slot).filter { !kind.facts[$0].type.isList })))
    var numbers = Set(breakpoints(of: rubric, reads))
    for read in reads {
      guard let vector = facts.vectors[read.slot], vector.isKnown(0),
        let number = vector.value(at: 0)?.millionths
      else { continue }
      numbers.insert(number)
    }
    return reads.compactMap { read in
      let fact = kind.facts[read.slot]
      guard fact.sensitivity == .open, let vector = facts.vectors[read.slot] else { return nil }
      let now = vector.isKnown(0) ? vector.value(at: 0) : nil
      guard now != nil || concerns(read.slot, of: rubric.subject, row: row) else { return nil }
      switch fact.origin {
      case .record, .merged: guard now == nil || fact.changeable != .no else { return nil }
      case .derived(let index):
        // What is picked from a list is missing with its row, which can be supplied.
        guard case .pick = pack.derivations[index].form, now == nil else { return nil }
      case .asOf, .list, .reference, .members, .result: return nil
      }
      let values = values(for: fact, now: now, numbers: numbers)
      return values.isEmpty ? nil : Candidate(slot: read.slot, now: now, values: values)
    }
  }

  private func values(for fact: Fact, now: Value?, numbers: Set<Int64>) -> [Value] {
    let all: [Value]
    switch fact.type {
    case .bool: all = [.bool(true), .bool(false)]
    case .string: all = fact.codes.map { pack.codes[$0].names.map { .string($0) } } ?? []
    case .int: all = wholes(around: now, numbers).map { .int($0) }
    case .decimal: all = numbers.sorted().map { .decimal(Exact(millionths: $0)) }
    case .date: all = dates.map { .date($0) }
    case .double, .timestamp, .duration, .null, .dyn, .type, .list, .map, .row: all = []
    }
    let field = field(behind: fact)
    return all.filter { value in
      guard value != now, isAllowed(value, from: now, by: fact.changeable) else { return false }
      guard let number = value.millionths else { return true }
      let least = field?.least?.millionths ?? 0
      return number >= least && number <= field?.most?.millionths ?? .max
    }
  }

  private func isAllowed(_ value: Value, from now: Value?, by change: Field.Changeable) -> Bool {
    guard let now else { return true }
    switch change {
    case .no: return false
    case .yes: return true
    case .to(let codes): return codes.contains { .string($0) == value }
    case .up, .down:
      let isUp: Bool
      switch (now, value) {
      case (.bool, .bool(let flag)): isUp = flag
      case (.date(let from), .date(let to)): isUp = to.firstDay > from.firstDay
      default: isUp = (value.millionths ?? 0) > (now.millionths ?? 0)
      }
      return isUp == (change == .up)
    }
  }

  /// Every whole number near by, and those at which a rule may turn.
  private func wholes(around now: Value?, _ numbers: Set<Int64>) -> [Int64] {
    var here: Int64 = 0
    if case .int(let number)? = now { here = number }
    var all = Set((here - RunResult.near)...(here + RunResult.near))
    for number in numbers {
      let whole = number / Exact.one
      all.formUnion([whole - 1, whole, whole + 1])
    }
    return all.sorted()
  }

  private static let near: Int64 = 40

  /// The as-of date, and a year before and after it.
  private var dates: [PartialDate] {
    [0, -365, 365].map { PartialDate(day: run.asOf.firstDay + $0) }
  }

  /// The numbers that stand in the rules, in millionths.
  private func breakpoints(of rubric: Rubric, _ reads: [FactRead]) -> [Int64] {
    var expressions = rubric.gates.map(\.require) + rubric.caps.map(\.when)
    var numbers: [Int64] = [0]
    for part in rubric.parts {
      if let applies = part.applies { expressions.append(applies) }
      switch part.form {
      case .condition(_, let when): expressions.append(when)
      case .bands(let on, let bands):
        expressions.append(on)
        numbers += bands.flatMap { [$0.lower, $0.upper] }.compactMap { $0?.millionths }
      case .lookup(let on, _, _): expressions.append(on)
      case .ratio(_, let part, let whole): expressions += [part, whole]
      case .number(let points, let value):
        expressions.append(value)
        numbers.append(Int64(points) * 1000)
      case .each(_, let count, _): expressions.append(count)
      case .opinions, .measure, .group: continue
      }
    }
    for read in reads {
      guard case .derived(let index) = pack.subjects[rubric.subject].facts[read.slot].origin
      else { continue }
      switch pack.derivations[index].form {
      case .value(let expression), .lookup(_, let expression, _, _),
        .successor(_, let expression):
        expressions.append(expression)
      case .rules(let rules, _): expressions += rules.map(\.when)
      case .pick: continue
      }
    }
    return numbers + expressions.flatMap(\.constants).compactMap(\.millionths)
  }

  private func field(behind fact: Fact) -> Field? {
    switch fact.origin {
    case .record(let record, let field): return pack.records[record].fields[field]
    case .merged(let slots):
      for kind in pack.subjects {
        guard let slot = slots.first, kind.facts.indices.contains(slot),
          kind.facts.contains(where: { $0.id == fact.id && $0.origin == fact.origin }),
          case .record(let record, let field) = kind.facts[slot].origin
        else { continue }
        return pack.records[record].fields[field]
      }
      return nil
    case .asOf, .list, .derived, .reference, .members, .result: return nil
    }
  }
}

extension ExpressionType {
  fileprivate var isList: Bool {
    if case .list = self { true } else { false }
  }
}

extension Value {
  /// A number in millionths; nil for everything else and for what is out of range.
  fileprivate var millionths: Int64? {
    switch self {
    case .int(let whole): Exact(whole)?.millionths
    case .decimal(let exact): exact.millionths
    case .null, .bool, .double, .string, .date, .timestamp, .duration, .list, .map, .type: nil
    }
  }
}
