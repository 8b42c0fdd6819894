/// Texts of any length in one buffer of UTF-8 bytes.
public struct TextColumn: Sendable, Equatable {
  public private(set) var bytes: [UInt8] = []
  /// Where each text stands in `bytes`.
  public private(set) var extents = TextExtents()
  public var presence = Presence()

  public init() {}

  public var count: Int { extents.count }

  @inlinable public func range(_ row: Int) -> Range<Int> { extents[row] }

  /// The text of a row; empty where none is stated.
  public subscript(row: Int) -> String {
    String(decoding: bytes[range(row)], as: UTF8.self)
  }

  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    extents.append(end: bytes.count)
    presence.append(.stated)
  }

  public mutating func append(_ text: Span<UInt8>) {
    // Safe: the pointer is used only within the call.
    unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    extents.append(end: bytes.count)
    presence.append(.stated)
  }

  public mutating func append(_ text: ArraySlice<UInt8>) {
    bytes.append(contentsOf: text)
    extents.append(end: bytes.count)
    presence.append(.stated)
  }

  /// Adds the text of a row of another column.
  public mutating func append(_ other: TextColumn, _ row: Int) {
    append(other.bytes.span.extracting(other.range(row)))
    if !other.presence.isStated(row) { presence[count - 1] = other.presence[row] }
  }

  /// Adds a text by writing it after the others; a row that states nothing where nothing is
  /// written.
  public mutating func append(writing write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    write(&bytes)
    extents.append(end: bytes.count)
    presence.append(bytes.count > start ? .stated : .notStated)
  }

  /// Adds many texts that stand in one buffer: a start and an end a row, looked at only where the
  /// text is stated.
  public mutating func append(
    from starts: Span<Int32>, to ends: Span<Int32>, of text: Span<UInt8>,
    _ states: Span<CellState>
  ) {
    var total = 0
    for row in starts.indices where states[row] == .stated {
      total += text.extracting(Int(starts[row])..<Int(ends[row])).count
    }
    var end = bytes.count
    bytes.append(addingCapacity: total) { output in
      // Safe: `total` is the sum of what is copied, and `extracting` has checked every range.
      unsafe output.withUnsafeMutableBufferPointer { room, count in
        unsafe text.withUnsafeBufferPointer { text in
          guard let source = text.baseAddress, var target = room.baseAddress else { return }
          for row in starts.indices where states[row] == .stated {
            let length = Int(ends[row] &- starts[row])
            unsafe target.initialize(from: source + Int(starts[row]), count: length)
            unsafe target += length
            count &+= length
          }
        }
      }
    }
    for row in starts.indices {
      if states[row] == .stated { end += Int(ends[row] - starts[row]) }
      extents.append(end: end)
    }
    presence.append(contentsOf: states)
  }

  /// Adds many texts that lie end to end; a row whose text is empty states nothing. The ends of the
  /// rows are counted from where the first begins.
  public mutating func append(_ texts: Span<UInt8>, ends: Span<Int32>) {
    let start = bytes.count
    // Safe: the pointer is used only within the call.
    unsafe texts.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    extents.append(ends: ends, from: start)
    presence.append(textsEnding: ends)
  }

  public mutating func appendAbsent(_ state: CellState) {
    extents.append(end: bytes.count)
    presence.append(state)
  }

  public mutating func reserveCapacity(_ rows: Int, bytes: Int) {
    self.bytes.reserveCapacity(bytes)
    extents.reserveCapacity(rows)
    presence.reserveCapacity(rows)
  }

  public mutating func append(contentsOf other: TextColumn) {
    let start = bytes.count
    bytes.append(contentsOf: other.bytes)
    extents.append(contentsOf: other.extents, from: start)
    presence.append(contentsOf: other.presence)
  }

  /// Columns laid end to end.
  public static func joined(_ parts: [TextColumn]) -> TextColumn {
    guard parts.count > 1 else { return parts.first ?? TextColumn() }
    var whole = TextColumn()
    whole.reserveCapacity(
      parts.reduce(0) { $0 + $1.count }, bytes: parts.reduce(0) { $0 + $1.bytes.count })
    for part in parts { whole.append(contentsOf: part) }
    return whole
  }

  /// The texts of some rows, in the order in which these are given.
  public func picked(_ rows: [Int32]) -> TextColumn {
    var picked = TextColumn()
    var total = 0
    for row in rows { total += range(Int(row)).count }
    picked.reserveCapacity(rows.count, bytes: total)
    picked.append(self, rows)
    return picked
  }

  /// Adds the texts of some rows of another column, in the order in which these are given.
  public mutating func append(_ other: TextColumn, _ rows: [Int32]) {
    var start = 0
    while start < rows.count {
      let count = min(1024, rows.count - start)
      append(other, rows.span.extracting(start..<start + count))
      start += count
    }
  }

  /// The same for so few rows that what they need stays near the processor.
  private mutating func append(_ other: TextColumn, _ rows: Span<Int32>) {
    let (extents, presence, text) = (other.extents, other.presence, other.bytes.span)
    var total = 0
    for index in rows.indices { total += extents[Int(rows[index])].count }
    let start = bytes.count
    var ends: [Int32] = []
    ends.reserveCapacity(rows.count)
    bytes.append(addingCapacity: total) { output in
      let before = output.count
      for index in rows.indices {
        output.append(copying: text.extracting(extents[Int(rows[index])]))
        ends.append(Int32(output.count - before))
      }
    }
    self.extents.append(ends: ends.span, from: start)
    if presence.isComplete {
      self.presence.append(contentsOf: Presence(repeating: .stated, count: rows.count))
    } else {
      for index in rows.indices { self.presence.append(presence[Int(rows[index])]) }
    }
  }

  /// So many rows that state nothing.
  public init(absent state: CellState, count: Int) {
    extents = TextExtents(empty: count)
    presence = Presence(repeating: state, count: count)
  }

  /// Whether two rows hold the same bytes.
  public func isEqual(_ row: Int, to other: TextColumn, _ otherRow: Int) -> Bool {
    let left = range(row)
    let right = other.range(otherRow)
    guard left.count == right.count else { return false }
    for offset in 0..<left.count
    where bytes[left.lowerBound + offset] != other.bytes[right.lowerBound + offset] {
      return false
    }
    return true
  }
}

