import Tables

/// Rows by key: an open-addressing table of eight bytes a slot, so that most of it stays near the
/// processor.
///
/// Two keys are one only if their bytes are the same; the hash, seeded once a process so that no
/// file can be built to make it slow, decides nothing that can be seen.
struct KeyIndex: Sendable {
  private(set) var keys: TextColumn
  /// For each row the first row with the same key; −1 where it states none.
  private(set) var groups: [Int32]
  /// The lower half of a key's hash, then the row plus 1; 0 is free.
  private var slots: [UInt64]

  init(_ keys: TextColumn) {
    self.keys = keys
    groups = Array(repeating: -1, count: keys.count)
    // At most three of four slots are taken.
    slots = Array(repeating: 0, count: keys.count + keys.count / 3 + 8)
    insert(keys.bytes.span, keys.extents, keys.presence, slots: &slots, groups: &groups)
  }

  /// For each of these rows of `others` the first row here with the same key, or −1.
  func find(_ rows: Range<Int>, in others: TextColumn) -> [Int32] {
    var found = Array(repeating: Int32(-1), count: rows.count)
    lookUp(
      others.bytes.span, others.extents, others.presence, rows: rows,
      among: keys.bytes.span, keys.extents, groups: groups.span, slots: slots.span, found: &found)
    return found
  }

  /// Gives back what only `find` asks for.
  mutating func forgetKeys() {
    keys = TextColumn()
    slots = [0]
  }
}

/// How many rows are hashed before any is looked up.
private let width = 64

/// Reads slots, so that they are near when they are asked for: in a loop so short that many are
/// waited for at once.
@inline(never)
private func touch(_ slots: Span<UInt64>, _ places: Span<Int>, count: Int) -> UInt64 {
  var touched: UInt64 = 0
  for entry in 0..<count { touched |= slots[places[entry]] }
  return touched
}

