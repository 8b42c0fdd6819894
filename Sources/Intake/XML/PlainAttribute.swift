/// An attribute of a plain XML file.
struct PlainAttribute {
  enum Kind {
    case simple
    /// Says what prefixes mean.
    case nameSpace
    /// With the prefix `xsi`, which means XML Schema's own name space or nothing.
    case schema
  }

  let kind: Kind
  /// With its prefix.
  let name: Range<Int>
  let localName: Range<Int>
  let value: Range<Int>

  /// Behind its closing quote.
  var end: Int { value.upperBound + 1 }

  /// - Returns: nil where its end is not there yet.
  init?(_ bytes: Span<UInt8>, _ start: Int) throws(NotPlain) {
    var nameEnd = Intake.nameEnd(bytes, start)
    guard nameEnd < bytes.count else { return nil }
    var localStart = start
    if bytes[nameEnd] == UInt8(ascii: ":") {
      localStart = nameEnd + 1
      nameEnd = Intake.nameEnd(bytes, localStart)
    }
    guard nameEnd + 1 < bytes.count else { return nil }
    let quote = bytes[nameEnd + 1]
    guard nameEnd > localStart, bytes[nameEnd] == UInt8(ascii: "="),
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    else { throw NotPlain() }
    guard let valueEnd = try PlainAttribute.valueEnd(bytes, nameEnd + 2, quote) else { return nil }
    name = start..<nameEnd
    localName = localStart..<nameEnd
    value = nameEnd + 2..<valueEnd
    kind = try PlainAttribute.kind(bytes, name, localName, value)
  }

  /// Where a value ends that means what is written.
  private static func valueEnd(
    _ bytes: Span<UInt8>, _ start: Int, _ quote: UInt8
  ) throws(NotPlain) -> Int? {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case quote: return index
      case 0..<0x20, 0x26, 0x3C: throw NotPlain()
      case 0xEF:
        guard index + 2 < bytes.count else { return nil }
        guard isCharacter(bytes, index) else { throw NotPlain() }
        index += 3
      default: index += 1
      }
    }
    return nil
  }

  private static func kind(
    _ bytes: Span<UInt8>, _ name: Range<Int>, _ localName: Range<Int>, _ value: Range<Int>
  ) throws(NotPlain) -> Kind {
    if name == localName, !stands(declaring, bytes, name) { return .simple }
    let prefix = name.lowerBound..<max(name.lowerBound, localName.lowerBound - 1)
    if stands(schema, bytes, prefix) { return .schema }
    // libxml2 warns of addresses that are none.
    guard stands(declaring, bytes, name == localName ? name : prefix),
      addresses.contains(where: { stands($0, bytes, value, asPrefix: true) }),
      !stands(schema, bytes, localName) || stands(schemaAddress, bytes, value)
    else { throw NotPlain() }
    return .nameSpace
  }

  private static let declaring = Array("xmlns".utf8)
  private static let schema = Array("xsi".utf8)
  private static let schemaAddress = Array(schemaInstance.utf8)
  private static let addresses = ["http://", "urn:"].map { Array($0.utf8) }

  private static func stands(
    _ word: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>, asPrefix: Bool = false
  ) -> Bool {
    guard word.count == range.count || asPrefix && word.count < range.count else { return false }
    for offset in word.indices where bytes[range.lowerBound + offset] != word[offset] {
      return false
    }
    return true
  }
}

/// The name space of `nil`, of XML Schema part 1.
let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"
