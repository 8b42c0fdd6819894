import Tables

/// Rows by key: an open-addressing table over the bytes of a column.
///
/// Two keys are one only if their bytes are the same; the hash, seeded once a process so that no
/// file can be built to make it slow, decides nothing that can be seen.
struct KeyIndex: Sendable {
  let keys: TextColumn
  /// For each row the first row with the same key; −1 where it states none.
  private(set) var groups: [Int32]
  /// The upper half of a hash and a row plus 1, or 0 for a free slot; the count is a power of two.
  private var slots: [UInt64]

  init(_ keys: TextColumn) {
    self.keys = keys
    groups = Array(repeating: -1, count: keys.count)
    slots = Array(repeating: 0, count: KeyIndex.capacity(for: keys.count))
    insert(
      keys.bytes.span, keys.ends.span, keys.presence, slots: &slots, groups: &groups)
  }

  /// For each of these rows of `others` the first row here with the same key, or −1.
  func find(_ rows: Range<Int>, in others: TextColumn) -> [Int32] {
    var found: [Int32] = []
    found.reserveCapacity(rows.count)
    lookUp(
      others.bytes.span, others.ends.span, others.presence, rows: rows,
      among: keys.bytes.span, keys.ends.span, slots: slots.span, found: &found)
    return found
  }

  private static func capacity(for count: Int) -> Int {
    var capacity = 16
    while capacity < count * 2 { capacity *= 2 }
    return capacity
  }
}

private func insert(
  _ bytes: Span<UInt8>, _ ends: Span<Int>, _ presence: Presence, slots: inout [UInt64],
  groups: inout [Int32]
) {
  let mask = slots.count - 1
  for row in ends.indices where presence.isStated(row) {
    let range = (row == 0 ? 0 : ends[row - 1])..<ends[row]
    let hash = keyHash(bytes, range)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let other = Int(slots[slot] & 0xFFFF_FFFF) - 1
      if slots[slot] >> 32 == hash >> 32 {
        let otherRange = (other == 0 ? 0 : ends[other - 1])..<ends[other]
        if sameBytes(bytes, range, bytes, otherRange) { break }
      }
      slot = (slot + 1) & mask
    }
    if slots[slot] == 0 { slots[slot] = (hash >> 32) << 32 | UInt64(row + 1) }
    groups[row] = Int32(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
  }
}

private func lookUp(
  _ bytes: Span<UInt8>, _ ends: Span<Int>, _ presence: Presence, rows: Range<Int>,
  among keys: Span<UInt8>, _ keyEnds: Span<Int>, slots: Span<UInt64>, found: inout [Int32]
) {
  let mask = slots.count - 1
  for row in rows {
    guard presence.isStated(row) else {
      found.append(-1)
      continue
    }
    let range = (row == 0 ? 0 : ends[row - 1])..<ends[row]
    let hash = keyHash(bytes, range)
    var slot = Int(truncatingIfNeeded: hash) & mask
    var match: Int32 = -1
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash >> 32 {
        let other = Int(slots[slot] & 0xFFFF_FFFF) - 1
        let otherRange = (other == 0 ? 0 : keyEnds[other - 1])..<keyEnds[other]
        if sameBytes(bytes, range, keys, otherRange) {
          match = Int32(other)
          break
        }
      }
      slot = (slot + 1) & mask
    }
    found.append(match)
  }
}

/// Differs from process to process.
private let seed: UInt64 = {
  var hasher = Hasher()
  hasher.combine(0)
  return UInt64(bitPattern: Int64(hasher.finalize()))
}()

/// 64 bits over some bytes: eight at a time, multiplied to 128 bits and folded.
private func keyHash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
  precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
  var hash = seed ^ UInt64(range.count)
  var index = range.lowerBound
  while index + 8 <= range.upperBound {
    // Safe: the eight bytes lie within the range, which was compared with the count above.
    let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
    hash = mixed(hash ^ word)
    index += 8
  }
  var tail: UInt64 = 0
  while index < range.upperBound {
    tail = tail << 8 | UInt64(bytes[index])
    index += 1
  }
  return mixed(hash ^ tail)
}

private func mixed(_ value: UInt64) -> UInt64 {
  let wide = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
  return wide.high ^ wide.low
}

/// Whether two stretches hold the same bytes.
func sameBytes(
  _ left: Span<UInt8>, _ leftRange: Range<Int>, _ right: Span<UInt8>, _ rightRange: Range<Int>
) -> Bool {
  guard leftRange.count == rightRange.count else { return false }
  precondition(leftRange.upperBound <= left.count && rightRange.upperBound <= right.count)
  var offset = 0
  while offset + 8 <= leftRange.count {
    // Safe: the eight bytes lie within both ranges, which were compared with the counts above.
    let a = unsafe left.bytes.unsafeLoadUnaligned(
      fromByteOffset: leftRange.lowerBound + offset, as: UInt64.self)
    let b = unsafe right.bytes.unsafeLoadUnaligned(
      fromByteOffset: rightRange.lowerBound + offset, as: UInt64.self)
    guard a == b else { return false }
    offset += 8
  }
  while offset < leftRange.count {
    guard left[leftRange.lowerBound + offset] == right[rightRange.lowerBound + offset] else {
      return false
    }
    offset += 1
  }
  return true
}
