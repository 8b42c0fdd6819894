import Tables

/// Turns text into syntax by the grammar of CEL.
struct Parser {
  /// Deeper expressions are refused, so that no text can exhaust the stack.
  static let deepest = 200
  /// Longer chains of operators are refused for the same reason: each makes the tree deeper.
  static let longest = 2_000

  private let source: Source
  private let tokens: [(token: Token, range: Range<Int>)]
  private var position = 0
  private var depth = 0
  private var operators = 0

  static func parse(_ source: Source) throws(ExpressionFault) -> Syntax {
    var parser = Parser(source: source, tokens: try Lexer.tokens(of: source))
    let syntax = try parser.expression()
    guard parser.token == .end else { throw parser.unexpected() }
    return syntax
  }

  private init(source: Source, tokens: [(token: Token, range: Range<Int>)]) {
    self.source = source
    self.tokens = tokens
  }

  private var token: Token { tokens[position].token }
  private var range: Range<Int> { tokens[position].range }
  private var end: Int { position == 0 ? 0 : tokens[position - 1].range.upperBound }

  private func unexpected() -> ExpressionFault {
    guard token != .end else {
      return source.fault(
        at: range.lowerBound, zh: "表达式不完整", en: "the expression ends too early")
    }
    let found = source[range]
    return source.fault(
      at: range.lowerBound, zh: "此处不应出现“\(found)”", en: "“\(found)” is not expected here")
  }

  private mutating func take(_ mark: String) -> Bool {
    guard token == .mark(mark) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ mark: String) throws(ExpressionFault) {
    guard take(mark) else {
      let found = token == .end ? ("结束", "the end") : ("“\(source[range])”", "“\(source[range])”")
      throw source.fault(
        at: range.lowerBound, zh: "此处应为“\(mark)”，而不是\(found.0)",
        en: "“\(mark)” is expected here, not \(found.1)")
    }
  }

  // MARK: - Operators

