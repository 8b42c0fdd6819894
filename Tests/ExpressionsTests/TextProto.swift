/// Just enough of protobuf's text format to read conformance cases.
struct TextProto {
  struct Field {
    var name: String
    var value: Content
  }

  enum Content {
    case scalar(String)
    case bytes([UInt8])
    case message(TextProto)
  }

  private(set) var fields: [Field] = []

  func all(_ name: String) -> [TextProto] {
    fields.compactMap {
      if $0.name == name, case .message(let message) = $0.value { message } else { nil }
    }
  }

  func message(_ name: String) -> TextProto? { all(name).first }

  func text(_ name: String) -> String? {
    for field in fields where field.name == name {
      switch field.value {
      case .scalar(let text): return text
      case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
      case .message: continue
      }
    }
    return nil
  }

  init(_ text: String) {
    var reader = Reader(bytes: Array(text.utf8))
    self = reader.message()
  }

  private init() {}

  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    mutating func skipBlanks() {
      while position < bytes.count {
        switch bytes[position] {
        case 0x20, 0x0A, 0x0D, 0x09, 0x2C, 0x3B: position += 1
        case 0x23: while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        default: return
        }
      }
    }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
      position += 1
      return true
    }

    mutating func word() -> String {
      skipBlanks()
      let start = position
      while position < bytes.count, !" \n\r\t:{}[],;#\"'".utf8.contains(bytes[position]) {
        position += 1
      }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    mutating func message() -> TextProto {
      var message = TextProto()
      while true {
        skipBlanks()
        guard position < bytes.count, !take("}") else { return message }
        var name = ""
        if take("[") {
          while position < bytes.count, bytes[position] != UInt8(ascii: "]") {
            name.append(Character(Unicode.Scalar(bytes[position])))
            position += 1
          }
          position += 1
        } else {
          name = word()
        }
        _ = take(":")
        skipBlanks()
        guard position < bytes.count else { return message }
        switch bytes[position] {
        case UInt8(ascii: "{"):
          position += 1
          message.fields.append(Field(name: name, value: .message(self.message())))
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          message.fields.append(Field(name: name, value: .bytes(string())))
        default: message.fields.append(Field(name: name, value: .scalar(word())))
        }
      }
    }

    /// Strings that follow one another are one.
    mutating func string() -> [UInt8] {
      var result: [UInt8] = []
      while position < bytes.count {
        let quote = bytes[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { break }
        position += 1
        while position < bytes.count, bytes[position] != quote {
          if bytes[position] == UInt8(ascii: "\\") {
            escape(into: &result)
          } else {
            result.append(bytes[position])
            position += 1
          }
        }
        position += 1
        skipBlanks()
      }
      return result
    }

    mutating func escape(into result: inout [UInt8]) {
      position += 1
      let kind = bytes[position]
      position += 1
      switch Character(Unicode.Scalar(kind)) {
      case "n": result.append(10)
      case "r": result.append(13)
      case "t": result.append(9)
      case "a": result.append(7)
      case "b": result.append(8)
      case "f": result.append(12)
      case "v": result.append(11)
      case "x", "X": result.append(UInt8(number(most: 2, radix: 16)))
      case "u": append(number(most: 4, radix: 16), to: &result)
      case "U": append(number(most: 8, radix: 16), to: &result)
      case "0"..."7":
        position -= 1
        result.append(UInt8(number(most: 3, radix: 8)))
      default: result.append(kind)
      }
    }

    func append(_ number: UInt32, to result: inout [UInt8]) {
      if let scalar = Unicode.Scalar(number) { result.append(contentsOf: String(scalar).utf8) }
    }

    mutating func number(most: Int, radix: Int) -> UInt32 {
      let start = position
      while position < bytes.count, position - start < most,
        Int(String(Unicode.Scalar(bytes[position])), radix: radix) != nil
      { position += 1 }
      return UInt32(String(decoding: bytes[start..<position], as: UTF8.self), radix: radix) ?? 0
    }
  }
}
