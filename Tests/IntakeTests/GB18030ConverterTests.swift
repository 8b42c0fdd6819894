import Testing

@testable import Intake

@Suite("Converting GB18030")
struct GB18030ConverterTests {
  /// Every character of the basic plane that GB18030 and Unicode have in common, and some beyond.
  private var characters: String {
    var text = ""
    for value in Array(0x20..<0xD800) + Array(0xF900..<0xFFFE) + Array(0x20000..<0x20100) {
      if let scalar = Unicode.Scalar(UInt32(value)) { text.unicodeScalars.append(scalar) }
    }
    return text
  }

  @Test("gives back every character that glibc wrote")
  func roundTrip() throws {
    let text = characters
    let bytes = try gb18030(text)
    var read: [UInt8] = []
    let end = GB18030Converter().convert(bytes.span, into: &read)
    #expect(end.count == bytes.count && !end.isIncomplete)
    #expect(String(decoding: read, as: UTF8.self) == text)
  }

  @Test("reads the same however the bytes are cut", arguments: [1, 2, 3, 5, 7, 64])
  func pieces(size: Int) throws {
    let text = String("洛阳 瀍河A㐀\u{20001}１。".unicodeScalars)
    let bytes = try gb18030(text)
    var decoder = TextDecoder(.gb18030)
    var read: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      let end = min(bytes.count, start + size)
      try decoder.decode(
        Array(bytes[start..<end]).span, isLast: end == bytes.count, into: &read)
    }
    #expect(String(decoding: read, as: UTF8.self) == text)
  }

  @Test("reads the euro of Windows and the old space of full width as browsers do")
  func asBrowsers() {
    var read: [UInt8] = []
    let bytes: [UInt8] = [0x80, 0xA3, 0xA0, 0xD0, 0xA1, 0x80]
    #expect(GB18030Converter().convert(bytes.span, into: &read).count == 6)
    #expect(String(decoding: read, as: UTF8.self) == "€\u{3000}小€")
  }

  @Test("tells the two bytes of a character")
  func codes() {
    for (scalar, code) in [("中", 0xD6D0), ("黮", 0xFC6C), ("ソ", 0xA5BD), ("a", 0)] {
      #expect(GB18030Converter.code(of: scalar.unicodeScalars.first?.value ?? 0) == code)
    }
  }

  @Test(
    "stops before what is no character, and knows a character that is cut",
    arguments: [
      ([0x61, 0xFF, 0x41], 1, false), ([0xC2, 0x20], 0, false),
      ([0xC2, 0x7F], 0, false), ([0xC2], 0, true), ([0x61, 0x81, 0x30], 1, true),
      ([0x81, 0x30, 0x81], 0, true), ([0xFE, 0x39, 0xFE, 0x39], 0, false), ([], 0, false),
    ] as [([UInt8], Int, Bool)])
  func faults(bytes: [UInt8], count: Int, isIncomplete: Bool) {
    var read: [UInt8] = []
    let end = GB18030Converter().convert(bytes.span, into: &read)
    #expect(end.count == count && end.isIncomplete == isIncomplete)
    #expect(read == Array(bytes.prefix(count)))
  }
}
