import Fields
import Tables

/// One field of the rows of a block, typed, before the rows are accepted: `StagedCell`s laid out
/// by kind.
struct BlockColumn: Sendable {
  var states: [CellState]
  /// Numbers, millionths, packed dates, codes or flags; 0 for texts and where nothing is stated.
  var numbers: [Int64]
  /// Where texts stand, in the block's bytes or in the scratch buffer.
  var starts: [Int32]
  var ends: [Int32]
  /// Which texts stand in the scratch buffer; looked at only where some do.
  var isInScratch: [Bool]
  var usesScratch = false

  /// Without room, to stand in for a column that is taken out.
  init() {
    states = []
    numbers = []
    starts = []
    ends = []
    isInScratch = []
  }

  init(rows: Int) {
    states = Array(repeating: .notStated, count: rows)
    numbers = Array(repeating: 0, count: rows)
    starts = Array(repeating: -1, count: rows)
    ends = Array(repeating: -1, count: rows)
    isInScratch = Array(repeating: false, count: rows)
  }

  subscript(row: Int) -> StagedCell {
    get {
      StagedCell(
        state: states[row], number: numbers[row],
        text: CellRange(start: starts[row], end: ends[row]),
        isInScratch: usesScratch && isInScratch[row])
    }
    set {
      states[row] = newValue.state
      numbers[row] = newValue.number
      starts[row] = newValue.text.start
      ends[row] = newValue.text.end
      guard newValue.isInScratch || usesScratch else { return }
      if !usesScratch {
        usesScratch = true
        for row in isInScratch.indices { isInScratch[row] = false }
      }
      isInScratch[row] = newValue.isInScratch
    }
  }

  /// Where a row's text stands.
  func bounds(_ row: Int) -> Range<Int> { Int(starts[row])..<Int(ends[row]) }

  /// Nothing is stated in any row.
  mutating func clear(_ count: Int) {
    usesScratch = false
    for row in 0..<count {
      states[row] = .notStated
      numbers[row] = 0
    }
  }

  /// The same cell in every row.
  mutating func fill(_ count: Int, with cell: StagedCell) {
    for row in 0..<count { self[row] = cell }
  }

  /// Finds the text of every row's cell in a slot, and whether it states anything.
  mutating func locate(
    _ slot: Int, _ block: RowBlock, _ bytes: Span<UInt8>, _ absences: AbsenceWords,
    _ wrapping: CellWrapping
  ) {
    usesScratch = false
    locateTexts(
      block.cells.span, slot, block.width, bytes, absences, wrapping, block.count,
      &states, &numbers, &starts, &ends)
  }
}

private func locateTexts(
  _ cells: Span<CellRange>, _ slot: Int, _ width: Int, _ bytes: Span<UInt8>,
  _ absences: AbsenceWords, _ wrapping: CellWrapping, _ count: Int,
  _ states: inout [CellState], _ numbers: inout [Int64],
  _ starts: inout [Int32], _ ends: inout [Int32]
) {
  var states = states.mutableSpan
  var numbers = numbers.mutableSpan
  var starts = starts.mutableSpan
  var ends = ends.mutableSpan
  for row in 0..<count {
    let cell = cells[row &* width &+ slot]
    numbers[row] = 0
    guard cell.start >= 0 else {
      states[row] = .notStated
      continue
    }
    let range = cellContent(bytes, cell, wrapping)
    // Safe: a block's bytes are far below 2 GB.
    starts[row] = Int32(truncatingIfNeeded: range.lowerBound)
    ends[row] = Int32(truncatingIfNeeded: range.upperBound)
    states[row] = absences.state(of: bytes.extracting(range))
  }
}
