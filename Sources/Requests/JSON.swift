/// A JSON text, with numbers as they are written and members in their order.
///
/// Foundation's readers and writers keep neither: they know numbers as doubles and members without
/// order. The reports have a writer of their own, for bytes by the million.
package indirect enum JSON: Equatable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  package struct Member: Equatable {
    package var name: String
    package var value: JSON

    package init(name: String, value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// Nil for a text that is not one JSON value.
  package init?(_ text: String) {
    var reader = Reader(bytes: Array(text.utf8))
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipBlanks()
    guard reader.position == reader.bytes.count else { return nil }
    self = value
  }

  package subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// A whole number.
  package static func count(_ number: Int) -> JSON { .number(String(number)) }

  /// The text of a string.
  package var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  // MARK: - Writing

  /// Without blanks between members, but after `:` and `,` as people write it.
  package var written: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): JSON.quoted(text)
    case .array(let items): "[" + items.map(\.written).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.map { "\(JSON.quoted($0.name)): \($0.value.written)" }.joined(separator: ", ")
        + "}"
    }
  }

  /// With escapes also for what a terminal obeys or a line of a log would end at.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{00}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension JSON {
  /// Reads bytes; every function gives nil for what is not JSON.
  fileprivate struct Reader {
    static let deepest = 100

    let bytes: [UInt8]
    var position = 0

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skipBlanks() {
      while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        position += 1
      }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard next == UInt8(ascii: mark) else { return false }
      position += 1
      return true
    }

    private mutating func take(word: String) -> Bool {
      guard bytes[position...].starts(with: word.utf8) else { return false }
      position += word.utf8.count
      return true
    }

    mutating func value(depth: Int) -> JSON? {
      guard depth < Reader.deepest else { return nil }
      skipBlanks()
      guard let byte = next else { return nil }
      switch Unicode.Scalar(byte) {
      case "{": return object(depth)
      case "[": return array(depth)
      case "\"": return string().map { .string($0) }
      case "t": return take(word: "true") ? .bool(true) : nil
      case "f": return take(word: "false") ? .bool(false) : nil
      case "n": return take(word: "null") ? .null : nil
      default: return number()
      }
    }

    private mutating func object(_ depth: Int) -> JSON? {
      var members: [Member] = []
      position += 1
      if take("}") { return .object([]) }
      repeat {
        skipBlanks()
        guard next == UInt8(ascii: "\""), let name = string(), take(":"),
          let value = value(depth: depth + 1)
        else { return nil }
        members.append(Member(name: name, value: value))
      } while take(",")
      return take("}") ? .object(members) : nil
    }

    private mutating func array(_ depth: Int) -> JSON? {
      var items: [JSON] = []
      position += 1
      if take("]") { return .array([]) }
      repeat {
        guard let item = value(depth: depth + 1) else { return nil }
        items.append(item)
      } while take(",")
      return take("]") ? .array(items) : nil
    }

    private mutating func digits() -> Int {
      let start = position
      while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
      return position - start
    }

    private mutating func number() -> JSON? {
      let start = position
      if next == UInt8(ascii: "-") { position += 1 }
      let first = next
      let whole = digits()
      guard whole > 0, whole == 1 || first != UInt8(ascii: "0") else { return nil }
      if next == UInt8(ascii: ".") {
        position += 1
        guard digits() > 0 else { return nil }
      }
      if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
        position += 1
        if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
        guard digits() > 0 else { return nil }
      }
      return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func string() -> String? {
      position += 1
      var text: [UInt8] = []
      while let byte = next {
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let scalar = escape() else { return nil }
          text.append(contentsOf: String(scalar).utf8)
        case 0..<0x20: return nil
        default: text.append(byte)
        }
      }
      return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
      guard let kind = next else { return nil }
      position += 1
      switch Unicode.Scalar(kind) {
      case "\"", "\\", "/": return Unicode.Scalar(kind)
      case "b": return "\u{08}"
      case "f": return "\u{0C}"
      case "n": return "\n"
      case "r": return "\r"
      case "t": return "\t"
      case "u":
        guard let high = unit() else { return nil }
        guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
        guard take(word: "\\u"), let low = unit(), (0xDC00..<0xE000).contains(low) else {
          return nil
        }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      default: return nil
      }
    }

    private mutating func unit() -> UInt32? {
      guard position + 4 <= bytes.count else { return nil }
      let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
      guard digits.utf8.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else {
        return nil
      }
      position += 4
      return UInt32(digits, radix: 16)
    }
  }
}
