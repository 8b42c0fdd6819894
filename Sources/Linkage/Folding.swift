import Fields
import Tables

/// Matching keys of many texts: what `appendMatchingKey` gives, written straight into the keys of a
/// run. For nearness and agreement, not for identity, names can do without what stands in brackets
/// at their end.
enum Folding {
  /// Adds the matching key of a text to `key`.
  ///
  /// - Parameter withoutRemarks: whether remarks in brackets at the end, as in “…公司（已注销）”, are left
  ///   out.
  static func append(_ bytes: Span<UInt8>, withoutRemarks: Bool, to key: inout [UInt8]) {
    let start = key.count
    appendMatchingKey(of: bytes, to: &key)
    guard withoutRemarks else { return }
    let remarks = remarks(in: key.span.extracting(start..<key.count))
    if remarks > 0 { key.removeLast(remarks) }
  }

  /// The matching key of a text, as `append` writes it.
  static func key(of text: String, withoutRemarks: Bool = false) -> [UInt8] {
    var key: [UInt8] = []
    let bytes = Array(text.utf8)
    append(bytes.span, withoutRemarks: withoutRemarks, to: &key)
    return key
  }

  /// How many bytes the matching keys of texts may have that have so many together, where no
  /// character depends on others: one of one byte becomes one of one byte, every other one of at
  /// most three.
  static func room(for bytes: Int) -> Int { bytes + bytes / 2 }

  /// Adds the key of a text in which no character depends on others.
  ///
  /// - Parameter table: of `FoldingTable.standard`.
  /// - Returns: whether it is such a text; of others something is added that is no key.
  @inline(__always)
  static func append(
    _ bytes: Span<UInt8>, _ range: Range<Int>, withoutRemarks: Bool, _ table: Span<UInt32>,
    to key: inout OutputSpan<UInt8>
  ) -> Bool {
    let start = key.count
    let areAlone = fold(bytes, range, table, into: &key)
    if withoutRemarks {
      let remarks = remarks(in: key.span.extracting(start..<key.count))
      if remarks > 0 { key.removeLast(remarks) }
    }
    return areAlone
  }

  private static func fold(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ table: Span<UInt32>,
    into key: inout OutputSpan<UInt8>
  ) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      // Han characters stand for themselves, and most names are little else.
      var end = index
      while end + 3 <= range.upperBound, (0xE4...0xE9).contains(bytes[end]) { end += 3 }
      if end > index {
        key.append(copying: bytes.extracting(index..<end))
        index = end
        continue
      }
      let first = bytes[index]
      if first < 0x80 {
        let folded = table[Int(first)]
        if folded != FoldingTable.left { key.append(UInt8(truncatingIfNeeded: folded)) }
        index += 1
        continue
      }
      let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      guard length < 4, first >= 0xC2, index + length <= range.upperBound else { return false }
      let folded = table[scalar(bytes, at: index, length: length)]
      guard folded != FoldingTable.together else { return false }
      append(scalar: folded, to: &key)
      index += length
    }
    return true
  }

  private static func scalar(_ bytes: Span<UInt8>, at index: Int, length: Int) -> Int {
    let second = Int(bytes[index + 1] & 0x3F)
    if length == 2 { return Int(bytes[index] & 0x1F) << 6 | second }
    return Int(bytes[index] & 0x0F) << 12 | second << 6 | Int(bytes[index + 2] & 0x3F)
  }

  private static func append(scalar: UInt32, to key: inout OutputSpan<UInt8>) {
    guard scalar != FoldingTable.left else { return }
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

  /// Whether the matching key of a name is the other's and remarks in brackets behind it.
  static func isOneWithRemarks(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let (short, long) = left.count < right.count ? (left, right) : (right, left)
    return short.count < long.count && short.count >= long.count - remarks(in: long.span)
      && long[short.count] == UInt8(ascii: "(") && long.starts(with: short)
  }

  /// How many bytes the remarks at the end of a name have; one that is nothing but a remark keeps
  /// it.
  private static func remarks(in key: Span<UInt8>) -> Int {
    var end = key.count
    while end > 0, key[end - 1] == UInt8(ascii: ")") {
      var depth = 0
      var index = end
      repeat {
        index -= 1
        if key[index] == UInt8(ascii: ")") { depth += 1 }
        if key[index] == UInt8(ascii: "(") { depth -= 1 }
      } while depth > 0 && index > 0
      guard depth == 0, index > 0 else { break }
      end = index
    }
    return key.count - end
  }
}
