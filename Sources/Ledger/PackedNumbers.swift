/// Writes numbers as LEB128, seven bits a byte, the lowest first.
struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func append(_ number: Int) { append(bits: UInt64(number)) }

  private mutating func append(bits: UInt64) {
    var rest = bits
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// With the sign in the lowest bit.
  mutating func append(signed number: Int) {
    append(bits: UInt64(bitPattern: Int64((number << 1) ^ (number >> 63))))
  }

  /// The length, then the bytes.
  mutating func append(_ text: ArraySlice<UInt8>) {
    append(text.count)
    bytes.append(contentsOf: text)
  }
}

/// Writing into memory that was set aside; the same bytes as `ByteWriter` makes.
extension OutputSpan<UInt8> {
  /// At most ten bytes.
  mutating func put(number: Int) { put(bits: UInt64(number)) }

  /// With the sign in the lowest bit.
  mutating func put(signed number: Int) {
    put(bits: UInt64(bitPattern: Int64((number << 1) ^ (number >> 63))))
  }

  private mutating func put(bits: UInt64) {
    var rest = bits
    while rest > 0x7F {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  /// A text as the number of bytes that it shares with the beginning of another, and the rest.
  mutating func put(_ text: Span<UInt8>, after previous: Span<UInt8>) {
    var shared = 0
    while shared < min(text.count, previous.count), text[shared] == previous[shared] {
      shared += 1
    }
    put(number: shared)
    put(number: text.count - shared)
    put(text.extracting(shared..<text.count))
  }

  mutating func put(_ bytes: Span<UInt8>) {
    for index in bytes.indices { append(bytes[index]) }
  }
}

/// Reads what `ByteWriter` wrote; nil for damaged bytes.
struct ByteReader {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }

  mutating func number() -> Int? { bits().flatMap { Int(exactly: $0) } }

  mutating func signed() -> Int? {
    bits().map { Int(bitPattern: UInt($0 >> 1)) ^ ($0 & 1 == 1 ? -1 : 0) }
  }

  private mutating func bits() -> UInt64? {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count, shift < 64 {
      let byte = bytes[position]
      position += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    return nil
  }

  /// Reads an id that shares its beginning with the one before it, in whose place it is put; false
  /// for damaged bytes.
  mutating func readID(over id: inout [UInt8]) -> Bool {
    guard let shared = number(), let rest = number(), shared <= id.count, let suffix = take(rest)
    else { return false }
    id.replaceSubrange(shared..., with: suffix)
    return true
  }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= bytes.count - position else { return nil }
    defer { position += count }
    return bytes[position..<position + count]
  }
}
