/// Whether bytes that arrive in pieces are UTF-8; a character may straddle two pieces.
///
/// ```swift
/// var text = UTF8Check()
/// text.take([0xE6, 0xB4].span)  // nil: the beginning of 洛
/// text.take([0x9B, 0xFF].span)  // 3: the place of the byte that is no text
/// ```
public struct UTF8Check: Sendable {
  /// The beginning of a character that the next piece completes.
  private var rest: [UInt8] = []
  /// Bytes of whole characters so far.
  private var offset = 0

  public init() {}

  /// Takes the next piece.
  ///
  /// - Returns: the place of the first character that is none, from the beginning of the first
  ///   piece; nil where all is text so far.
  public mutating func take(_ bytes: Span<UInt8>) -> Int? {
    var start = 0
    while !rest.isEmpty, start < bytes.count {
      rest.append(bytes[start])
      start += 1
      let end = validUTF8(rest.span)
      if end.count == rest.count {
        offset += rest.count
        rest = []
      } else if !end.isIncomplete {
        return offset
      }
    }
    guard start < bytes.count else { return nil }
    let end = validUTF8(bytes.extracting(start..<bytes.count))
    offset += end.count
    guard start + end.count < bytes.count else { return nil }
    guard end.isIncomplete else { return offset }
    for index in start + end.count..<bytes.count { rest.append(bytes[index]) }
    return nil
  }

  /// The place of a character that the text ends within; nil where it ends after one.
  public var unfinished: Int? { rest.isEmpty ? nil : offset }
}

/// How many bytes are whole characters of UTF-8, and whether the rest begins one.
public func validUTF8(_ bytes: Span<UInt8>) -> (count: Int, isIncomplete: Bool) {
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
func scalarWidth(_ bytes: Span<UInt8>, _ index: Int) -> Int {
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
