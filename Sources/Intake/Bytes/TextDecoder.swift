import Fields
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
