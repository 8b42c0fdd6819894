import Glibc

/// The encodings that deliveries come in.
enum TextEncoding: String, Sendable {
  case utf8 = "utf-8"
  case gb18030
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
}

/// Bytes that are not text of an encoding.
struct DecodingFault: Error, Equatable {
  /// Of the first bad byte, from the beginning of the file.
  var offset: Int
  /// Whether the text ends within a character.
  var isCut: Bool
}

/// Turns the bytes of a file, piece by piece, into UTF-8; strict, so nothing is replaced.
struct TextDecoder: ~Copyable {
  let encoding: TextEncoding
  /// Bytes of a character that the next piece completes.
  private var rest: [UInt8] = []
  /// Offset of the first byte of `rest`.
  private var offset: Int
  private var converter: GB18030Converter?
  /// Bytes of the byte order mark that are still to come.
  private var markLeft: Int

  /// - Parameter markLength: length of the byte order mark that the bytes begin with.
  init(_ encoding: TextEncoding, markLength: Int = 0) {
    self.encoding = encoding
    offset = 0
    markLeft = markLength
    converter = encoding == .gb18030 ? GB18030Converter() : nil
  }

  /// Adds the next piece's text to `text`; what could be read before a fault is added too.
  mutating func decode(
    _ piece: Span<UInt8>, isLast: Bool, into text: inout [UInt8]
  ) throws(DecodingFault) {
    let mark = min(markLeft, piece.count)
    markLeft -= mark
    offset += mark
    guard !rest.isEmpty else {
      return try decodeWhole(piece.extracting(mark..<piece.count), isLast: isLast, into: &text)
    }
    var joined = rest
    rest = []
    append(piece, to: &joined)
    try decodeWhole(joined.span, isLast: isLast, into: &text)
  }

  private mutating func decodeWhole(
    _ bytes: Span<UInt8>, isLast: Bool, into text: inout [UInt8]
  ) throws(DecodingFault) {
    let end: (count: Int, isIncomplete: Bool)
    switch encoding {
    case .utf8:
      end = validUTF8(bytes)
      append(bytes.extracting(0..<end.count), to: &text)
    case .gb18030: end = converter?.convert(bytes, into: &text) ?? (0, false)
    case .utf16LittleEndian: end = convertUTF16(bytes, high: 1, into: &text)
    case .utf16BigEndian: end = convertUTF16(bytes, high: 0, into: &text)
    }
    guard end.count < bytes.count else {
      offset += bytes.count
      return
    }
    guard end.isIncomplete, !isLast else {
      throw DecodingFault(offset: offset + end.count, isCut: end.isIncomplete)
    }
    for index in end.count..<bytes.count { rest.append(bytes[index]) }
    offset += end.count
  }
}

/// Adds bytes to a buffer in one move.
func append(_ bytes: Span<UInt8>, to buffer: inout [UInt8]) {
  // Safe: the pointer is used only within the call.
  unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
}

/// How many bytes are whole characters of UTF-8, and whether the rest begins one.
func validUTF8(_ bytes: Span<UInt8>) -> (count: Int, isIncomplete: Bool) {
  let raw = unsafe bytes.bytes
  let count = bytes.count
  var index = 0
  while index < count {
    if bytes[index] < 0x80 {
      // Safe: eight bytes remain.
      while index + 8 <= count,
        unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
          & 0x8080_8080_8080_8080 == 0
      { index += 8 }
      while index < count, bytes[index] < 0x80 { index += 1 }
      continue
    }
    // Chinese text is runs of characters of three bytes.
    while index + 3 <= count, bytes[index] >= 0xE1, bytes[index] <= 0xEC,
      bytes[index + 1] & 0xC0 == 0x80, bytes[index + 2] & 0xC0 == 0x80
    { index += 3 }
    guard index < count, bytes[index] >= 0x80 else { continue }
    let width = scalarWidth(bytes, index)
    guard width > 0 else { return (index, width < 0) }
    index += width
  }
  return (count, false)
}

/// The length of the character of several bytes at a place; 0 where it is none, −1 where the text
/// ends within it.
private func scalarWidth(_ bytes: Span<UInt8>, _ index: Int) -> Int {
  let lead = bytes[index]
  let width: Int
  var least: UInt8 = 0x80
  var most: UInt8 = 0xBF
  switch lead {
  case 0xC2...0xDF: width = 2
  case 0xE0...0xEF:
    width = 3
    if lead == 0xE0 { least = 0xA0 }
    if lead == 0xED { most = 0x9F }
  case 0xF0...0xF4:
    width = 4
    if lead == 0xF0 { least = 0x90 }
    if lead == 0xF4 { most = 0x8F }
  default: return 0
  }
  for offset in 1..<width {
    guard index + offset < bytes.count else { return -1 }
    let byte = bytes[index + offset]
    guard byte >= least, byte <= most else { return 0 }
    least = 0x80
    most = 0xBF
  }
  return width
}

/// UTF-16 to UTF-8; stops before a surrogate without its twin.
private func convertUTF16(
  _ bytes: Span<UInt8>, high: Int, into text: inout [UInt8]
) -> (count: Int, isIncomplete: Bool) {
  var index = 0
  while index + 1 < bytes.count {
    var value = UInt32(bytes[index + high]) << 8 | UInt32(bytes[index + 1 - high])
    var width = 2
    if value >= 0xD800 && value <= 0xDBFF {
      guard index + 3 < bytes.count else { return (index, true) }
      let low = UInt32(bytes[index + 2 + high]) << 8 | UInt32(bytes[index + 3 - high])
      guard low >= 0xDC00 && low <= 0xDFFF else { return (index, false) }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      width = 4
    }
    guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else {
      return (index, false)
    }
    text.append(contentsOf: encoded)
    index += width
  }
  return (index, index < bytes.count)
}