  private mutating func expression() throws(ExpressionFault) -> Syntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.deepest else {
      throw source.fault(
        at: range.lowerBound, zh: "嵌套超过 \(Parser.deepest) 层",
        en: "nested more than \(Parser.deepest) levels deep")
    }
    let start = range.lowerBound
    let condition = try binary(1)
    guard take("?") else { return condition }
    let yes = try binary(1)
    try expect(":")
    let no = try expression()
    return .conditional(condition, yes, no, start..<end)
  }

  private var binaryOperator: BinaryOperator? {
    guard case .mark(let mark) = token else { return nil }
    return BinaryOperator(rawValue: mark)
  }

  private mutating func binary(_ least: Int) throws(ExpressionFault) -> Syntax {
    let start = range.lowerBound
    var left = try unary()
    while let found = binaryOperator, found.precedence >= least {
      operators += 1
      guard operators <= Parser.longest else {
        throw source.fault(
          at: range.lowerBound, zh: "运算符超过 \(Parser.longest) 个",
          en: "more than \(Parser.longest) operators")
      }
      position += 1
      let right = try binary(found.precedence + 1)
      left = .binary(found, left, right, start..<end)
    }
    return left
  }

  private mutating func unary() throws(ExpressionFault) -> Syntax {
    let start = range.lowerBound
    guard case .mark(let mark) = token, let sign = UnaryOperator(rawValue: mark) else {
      return try member()
    }
    var starts = [start]
    position += 1
    while token == .mark(mark) {
      starts.append(range.lowerBound)
      position += 1
    }
    guard starts.count <= Parser.deepest else {
      throw source.fault(at: start, zh: "符号过多", en: "too many signs")
    }
    var operand: Syntax
    if sign == .negate, isNumber {
      // The innermost minus belongs to the literal: the least int has no positive twin.
      operand = try member(signedFrom: starts.removeLast())
    } else {
      operand = try member()
    }
    for start in starts.reversed() { operand = .unary(sign, operand, start..<end) }
    return operand
  }

  private var isNumber: Bool {
    switch token {
    case .integer, .double: true
    case .identifier, .quotedIdentifier, .string, .mark, .end: false
    }
  }

  // MARK: - Members

  private mutating func member(signedFrom sign: Int? = nil) throws(ExpressionFault) -> Syntax {
    let start = sign ?? range.lowerBound
    var syntax = try primary(signedFrom: sign)
    var length = 0
    while true {
      length += 1
      guard length <= Parser.deepest else {
        throw source.fault(at: start, zh: "成员链过长", en: "the chain of members is too long")
      }
      if take(".") {
        let name = range
        switch token {
        case .identifier(let word):
          position += 1
          guard take("(") else {
            syntax = .select(syntax, word, isQuoted: false, start..<end)
            continue
          }
          let arguments = try list(until: ")")
          syntax = .method(syntax, word, arguments, name: name, start..<end)
        case .quotedIdentifier(let word):
          position += 1
          syntax = .select(syntax, word, isQuoted: true, start..<end)
        case .integer, .double, .string, .mark, .end: throw unexpected()
        }
      } else if take("[") {
        let index = try expression()
        try expect("]")
        syntax = .index(syntax, index, start..<end)
      } else if token == .mark("{"), syntax.isPath {
        throw source.fault(
          at: start, zh: "不支持消息（protobuf message）", en: "messages (protobuf) are not supported")
      } else {
        return syntax
      }
    }
  }

  private mutating func primary(signedFrom sign: Int?) throws(ExpressionFault) -> Syntax {
    let start = sign ?? range.lowerBound
    let place = range
    switch token {
    case .integer(let magnitude):
      position += 1
      if sign != nil {
        // Safe: the lexer lets no magnitude beyond 2^63 pass.
        return .literal(.int(Int64(truncatingIfNeeded: 0 &- magnitude)), start..<end)
      }
      guard let number = Int64(exactly: magnitude) else {
        throw source.fault(
          at: start, zh: "整数“\(source[place])”超出 64 位范围",
          en: "the integer “\(source[place])” does not fit into 64 bits")
      }
      return .literal(.int(number), start..<end)
    case .double(let value, let written):
      position += 1
      guard sign != nil else { return .double(value, written: written, start..<end) }
      return .double(-value, written: "-" + written, start..<end)
    case .string(let text):
      position += 1
      return .literal(.string(text), start..<end)
    case .identifier(let name):
      position += 1
      try refuseReserved(name, at: place)
      guard take("(") else { return .identifier(name, start..<end) }
      let arguments = try list(until: ")")
      return .call(name, arguments, start..<end)
    case .mark("true"), .mark("false"):
      position += 1
      return .literal(.bool(source[place] == "true"), start..<end)
    case .mark("null"):
      position += 1
      return .literal(.null, start..<end)
    case .mark("("):
      position += 1
      let inner = try expression()
      try expect(")")
      return inner
    case .mark("["):
      position += 1
      return .list(try list(until: "]"), start..<end)
    case .mark("{"):
      position += 1
      return .map(try entries(), start..<end)
    case .mark("."):
      throw source.fault(
        at: start, zh: "名称前不能有点", en: "a name cannot begin with a dot")
    case .mark, .quotedIdentifier, .end: throw unexpected()
    }
  }

  private func refuseReserved(_ name: String, at place: Range<Int>) throws(ExpressionFault) {
    switch name {
    case "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
      "loop", "package", "namespace", "return", "var", "void", "while":
      throw source.fault(
        at: place.lowerBound, zh: "“\(name)”是保留字，不能作名称",
        en: "“\(name)” is a reserved word and cannot be a name")
    default: return
    }
  }

  private mutating func list(until close: String) throws(ExpressionFault) -> [Syntax] {
    var items: [Syntax] = []
    while token != .mark(close) {
      items.append(try expression())
      // Lists may end with a comma, arguments may not.
      guard take(","), !(close == ")" && token == .mark(close)) else { break }
    }
    try expect(close)
    return items
  }

  private mutating func entries() throws(ExpressionFault) -> [(key: Syntax, value: Syntax)] {
    var entries: [(key: Syntax, value: Syntax)] = []
    while token != .mark("}") {
      let key = try expression()
      try expect(":")
      entries.append((key, try expression()))
      guard take(",") else { break }
    }
    try expect("}")
    return entries
  }
}

extension Syntax {
  /// Whether it is a name or a dotted path of names.
  var isPath: Bool { path != nil }

  /// The names of a dotted path.
  var path: [String]? {
    switch self {
    case .identifier(let name, _): return [name]
    case .select(let base, let name, false, _): return base.path.map { $0 + [name] }
    case .literal, .double, .select, .index, .call, .method, .list, .map, .unary, .binary,
      .conditional:
      return nil
    }
  }
}
