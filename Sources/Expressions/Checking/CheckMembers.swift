import Tables

/// Members of maps, items of lists, and the literals of both.
extension Checker {
  mutating func select(
    _ node: Node, _ names: ArraySlice<String>, _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    var node = node
    for name in names { node = try select(node, name, range) }
    return node
  }

  func select(
    _ node: Node, _ name: String, _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    let key = Node(kind: .constant(.string(name)), type: .string, range: range)
    return Node(
      kind: .index(node, key), type: try memberType(of: node, name, range), range: range,
      depth: node.depth)
  }

  /// The type of `node.name`.
  func memberType(
    of node: Node, _ name: String, _ range: Range<Int>
  ) throws(ExpressionFault) -> ExpressionType {
    switch node.type {
    case .dyn, .map(.dyn, .dyn): return .dyn
    case .map(.string, let value), .map(.dyn, let value): return value
    case .list(.row):
      throw fault(
        range, zh: "这是多行的列表，没有成员“\(name)”；请用 exists、all、filter 等逐行判断",
        en: "this is a list of rows and has no “\(name)”; ask its rows with exists, all, filter")
    default:
      throw fault(
        range, zh: "\(node.type) 类型的值没有成员“\(name)”",
        en: "a value of type \(node.type) has no member “\(name)”")
    }
  }

  mutating func checkIndex(
    _ base: Syntax, _ index: Syntax, _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    let container = try check(base)
    let position = try check(index)
    let type: ExpressionType
    switch container.type {
    case .list(.row):
      throw fault(
        range, zh: "不能按下标取行；请用 exists、all、filter 等逐行判断",
        en: "a row cannot be taken by its index; ask the rows with exists, all, filter")
    case .list(let element) where position.type == .int || position.type == .dyn:
      type = element
    case .map(let key, let value) where key.meets(position.type): type = value
    case .dyn: type = .dyn
    default:
      throw fault(
        position.range, zh: "不能用 \(position.type) 类型的值在 \(container.type) 中取值",
        en: "a value of type \(position.type) cannot select from \(container.type)")
    }
    return Node(
      kind: .index(container, position), type: type, range: range,
      depth: max(container.depth, position.depth))
  }

  mutating func checkList(
    _ items: [Syntax], _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    var nodes: [Node] = []
    for item in items {
      let node = try check(item)
      try refuseRows(node)
      nodes.append(node)
    }
    if nodes.contains(where: { $0.type == .decimal }) {
      let decimals = nodes.compactMap { asDecimal($0) }
      if decimals.count == nodes.count { nodes = decimals }
    }
    return Node(
      kind: .list(nodes), type: .list(commonType(nodes)), range: range,
      depth: nodes.map(\.depth).max() ?? 0)
  }

  mutating func checkMap(
    _ entries: [(key: Syntax, value: Syntax)], _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    var nodes: [NodeEntry] = []
    for entry in entries {
      let key = try check(entry.key)
      switch key.type {
      case .int, .bool, .string, .dyn: break
      default:
        throw fault(
          key.range, zh: "映射的键不能是 \(key.type) 类型",
          en: "a key of a map cannot be of type \(key.type)")
      }
      let value = try check(entry.value)
      try refuseRows(value)
      nodes.append(NodeEntry(key: key, value: value))
    }
    let type = ExpressionType.map(
      commonType(nodes.map(\.key)), commonType(nodes.map(\.value)))
    return Node(
      kind: .map(nodes), type: type, range: range,
      depth: nodes.map { max($0.key.depth, $0.value.depth) }.max() ?? 0)
  }

  func refuseRows(_ node: Node) throws(ExpressionFault) {
    guard node.type.isRows else { return }
    throw fault(
      node.range, zh: "多行的列表不能作为值使用；请用 size、exists、all、filter、map",
      en: "a list of rows is not a value; use size, exists, all, filter or map")
  }

  private func commonType(_ nodes: [Node]) -> ExpressionType {
    guard let first = nodes.first else { return .dyn }
    return nodes.dropFirst().reduce(first.type) { $0.joined($1.type) }
  }
}
