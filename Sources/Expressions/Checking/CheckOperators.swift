import Tables

/// Operators, and how whole numbers and double literals become decimals.
extension Checker {
  mutating func checkUnary(
    _ sign: UnaryOperator, _ operand: Syntax, _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    let node = try check(operand)
    switch sign {
    case .not:
      return Node(
        kind: .not(try flag(node, "!")), type: .bool, range: range, depth: node.depth)
    case .negate:
      switch node.type {
      case .int, .double, .decimal, .duration, .dyn: break
      default:
        throw fault(
          range, zh: "“-”不能用于 \(node.type)", en: "“-” does not apply to \(node.type)")
      }
      // CEL has no negative of a duration.
      guard node.type != .duration else {
        throw fault(range, zh: "“-”不能用于 duration", en: "“-” does not apply to duration")
      }
      return Node(kind: .negate(node), type: node.type, range: range, depth: node.depth)
    }
  }

  /// The node as a truth value.
  func flag(_ node: Node, _ sign: String) throws(ExpressionFault) -> Node {
    guard let flag = fitting(node, .bool) else {
      throw fault(
        node.range, zh: "“\(sign)”需要 bool，而这里是 \(node.type)",
        en: "“\(sign)” needs a bool, and this is \(node.type)")
    }
    return flag
  }

  mutating func checkConditional(
    _ condition: Syntax, _ yes: Syntax, _ no: Syntax, _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    let test = try flag(try check(condition), "? :")
    var first = try check(yes)
    var second = try check(no)
    try refuseRows(first)
    try refuseRows(second)
    if let pair = decimals(first, second) { (first, second) = pair }
    guard let type = commonType(first, second) else {
      throw fault(
        range, zh: "“? :”的两个结果类型不同：\(first.type) 和 \(second.type)",
        en: "the two results of “? :” differ in type: \(first.type) and \(second.type)")
    }
    return Node(
      kind: .conditional(test, shaped(first, type), shaped(second, type)), type: type,
      range: range, depth: max(test.depth, first.depth, second.depth))
  }

  mutating func checkBinary(
    _ sign: BinaryOperator, _ left: Syntax, _ right: Syntax, _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    let first = try check(left)
    let second = try check(right)
    let depth = max(first.depth, second.depth)
    let kind: Node.Kind
    switch sign {
    case .or: kind = .or(try flag(first, "||"), try flag(second, "||"))
    case .and: kind = .and(try flag(first, "&&"), try flag(second, "&&"))
    case .equal: return try equation(.equal, first, second, sign, range)
    case .notEqual: return try equation(.notEqual, first, second, sign, range)
    case .less: return try order(.less, first, second, sign, range)
    case .lessOrEqual: return try order(.lessOrEqual, first, second, sign, range)
    case .greater: return try order(.greater, first, second, sign, range)
    case .greaterOrEqual: return try order(.greaterOrEqual, first, second, sign, range)
    case .isIn: return try membership(first, second, range)
    case .add: return try arithmetic(.add, first, second, sign, range)
    case .subtract: return try arithmetic(.subtract, first, second, sign, range)
    case .multiply: return try arithmetic(.multiply, first, second, sign, range)
    case .divide: return try arithmetic(.divide, first, second, sign, range)
    case .remainder: return try arithmetic(.remainder, first, second, sign, range)
    }
    return Node(kind: kind, type: .bool, range: range, depth: depth)
  }

  // MARK: - Comparisons

  private func equation(
    _ comparison: Comparison, _ left: Node, _ right: Node, _ sign: BinaryOperator,
    _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    try refuseRows(left)
    try refuseRows(right)
    let pair = decimals(left, right) ?? (left, right)
    guard pair.0.type.meets(pair.1.type) else { throw mismatch(sign, left, right, range) }
    try checkCodes(left, right)
    try checkCodes(right, left)
    return comparing(comparison, pair.0, pair.1, range)
  }

  private func order(
    _ comparison: Comparison, _ left: Node, _ right: Node, _ sign: BinaryOperator,
    _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    let pair = decimals(left, right) ?? (left, right)
    guard pair.0.type.meets(pair.1.type), pair.0.type.hasOrder, pair.1.type.hasOrder else {
      throw mismatch(sign, left, right, range)
    }
    return comparing(comparison, pair.0, pair.1, range)
  }

  /// A comparison of one kind of column, or of boxed values.
  func comparing(
    _ comparison: Comparison, _ left: Node, _ right: Node, _ range: Range<Int>
  ) -> Node {
    let isColumnar = left.type == right.type && left.type.isColumnar
    return Node(
      kind: .compare(
        comparison, isColumnar ? left : boxed(left), isColumnar ? right : boxed(right)),
      type: .bool, range: range, depth: max(left.depth, right.depth))
  }

  /// Refuses a literal that is none of the codes that the other side can have.
  func checkCodes(_ node: Node, _ literal: Node) throws(ExpressionFault) {
    guard let codes = node.codes, case .constant(.string(let code)) = literal.kind,
      !codes.contains(where: { $0.utf8.elementsEqual(code.utf8) })
    else { return }
    let nearest = nearestName(to: code, among: codes)
    let hint =
      nearest.map { ("；是否指“\($0)”？", "; did you mean “\($0)”?") }
      ?? ("；可用的有：" + list(codes, "、"), "; known: " + list(codes, ", "))
    throw fault(
      literal.range, zh: "代码表中没有“\(code)”" + hint.0,
      en: "“\(code)” is not a code of its table" + hint.1)
  }

