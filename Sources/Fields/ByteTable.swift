/// A map from texts, as bytes, to numbers: open addressing, linear probing.
///
/// Texts are looked up where they stand; no `String` is made. Grows only by `insert`.
public struct ByteTable: Sendable {
  private struct Entry {
    var start: Int
    var end: Int
    var hash: UInt64
    var value: Int32
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// Index into `entries`, −1 where empty; a power of two, at most half full.
  private var slots: [Int32] = Array(repeating: -1, count: 16)

  public init() {}

  public init(_ values: [String: Int32]) {
    for (text, value) in values { insert(Array(text.utf8).span, value) }
  }

  public var count: Int { entries.count }

  /// The number of a text, or nil where it was not inserted.
  public func find(_ text: Span<UInt8>) -> Int32? {
    let entry = entry(of: text, hash: ByteTable.hash(text))
    return entry < 0 ? nil : entries[entry].value
  }

  /// Adds a text, or gives one that is there a new number.
  public mutating func insert(_ text: Span<UInt8>, _ value: Int32) {
    let hash = ByteTable.hash(text)
    let present = entry(of: text, hash: hash)
    guard present < 0 else {
      entries[present].value = value
      return
    }
    let start = bytes.count
    for index in text.indices { bytes.append(text[index]) }
    entries.append(Entry(start: start, end: bytes.count, hash: hash, value: value))
    if entries.count * 2 > slots.count { grow() } else { place(entries.count - 1) }
  }

  /// Index of the text's entry, or −1.
  private func entry(of text: Span<UInt8>, hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let index = Int(slots[slot])
      guard index >= 0 else { return -1 }
      if entries[index].hash == hash, isEqual(text, to: entries[index]) { return index }
      slot = (slot + 1) & mask
    }
  }

  private mutating func place(_ entry: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: entries[entry].hash) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(entry)
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for entry in entries.indices { place(entry) }
  }

  private func isEqual(_ text: Span<UInt8>, to entry: Entry) -> Bool {
    let count = text.count
    guard entry.end - entry.start == count else { return false }
    let own = bytes.span.extracting(entry.start..<entry.end)
    guard count >= 8 else {
      for index in 0..<count where own[index] != text[index] { return false }
      return true
    }
    var index = 0
    while index &+ 8 < count {
      guard word(own, index) == word(text, index) else { return false }
      index &+= 8
    }
    return word(own, count &- 8) == word(text, count &- 8)
  }

  /// Clever: the last word of a text of eight bytes or more may overlap the one before it.
  private static func hash(_ text: Span<UInt8>) -> UInt64 {
    let count = text.count
    // Safe: a hash wraps by design.
    var hash = UInt64(count) &* 0x9E37_79B9_7F4A_7C15
    var last: UInt64 = 0
    if count >= 8 {
      var index = 0
      while index &+ 8 < count {
        hash = (hash ^ word(text, index)) &* 0x9FB2_1C65_1E98_DF25
        hash ^= hash >> 32
        index &+= 8
      }
      last = word(text, count &- 8)
    } else {
      for index in 0..<count { last = last << 8 | UInt64(text[index]) }
    }
    hash = (hash ^ last) &* 0x9FB2_1C65_1E98_DF25
    return hash ^ hash >> 29
  }
}

/// Eight bytes of a text.
@inline(__always)
private func word(_ text: Span<UInt8>, _ start: Int) -> UInt64 {
  precondition(start >= 0 && start &+ 8 <= text.count)
  // Safe: the bytes are there.
  return unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
}
