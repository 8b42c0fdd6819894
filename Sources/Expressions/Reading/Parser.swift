import Tables

/// Turns text into syntax by the grammar of CEL.
struct Parser {
  /// Deeper expressions are refused, so that no text can exhaust the stack.
  static let deepest = 150

  /// Syntax with the number of its levels, and where it stands with the brackets around it.
  private struct Part {
    var syntax: Syntax
    var height: Int
    var range: Range<Int>

    init(syntax: Syntax, height: Int) {
      self.syntax = syntax
      self.height = height
      range = syntax.range
    }
  }

  private let source: Source
  private let tokens: [(token: Token, range: Range<Int>)]
  private var position = 0
  private var depth = 0

  static func parse(_ source: Source) throws(ExpressionFault) -> Syntax {
    var parser = Parser(source: source, tokens: try Lexer.tokens(of: source))
    let part = try parser.expression()
    guard parser.token == .end else { throw parser.unexpected() }
    return part.syntax
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

  /// The syntax around parts, if it is not too deep.
  private func around(
    _ parts: [Part], _ syntax: Syntax
  ) throws(ExpressionFault) -> Part {
    let height = (parts.map(\.height).max() ?? 0) + 1
    guard height <= Parser.deepest else { throw tooDeep(at: syntax.range.lowerBound) }
    return Part(syntax: syntax, height: height)
  }

  private func tooDeep(at offset: Int) -> ExpressionFault {
    source.fault(
      at: offset, zh: "表达式嵌套超过 \(Parser.deepest) 层",
      en: "the expression is more than \(Parser.deepest) levels deep")
  }

  // MARK: - Operators

  private mutating func expression() throws(ExpressionFault) -> Part {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.deepest else { throw tooDeep(at: range.lowerBound) }
    let start = range.lowerBound
    let condition = try binary(1)
    guard take("?") else { return condition }
    let yes = try binary(1)
    try expect(":")
    let no = try expression()
    return try around(
      [condition, yes, no],
      .conditional(condition.syntax, yes.syntax, no.syntax, start..<end))
  }

  private var binaryOperator: BinaryOperator? {
    guard case .mark(let mark) = token else { return nil }
    return BinaryOperator(rawValue: mark)
  }

  private mutating func binary(_ least: Int) throws(ExpressionFault) -> Part {
    var left = try unary()
    while let found = binaryOperator, found.precedence >= least {
      if found == .and || found == .or {
        left = try chain(of: found, from: left)
        continue
      }
      position += 1
      let right = try binary(found.precedence + 1)
      left = try joined(found, left, right)
    }
    return left
  }

  private func joined(
    _ sign: BinaryOperator, _ left: Part, _ right: Part
  ) throws(ExpressionFault) -> Part {
    let range = left.range.lowerBound..<right.range.upperBound
    return try around([left, right], .binary(sign, left.syntax, right.syntax, range))
  }

  /// `a || b || c …`: halved again and again, so that long chains are not deep. That changes no
  /// answer: both operators may be grouped at will.
  private mutating func chain(
    of sign: BinaryOperator, from first: Part
  ) throws(ExpressionFault) -> Part {
    var parts = [first]
    while binaryOperator == sign {
      position += 1
      parts.append(try binary(sign.precedence + 1))
    }
    return try halved(sign, parts[...])
  }

  private func halved(
    _ sign: BinaryOperator, _ parts: ArraySlice<Part>
  ) throws(ExpressionFault) -> Part {
    guard parts.count > 1 else { return parts[parts.startIndex] }
    let middle = parts.startIndex + (parts.count + 1) / 2
    let left = try halved(sign, parts[..<middle])
    let right = try halved(sign, parts[middle...])
    let range = left.range.lowerBound..<right.range.upperBound
    return try around([left, right], .binary(sign, left.syntax, right.syntax, range))
  }

  private mutating func unary() throws(ExpressionFault) -> Part {
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
    var operand: Part
    if sign == .negate, isNumber {
      // The innermost minus belongs to the literal: the least int has no positive twin.
      operand = try member(signedFrom: starts.removeLast())
    } else {
      operand = try member()
    }
    for start in starts.reversed() {
      operand = try around([operand], .unary(sign, operand.syntax, start..<end))
    }
    return operand
  }

  private var isNumber: Bool {
    switch token {
    case .integer, .double: true
    case .identifier, .quotedIdentifier, .string, .mark, .end: false
    }
  }

  // MARK: - Members

  private mutating func member(signedFrom sign: Int? = nil) throws(ExpressionFault) -> Part {
    let start = sign ?? range.lowerBound
    var part = try primary(signedFrom: sign)
    while true {
      if take(".") {
        let name = range
        switch token {
        case .identifier(let word):
          position += 1
          guard take("(") else {
            part = try around(
              [part], .select(part.syntax, word, isQuoted: false, start..<end))
            continue
          }
          let arguments = try list(until: ")")
          part = try around(
            [part] + arguments,
            .method(part.syntax, word, arguments.map(\.syntax), name: name, start..<end))
        case .quotedIdentifier(let word):
          position += 1
          part = try around([part], .select(part.syntax, word, isQuoted: true, start..<end))
        case .integer, .double, .string, .mark, .end: throw unexpected()
        }
      } else if take("[") {
        let index = try expression()
        try expect("]")
        part = try around([part, index], .index(part.syntax, index.syntax, start..<end))
      } else if token == .mark("{"), part.syntax.isPath {
        throw source.fault(
          at: start, zh: "不支持消息（protobuf message）", en: "messages (protobuf) are not supported")
      } else {
        return part
      }
    }
  }

  private mutating func primary(signedFrom sign: Int?) throws(ExpressionFault) -> Part {
    let start = sign ?? range.lowerBound
    let place = range
    switch token {
    case .integer(let magnitude):
      position += 1
      if sign != nil {
        // Safe: the lexer lets no magnitude beyond 2^63 pass.
        return Part(
          syntax: .literal(.int(Int64(truncatingIfNeeded: 0 &- magnitude)), start..<end), height: 1)
      }
      guard let number = Int64(exactly: magnitude) else {
        throw source.fault(
          at: start, zh: "整数“\(source[place])”超出 64 位范围",
          en: "the integer “\(source[place])” does not fit into 64 bits")
      }
      return Part(syntax: .literal(.int(number), start..<end), height: 1)
    case .double(let value, let written):
      position += 1
      guard sign != nil else {
        return Part(syntax: .double(value, written: written, start..<end), height: 1)
      }
      return Part(syntax: .double(-value, written: "-" + written, start..<end), height: 1)
    case .string(let text):
      position += 1
      return Part(syntax: .literal(.string(text), start..<end), height: 1)
    case .identifier(let name):
      position += 1
      try refuseReserved(name, at: place)
      guard take("(") else {
        return Part(syntax: .identifier(name, start..<end), height: 1)
      }
      let arguments = try list(until: ")")
      return try around(arguments, .call(name, arguments.map(\.syntax), start..<end))
    case .mark("true"), .mark("false"):
      position += 1
      return Part(syntax: .literal(.bool(source[place] == "true"), start..<end), height: 1)
    case .mark("null"):
      position += 1
      return Part(syntax: .literal(.null, start..<end), height: 1)
    case .mark("("):
      position += 1
      var inner = try expression()
      try expect(")")
      inner.range = start..<end
      return inner
    case .mark("["):
      position += 1
      let items = try list(until: "]")
      return try around(items, .list(items.map(\.syntax), start..<end))
    case .mark("{"):
      position += 1
      let entries = try entries()
      return try around(
        entries.flatMap { [$0.key, $0.value] },
        .map(entries.map { ($0.key.syntax, $0.value.syntax) }, start..<end))
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

  private mutating func list(until close: String) throws(ExpressionFault) -> [Part] {
    var items: [Part] = []
    while token != .mark(close) {
      items.append(try expression())
      // Lists may end with a comma, arguments may not.
      guard take(","), !(close == ")" && token == .mark(close)) else { break }
    }
    try expect(close)
    return items
  }

  private mutating func entries() throws(ExpressionFault) -> [(key: Part, value: Part)] {
    var entries: [(key: Part, value: Part)] = []
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