  private func list(_ codes: [String], _ separator: String) -> String {
    let shown = codes.prefix(12).joined(separator: separator)
    return codes.count > 12 ? shown + separator + "…" : shown
  }

  private func membership(
    _ item: Node, _ container: Node, _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    try refuseRows(item)
    let depth = max(item.depth, container.depth)
    var item = item
    var container = container
    switch container.type {
    case .list(.row): try refuseRows(container)
    case .list(let element):
      if case .list(let items) = container.kind {
        for literal in items { try checkCodes(item, literal) }
        if item.type == .decimal, element != .decimal {
          let decimals = items.compactMap { asDecimal($0) }
          if decimals.count == items.count {
            container.kind = .list(decimals)
            container.type = .list(.decimal)
          }
        }
        // Which of several dates it is may hang on a missing day, as in an equation.
        if item.type == .date, element == .date {
          return items.dropFirst().reduce(comparing(.equal, item, items[0], range)) {
            Node(
              kind: .or($0, comparing(.equal, item, $1, range)), type: .bool, range: range,
              depth: depth)
          }
        }
      }
      if case .list(.decimal) = container.type, let decimal = asDecimal(item) { item = decimal }
      guard case .list(let element) = container.type, element.meets(item.type) else {
        throw mismatch(.isIn, item, container, range)
      }
    case .map(let key, _):
      guard key.meets(item.type) else { throw mismatch(.isIn, item, container, range) }
    case .dyn: break
    default: throw mismatch(.isIn, item, container, range)
    }
    return Node(kind: .isIn(item, container), type: .bool, range: range, depth: depth)
  }

  func mismatch(
    _ sign: BinaryOperator, _ left: Node, _ right: Node, _ range: Range<Int>
  ) -> ExpressionFault {
    for (node, other) in [(left, right), (right, left)] {
      if node.type == .decimal, let written = other.written {
        return fault(
          other.range, zh: "\(written) 不能精确地读作 decimal（最多六位小数）",
          en: "\(written) cannot be read exactly as a decimal (six decimals at most)")
      }
    }
    return fault(
      range, zh: "“\(sign.rawValue)”不能用于 \(left.type) 和 \(right.type)",
      en: "“\(sign.rawValue)” does not apply to \(left.type) and \(right.type)")
  }

  // MARK: - Arithmetic

  private func arithmetic(
    _ operation: Arithmetic, _ left: Node, _ right: Node, _ sign: BinaryOperator,
    _ range: Range<Int>
  ) throws(ExpressionFault) -> Node {
    try refuseRows(left)
    try refuseRows(right)
    var pair = decimals(left, right) ?? (left, right)
    guard let type = operation.result(pair.0.type, pair.1.type) else {
      throw mismatch(sign, left, right, range)
    }
    var found = type
    if case .list = type, let common = commonType(pair.0, pair.1) { found = common }
    if !found.isColumnar { pair = (boxed(pair.0), boxed(pair.1)) }
    return Node(
      kind: .arithmetic(operation, pair.0, pair.1), type: found, range: range,
      depth: max(left.depth, right.depth))
  }
}

extension Arithmetic {
  /// The type of a result, or nil where the operation does not apply.
  fileprivate func result(
    _ left: ExpressionType, _ right: ExpressionType
  ) -> ExpressionType? {
    switch (self, left, right) {
    case (_, .int, .int): .int
    case (.add, .double, .double), (.subtract, .double, .double), (.multiply, .double, .double),
      (.divide, .double, .double):
      .double
    case (.add, .decimal, .decimal), (.subtract, .decimal, .decimal),
      (.multiply, .decimal, .decimal), (.divide, .decimal, .decimal):
      .decimal
    case (.add, .string, .string): .string
    case (.add, .list, .list): left.meets(right) ? left : nil
    case (.add, .timestamp, .duration), (.add, .duration, .timestamp),
      (.subtract, .timestamp, .duration):
      .timestamp
    case (.add, .date, .duration), (.add, .duration, .date), (.subtract, .date, .duration): .date
    case (.subtract, .timestamp, .timestamp), (.subtract, .date, .date),
      (.add, .duration, .duration), (.subtract, .duration, .duration):
      .duration
    case (_, .dyn, .dyn): .dyn
    case (_, .dyn, let other), (_, let other, .dyn): takes(other) ? .dyn : nil
    default: nil
    }
  }

  /// Whether one side may be of this type where the other is only known when it runs.
  private func takes(_ type: ExpressionType) -> Bool {
    switch (self, type) {
    case (_, .int), (.add, .string), (.add, .list), (.add, .timestamp), (.subtract, .timestamp),
      (.add, .duration), (.subtract, .duration), (.add, .date), (.subtract, .date):
      true
    case (.remainder, _): false
    case (_, .double), (_, .decimal): true
    default: false
    }
  }
}

extension ExpressionType {
  fileprivate var hasOrder: Bool {
    switch self {
    case .bool, .int, .double, .decimal, .string, .date, .timestamp, .duration, .dyn: true
    case .null, .type, .list, .map, .row: false
    }
  }
}
