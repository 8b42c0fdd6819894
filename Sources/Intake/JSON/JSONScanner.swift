import Tables

/// Why a JSON text is none, and where.
struct JSONFault: Error {
  enum Kind: Equatable {
    /// Something else stands where this is expected.
    case unexpected(Expected)
    /// The text ends with brackets or quotes still open.
    case cut
    case number
    case escape
    /// A control character that stands in a string as it is, most often the end of a line.
    case control
    case tooDeep
    case tooLong
    case tooManyNames
  }

  enum Expected { case value, name, colon, comma, end }

  var kind: Kind
  /// What stands there.
  var found: String
  var line: Int
  /// In characters, from 1.
  var column: Int
}

/// Takes JSON (RFC 8259) apart, token by token and in bounded memory, whatever it holds.
///
/// Foundation's JSONSerialization reads numbers as doubles, which have no room for 18 digits, and
/// says neither line nor record of what is wrong; so this reads the text itself. Numbers keep
/// their digits as written, a name may occur twice, and half of a surrogate pair becomes U+FFFD.
/// Several texts may stand one below the other, as JSON lines do.
struct JSONScanner {
  enum Token: Equatable {
    case beginObject, endObject, beginArray, endArray
    case name, string, number, null
    case flag(Bool)
  }

  /// Of the last token; a name, the content of a string, or a number as written.
  private(set) var value: [UInt8] = []
  /// Whether the string has half of a surrogate pair.
  private(set) var hasLoneSurrogate = false
  /// Where the last token begins.
  private(set) var tokenLine = 1
  private(set) var tokenColumn = 1

  let text: XMLText
  private var piece: [UInt8] = []
  private var index = 0
  private var line = 1
  private var column = 1
  /// Whether each open container is an object.
  private var open: [Bool] = []
  private var state = State.top

  /// Open brackets beyond which a text is refused.
  static let mostDepth = 512
  /// Bytes of one name, string or number.
  static let mostBytes = 16 << 20

  private enum State { case top, afterTop, value, firstElement, firstName, name, afterValue }

  /// - Parameter text: as UTF-8.
  init(_ text: XMLText) { self.text = text }

  /// The next token; nil at the end of the text.
  mutating func next() throws(JSONFault) -> Token? {
    let lineBefore = line
    skipBlanks()
    (tokenLine, tokenColumn) = (line, column)
    guard let byte = peek() else {
      guard open.isEmpty, text.fault == nil else { throw fault(.cut) }
      return nil
    }
    switch state {
    case .top, .value: return try beginValue(byte)
    case .afterTop:
      guard line > lineBefore else { throw fault(.unexpected(.end)) }
      return try beginValue(byte)
    case .firstElement:
      guard byte != UInt8(ascii: "]") else { return end(.endArray) }
      return try beginValue(byte)
    case .firstName:
      guard byte != UInt8(ascii: "}") else { return end(.endObject) }
      return try name(byte)
    case .name: return try name(byte)
    case .afterValue: return try afterValue(byte)
    }
  }

  private mutating func afterValue(_ byte: UInt8) throws(JSONFault) -> Token? {
    let isObject = open.last ?? false
    switch byte {
    case UInt8(ascii: ","):
      advance()
      state = isObject ? .name : .value
      return try next()
    case UInt8(ascii: "}") where isObject: return end(.endObject)
    case UInt8(ascii: "]") where !isObject: return end(.endArray)
    default: throw fault(.unexpected(.comma))
    }
  }

  private mutating func end(_ token: Token) -> Token {
    advance()
    open.removeLast()
    state = open.isEmpty ? .afterTop : .afterValue
    return token
  }

  private mutating func beginValue(_ byte: UInt8) throws(JSONFault) -> Token {
    switch byte {
    case UInt8(ascii: "{"):
      try push(isObject: true)
      return .beginObject
    case UInt8(ascii: "["):
      try push(isObject: false)
      return .beginArray
    case UInt8(ascii: "\""):
      try string()
      return settled(.string)
    case UInt8(ascii: "-"), 0x30...0x39:
      try number()
      return settled(.number)
    case UInt8(ascii: "t"): return try word("true", .flag(true))
    case UInt8(ascii: "f"): return try word("false", .flag(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw fault(.unexpected(.value))
    }
  }

  private mutating func settled(_ token: Token) -> Token {
    state = open.isEmpty ? .afterTop : .afterValue
    return token
  }

  private mutating func push(isObject: Bool) throws(JSONFault) {
    guard open.count < JSONScanner.mostDepth else { throw fault(.tooDeep) }
    advance()
    open.append(isObject)
    state = isObject ? .firstName : .firstElement
  }

  private mutating func name(_ byte: UInt8) throws(JSONFault) -> Token {
    guard byte == UInt8(ascii: "\"") else { throw fault(.unexpected(.name)) }
    try string()
    skipBlanks()
    guard let colon = peek() else { throw fault(.cut) }
    guard colon == UInt8(ascii: ":") else { throw fault(.unexpected(.colon)) }
    advance()
    state = .value
    return .name
  }

  private mutating func word(_ word: StaticString, _ token: Token) throws(JSONFault) -> Token {
    for expected in word.description.utf8 {
      guard let byte = peek() else { throw fault(.cut) }
      guard byte == expected else { throw fault(.unexpected(.value)) }
      advance()
    }
    try requireEnd(.unexpected(.value))
    return settled(token)
  }

  /// After a number or a word something must stand that cannot belong to it.
  private mutating func requireEnd(_ kind: JSONFault.Kind) throws(JSONFault) {
    guard let byte = peek() else { return }
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): return
    default: throw fault(kind)
    }
  }

