import Tables

/// Making a node fit the type that is needed where it stands.
extension Checker {
  /// The node as a value of one of the types.
  func fit(_ node: Node, _ expecting: [ExpressionType]) throws(ExpressionFault) -> Node {
    guard !expecting.isEmpty, !expecting.contains(node.type) else { return node }
    if expecting.contains(.decimal), let decimal = asDecimal(node) { return decimal }
    for type in expecting {
      if let fitted = fitting(node, type) { return fitted }
    }
    let wanted = expecting.map(\.description)
    throw fault(
      0..<0, zh: "结果应为 \(wanted.joined(separator: " 或 "))，而这里是 \(node.type)",
      en: "the result must be \(wanted.joined(separator: " or ")), and this is \(node.type)")
  }

  /// The node as a value of the type, or nil.
  func fitting(_ node: Node, _ type: ExpressionType) -> Node? {
    if node.type == type { return node }
    switch (node.type, type) {
    case (_, .dyn): return node.type.isRows ? nil : boxed(node)
    case (.dyn, .list(.row)): return nil
    case (.dyn, _):
      return Node(kind: .unbox(node), type: type, range: node.range, depth: node.depth)
    case (.list, .list), (.map, .map):
      guard !node.type.isRows, !type.isRows, node.type.meets(type) else { return nil }
      var node = node
      node.type = type
      return node
    default: return nil
    }
  }

  /// The node as a value of any type.
  func boxed(_ node: Node) -> Node {
    guard node.type.isColumnar else { return node }
    return Node(kind: .box(node), type: .dyn, range: node.range, depth: node.depth)
  }

  /// The node in the column that results of the type are kept in.
  func shaped(_ node: Node, _ type: ExpressionType) -> Node {
    type.isColumnar ? node : boxed(node)
  }

  /// The type of “one of the two”, or nil where they do not go together.
  func commonType(_ left: Node, _ right: Node) -> ExpressionType? {
    if left.type == right.type || right.isEmptyLiteral, left.type.meets(right.type) {
      return left.type
    }
    guard left.type.meets(right.type) else { return nil }
    return left.isEmptyLiteral ? right.type : left.type.loosened(right.type)
  }

  // MARK: - Decimals

  /// Both as decimals, where at least one is and the other can be read exactly as one.
  func decimals(_ left: Node, _ right: Node) -> (Node, Node)? {
    guard left.type == .decimal || right.type == .decimal, left.type != right.type else {
      return nil
    }
    guard let first = asDecimal(left), let second = asDecimal(right) else { return nil }
    return (first, second)
  }

  /// A decimal, a whole number, or arithmetic over double literals, as a decimal.
  func asDecimal(_ node: Node) -> Node? {
    if node.type == .decimal { return node }
    var decimal = node
    decimal.type = .decimal
    switch (node.kind, node.type) {
    case (.constant(.int(let number)), _):
      decimal.kind = Exact(number).map { .constant(.decimal($0)) } ?? .widen(node)
      return decimal
    case (.constant(.double), _):
      guard let written = node.written, let exact = Exact(written) else { return nil }
      decimal.kind = .constant(.decimal(exact))
      return decimal
    case (_, .int):
      decimal.kind = .widen(node)
      return decimal
    case (.negate(let operand), .double):
      guard let inner = asDecimal(operand) else { return nil }
      decimal.kind = .negate(inner)
      return decimal
    case (.arithmetic(let operation, let left, let right), .double):
      guard let first = asDecimal(left), let second = asDecimal(right) else { return nil }
      decimal.kind = .arithmetic(operation, first, second)
      return decimal
    case (.conditional(let test, let yes, let no), .double):
      guard let first = asDecimal(yes), let second = asDecimal(no) else { return nil }
      decimal.kind = .conditional(test, first, second)
      return decimal
    default: return nil
    }
  }
}

extension Node {
  /// Whether it is `[]` or `{}`, which go with lists and maps of any type.
  var isEmptyLiteral: Bool {
    switch kind {
    case .list(let items): items.isEmpty
    case .map(let entries): entries.isEmpty
    default: false
    }
  }
}

extension ExpressionType {
  /// For types that meet: what is true of values of both.
  fileprivate func loosened(_ other: ExpressionType) -> ExpressionType {
    if self == other { return self }
    switch (self, other) {
    case (.list(let left), .list(let right)): return .list(left.loosened(right))
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      return .map(key.loosened(otherKey), value.loosened(otherValue))
    default: return .dyn
    }
  }
}
