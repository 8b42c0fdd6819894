import Fields
import Tables

/// Matching keys over bytes: what `matchingKey` gives, without a String a row.
///
/// `matchingKey` stays the one definition: the table is filled by asking it, and only for the
/// blocks in which it changes anything.
struct Folding: Sendable {
  static let standard = Folding()

  /// What each scalar of the basic plane becomes; `left` where it is left out.
  let table: [UInt32]
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
    key.append(addingCapacity: Folding.room(for: range.count)) { output in
      Folding.append(bytes.span, range, asName: asName, table.span, to: &output)
    }
  }

  /// The matching key of a text, as `append` writes it.
  func key(of text: String, asName: Bool = false) -> [UInt8] {
    var key: [UInt8] = []
    let bytes = Array(text.utf8)
    append(bytes, 0..<bytes.count, asName: asName, to: &key)
    return key
  }

  /// How many bytes the matching keys of texts may have that have so many together: a character of
  /// one byte becomes one of one byte, every other one of at most three.
  static func room(for bytes: Int) -> Int { bytes + bytes / 2 }

  /// - Parameter table: of `standard`.
  @inline(__always)
  static func append(
    _ bytes: Span<UInt8>, _ range: Range<Int>, asName: Bool, _ table: Span<UInt32>,
    to key: inout OutputSpan<UInt8>
  ) {
    let start = key.count
    fold(bytes, range, table, into: &key)
    if asName {
      let remarks = remarks(in: key.span.extracting(start..<key.count))
      if remarks > 0 { key.removeLast(remarks) }
    }
  }

  private static func fold(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ table: Span<UInt32>,
    into key: inout OutputSpan<UInt8>
  ) {
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
        if folded != Folding.left { key.append(UInt8(truncatingIfNeeded: folded)) }
        index += 1
        continue
      }
      let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      guard index + length <= range.upperBound else {
        for byte in index..<range.upperBound { key.append(bytes[byte]) }
        return
      }
      // So does everything outside the basic plane.
      if length == 4 {
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