  // MARK: - Numbers

  private mutating func number() throws(JSONFault) {
    value.removeAll(keepingCapacity: true)
    if peek() == UInt8(ascii: "-") { keep() }
    if peek() == 0x30 { keep() } else { try digits() }
    if peek() == UInt8(ascii: ".") {
      keep()
      try digits()
    }
    if peek().map({ $0 | 0x20 }) == UInt8(ascii: "e") {
      keep()
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { keep() }
      try digits()
    }
    try requireEnd(.number)
  }

  /// One digit or more.
  private mutating func digits() throws(JSONFault) {
    guard let first = peek() else { throw fault(.cut) }
    guard (0x30...0x39).contains(first) else { throw fault(.number) }
    while let byte = peek(), (0x30...0x39).contains(byte) {
      guard value.count < JSONScanner.mostBytes else { throw fault(.tooLong) }
      keep()
    }
  }

  // MARK: - Strings

  private mutating func string() throws(JSONFault) {
    advance()
    value.removeAll(keepingCapacity: true)
    hasLoneSurrogate = false
    while let byte = peek() {
      guard value.count < JSONScanner.mostBytes else { throw fault(.tooLong) }
      switch byte {
      case UInt8(ascii: "\""): return advance()
      case UInt8(ascii: "\\"): try escape()
      case 0..<0x20: throw fault(.control)
      default: keep()
      }
    }
    throw fault(.cut)
  }

  private mutating func escape() throws(JSONFault) {
    let start = (line, column)
    advance()
    guard let byte = peek() else { throw fault(.cut) }
    let plain: UInt8
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = byte
    case UInt8(ascii: "b"): plain = 0x08
    case UInt8(ascii: "f"): plain = 0x0C
    case UInt8(ascii: "n"): plain = 0x0A
    case UInt8(ascii: "r"): plain = 0x0D
    case UInt8(ascii: "t"): plain = 0x09
    case UInt8(ascii: "u"):
      advance()
      return try escapedUnit()
    default:
      throw JSONFault(kind: .escape, found: "\\" + shown(byte), line: start.0, column: start.1)
    }
    advance()
    value.append(plain)
  }

  /// `4E2D`, or `D83D\uDE00`, behind `\u`.
  private mutating func escapedUnit() throws(JSONFault) {
    var unit = try hexadecimal()
    while (0xD800...0xDBFF).contains(unit), peek() == UInt8(ascii: "\\") {
      advance()
      guard peek() == UInt8(ascii: "u") else {
        appendScalar(unit)
        return try escapeBehindBackslash()
      }
      advance()
      let low = try hexadecimal()
      if (0xDC00...0xDFFF).contains(low) {
        return appendScalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
      }
      appendScalar(unit)
      unit = low
    }
    appendScalar(unit)
  }

  /// What follows a backslash that has been read.
  private mutating func escapeBehindBackslash() throws(JSONFault) {
    guard let byte = peek() else { throw fault(.cut) }
    guard let place = Array("\"\\/bfnrt".utf8).firstIndex(of: byte) else { throw fault(.escape) }
    advance()
    value.append(Array("\"\\/\u{8}\u{C}\n\r\t".utf8)[place])
  }

  private mutating func appendScalar(_ number: UInt32) {
    guard let scalar = Unicode.Scalar(number), let encoded = UTF8.encode(scalar) else {
      hasLoneSurrogate = true
      return value.append(contentsOf: [0xEF, 0xBF, 0xBD])
    }
    value.append(contentsOf: encoded)
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek() else { throw fault(.cut) }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw fault(.escape) }
      number = number << 4 | UInt32(digit)
      advance()
    }
    return number
  }

  // MARK: - Bytes

  private mutating func skipBlanks() {
    while let byte = peek(), isBlank(byte) { advance() }
  }

  @inline(__always)
  private mutating func peek() -> UInt8? {
    if index < piece.count { return piece[index] }
    piece = text.nextPiece()
    index = 0
    return piece.first
  }

  private mutating func keep() {
    value.append(piece[index])
    advance()
  }

  @inline(__always)
  private mutating func advance() {
    let byte = piece[index]
    index += 1
    if byte == 0x0A {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
  }

  private mutating func fault(_ kind: JSONFault.Kind) -> JSONFault {
    JSONFault(kind: kind, found: peek().map(shown) ?? "", line: line, column: column)
  }

  /// The character in hand as messages name it.
  private func shown(_ byte: UInt8) -> String {
    if byte < 0x20 || byte == 0x7F {
      let digits = String(byte, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    let width = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    return String(decoding: piece[index..<min(index + width, piece.count)], as: UTF8.self)
  }
}
