import Tables

/// Looks up names, infers types and turns syntax into nodes.
struct Checker {
  let source: Source
  let environment: Environment
  let scope: Int
  var facts: [FactUse] = []
  var demand = Demand()
  var variables: [Variable] = []
  private var indexOfSlots: [[Int]: Int] = [:]

  /// The variable of a macro; its depth is its place among `variables`, counted from 1.
  struct Variable {
    var name: String
    var type: ExpressionType
    /// Where it is a row: the slots that lead to its list.
    var path: [Int]
    /// Where it is a row: the name of its list.
    var shown: String
  }

  init(source: Source, environment: Environment, scope: Int) {
    self.source = source
    self.environment = environment
    self.scope = scope
  }

  func fault(_ range: Range<Int>, zh: String, en: String) -> ExpressionFault {
    source.fault(at: range.lowerBound, zh: zh, en: en)
  }

  mutating func check(_ syntax: Syntax) throws(ExpressionFault) -> Node {
    switch syntax {
    case .literal(let value, let range):
      return Node(kind: .constant(value), type: value.expressionType, range: range)
    case .double(let value, let written, let range):
      return Node(
        kind: .constant(.double(value)), type: .double, range: range, written: written)
    case .identifier, .select: return try checkPath(syntax)
    case .index(let base, let index, let range): return try checkIndex(base, index, range)
    case .call(let name, let arguments, let range):
      return try checkCall(name, nil, arguments, name: range, range)
    case .method(let target, let name, let arguments, let place, let range):
      if let macro = MacroName(rawValue: name) {
        return try checkMacro(macro, target, arguments, name: place, range)
      }
      return try checkCall(name, target, arguments, name: place, range)
    case .list(let items, let range): return try checkList(items, range)
    case .map(let entries, let range): return try checkMap(entries, range)
    case .unary(let sign, let operand, let range): return try checkUnary(sign, operand, range)
    case .binary(let sign, let left, let right, let range):
      return try checkBinary(sign, left, right, range)
    case .conditional(let condition, let yes, let no, let range):
      return try checkConditional(condition, yes, no, range)
    }
  }

  // MARK: - Names

  private mutating func checkPath(_ syntax: Syntax) throws(ExpressionFault) -> Node {
    guard let path = syntax.path else {
      guard case .select(let base, let name, _, let range) = syntax else {
        throw fault(syntax.range, zh: "无法理解", en: "not understood")
      }
      return try select(try check(base), name, range)
    }
    if let index = variables.lastIndex(where: { $0.name == path[0] }) {
      return try checkVariable(index, path, syntax)
    }
    if let found = longestMatch(path, in: scope) {
      let node = try use(found.binding, range: syntax.range, depth: 0, row: nil)
      return try select(node, path[found.count...], syntax.range)
    }
    let whole = path.joined(separator: ".")
    if let type = Checker.typeNames[whole] {
      return Node(kind: .constant(.type(type)), type: .type, range: syntax.range)
    }
    throw unknownName(
      whole, among: environment.names(in: scope) + variables.map(\.name), syntax.range)
  }

  private mutating func checkVariable(
    _ index: Int, _ path: [String], _ syntax: Syntax
  ) throws(ExpressionFault) -> Node {
    let variable = variables[index]
    let depth = index + 1
    guard case .row(let scope) = variable.type else {
      let element = Node(
        kind: .element, type: variable.type, range: syntax.range, depth: depth)
      return try select(element, path[1...], syntax.range)
    }
    let rest = Array(path.dropFirst())
    guard !rest.isEmpty else {
      throw fault(
        syntax.range, zh: "“\(path[0])”是一行，不是值；请写“\(path[0]).字段”",
        en: "“\(path[0])” is a row, not a value; write “\(path[0]).field”")
    }
    guard let found = longestMatch(rest, in: scope) else {
      throw unknownName(
        rest.joined(separator: "."), among: environment.names(in: scope), syntax.range)
    }
    let node = try use(found.binding, range: syntax.range, depth: depth, row: variable)
    return try select(node, rest[found.count...], syntax.range)
  }

  private func longestMatch(
    _ path: [String], in scope: Int
  ) -> (binding: Binding, count: Int)? {
    for count in (1...path.count).reversed() {
      let name = count == 1 ? path[0] : path[..<count].joined(separator: ".")
      if let binding = environment.binding(name, in: scope) { return (binding, count) }
    }
    return nil
  }

  private func unknownName(
    _ name: String, among names: [String], _ range: Range<Int>
  ) -> ExpressionFault {
    guard let nearest = nearestName(to: name, among: names) else {
      return fault(range, zh: "没有名为“\(name)”的事实", en: "nothing is called “\(name)”")
    }
    return fault(
      range, zh: "没有名为“\(name)”的事实；是否指“\(nearest)”？",
      en: "nothing is called “\(name)”; did you mean “\(nearest)”?")
  }

  private mutating func use(
    _ binding: Binding, range: Range<Int>, depth: Int, row: Variable?
  ) throws(ExpressionFault) -> Node {
    if let refusal = binding.refusal { throw fault(range, zh: refusal.zh, en: refusal.en) }
    let prefix = row?.path ?? []
    switch binding.meaning {
    case .fact(let slot):
      let shown = row.map { "\($0.shown).\(binding.shown)" } ?? binding.shown
      let index = number(FactUse(slots: prefix + [slot], shown: shown, type: binding.type))
      if binding.type == .double, binding.holdsDigits {
        let digits = Node(
          kind: .fact(slot: slot, index: index), type: .string, range: range, depth: depth)
        return calling(.toDouble, digits, .double, range)
      }
      return Node(
        kind: .fact(slot: slot, index: index), type: binding.type, range: range, depth: depth,
        path: binding.type.isRows ? prefix + [slot] : [], codes: binding.codes)
    case .expression(let expression):
      var numbers: [Int] = []
      for fact in expression.facts {
        let shown = row.map { "\($0.shown).\(fact.shown)" } ?? fact.shown
        numbers.append(
          number(FactUse(slots: prefix + fact.slots, shown: shown, type: fact.type)))
      }
      return Node(
        kind: .inlined(expression, facts: numbers), type: expression.type, range: range,
        depth: depth, path: expression.type.isRows ? prefix + expression.root.path : [],
        codes: binding.codes ?? expression.root.codes)
    }
  }

  /// The number of a fact of this expression.
  private mutating func number(_ fact: FactUse) -> Int {
    if let known = indexOfSlots[fact.slots] { return known }
    indexOfSlots[fact.slots] = facts.count
    facts.append(fact)
    demand.insert(fact.slots[...], isRows: fact.type.isRows)
    return facts.count - 1
  }

  /// The names of types that may stand as values.
  static let typeNames = [
    "bool": "bool", "int": "int", "double": "double", "string": "string", "list": "list",
    "map": "map", "null_type": "null_type", "type": "type", "decimal": "decimal",
    "date": "date", "google.protobuf.Timestamp": "google.protobuf.Timestamp",
    "google.protobuf.Duration": "google.protobuf.Duration",
  ]
}

extension Demand {
  /// Adds a fact by the slots that lead to it.
  fileprivate mutating func insert(_ slots: ArraySlice<Int>, isRows: Bool) {
    guard let first = slots.first else { return }
    if slots.count == 1, !isRows {
      self.slots.insert(first)
    } else {
      lists[first, default: Demand()].insert(slots.dropFirst(), isRows: isRows)
    }
  }
}
