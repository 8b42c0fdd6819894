import Tables

/// Rows by key: an open-addressing table that holds short keys itself, so that a look-up waits for
/// memory once.
///
/// Two keys are one only if their bytes are the same; the hash, seeded once a process so that no
/// file can be built to make it slow, decides nothing that can be seen.
struct KeyIndex: Sendable {
  let keys: TextColumn
  /// For each row the first row with the same key; −1 where it states none.
  private(set) var groups: [Int32]
  private var slots: [Slot]

  init(_ keys: TextColumn) {
    self.keys = keys
    groups = Array(repeating: -1, count: keys.count)
    // At most three of four slots are taken.
    slots = Array(repeating: Slot(), count: keys.count + keys.count / 3 + 8)
    insert(keys.bytes.span, keys.extents, keys.presence, slots: &slots, groups: &groups)
  }

  /// For each of these rows of `others` the first row here with the same key, or −1.
  func find(_ rows: Range<Int>, in others: TextColumn) -> [Int32] {
    var found: [Int32] = []
    found.reserveCapacity(rows.count)
    lookUp(
      others.bytes.span, others.extents, others.presence, rows: rows,
      among: keys.bytes.span, keys.extents, slots: slots.span, found: &found)
    return found
  }
}

/// A key of up to 24 bytes as it is, a longer one as its hash, and the row it stands in.
private struct Slot {
  var first: UInt64 = 0
  var second: UInt64 = 0
  var third: UInt64 = 0
  var length: UInt32 = 0
  /// The row plus 1; 0 is a free slot.
  var row: UInt32 = 0

  static let room = 24

  init() {}

  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    length = UInt32(range.count)
    guard range.count <= Slot.room else {
      first = textHash(bytes, range)
      return
    }
    first = word(bytes, range.lowerBound, range.upperBound)
    second = word(bytes, range.lowerBound + 8, range.upperBound)
    third = word(bytes, range.lowerBound + 16, range.upperBound)
  }

  var hash: UInt64 {
    mixed(mixed(mixed(first ^ seed) ^ second) ^ third ^ UInt64(length))
  }

  func mayBe(_ other: Slot) -> Bool {
    first == other.first && second == other.second && third == other.third
      && length == other.length
  }

  var isWhole: Bool { length <= Slot.room }
}

private func insert(
  _ bytes: Span<UInt8>, _ extents: TextExtents, _ presence: Presence, slots: inout [Slot],
  groups: inout [Int32]
) {
  // As in `lookUp`, slots are touched together before any is written.
  var entries = Array(repeating: Slot(), count: width)
  var homes = Array(repeating: 0, count: width)
  var start = 0
  while start < extents.count {
    let count = min(width, extents.count - start)
    var touched: UInt32 = 0
    for offset in 0..<count {
      entries[offset] = Slot(bytes, extents[start + offset])
      entries[offset].row = UInt32(start + offset + 1)
      homes[offset] = home(entries[offset].hash, among: slots.count)
      touched |= slots[homes[offset]].row
    }
    for offset in 0..<count where presence.isStated(start + offset) {
      var slot = homes[offset]
      if touched != 0 || slots[slot].row != 0 {
        slot = place(entries[offset], slot, slots.span, bytes, extents)
      }
      if slots[slot].row == 0 { slots[slot] = entries[offset] }
      groups[start + offset] = Int32(truncatingIfNeeded: slots[slot].row) - 1
    }
    start += count
  }
}

/// The slot that holds the entry's key, or the free one where it belongs.
private func place(
  _ entry: Slot, _ home: Int, _ slots: Span<Slot>, _ bytes: Span<UInt8>, _ extents: TextExtents
) -> Int {
  var slot = home
  while slots[slot].row != 0 {
    if slots[slot].mayBe(entry) {
      let other = extents[Int(slots[slot].row) - 1]
      if entry.isWhole || sameBytes(bytes, extents[Int(entry.row) - 1], bytes, other) {
        return slot
      }
    }
    slot = slot + 1 == slots.count ? 0 : slot + 1
  }
  return slot
}

/// How many rows are hashed before any is looked up.
private let width = 16

private func lookUp(
  _ bytes: Span<UInt8>, _ extents: TextExtents, _ presence: Presence, rows: Range<Int>,
  among keys: Span<UInt8>, _ keyExtents: TextExtents, slots: Span<Slot>, found: inout [Int32]
) {
  // A few rows are hashed before any is looked up, and their slots are touched together: the
  // waits for memory overlap.
  var entries = Array(repeating: Slot(), count: width)
  var homes = Array(repeating: 0, count: width)
  var start = rows.lowerBound
  while start < rows.upperBound {
    let count = min(width, rows.upperBound - start)
    var touched: UInt32 = 0
    for offset in 0..<count {
      entries[offset] = Slot(bytes, extents[start + offset])
      homes[offset] = home(entries[offset].hash, among: slots.count)
      touched |= slots[homes[offset]].row
    }
    for offset in 0..<count {
      guard touched != 0, presence.isStated(start + offset) else {
        found.append(-1)
        continue
      }
      let range = extents[start + offset]
      found.append(
        probe(entries[offset], homes[offset], slots) { row in
          sameBytes(bytes, range, keys, keyExtents[row])
        })
    }
    start += count
  }
}

@inline(__always)
private func probe(
  _ entry: Slot, _ home: Int, _ slots: Span<Slot>, isSame: (Int) -> Bool
) -> Int32 {
  var slot = home
  while slots[slot].row != 0 {
    if slots[slot].mayBe(entry) {
      let row = Int(slots[slot].row) - 1
      if entry.isWhole || isSame(row) { return Int32(row) }
    }
    slot = slot + 1 == slots.count ? 0 : slot + 1
  }
  return -1
}

/// Where a hash belongs: its share of the whole range.
private func home(_ hash: UInt64, among count: Int) -> Int {
  Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(count)).high)
}

/// Up to eight bytes as a number; past the end they count as zero.
private func word(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
  if start + 8 <= end {
    precondition(start >= 0 && end <= bytes.count)
    // Safe: the eight bytes lie before the end, which was compared with the count above.
    return unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
  }
  var word: UInt64 = 0
  var index = start
  while index < end {
    word = word << 8 | UInt64(bytes[index])
    index += 1
  }
  return word
}

/// 64 bits over a text: eight bytes at a time, and its length.
func textHash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
  var hash = seed ^ UInt64(range.count)
  var index = range.lowerBound
  while index < range.upperBound {
    hash = mixed(hash ^ word(bytes, index, range.upperBound))
    index += 8
  }
  return hash
}

/// Differs from process to process.
private let seed: UInt64 = {
  var hasher = Hasher()
  hasher.combine(0)
  return UInt64(bitPattern: Int64(hasher.finalize()))
}()

/// Multiplied to 128 bits and folded.
func mixed(_ value: UInt64) -> UInt64 {
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
