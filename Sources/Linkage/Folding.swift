import Fields

/// Matching keys over bytes: what `matchingKey` gives, without a String a row.
///
/// `matchingKey` stays the one definition: the table is filled by asking it, and only for the
/// blocks in which it changes anything.
struct Folding: Sendable {
  static let standard = Folding()

  /// What each scalar of the basic plane becomes; `left` where it is left out.
  private let table: [UInt32]
  private static let left = UInt32.max
  private static let blocks: [ClosedRange<UInt32>] = [
    0x0000...0x00FF, 0x2000...0x22FF, 0x3000...0x30FF, 0xFE00...0xFFFF,
  ]

  private init() {
    var table = Array(UInt32(0)..<0x1_0000)
    for block in Folding.blocks {
      for value in block {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let key = matchingKey(String(scalar)).unicodeScalars
        table[Int(value)] = key.first.map(\.value) ?? Folding.left
      }
    }
    self.table = table
  }

  /// Adds the matching key of a text to `key`.
  ///
  /// - Parameter asName: remarks in brackets at the end, as in “…公司（已注销）”, are left out.
  func append(_ bytes: [UInt8], _ range: Range<Int>, asName: Bool, to key: inout [UInt8]) {
    let start = key.count
    fold(bytes, range, into: &key)
    if asName { dropRemarks(from: start, in: &key) }
  }

  /// The matching key of a text, as `append` writes it.
  func key(of text: String, asName: Bool = false) -> [UInt8] {
    var key: [UInt8] = []
    let bytes = Array(text.utf8)
    append(bytes, 0..<bytes.count, asName: asName, to: &key)
    return key
  }

  private func fold(_ bytes: [UInt8], _ range: Range<Int>, into key: inout [UInt8]) {
    // A scalar becomes one of at most three bytes.
    key.append(addingCapacity: 3 * range.count) { output in
      Folding.fold(bytes.span, range, table.span, into: &output)
    }
  }

  private static func fold(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ table: Span<UInt32>,
    into key: inout OutputSpan<UInt8>
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      let first = bytes[index]
      if first < 0x80 {
        let folded = table[Int(first)]
        if folded != Folding.left { key.append(UInt8(truncatingIfNeeded: folded)) }
        index += 1
        continue
      }
      let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      guard index + length <= range.upperBound else {
        for byte in index..<range.upperBound { key.append(bytes[byte]) }
        return
      }
      // Han characters, and everything outside the basic plane, stand for themselves.
      if (0xE4...0xE9).contains(first) || length == 4 {
        for byte in index..<index + length { key.append(bytes[byte]) }
      } else {
        append(scalar: table[scalar(bytes, at: index, length: length)], to: &key)
      }
      index += length
    }
  }

  private static func scalar(_ bytes: Span<UInt8>, at index: Int, length: Int) -> Int {
    let second = Int(bytes[index + 1] & 0x3F)
    if length == 2 { return Int(bytes[index] & 0x1F) << 6 | second }
    return Int(bytes[index] & 0x0F) << 12 | second << 6 | Int(bytes[index + 2] & 0x3F)
  }

  private static func append(scalar: UInt32, to key: inout OutputSpan<UInt8>) {
    guard scalar != Folding.left else { return }
    if scalar < 0x80 {
      key.append(UInt8(scalar))
    } else if scalar < 0x800 {
      key.append(0xC0 | UInt8(scalar >> 6))
      key.append(0x80 | UInt8(scalar & 0x3F))
    } else {
      key.append(0xE0 | UInt8(scalar >> 12))
      key.append(0x80 | UInt8(scalar >> 6 & 0x3F))
      key.append(0x80 | UInt8(scalar & 0x3F))
    }
  }

  /// A name that is nothing but a remark keeps it.
  private func dropRemarks(from start: Int, in key: inout [UInt8]) {
    while key.count > start, key[key.count - 1] == UInt8(ascii: ")") {
      var depth = 0
      var index = key.count
      repeat {
        index -= 1
        if key[index] == UInt8(ascii: ")") { depth += 1 }
        if key[index] == UInt8(ascii: "(") { depth -= 1 }
      } while depth > 0 && index > start
      guard depth == 0, index > start else { return }
      key.removeLast(key.count - index)
    }
  }
}
