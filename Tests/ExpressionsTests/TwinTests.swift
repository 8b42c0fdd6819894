import Expressions
import Tables
import Testing

@Suite struct TwinTests {
  @Test("gives what the slow twin gives, whatever the expression and the rows", arguments: 0..<8)
  func agree(seed: Int) throws {
    var sampler = Sampler(seed: UInt64(seed) + 1)
    var cases = 0
    for _ in 0..<100 {
      let rows = (0..<130).map { _ in sampler.row() }
      let batch = sampler.batch(rows)
      let twin = sampler.expression(sampler.pick(Sampler.Kind.allCases), depth: 4, list: nil)
      let expression = try check(twin.text, in: Sampler.environment, scope: 0)
      let result = expression.evaluate(over: batch)
      for (lane, row) in rows.enumerated() {
        let wanted = twin.evaluate(row)
        let found = state(of: result, lane, expression)
        cases += 1
        guard !isSame(found, wanted) else { continue }
        Issue.record("\(twin.text): \(found), and the twin says \(wanted); row \(row)")
        return
      }
      // A trace sees the same result as its first line.
      let lane = sampler.number(rows.count)
      let traced = expression.trace(over: batch, lane: lane).first
      #expect(traced?.text == twin.text || "(\(traced?.text ?? ""))" == twin.text)
      if case .unknown(let names) = traced?.outcome {
        #expect(twin.evaluate(rows[lane]) == .unknown(Set(names)))
      }
    }
    #expect(cases == 13_000)
  }

  private func state(
    of result: Vector, _ lane: Int, _ expression: CheckedExpression
  ) -> Twin.State {
    if !result.missing.isEmpty, result.missing[lane] != 0 {
      return .unknown(Set(expression.missingNames(result.missing[lane])))
    }
    if !result.faults.isEmpty, let fault = Fault(rawValue: result.faults[lane]) {
      return .error(fault)
    }
    switch result.value(at: lane) {
    case .bool(let flag): return .known(.flag(flag))
    case .int(let number): return .known(.whole(number))
    case .decimal(let number): return .known(.exact(number))
    case .double(let number): return .known(.real(number))
    case .string(let text): return .known(.text(text))
    case .date(let date): return .known(.date(date))
    default: return .error(.noSuchOverload)
    }
  }

  private func isSame(_ left: Twin.State, _ right: Twin.State) -> Bool {
    if case .known(.real(let one)) = left, case .known(.real(let other)) = right {
      return one == other || one.isNaN && other.isNaN
    }
    return left == right
  }
}

