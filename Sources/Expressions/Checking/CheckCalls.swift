import Tables

/// Functions: `f(x)` and `x.f()`.
extension Checker {
  mutating func checkCall(
    _ name: String, _ target: Syntax?, _ arguments: [Syntax], name place: Range<Int>,
    _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    if name == "has", target == nil { return try checkHas(arguments, range) }
    let call = Call(name: name, isMethod: target != nil, place: place, range: range)
    var nodes: [Node] = []
    if let target {
      // A dotted function name such as `math.max` is no member of a fact.
      if let path = target.path, !isKnown(path) {
        throw unknownFunction(call, (path + [name]).joined(separator: "."), path, target.range)
      }
      nodes.append(try check(target))
    }
    for argument in arguments { nodes.append(try check(argument)) }
    switch name {
    case "size": return try size(call, nodes)
    case "contains", "startsWith", "endsWith": return try textTest(call, nodes)
    case "matches": return try matches(call, nodes)
    case "yearsBetween", "monthsBetween": return try between(call, nodes)
    case "dyn":
      try expect(call, nodes, 1, asMethod: false)
      try refuseRows(nodes[0])
      var node = boxed(nodes[0])
      node.type = .dyn
      node.range = range
      return node
    case "type":
      try expect(call, nodes, 1, asMethod: false)
      try refuseRows(nodes[0])
      return calling(.typeOf, nodes[0], .type, range)
    default: break
    }
    if let conversion = Conversion(rawValue: name) { return try convert(conversion, call, nodes) }
    if let part = TimePart(rawValue: name) { return try timePart(part, call, nodes) }
    throw unknownFunction(call, name, [], place)
  }

  struct Call {
    let name: String
    let isMethod: Bool
    let place: Range<Int>
    let range: Range<Int>
  }

  private func isKnown(_ path: [String]) -> Bool {
    if variables.contains(where: { $0.name == path[0] }) { return true }
    return (1...path.count).contains {
      environment.binding(path[..<$0].joined(separator: "."), in: scope) != nil
    }
      || Checker.typeNames[path.joined(separator: ".")] != nil || path.count == 1
  }

  private func unknownFunction(
    _ call: Call, _ name: String, _ path: [String], _ range: Range<Int>
  ) -> ExpressionFault {
    switch name {
    case "uint", "bytes":
      return fault(range, zh: "不支持 \(name) 类型", en: "the type \(name) is not supported")
    default: break
    }
    guard let nearest = nearestName(to: call.name, among: Checker.functionNames), path.isEmpty
    else {
      return fault(range, zh: "没有函数“\(name)”", en: "there is no function “\(name)”")
    }
    return fault(
      range, zh: "没有函数“\(name)”；是否指“\(nearest)”？",
      en: "there is no function “\(name)”; did you mean “\(nearest)”?")
  }

  static let functionNames: [String] =
    ["size", "matches", "dyn", "type", "has"] + TextTest.allCases.map(\.rawValue)
    + CalendarUnit.allCases.map(\.rawValue) + Conversion.allCases.map(\.rawValue)
    + TimePart.allCases.map(\.rawValue) + MacroName.allCases.map(\.rawValue)

  /// Refuses a wrong number of arguments or the wrong of the two forms of call.
  private func expect(
    _ call: Call, _ nodes: [Node], _ count: Int, asMethod: Bool?
  ) throws(ExpressionFault) {
    if let asMethod, asMethod != call.isMethod {
      let form = asMethod ? "x.\(call.name)(…)" : "\(call.name)(…)"
      throw fault(call.place, zh: "请写成 \(form)", en: "write it as \(form)")
    }
    guard nodes.count == count else {
      let given = nodes.count - (call.isMethod ? 1 : 0)
      let wanted = count - (call.isMethod ? 1 : 0)
      throw fault(
        call.place, zh: "“\(call.name)”需要 \(wanted) 个参数，给了 \(given) 个",
        en: "“\(call.name)” takes \(wanted) argument\(wanted == 1 ? "" : "s"), not \(given)")
    }
  }

  private func argument(
    _ call: Call, _ node: Node, _ type: ExpressionType
  ) throws(ExpressionFault) -> Node {
    guard let fitted = fitting(node, type) else {
      throw fault(
        node.range, zh: "“\(call.name)”在此需要 \(type)，而这里是 \(node.type)",
        en: "“\(call.name)” needs a \(type) here, and this is \(node.type)")
    }
    return fitted
  }

  func calling(
    _ function: Function, _ node: Node, _ type: ExpressionType, _ range: Range<Int>
  ) -> Node {
    Node(kind: .call(function, boxed(node)), type: type, range: range, depth: node.depth)
  }

  private func unfit(_ call: Call, _ node: Node) -> ExpressionFault {
    fault(
      node.range, zh: "“\(call.name)”不能用于 \(node.type)",
      en: "“\(call.name)” does not apply to \(node.type)")
  }

  // MARK: - Each function

  private func size(_ call: Call, _ nodes: [Node]) throws(ExpressionFault) -> Node {
    try expect(call, nodes, 1, asMethod: nil)
    switch nodes[0].type {
    case .string, .list, .map, .dyn:
      return Node(
        kind: .size(nodes[0]), type: .int, range: call.range, depth: nodes[0].depth)
    default: throw unfit(call, nodes[0])
    }
  }

  private func textTest(_ call: Call, _ nodes: [Node]) throws(ExpressionFault) -> Node {
    try expect(call, nodes, 2, asMethod: true)
    guard let test = TextTest(rawValue: call.name) else { throw unfit(call, nodes[0]) }
    let text = try argument(call, nodes[0], .string)
    let part = try argument(call, nodes[1], .string)
    return Node(
      kind: .textTest(test, text, part), type: .bool, range: call.range,
      depth: max(text.depth, part.depth))
  }