private func insert(
  _ bytes: Span<UInt8>, _ extents: TextExtents, _ presence: Presence, slots: inout [UInt64],
  groups: inout [Int32]
) {
  // As in `lookUp`, slots are touched together before any is written.
  var hashes = Array(repeating: UInt64(0), count: width)
  var places = Array(repeating: 0, count: width)
  var start = 0
  while start < extents.count {
    let count = min(width, extents.count - start)
    for offset in 0..<count {
      hashes[offset] = textHash(bytes, extents[start + offset])
      places[offset] = home(hashes[offset], among: slots.count)
    }
    let touched = touch(slots.span, places.span, count: count)
    for offset in 0..<count where presence.isStated(start + offset) {
      let row = start + offset
      var slot = places[offset]
      if touched != 0 || slots[slot] != 0 {
        slot = place(hashes[offset], extents[row], bytes, bytes, extents, slots.span, from: slot)
      }
      if slots[slot] == 0 { slots[slot] = hashes[offset] << 32 | UInt64(row + 1) }
      groups[row] = Int32(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
    }
    start += count
  }
}

private func lookUp(
  _ bytes: Span<UInt8>, _ extents: TextExtents, _ presence: Presence, rows: Range<Int>,
  among keys: Span<UInt8>, _ keyExtents: TextExtents, groups: Span<Int32>, slots: Span<UInt64>,
  found: inout [Int32]
) {
  // A few rows are hashed before any is looked up, their slots are touched together, and then the
  // keys that stand there: the waits for memory overlap. Rows that go on where the row before them
  // stands need none of that: many files have a row a year, or follow the order of the register.
  var waiting = Array(repeating: 0, count: width)
  var hashes = Array(repeating: UInt64(0), count: width)
  var places = Array(repeating: 0, count: width)
  var starts = Array(repeating: 0, count: width)
  var start = rows.lowerBound
  // The key after the one that was found last, and the row that it was found for.
  var (next, last) = (0, -1)
  while start < rows.upperBound {
    var (count, end) = (0, start)
    while count < width, end < rows.upperBound {
      let index = end - rows.lowerBound
      if index > 0, presence.isStated(end), presence.isStated(end - 1),
        sameBytes(bytes, extents[end], bytes, extents[end - 1])
      {
        found[index] = repeated
      } else if presence.isStated(end),
        let key = near(next, bytes, extents[end], keys, keyExtents, groups)
      {
        found[index] = groups[key]
        (next, last) = (key + 1, end)
      } else {
        waiting[count] = end
        hashes[count] = textHash(bytes, extents[end])
        places[count] = home(hashes[count], among: slots.count)
        count += 1
      }
      end += 1
    }
    let touched = touch(slots, places.span, count: count)
    for entry in 0..<count where touched != 0 {
      places[entry] = likely(hashes[entry], slots, from: places[entry])
      let slot = slots[places[entry]]
      let key = slot == 0 ? 0..<0 : keyExtents[row(in: slot)]
      starts[entry] = key.isEmpty ? 0 : key.lowerBound
    }
    var seen = touched == 0 ? 0 : 1
    if seen != 0 && !keys.isEmpty {
      // Safe: a sum of so few bytes is far from the end.
      for entry in 0..<count { seen &+= Int(keys[starts[entry]]) }
    }
    for entry in 0..<count where seen != 0 && presence.isStated(waiting[entry]) {
      let slot = place(
        hashes[entry], extents[waiting[entry]], bytes, keys, keyExtents, slots,
        from: places[entry])
      guard slots[slot] != 0 else { continue }
      let key = row(in: slots[slot])
      found[waiting[entry] - rows.lowerBound] = Int32(key)
      if waiting[entry] > last { (next, last) = (key + 1, waiting[entry]) }
    }
    for index in start - rows.lowerBound..<end - rows.lowerBound where found[index] == repeated {
      found[index] = found[index - 1]
    }
    start = end
  }
}

/// Stands for what was found of the row before.
private let repeated: Int32 = -2

/// Which of a few keys in a row is the same, if one is.
@inline(__always)
private func near(
  _ first: Int, _ bytes: Span<UInt8>, _ text: Range<Int>, _ keys: Span<UInt8>,
  _ extents: TextExtents, _ groups: Span<Int32>
) -> Int? {
  for key in first..<max(first, min(first + 3, extents.count)) {
    if sameBytes(bytes, text, keys, extents[key]), groups[key] >= 0 { return key }
  }
  return nil
}

/// The first slot that may hold a key of this hash, or is free.
@inline(__always)
private func likely(_ hash: UInt64, _ slots: Span<UInt64>, from home: Int) -> Int {
  var slot = home
  // Safe: the shift leaves the half that is compared.
  while slots[slot] != 0 && (slots[slot] ^ hash << 32) >> 32 != 0 {
    slot = slot + 1 == slots.count ? 0 : slot + 1
  }
  return slot
}

/// The slot that holds a key, or the free one where it belongs.
@inline(__always)
private func place(
  _ hash: UInt64, _ key: Range<Int>, _ bytes: Span<UInt8>, _ keys: Span<UInt8>,
  _ extents: TextExtents, _ slots: Span<UInt64>, from home: Int
) -> Int {
  var slot = likely(hash, slots, from: home)
  while slots[slot] != 0, !sameBytes(bytes, key, keys, extents[row(in: slots[slot])]) {
    slot = likely(hash, slots, from: slot + 1 == slots.count ? 0 : slot + 1)
  }
  return slot
}

private func row(in slot: UInt64) -> Int { Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1 }

/// Where a hash belongs: its share of the whole range.
private func home(_ hash: UInt64, among count: Int) -> Int {
  Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(count)).high)
}

/// Up to eight bytes as a number; past the end they count as zero.
private func word(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
  precondition(start >= 0 && end <= bytes.count)
  if start + 8 <= bytes.count {
    // Safe: the eight bytes lie before the end, which was compared with the count above.
    let word = unsafe UInt64(
      littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
    // Safe: the shift is below 64 because there is at least one byte, and fewer than eight.
    return start + 8 <= end ? word : word & ((1 << UInt64((end &- start) &* 8)) &- 1)
  }
  var word: UInt64 = 0
  for index in start..<end { word |= UInt64(bytes[index]) << UInt64((index - start) * 8) }
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
