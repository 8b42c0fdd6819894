import Expressions
import Tables

/// The slow, obvious twin of the evaluator: one row at a time, one node at a time.
indirect enum Twin {
  enum Plain: Equatable {
    case flag(Bool)
    case whole(Int64)
    case exact(Exact)
    case real(Double)
    case text(String)
    case date(PartialDate)
  }

  enum State: Equatable {
    case known(Plain)
    case unknown(Set<String>)
    case error(Fault)
  }

  struct Row {
    var facts: [String: State] = [:]
    /// Nil where the list is unknown.
    var lists: [String: [Row]?] = [:]
  }

  case literal(Plain, String)
  case fact(String)
  case field(list: String, String)
  case not(Twin)
  case and(Twin, Twin)
  case or(Twin, Twin)
  case choose(Twin, Twin, Twin)
  case compare(String, Twin, Twin)
  case compute(String, Twin, Twin)
  case negate(Twin)
  case isIn(Twin, [Twin])
  case test(String, Twin, Twin)
  case size(Twin)
  case known(Twin)
  case years(Twin, Twin)
  case days(Twin, Int64)
  case ask(String, list: String, Twin)
  case count(list: String, Twin)

  // MARK: - Text

  var text: String {
    switch self {
    case .literal(_, let text): text
    case .fact(let name): name
    case .field(_, let name): "p.\(name)"
    case .not(let operand): "!\(operand.text)"
    case .and(let left, let right): "(\(left.text) && \(right.text))"
    case .or(let left, let right): "(\(left.text) || \(right.text))"
    case .choose(let test, let yes, let no): "(\(test.text) ? \(yes.text) : \(no.text))"
    case .compare(let sign, let left, let right), .compute(let sign, let left, let right):
      "(\(left.text) \(sign) \(right.text))"
    case .negate(let operand): "-(\(operand.text))"
    case .isIn(let item, let items):
      "(\(item.text) in [\(items.map(\.text).joined(separator: ", "))])"
    case .test(let name, let text, let part): "\(text.text).\(name)(\(part.text))"
    case .size(let operand): "size(\(operand.text))"
    case .known(let operand): "has(\(operand.text))"
    case .years(let from, let to): "yearsBetween(\(from.text), \(to.text))"
    case .days(let date, let days): "(\(date.text) + duration('\(days * 24)h'))"
    case .ask(let macro, let list, let body): "\(list).\(macro)(p, \(body.text))"
    case .count(let list, let body): "\(list).filter(p, \(body.text)).size()"
    }
  }

  // MARK: - Evaluation

  func evaluate(_ row: Row, _ inner: Row = Row()) -> State {
    switch self {
    case .literal(let value, _): return .known(value)
    case .fact(let name): return row.facts[name] ?? .unknown([name])
    case .field(let list, let name):
      if case .unknown = inner.facts[name] { return .unknown(["\(list).\(name)"]) }
      return inner.facts[name] ?? .unknown(["\(list).\(name)"])
    case .not(let operand):
      return strict([operand], row, inner) { .known(.flag($0[0] == .flag(false))) }
    case .and(let left, let right): return absorb(left, right, false, row, inner)
    case .or(let left, let right): return absorb(left, right, true, row, inner)
    case .choose(let test, let yes, let no):
      switch test.evaluate(row, inner) {
      case .known(let value): return (value == .flag(true) ? yes : no).evaluate(row, inner)
      case .unknown(let names): return .unknown(names)
      case .error(let fault): return .error(fault)
      }
    case .compare(let sign, let left, let right):
      return strict([left, right], row, inner) { compare(sign, $0[0], $0[1], left, right) }
    case .compute(let sign, let left, let right):
      return strict([left, right], row, inner) { compute(sign, $0[0], $0[1]) }
    case .negate(let operand):
      return strict([operand], row, inner) {
        switch $0[0] {
        case .whole(let number): compute("-", .whole(0), .whole(number))
        case .exact(let number): compute("-", .exact(Exact(millionths: 0)), .exact(number))
        case .real(let number): .known(.real(-number))
        case .flag, .text, .date: .error(.noSuchOverload)
        }
      }
    case .isIn(let item, let items):
      return strict([item], row, inner) { values in
        .known(.flag(items.contains { $0.evaluate(row, inner) == .known(values[0]) }))
      }
    case .test(let name, let text, let part):
      return strict([text, part], row, inner) {
        guard case .text(let text) = $0[0], case .text(let part) = $0[1] else {
          return .error(.noSuchOverload)
        }
        switch name {
        case "startsWith": return .known(.flag(text.hasPrefix(part)))
        case "endsWith": return .known(.flag(text.hasSuffix(part)))
        default: return .known(.flag(part.isEmpty || text.contains(part)))
        }
      }
    case .size(let operand):
      return strict([operand], row, inner) {
        guard case .text(let text) = $0[0] else { return .error(.noSuchOverload) }
        return .known(.whole(Int64(text.unicodeScalars.count)))
      }
    case .known(let operand):
      if case .unknown = operand.evaluate(row, inner) { return .known(.flag(false)) }
      return .known(.flag(true))
    case .years(let from, let to):
      return strict([from, to], row, inner) { years($0[0], $0[1], from, to) }
    case .days(let operand, let days):
      return strict([operand], row, inner) {
        guard case .date(let date) = $0[0] else { return .error(.noSuchOverload) }
        if days == 0 { return .known(.date(date)) }
        guard date.precision == .day else { return vague([(date, operand)]) }
        return .known(.date(PartialDate(day: date.firstDay + Int32(days))))
      }
    case .ask(let macro, let list, let body): return ask(macro, list, body, row)
    case .count(let list, let body): return count(list, body, row)
    }
  }

  private func strict(
    _ operands: [Twin], _ row: Row, _ inner: Row, _ function: ([Plain]) -> State
  ) -> State {
    let states = operands.map { $0.evaluate(row, inner) }
    return Twin.worst(states)
      ?? function(states.compactMap { if case .known(let v) = $0 { v } else { nil } })
  }

  /// Unknown with all names, or else the first error.
  private static func worst(_ states: [State]) -> State? {
    var names: Set<String> = []
    for case .unknown(let more) in states { names.formUnion(more) }
    if !names.isEmpty { return .unknown(names) }
    return states.first { if case .error = $0 { true } else { false } }
  }

  private func absorb(
    _ left: Twin, _ right: Twin, _ decisive: Bool, _ row: Row, _ inner: Row
  ) -> State {
    let states = [left.evaluate(row, inner), right.evaluate(row, inner)]
    if states.contains(.known(.flag(decisive))) { return .known(.flag(decisive)) }
    return Twin.worst(states) ?? .known(.flag(!decisive))
  }

  private func ask(_ macro: String, _ list: String, _ body: Twin, _ row: Row) -> State {
    guard let rows = row.lists[list] ?? nil else { return .unknown([list]) }
    let states = rows.map { body.evaluate(row, $0) }
    switch macro {
    case "exists":
      if states.contains(.known(.flag(true))) { return .known(.flag(true)) }
      return Twin.worst(states) ?? .known(.flag(false))
    case "all":
      if states.contains(.known(.flag(false))) { return .known(.flag(false)) }
      return Twin.worst(states) ?? .known(.flag(true))
    default:
      return Twin.worst(states)
        ?? .known(.flag(states.filter { $0 == .known(.flag(true)) }.count == 1))
    }
  }

  private func count(_ list: String, _ body: Twin, _ row: Row) -> State {
    guard let rows = row.lists[list] ?? nil else { return .unknown([list]) }
    let states = rows.map { body.evaluate(row, $0) }
    return Twin.worst(states)
      ?? .known(.whole(Int64(states.filter { $0 == .known(.flag(true)) }.count)))
  }

  // MARK: - Values

  private func compare(
    _ sign: String, _ left: Plain, _ right: Plain, _ first: Twin, _ second: Twin
  ) -> State {
    switch (left, right) {
    case (.whole(let one), .whole(let other)): return holds(sign, one, other)
    case (.exact(let one), .exact(let other)): return holds(sign, one, other)
    case (.real(let one), .real(let other)): return holds(sign, one, other)
    case (.flag(let one), .flag(let other)): return holds(sign, one ? 1 : 0, other ? 1 : 0)
    case (.text(let one), .text(let other)):
      return holds(sign, Points(one), Points(other))
    case (.whole(let one), .exact):
      return Exact(one).map { compare(sign, .exact($0), right, first, second) }
        ?? .error(.overflow)
    case (.exact, .whole(let other)):
      return Exact(other).map { compare(sign, left, .exact($0), first, second) }
        ?? .error(.overflow)
    case (.date(let one), .date(let other)):
      // All days that the two can mean.
      var answers: Set<Bool> = []
      for a in [one.firstDay, one.lastDay] {
        for b in [other.firstDay, other.lastDay] {
          if case .known(.flag(let flag)) = holds(sign, a, b) { answers.insert(flag) }
        }
      }
      // Two stretches that overlap hold days that agree and days that do not.
      let overlap = one.firstDay <= other.lastDay && other.firstDay <= one.lastDay
      let isDay = one.precision == .day && other.precision == .day
      if sign == "==" || sign == "!=", overlap, !isDay {
        return vague([(one, first), (other, second)])
      }
      guard answers.count == 1, let answer = answers.first else {
        return vague([(one, first), (other, second)])
      }
      return .known(.flag(answer))
    default: return .error(.noSuchOverload)
    }
  }

  private struct Points: Comparable {
    let values: [UInt32]
    init(_ text: String) { values = text.unicodeScalars.map(\.value) }
    static func < (left: Points, right: Points) -> Bool {
      left.values.lexicographicallyPrecedes(right.values)
    }
  }

  private func holds<Element: Comparable>(
    _ sign: String, _ left: Element, _ right: Element
  ) -> State {
    switch sign {
    case "==": .known(.flag(left == right))
    case "!=": .known(.flag(left != right))
    case "<": .known(.flag(left < right))
    case "<=": .known(.flag(left <= right))
    case ">": .known(.flag(left > right))
    default: .known(.flag(left >= right))
    }
  }

  /// Unknown for want of a day: the dates of the sides that lack one, or else of all.
  private func vague(_ sides: [(date: PartialDate, node: Twin)]) -> State {
    let lacking = sides.filter { $0.date.precision != .day }.flatMap { $0.node.dates }
    let names = Set(lacking.isEmpty ? sides.flatMap { $0.node.dates } : lacking)
    return names.isEmpty ? .error(.impreciseDate) : .unknown(names)
  }

  /// The names of all dates in an expression of dates.
  private var dates: [String] {
    switch self {
    case .fact(let name): name.hasPrefix("d") ? [name] : []
    case .field(let list, let name): name.hasPrefix("d") ? ["\(list).\(name)"] : []
    case .choose(let test, let yes, let no): test.dates + yes.dates + no.dates
    case .days(let date, _): date.dates
    case .not(let operand), .negate(let operand), .size(let operand), .known(let operand):
      operand.dates
    case .and(let left, let right), .or(let left, let right), .compare(_, let left, let right),
      .compute(_, let left, let right), .test(_, let left, let right), .years(let left, let right):
      left.dates + right.dates
    case .isIn(let item, let items): item.dates + items.flatMap(\.dates)
    case .ask(_, _, let body), .count(_, let body): body.dates
    case .literal: []
    }
  }

  private func compute(_ sign: String, _ left: Plain, _ right: Plain) -> State {
    switch (left, right) {
    case (.whole(let one), .whole(let other)):
      if other == 0, sign == "/" || sign == "%" { return .error(.divisionByZero) }
      let wide: Int128
      switch sign {
      case "+": wide = Int128(one) + Int128(other)
      case "-": wide = Int128(one) - Int128(other)
      case "*": wide = Int128(one) * Int128(other)
      case "/": wide = Int128(one) / Int128(other)
      default: wide = Int128(one) % Int128(other)
      }
      return Int64(exactly: wide).map { .known(.whole($0)) } ?? .error(.overflow)
    case (.exact(let one), .exact(let other)):
      if other.millionths == 0, sign == "/" { return .error(.divisionByZero) }
      let result: Exact?
      switch sign {
      case "+": result = one.adding(other)
      case "-":
        result = Int64(exactly: Int128(one.millionths) - Int128(other.millionths))
          .map { Exact(millionths: $0) }
      case "*": result = one.times(other)
      default: result = one.divided(by: other)
      }
      return result.map { .known(.exact($0)) } ?? .error(.overflow)
    case (.whole(let one), .exact):
      return Exact(one).map { compute(sign, .exact($0), right) } ?? .error(.overflow)
    case (.exact, .whole(let other)):
      return Exact(other).map { compute(sign, left, .exact($0)) } ?? .error(.overflow)
    case (.real(let one), .real(let other)):
      switch sign {
      case "+": return .known(.real(one + other))
      case "-": return .known(.real(one - other))
      case "*": return .known(.real(one * other))
      default: return .known(.real(one / other))
      }
    case (.text(let one), .text(let other)): return .known(.text(one + other))
    default: return .error(.noSuchOverload)
    }
  }

  private func years(_ from: Plain, _ to: Plain, _ first: Twin, _ second: Twin) -> State {
    guard case .date(let one) = from, case .date(let other) = to else {
      return .error(.noSuchOverload)
    }
    var counts: Set<Int64> = []
    for a in [one.firstDay, one.lastDay] {
      for b in [other.firstDay, other.lastDay] { counts.insert(Twin.birthdays(a, b)) }
    }
    guard counts.count == 1, let count = counts.first else {
      return vague([(one, first), (other, second)])
    }
    return .known(.whole(count))
  }

  /// Counts anniversaries one by one.
  private static func birthdays(_ from: Int32, _ to: Int32) -> Int64 {
    guard from <= to else { return -birthdays(to, from) }
    let (year, month, day) = PartialDate.civil(from)
    let last = PartialDate.civil(to)
    var count: Int64 = 0
    while (year + Int(count) + 1, month, day) <= last { count += 1 }
    return count
  }
}