  private func matches(_ call: Call, _ nodes: [Node]) throws(ExpressionFault) -> Node {
    try expect(call, nodes, 2, asMethod: nil)
    let text = try argument(call, nodes[0], .string)
    guard case .constant(.string(let written)) = nodes[1].kind else {
      throw fault(
        nodes[1].range, zh: "“matches”的模式必须是字符串字面量",
        en: "the pattern of “matches” must be a string literal")
    }
    let pattern: Pattern
    do {
      pattern = try Pattern(written)
    } catch {
      throw fault(nodes[1].range, zh: error.message.zh, en: error.message.en)
    }
    return Node(
      kind: .matches(text, pattern), type: .bool, range: call.range, depth: text.depth)
  }

  private func between(_ call: Call, _ nodes: [Node]) throws(ExpressionFault) -> Node {
    try expect(call, nodes, 2, asMethod: false)
    guard let unit = CalendarUnit(rawValue: call.name) else { throw unfit(call, nodes[0]) }
    let from = try argument(call, nodes[0], .date)
    let to = try argument(call, nodes[1], .date)
    return Node(
      kind: .between(unit, from, to), type: .int, range: call.range,
      depth: max(from.depth, to.depth))
  }

  private func convert(
    _ conversion: Conversion, _ call: Call, _ nodes: [Node]
  ) throws(ExpressionFault) -> Node {
    try expect(call, nodes, 1, asMethod: false)
    let node = nodes[0]
    if conversion == .decimal, node.written != nil || node.type == .int || node.type == .double {
      guard let exact = asDecimal(node) else {
        throw fault(
          node.range, zh: "不能精确地读作 decimal（最多六位小数）",
          en: "cannot be read exactly as a decimal (six decimals at most)")
      }
      return exact
    }
    guard node.type == .dyn || conversion.sources.contains(node.type) else {
      throw unfit(call, node)
    }
    // These two are not CEL's: a literal that cannot be read is a fault, not an error of each lane.
    if conversion == .decimal || conversion == .date, case .constant(let value) = node.kind {
      let result = conversion.function.apply(to: value)
      guard case .value(let made) = result else {
        throw fault(
          node.range, zh: "“\(value.plainText)”不是 \(conversion.rawValue)",
          en: "“\(value.plainText)” is not a \(conversion.rawValue)")
      }
      return Node(kind: .constant(made), type: conversion.result, range: call.range)
    }
    return calling(conversion.function, node, conversion.result, call.range)
  }

  private func timePart(
    _ part: TimePart, _ call: Call, _ nodes: [Node]
  ) throws(ExpressionFault) -> Node {
    try expect(call, nodes, nodes.count == 2 ? 2 : 1, asMethod: true)
    switch nodes[0].type {
    case .timestamp: break
    case .date where part.isOfDate && nodes.count == 1: break
    case .duration where part.isOfDuration && nodes.count == 1: break
    // What a `dyn` is shows only in a run, and what this means differs by type.
    default: throw unfit(call, nodes[0])
    }
    var offset: Int64 = 0
    if nodes.count == 2 {
      guard case .constant(.string(let zone)) = nodes[1].kind, let seconds = zoneOffset(zone)
      else {
        throw fault(
          nodes[1].range, zh: "时区只能写作 'UTC' 或固定偏移，如 '+08:00'",
          en: "a time zone is 'UTC' or a fixed offset such as '+08:00'")
      }
      offset = seconds
    }
    return calling(.part(part, offset: offset), nodes[0], .int, call.range)
  }

  /// `has(x)` of a fact asks whether it is known; `has(m.k)` of a map whether the key is there.
  private mutating func checkHas(
    _ arguments: [Syntax], _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    guard arguments.count == 1 else {
      throw fault(
        range, zh: "“has”需要 1 个参数，给了 \(arguments.count) 个",
        en: "“has” takes 1 argument, not \(arguments.count)")
    }
    let node: Node
    switch arguments[0] {
    case .identifier, .select: node = try check(arguments[0])
    default:
      throw fault(
        arguments[0].range, zh: "“has”只能用于名称或成员，如 has(x)、has(m.k)",
        en: "“has” applies to a name or a member, as in has(x) or has(m.k)")
    }
    if case .index(let map, let key) = node.kind, case .constant(.string(let name)) = key.kind {
      return Node(kind: .hasKey(map, name), type: .bool, range: range, depth: map.depth)
    }
    return Node(kind: .isKnown(node), type: .bool, range: range, depth: node.depth)
  }
}

/// Functions that make a value of one type from another.
enum Conversion: String, CaseIterable {
  case int, double, string, bool, timestamp, duration, decimal, date

  var result: ExpressionType {
    switch self {
    case .int: .int
    case .double: .double
    case .string: .string
    case .bool: .bool
    case .timestamp: .timestamp
    case .duration: .duration
    case .decimal: .decimal
    case .date: .date
    }
  }

  var sources: [ExpressionType] {
    switch self {
    case .int: [.int, .double, .string, .timestamp, .decimal]
    case .double: [.double, .int, .string, .decimal]
    case .string: [.string, .int, .double, .bool, .timestamp, .duration, .decimal, .date]
    case .bool: [.bool, .string]
    case .timestamp: [.timestamp, .int, .string]
    case .duration: [.duration, .string]
    case .decimal: [.decimal, .int, .string]
    case .date: [.date, .string]
    }
  }

  var function: Function {
    switch self {
    case .int: .toInt
    case .double: .toDouble
    case .string: .toString
    case .bool: .toBool
    case .timestamp: .toTimestamp
    case .duration: .toDuration
    case .decimal: .toDecimal
    case .date: .toDate
    }
  }
}