/// Makes random rows and random expressions over them.
struct Sampler {
  enum Kind: CaseIterable {
    case flag, whole, exact, real, text, date
  }

  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func number(_ count: Int) -> Int {
    // Safe: splitmix64 is arithmetic modulo 2^64.
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(count))
  }

  mutating func pick<Element>(_ items: [Element]) -> Element { items[number(items.count)] }

  // MARK: - Rows

  /// Names of facts, of the row and of the rows of `items`; the letter is the kind.
  static let facts: [(name: String, kind: Kind)] = [
    ("b1", .flag), ("b2", .flag), ("i1", .whole), ("i2", .whole), ("e1", .exact),
    ("e2", .exact), ("r1", .real), ("c1", .text), ("t1", .text), ("d1", .date), ("d2", .date),
  ]
  static let texts = ["", "a", "ab", "ba", "甲", "甲乙", "Zz", "é"]

  static let environment: Environment = {
    var scope = Scope()
    for (slot, fact) in facts.enumerated() {
      scope.names[fact.name] = Binding(
        shown: fact.name, type: type(fact.kind), meaning: .fact(slot: slot))
    }
    let rows = scope
    scope.names["items"] = Binding(
      shown: "items", type: .list(.row(scope: 1)), meaning: .fact(slot: facts.count))
    return Environment(scopes: [scope, rows])
  }()

  static func type(_ kind: Kind) -> ExpressionType {
    switch kind {
    case .flag: .bool
    case .whole: .int
    case .exact: .decimal
    case .real: .double
    case .text: .string
    case .date: .date
    }
  }

  mutating func row(isInner: Bool = false) -> Twin.Row {
    var row = Twin.Row()
    for fact in Sampler.facts {
      row.facts[fact.name] = number(6) == 0 ? .unknown([fact.name]) : .known(value(fact.kind))
    }
    guard !isInner else { return row }
    if number(8) == 0 {
      row.lists["items"] = .some(nil)
    } else {
      var items: [Twin.Row] = []
      for _ in 0..<number(4) { items.append(self.row(isInner: true)) }
      row.lists["items"] = items
    }
    return row
  }

  mutating func value(_ kind: Kind) -> Twin.Plain {
    switch kind {
    case .flag: return .flag(number(2) == 0)
    case .whole:
      let edges: [Int64] = [.max, .min, .max - 1, 5_000_000_000]
      return .whole(number(20) == 0 ? pick(edges) : Int64(number(9)) - 4)
    case .exact:
      let edges: [Int64] = [.max, .min, 4_000_000_000_000_000]
      return .exact(
        Exact(millionths: number(20) == 0 ? pick(edges) : Int64(number(9) - 4) * 333_333))
    case .real: return .real(pick([0, 1.5, -2.25, 0.1, 1e300, -.infinity]))
    case .text: return .text(pick(Sampler.texts))
    case .date:
      let year = 2015 + number(4)
      let month = pick([1, 2, 12])
      let date: PartialDate?
      switch number(6) {
      case 0: date = PartialDate(year: year)
      case 1: date = PartialDate(year: year, month: month)
      default: date = PartialDate(year: year, month: month, day: pick([1, 15, 28]))
      }
      return .date(date ?? .openEnd)
    }
  }

  // MARK: - Columns

  func batch(_ rows: [Twin.Row]) -> Batch {
    var batch = Sampler.columns(rows)
    var offsets: [Int32] = [0]
    var items: [Twin.Row] = []
    var missing: [UInt64] = []
    for row in rows {
      let found = row.lists["items"] ?? nil
      items += found ?? []
      missing.append(found == nil ? 1 : 0)
      offsets.append(Int32(items.count))
    }
    batch.vectors[Sampler.facts.count] = Vector(
      .rows(ChildRows(offsets: offsets, batch: Sampler.columns(items))), missing: missing)
    return batch
  }

  private static func columns(_ rows: [Twin.Row]) -> Batch {
    var batch = Batch(count: rows.count)
    for (slot, fact) in facts.enumerated() {
      let states = rows.map { $0.facts[fact.name] }
      let missing: [UInt64] = states.map { if case .known = $0 { 0 } else { 4 } }
      let values: Values
      switch fact.kind {
      case .flag:
        values = .flags(states.map { if case .known(.flag(let flag)) = $0 { flag } else { true } })
      case .whole:
        values = .integers(
          states.map { if case .known(.whole(let number)) = $0 { number } else { .min } })
      case .exact:
        values = .decimals(
          states.map { if case .known(.exact(let number)) = $0 { number.millionths } else { 7 } })
      case .real:
        values = .reals(states.map { if case .known(.real(let number)) = $0 { number } else { 9 } })
      case .text where fact.name.hasPrefix("c"):
        values = .codes(
          ids: states.map {
            guard case .known(.text(let text)) = $0, let id = texts.firstIndex(of: text) else {
              return -1
            }
            return Int32(id)
          }, names: texts)
      case .text:
        values = .texts(
          Texts(states.map { if case .known(.text(let text)) = $0 { text } else { "?" } }))
      case .date:
        values = .dates(
          states.map { if case .known(.date(let date)) = $0 { date.packed } else { 2 } })
      }
      let isComplete = missing.allSatisfy { $0 == 0 }
      batch.vectors[slot] = Vector(values, missing: isComplete ? [] : missing)
    }
    return batch
  }

  // MARK: - Expressions

  mutating func expression(_ kind: Kind, depth: Int, list: String?) -> Twin {
    if depth == 0 || number(8) == 0 { return leaf(kind, list) }
    func deeper(_ kind: Kind, _ sampler: inout Sampler) -> Twin {
      sampler.expression(kind, depth: depth - 1, list: list)
    }
    if number(7) == 0 {
      return .choose(deeper(.flag, &self), deeper(kind, &self), deeper(kind, &self))
    }
    switch kind {
    case .flag: return flag(depth, list)
    case .whole:
      switch number(6) {
      case 0: return .negate(deeper(.whole, &self))
      case 1: return .size(deeper(.text, &self))
      case 2: return .years(deeper(.date, &self), deeper(.date, &self))
      case 3 where list == nil:
        return .count(list: "items", expression(.flag, depth: depth - 1, list: "items"))
      default:
        return .compute(
          pick(["+", "-", "*", "/", "%"]), deeper(.whole, &self), deeper(.whole, &self))
      }
    case .exact:
      if number(6) == 0 { return .negate(deeper(.exact, &self)) }
      let other = number(3) == 0 ? Kind.whole : .exact
      return .compute(pick(["+", "-", "*", "/"]), deeper(.exact, &self), deeper(other, &self))
    case .real:
      return .compute(pick(["+", "-", "*", "/"]), deeper(.real, &self), deeper(.real, &self))
    case .text: return .compute("+", deeper(.text, &self), deeper(.text, &self))
    case .date: return .days(deeper(.date, &self), Int64(number(400)) - 200)
    }
  }

  private mutating func flag(_ depth: Int, _ list: String?) -> Twin {
    func deeper(_ kind: Kind, _ sampler: inout Sampler) -> Twin {
      sampler.expression(kind, depth: depth - 1, list: list)
    }
    switch number(11) {
    case 0: return .not(deeper(.flag, &self))
    case 1, 2: return .and(deeper(.flag, &self), deeper(.flag, &self))
    case 3, 4: return .or(deeper(.flag, &self), deeper(.flag, &self))
    case 5:
      let kind = pick([Kind.whole, .text, .exact])
      var items: [Twin] = []
      for _ in 0..<number(4) { items.append(literal(kind)) }
      // An empty list of decimals would need no decimal anywhere.
      return .isIn(deeper(kind, &self), items)
    case 6:
      return .test(
        pick(["startsWith", "endsWith", "contains"]), deeper(.text, &self), deeper(.text, &self))
    case 7: return .known(fact(pick(Kind.allCases), list))
    case 8 where list == nil:
      return .ask(
        pick(["exists", "all", "exists_one"]), list: "items",
        expression(.flag, depth: depth - 1, list: "items"))
    default:
      let kind = pick(Kind.allCases)
      let other = kind == .exact && number(3) == 0 ? Kind.whole : kind
      return .compare(
        pick(["==", "!=", "<", "<=", ">", ">="]), deeper(kind, &self), deeper(other, &self))
    }
  }

  private mutating func leaf(_ kind: Kind, _ list: String?) -> Twin {
    number(3) == 0 ? literal(kind) : fact(kind, list)
  }

  private mutating func fact(_ kind: Kind, _ list: String?) -> Twin {
    let name = pick(Sampler.facts.filter { $0.kind == kind }).name
    guard let list, number(2) == 0 else { return .fact(name) }
    return .field(list: list, name)
  }

  private mutating func literal(_ kind: Kind) -> Twin {
    let value = value(kind)
    switch value {
    case .flag(let flag): return .literal(value, "\(flag)")
    case .whole(let number): return .literal(value, "\(number)")
    case .exact(let number): return .literal(value, "decimal('\(number)')")
    case .real(let number):
      let text = number.isInfinite ? "(-1.0 / 0.0)" : "\(number)"
      return .literal(value, text)
    case .text(let text): return .literal(value, "'\(text)'")
    case .date(let date): return .literal(value, "date('\(date)')")
    }
  }
}
