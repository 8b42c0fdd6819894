/// Whether a cell says something, and if not, which of the three absences it is.
///
/// The absences are never mixed, and none of them is zero or “no”.
public enum CellState: UInt8, Sendable {
  /// A value stands there.
  case stated = 0
  /// Blank, a dash, or text that could not be read.
  case notStated = 1
  /// The source says that there is none.
  case statedNone = 2
  /// An authority looked and found none.
  case checkedNone = 3
}

/// The state of every cell of a column, two bits a cell.
public struct Presence: Sendable, Equatable {
  @usableFromInline internal var words: [UInt64] = []
  public private(set) var count = 0
  /// Whether every cell so far is stated; lets a reader skip the bits.
  public private(set) var isComplete = true

  public init() {}

  /// The same state for so many cells.
  public init(repeating state: CellState, count: Int) {
    // Safe: a state has two bits, so the pattern repeats without carries.
    words = Array(
      repeating: UInt64(state.rawValue) &* 0x5555_5555_5555_5555, count: (count + 31) / 32)
    self.count = count
    // The bits after the last cell stay zero, so that cells can be appended there.
    if count & 31 != 0 { words[words.count - 1] &= (1 << UInt64((count & 31) * 2)) - 1 }
    isComplete = state == .stated || count == 0
  }

  public mutating func append(_ state: CellState) {
    // Safe: the shift is below 64 because it is twice a number below 32.
    let shift = UInt64(count & 31) &* 2
    if shift == 0 { words.append(0) }
    if state != .stated {
      words[words.count - 1] |= UInt64(state.rawValue) << shift
      isComplete = false
    }
    count += 1
  }

  /// Adds the states of many cells.
  public mutating func append(contentsOf states: Span<CellState>) {
    append(states.count) { states[$0] }
  }

  /// Adds the states of texts that lie end to end; an empty one is not stated.
  mutating func append(textsEnding ends: Span<Int32>) {
    append(ends.count) { row in
      ends[row] == (row == 0 ? 0 : ends[row - 1]) ? .notStated : .stated
    }
  }

  /// Adds many cells, a word of 32 at a time.
  @inline(__always)
  private mutating func append(_ cells: Int, _ state: (Int) -> CellState) {
    var index = 0
    while index < cells {
      // Safe: all shifts are below 64 because they are twice a number below 32.
      let filled = count & 31
      let taken = min(32 &- filled, cells &- index)
      var word: UInt64 = 0
      for cell in 0..<taken {
        word |= UInt64(state(index &+ cell).rawValue) << UInt64(cell &* 2)
      }
      if filled == 0 {
        words.append(word)
      } else {
        words[words.count - 1] |= word << UInt64(filled &* 2)
      }
      if word != 0 { isComplete = false }
      count += taken
      index += taken
    }
  }

  public mutating func append(contentsOf other: Presence) {
    guard count & 31 != 0 else {
      // A last word may be partly filled; appended whole, its tail stays zero.
      words.append(contentsOf: other.words)
      count += other.count
      isComplete = isComplete && other.isComplete
      return
    }
    // Safe: both shifts are below 64 because the last word is neither empty nor full.
    let filled = UInt64(count & 31) &* 2
    words.append(addingCapacity: other.words.count) { output in
      let others = other.words.span
      for index in others.indices { output.append(others[index] >> (64 &- filled)) }
    }
    let last = words.count - other.words.count - 1
    for index in other.words.indices { words[last + index] |= other.words[index] << filled }
    count += other.count
    // A last word that nothing ran over into is empty.
    words.removeLast(words.count - (count + 31) / 32)
    isComplete = isComplete && other.isComplete
  }

  public subscript(cell: Int) -> CellState {
    get {
      let bits = (words[cell >> 5] >> UInt64((cell & 31) * 2)) & 3
      return CellState(rawValue: UInt8(truncatingIfNeeded: bits)) ?? .notStated
    }
    set {
      let shift = UInt64((cell & 31) * 2)
      words[cell >> 5] = words[cell >> 5] & ~(3 << shift) | UInt64(newValue.rawValue) << shift
      if newValue != .stated { isComplete = false }
    }
  }

  /// How many cells are stated.
  ///
  /// - Complexity: O(cells / 32).
  public var stated: Int {
    guard !isComplete else { return count }
    // A cell is absent where either of its two bits is set; those after the last cell are not.
    return count
      - words.reduce(0) { $0 + (($1 | $1 >> 1) & 0x5555_5555_5555_5555).nonzeroBitCount }
  }

  /// Whether a value stands in the cell.
  @inlinable public func isStated(_ cell: Int) -> Bool {
    isComplete || (words[cell >> 5] >> UInt64((cell & 31) * 2)) & 3 == 0
  }

  public mutating func reserveCapacity(_ cells: Int) {
    words.reserveCapacity((cells + 31) / 32)
  }
  /// For each of these cells 1 where none is stated, or the cell is −1; empty if all are stated.
  func absences(at cells: [Int32]) -> [UInt64] {
    // One is less than 0 if and only if all together are.
    if isComplete && cells.reduce(0, |) >= 0 { return [] }
    var missing = Array(repeating: UInt64(0), count: cells.count)
    var any: UInt64 = 0
    let (words, cells) = (words.span, cells.span)
    var output = missing.mutableSpan
    for lane in cells.indices {
      let cell = cells[lane]
      var absence: UInt64 = 1
      if cell >= 0 {
        let bits = words[Int(cell) >> 5] >> UInt64((cell & 31) &* 2) & 3
        absence = bits == 0 ? 0 : 1
      }
      output[lane] = absence
      any |= absence
    }
    return any == 0 ? [] : missing
  }

  /// The same of neighbouring cells.
  func absences(in cells: Range<Int>) -> [UInt64] {
    precondition(cells.lowerBound >= 0 && cells.upperBound <= count)
    guard !isComplete, !cells.isEmpty else { return [] }
    var isWhole = true
    for word in cells.lowerBound >> 5...(cells.upperBound - 1) >> 5 where words[word] != 0 {
      isWhole = false
    }
    if isWhole { return [] }
    var any: UInt64 = 0
    let missing = cells.map { cell -> UInt64 in
      let absence: UInt64 = isStated(cell) ? 0 : 1
      any |= absence
      return absence
    }
    return any == 0 ? [] : missing
  }
}
