import Tables

/// `all exists exists_one filter map` over lists, maps and rows.
extension Checker {
  mutating func checkMacro(
    _ macro: MacroName, _ target: Syntax, _ arguments: [Syntax], name: Range<Int>,
    _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    guard arguments.count == 2 || macro == .map && arguments.count == 3 else {
      throw fault(
        name, zh: "“\(macro.rawValue)”需要 2 个参数：变量和表达式",
        en: "“\(macro.rawValue)” takes 2 arguments: a variable and an expression")
    }
    guard case .identifier(let variable, _) = arguments[0] else {
      throw fault(
        arguments[0].range, zh: "“\(macro.rawValue)”的第一个参数必须是变量名",
        en: "the first argument of “\(macro.rawValue)” must be the name of a variable")
    }
    let list = try check(target)
    guard variables.count < 16 else {
      throw fault(range, zh: "嵌套的逐项判断超过 16 层", en: "more than 16 nested macros")
    }
    variables.append(
      Variable(
        name: variable, type: try elementType(of: list, macro), path: list.path,
        shown: shownName(of: list)))
    let depth = variables.count
    defer { variables.removeLast() }

    var condition: Node?
    if arguments.count == 3 { condition = try flag(try check(arguments[1]), "map") }
    var body = try check(arguments[arguments.count - 1])
    var type: ExpressionType
    switch macro {
    case .all, .exists, .existsOne:
      body = try flag(body, macro.rawValue)
      type = .bool
    case .filter:
      body = try flag(body, macro.rawValue)
      type = list.type.isRows ? list.type : .list(variables[depth - 1].type)
    case .map:
      try refuseRows(body)
      type = .list(body.type)
      body = boxed(body)
    }
    var node = Node(
      kind: .macro(macro, depth: depth, range: list, condition: condition, body: body),
      type: type, range: range)
    node.depth = max(
      list.depth, body.outerDepth(inside: depth), condition?.outerDepth(inside: depth) ?? 0)
    if type.isRows { node.path = list.path }
    return node
  }

  private func elementType(
    of list: Node, _ macro: MacroName
  ) throws(ExpressionFault) -> ExpressionType {
    switch list.type {
    case .list(let element): return element
    case .map(let key, _): return key
    case .dyn: return .dyn
    default:
      throw fault(
        list.range, zh: "“\(macro.rawValue)”需要列表，而这里是 \(list.type)",
        en: "“\(macro.rawValue)” needs a list, and this is \(list.type)")
    }
  }

  private func shownName(of list: Node) -> String {
    facts.first { $0.slots == list.path }?.shown ?? ""
  }
}

extension Node {
  /// The deepest variable, other than that of the macro so deep, that the node uses.
  func outerDepth(inside macro: Int) -> Int {
    if depth < macro { return depth }
    return parts.map { $0.outerDepth(inside: macro) }.max() ?? 0
  }

  /// The nodes that it is made of.
  var parts: [Node] {
    switch kind {
    case .constant, .fact, .element, .inlined: []
    case .not(let node), .negate(let node), .widen(let node), .box(let node), .unbox(let node),
      .matches(let node, _), .size(let node), .call(_, let node), .hasKey(let node, _),
      .isKnown(let node):
      [node]
    case .and(let left, let right), .or(let left, let right), .compare(_, let left, let right),
      .isIn(let left, let right), .arithmetic(_, let left, let right),
      .textTest(_, let left, let right), .between(_, let left, let right),
      .index(let left, let right):
      [left, right]
    case .conditional(let test, let yes, let no): [test, yes, no]
    case .list(let items): items
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .macro(_, _, let range, let condition, let body):
      [range] + (condition.map { [$0] } ?? []) + [body]
    }
  }
}