/// Where texts that lie end to end begin and end.
///
/// Four bytes a text: the ends are counted from the beginning of each stretch of 256 texts, which
/// no delivered row is long enough to make overflow.
public struct TextExtents: Sendable, Equatable {
  /// For each stretch where it begins, in two halves, then its ends.
  @usableFromInline internal var words: [UInt32] = []
  @usableFromInline internal var texts = 0

  init() {}

  @inlinable public var count: Int { texts }

  @inlinable public subscript(row: Int) -> Range<Int> {
    // Asked for every text of large columns.
    @inline(__always) get {
      // Of a stretch of 256 texts the 258 words.
      let head = (row >> 8) * 258
      let start = Int(words[head]) | Int(words[head + 1]) << 32
      let end = head + 2 + (row & 255)
      return (row & 255 == 0 ? start : start + Int(words[end - 1]))..<start + Int(words[end])
    }
  }

  /// Adds a text that begins where the last one ends.
  mutating func append(end: Int) {
    if texts & 255 == 0 { open(at: texts == 0 ? 0 : self[texts - 1].upperBound) }
    words.append(UInt32(end - start((texts >> 8) * 258)))
    texts += 1
  }

  /// Adds texts whose bytes begin at `start`, which is where the last one ends.
  ///
  /// - Parameter ends: where each ends, counted from `start`; ascending.
  mutating func append(ends: Span<Int32>, from start: Int) {
    var row = 0
    while row < ends.count {
      if texts & 255 == 0 { open(at: start + (row == 0 ? 0 : Int(ends[row - 1]))) }
      let count = min(256 - texts & 255, ends.count - row)
      let shift = start - self.start((texts >> 8) * 258)
      // If the last of them fits, all do.
      precondition(shift + Int(ends[row + count - 1]) <= Int(UInt32.max))
      words.append(addingCapacity: count) { output in
        for index in row..<row + count {
          output.append(UInt32(truncatingIfNeeded: shift &+ Int(ends[index])))
        }
      }
      texts += count
      row += count
    }
  }

  /// Adds texts whose bytes begin at `start`, which is where the last one ends.
  mutating func append(contentsOf other: TextExtents, from start: Int) {
    var row = 0
    while row < other.texts {
      if texts & 255 == 0 { open(at: start + other[row].lowerBound) }
      // As many as neither the open stretch nor the other's goes beyond.
      let count = min(256 - texts & 255, 256 - row & 255, other.texts - row)
      let (head, otherHead) = ((texts >> 8) * 258, (row >> 8) * 258)
      let shift = start + other.start(otherHead) - self.start(head)
      let first = otherHead + 2 + (row & 255)
      // Texts are in order, so that if the last of them fits, all do.
      precondition(shift + Int(other.words[first + count - 1]) <= Int(UInt32.max))
      words.append(addingCapacity: count) { output in
        let ends = other.words.span
        for index in first..<first + count {
          output.append(ends[index] &+ UInt32(truncatingIfNeeded: shift))
        }
      }
      texts += count
      row += count
    }
  }

  /// So many texts without bytes.
  init(empty count: Int) {
    texts = count
    words = Array(
      repeating: 0, count: (count >> 8) * 258 + (count & 255 == 0 ? 0 : 2 + count & 255))
  }

  mutating func reserveCapacity(_ rows: Int) {
    words.reserveCapacity((rows >> 8 + 1) * 258)
  }

  private mutating func open(at start: Int) {
    words.append(UInt32(truncatingIfNeeded: start))
    words.append(UInt32(truncatingIfNeeded: start >> 32))
  }

  private func start(_ head: Int) -> Int { Int(words[head]) | Int(words[head + 1]) << 32 }
}
