import Fields
import RulePacks
import Tables

/// The texts that values were read from, kept beside them so that a page can show both.
///
/// Only of fields whose values are written otherwise than they were delivered: a text stands in
/// its column as it is.
struct EvidenceTexts: Sendable {
  /// Indices in the data dictionary, ascending.
  let fields: [Int]
  /// One a field, a row each; empty where nothing was delivered, or what may not be kept.
  private(set) var columns: [DeliveredTexts]
  // Where the texts of some rows stand.
  private var starts: [Int32] = []
  private var ends: [Int32] = []

  /// None.
  init() {
    fields = []
    columns = []
  }

  init(_ shown: Set<Int>, of kind: RecordKind) {
    fields = shown.sorted().filter { index in
      let field = kind.fields[index]
      guard field.sensitivity == .open else { return false }
      switch field.type {
      case .text, .name, .residentID: return false
      case .int, .decimal, .double, .money, .percent, .flag, .date, .code, .grade, .division, .uscc,
        .registrationNumber, .usccOrNumber, .organizationCode:
        return true
      }
    }
    columns = fields.map { _ in DeliveredTexts() }
    starts = Array(repeating: 0, count: RowBlock.most)
    ends = starts
  }

  var isEmpty: Bool { fields.isEmpty }
  var count: Int { columns.first?.count ?? 0 }

  /// One a field of the data dictionary; empty where none are kept.
  func byField(of kind: RecordKind) -> [DeliveredTexts?] {
    guard !isEmpty else { return [] }
    var all = [DeliveredTexts?](repeating: nil, count: kind.fields.count)
    for (index, field) in fields.enumerated() { all[field] = columns[index] }
    return all
  }

  /// Notes where the text of a row stands; nil for none.
  mutating func note(_ place: Int, _ range: Range<Int>?, _ bytes: Span<UInt8>) {
    let range = range.flatMap { mayBeKept(bytes, $0) ? $0 : nil } ?? 0..<0
    // Safe: a block's bytes are far below 2 GB.
    starts[place] = Int32(truncatingIfNeeded: range.lowerBound)
    ends[place] = Int32(truncatingIfNeeded: range.upperBound)
  }

  /// Notes where the texts of a slot stand in some rows of a block.
  mutating func note(
    _ rows: Range<Int>, _ slot: Int, _ block: RowBlock, _ bytes: Span<UInt8>,
    _ wrapping: CellWrapping
  ) {
    locateTexts(
      block.cells.span, slot, block.width, rows, bytes, wrapping, &starts, &ends)
  }

  /// Adds the texts that were noted to a field's column.
  mutating func append(_ count: Int, to index: Int, _ bytes: Span<UInt8>) {
    // Taken out, so that where the texts stand can be read meanwhile.
    var column = DeliveredTexts()
    swap(&column, &columns[index])
    column.append(
      from: starts.span.extracting(0..<count), to: ends.span.extracting(0..<count), of: bytes)
    swap(&column, &columns[index])
  }
}

private func locateTexts(
  _ cells: Span<CellRange>, _ slot: Int, _ width: Int, _ rows: Range<Int>, _ bytes: Span<UInt8>,
  _ wrapping: CellWrapping, _ starts: inout [Int32], _ ends: inout [Int32]
) {
  var starts = starts.mutableSpan
  var ends = ends.mutableSpan
  for row in rows {
    let place = row &- rows.lowerBound
    starts[place] = 0
    ends[place] = 0
    guard slot < width else { continue }
    let cell = cells[row &* width &+ slot]
    guard cell.start >= 0 else { continue }
    let range = cellContent(bytes, cell, wrapping)
    guard mayBeKept(bytes, range) else { continue }
    // Safe: a block's bytes are far below 2 GB.
    starts[place] = Int32(truncatingIfNeeded: range.lowerBound)
    ends[place] = Int32(truncatingIfNeeded: range.upperBound)
  }
}

extension RowReader {
  /// Keeps the texts of the row in hand, if it was accepted.
  mutating func keepDelivered(_ bytes: Span<UInt8>, _ cells: Span<CellRange>) {
    guard kept.count < table.count else { return }
    for (index, field) in kept.fields.enumerated() {
      let range = deliveredRange(field, bytes, cells)
      kept.note(0, range, bytes)
      kept.append(1, to: index, bytes)
    }
  }

  /// Keeps the texts of rows of a block that were accepted.
  mutating func keepDelivered(_ rows: Range<Int>, _ block: RowBlock, _ bytes: Span<UInt8>) {
    for (index, field) in kept.fields.enumerated() {
      let slot = Int(simple[field].slot)
      if slot >= 0 {
        kept.note(rows, slot, block, bytes, wrapping(field))
      } else {
        for row in rows {
          let cells = block.cells.span.extracting(row * block.width..<(row + 1) * block.width)
          let range = deliveredRange(field, bytes, cells)
          kept.note(row - rows.lowerBound, range, bytes)
        }
      }
      kept.append(rows.count, to: index, bytes)
    }
  }

  /// Where the text stands that a field was read from; nil where there is none, or a constant
  /// counts.
  private mutating func deliveredRange(
    _ field: Int, _ bytes: Span<UInt8>, _ cells: Span<CellRange>
  ) -> Range<Int>? {
    guard case .cell(let range) = source(of: field, bytes, cells) else { return nil }
    return range
  }
}

/// Texts longer than this are no values of such fields.
private let mostBytes = 200

/// Most texts are shorter than any identity number.
@inline(__always)
private func mayBeKept(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
  range.count < 15
    || range.count <= mostBytes && !mayTellPerson(bytes.extracting(range))
}

/// Whether a text could hold a resident identity number, however its digits are set apart.
func mayTellPerson(_ text: Span<UInt8>) -> Bool {
  var count = 0
  for index in text.indices where mayEndDigit(text[index]) { count &+= 1 }
  guard count >= 15 else { return false }
  var digits: [UInt8] = []
  for index in text.indices {
    if let digit = writtenDigit(text, endingAt: index) { digits.append(digit) }
  }
  return holdsResidentID(text) || holdsResidentID(digits.span)
}
