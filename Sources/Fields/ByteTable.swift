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
    guard entry.end - entry.start == text.count else { return false }
    for index in text.indices where bytes[entry.start + index] != text[index] { return false }
    return true
  }

  private static func hash(_ text: Span<UInt8>) -> UInt64 {
    // Safe: a hash wraps by design.
    var hash = UInt64(text.count) &* 0x9E37_79B9_7F4A_7C15
    var word: UInt64 = 0
    for index in text.indices {
      word = word << 8 | UInt64(text[index])
      if index & 7 == 7 {
        hash = (hash ^ word) &* 0x9FB2_1C65_1E98_DF25
        hash ^= hash >> 32
        word = 0
      }
    }
    hash = (hash ^ word) &* 0x9FB2_1C65_1E98_DF25
    return hash ^ hash >> 29
  }
}
