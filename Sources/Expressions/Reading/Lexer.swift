import Tables

/// The smallest parts of an expression.
enum Token: Equatable {
  case identifier(String)
  /// A name in backquotes, allowed only after a dot.
  case quotedIdentifier(String)
  case integer(magnitude: UInt64)
  case double(Double, written: String)
  case string(String)
  /// Operators, brackets and the keywords `in true false null`.
  case mark(String)
  case end
}

/// Turns text into tokens with their ranges.
struct Lexer {
  let source: Source
  private var position = 0
  private(set) var tokens: [(token: Token, range: Range<Int>)] = []

  static func tokens(
    of source: Source
  ) throws(ExpressionFault) -> [(token: Token, range: Range<Int>)] {
    var lexer = Lexer(source: source)
    try lexer.run()
    return lexer.tokens
  }

  private init(source: Source) { self.source = source }

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    let index = position + ahead
    return index < source.scalars.count ? source.scalars[index] : nil
  }

  private mutating func add(_ token: Token, from start: Int) {
    tokens.append((token, start..<position))
  }

  private mutating func run() throws(ExpressionFault) {
    while true {
      skipBlanks()
      let start = position
      guard let scalar = peek() else {
        add(.end, from: start)
        return
      }
      if try readString(scalar) { continue }
      if scalar.isDigit || (scalar == "." && peek(1)?.isDigit == true) {
        try readNumber()
      } else if scalar.beginsIdentifier {
        readIdentifier()
      } else if scalar == "`" {
        try readQuotedIdentifier()
      } else {
        try readMark(scalar)
      }
    }
  }

  private mutating func skipBlanks() {
    while let scalar = peek() {
      switch scalar {
      case " ", "\t", "\n", "\u{0C}", "\r": position += 1
      case "/" where peek(1) == "/":
        while let next = peek(), next != "\n" { position += 1 }
      default: return
      }
    }
  }

  private mutating func readIdentifier() {
    let start = position
    while let scalar = peek(), scalar.continuesIdentifier { position += 1 }
    let word = source[start..<position]
    switch word {
    case "in", "true", "false", "null": add(.mark(word), from: start)
    default: add(.identifier(word), from: start)
    }
  }

  private mutating func readQuotedIdentifier() throws(ExpressionFault) {
    let start = position
    position += 1
    while let scalar = peek(), scalar != "`" {
      guard scalar.continuesIdentifier || "./- ".unicodeScalars.contains(scalar) else {
        throw source.fault(
          at: position, zh: "反引号中的名称不能含有“\(scalar)”",
          en: "a name in backquotes cannot contain “\(scalar)”")
      }
      position += 1
    }
    guard peek() != nil, position > start + 1 else {
      throw source.fault(
        at: start, zh: "反引号没有配对，或其中没有名称",
        en: "the backquote is not closed or encloses nothing")
    }
    position += 1
    add(.quotedIdentifier(source[start + 1..<position - 1]), from: start)
  }

  private mutating func readMark(_ scalar: Unicode.Scalar) throws(ExpressionFault) {
    let start = position
    if let two = Lexer.twoMarks(scalar, peek(1)) {
      position += 2
      add(.mark(two), from: start)
      return
    }
    guard "<>!+-*/%?:.,()[]{}".unicodeScalars.contains(scalar) else {
      let hint =
        scalar == "="
        ? ("；相等请写“==”", "; equality is written “==”")
        : scalar == "&" || scalar == "|"
          ? ("；请写两个“\(scalar)”", "; write it twice") : ("", "")
      throw source.fault(
        at: start, zh: "此处不能有字符“\(scalar)”" + hint.0,
        en: "the character “\(scalar)” cannot stand here" + hint.1)
    }
    position += 1
    add(.mark(String(scalar)), from: start)
  }

  /// An operator of two characters, if these are one.
  private static func twoMarks(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) -> String? {
    switch (first, second) {
    case ("=", "="): "=="
    case ("!", "="): "!="
    case ("<", "="): "<="
    case (">", "="): ">="
    case ("&", "&"): "&&"
    case ("|", "|"): "||"
    default: nil
    }
  }

  // MARK: - Numbers

  private mutating func readNumber() throws(ExpressionFault) {
    let start = position
    if peek() == "0", peek(1) == "x" || peek(1) == "X" {
      position += 2
      let digits = position
      while let scalar = peek(), scalar.properties.isASCIIHexDigit { position += 1 }
      try finishInteger(source[digits..<position], radix: 16, from: start)
      return
    }
    while peek()?.isDigit == true { position += 1 }
    var isDouble = false
    if peek() == ".", peek(1)?.isDigit == true {
      isDouble = true
      position += 1
      while peek()?.isDigit == true { position += 1 }
    }
    if peek() == "e" || peek() == "E" {
      let sign = peek(1) == "+" || peek(1) == "-" ? 1 : 0
      if peek(1 + sign)?.isDigit == true {
        isDouble = true
        position += 1 + sign
        while peek()?.isDigit == true { position += 1 }
      }
    }
    let written = source[start..<position]
    guard isDouble else {
      try finishInteger(written, radix: 10, from: start)
      return
    }
    try refuseTrailingLetter(from: start)
    guard let value = Double(written) else {
      throw source.fault(
        at: start, zh: "“\(written)”不是数", en: "“\(written)” is not a number")
    }
    add(.double(value, written: written), from: start)
  }

  private mutating func finishInteger(
    _ digits: String, radix: Int, from start: Int
  ) throws(ExpressionFault) {
    if peek() == "u" || peek() == "U" {
      throw source.fault(
        at: start, zh: "不支持无符号整数（后缀 u）", en: "unsigned integers (suffix u) are not supported")
    }
    try refuseTrailingLetter(from: start)
    guard let magnitude = UInt64(digits, radix: radix), magnitude <= UInt64(Int64.max) + 1 else {
      throw source.fault(
        at: start, zh: "整数“\(source[start..<position])”超出 64 位范围",
        en: "the integer “\(source[start..<position])” does not fit into 64 bits")
    }
    add(.integer(magnitude: magnitude), from: start)
  }

  private func refuseTrailingLetter(from start: Int) throws(ExpressionFault) {
    guard let scalar = peek(), scalar.beginsIdentifier else { return }
    throw source.fault(
      at: start, zh: "“\(source[start..<position + 1])”不是数",
      en: "“\(source[start..<position + 1])” is not a number")
  }

  // MARK: - Strings

  /// Reads a string literal if one begins here.
  private mutating func readString(_ first: Unicode.Scalar) throws(ExpressionFault) -> Bool {
    let start = position
    var isRaw = false
    var isBytes = false
    var length = 0
    while let scalar = peek(length), length < 2 {
      if scalar == "r" || scalar == "R", !isRaw {
        isRaw = true
      } else if scalar == "b" || scalar == "B", !isBytes {
        isBytes = true
      } else {
        break
      }
      length += 1
    }
    guard let quote = peek(length), quote == "'" || quote == "\"" else { return false }
    guard !isBytes else {
      throw source.fault(
        at: start, zh: "不支持字节串（前缀 b）", en: "byte strings (prefix b) are not supported")
    }
    let isTriple = peek(length + 1) == quote && peek(length + 2) == quote
    position += length + (isTriple ? 3 : 1)
    var text = String.UnicodeScalarView()
    while true {
      guard let scalar = peek(), isTriple || scalar != "\n" && scalar != "\r" else {
        throw source.fault(
          at: start, zh: "字符串没有结束的引号", en: "the string has no closing quote")
      }
      if scalar == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
        position += isTriple ? 3 : 1
        add(.string(String(text)), from: start)
        return true
      }
      guard scalar != "\r" else {
        throw source.fault(
          at: position, zh: "字符串中的回车请写成 \\r",
          en: "write a carriage return within a string as \\r")
      }
      if scalar == "\\", !isRaw {
        text.append(try readEscape())
      } else {
        text.append(scalar)
        position += 1
      }
    }
  }

  private mutating func readEscape() throws(ExpressionFault) -> Unicode.Scalar {
    let start = position
    position += 1
    guard let scalar = peek() else {
      throw source.fault(at: start, zh: "反斜杠后没有字符", en: "nothing follows the backslash")
    }
    position += 1
    switch scalar {
    case "a": return "\u{07}"
    case "b": return "\u{08}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "\\", "?", "\"", "'", "`": return scalar
    case "x", "X": return try readCode(2, radix: 16, from: start)
    case "u": return try readCode(4, radix: 16, from: start)
    case "U": return try readCode(8, radix: 16, from: start)
    case "0", "1", "2", "3":
      position -= 1
      return try readCode(3, radix: 8, from: start)
    default:
      throw source.fault(
        at: start, zh: "不认识的转义“\\\(scalar)”", en: "unknown escape “\\\(scalar)”")
    }
  }

  private mutating func readCode(
    _ count: Int, radix: Int, from start: Int
  ) throws(ExpressionFault) -> Unicode.Scalar {
    let end = position + count
    if end <= source.scalars.count,
      source.scalars[position..<end].allSatisfy(\.properties.isASCIIHexDigit),
      let number = UInt32(source[position..<end], radix: radix), let code = Unicode.Scalar(number)
    {
      position = end
      return code
    }
    throw source.fault(
      at: start, zh: "转义须有 \(count) 位数字并表示一个字符",
      en: "the escape needs \(count) digits that name a character")
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) }

  /// Letters of any script, and `_`.
  var beginsIdentifier: Bool {
    if isASCII {
      return self == "_" || ("a"..."z").contains(self) || ("A"..."Z").contains(self)
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      return true
    default: return false
    }
  }

  var continuesIdentifier: Bool {
    if isASCII { return isDigit || beginsIdentifier }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: return true
    default: return beginsIdentifier
    }
  }
}
