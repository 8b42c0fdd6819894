import Fields
import Tables

/// Keys of a few rows, end to end.
///
/// Columns are taken apart once for many rows: a reference reached again for every row costs more
/// than its key.
struct KeyRun {
  private(set) var bytes: [UInt8] = []
  /// Where the key of each row ends; a row whose key is empty has none.
  private(set) var ends: [Int32] = []

  /// How many rows are taken at a time, so that a run stays near the processor.
  static let length = 1024

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Adds keys of texts; none where a row is −1.
  mutating func append(_ texts: TextColumn, _ rows: Span<Int32>, _ likeness: Likeness) {
    let extents = texts.extents
    let text = texts.bytes.span
    // The texts are touched together before any is read, so that the waits for memory overlap.
    var length = 0
    var touched: UInt8 = 0
    for index in rows.indices where rows[index] >= 0 {
      let range = extents[Int(rows[index])]
      length += range.count
      if !range.isEmpty { touched |= text[range.lowerBound] }
    }
    guard touched != 0 || length > 0 else { return appendNone(rows.count) }
    switch likeness {
    case .exact: copy(text, extents, rows, length)
    case .folded, .name: fold(text, extents, rows, withoutRemarks: false, length)
    case .withoutRemarks: fold(text, extents, rows, withoutRemarks: true, length)
    }
  }

  /// Adds the keys that a function gives; none where a row is −1.
  mutating func append(_ rows: Span<Int32>, _ key: (Int) -> [UInt8]) {
    for index in rows.indices {
      if rows[index] >= 0 { bytes.append(contentsOf: key(Int(rows[index]))) }
      ends.append(Int32(bytes.count))
    }
  }

  /// Adds the keys of two runs of the same rows, joined two by two.
  ///
  /// - Parameter rows: none is added where a row is −1.
  mutating func append(_ left: KeyRun, _ right: KeyRun, seam: UInt8?, _ rows: Span<Int32>) {
    let (leftEnds, rightEnds) = (left.ends.span, right.ends.span)
    let (first, second) = (left.bytes.span, right.bytes.span)
    write(rows.count, room: first.count + second.count + rows.count) { index, output in
      guard rows[index] >= 0 else { return }
      output.append(copying: first.extracting(start(leftEnds, index)..<Int(leftEnds[index])))
      if let seam { output.append(seam) }
      output.append(copying: second.extracting(start(rightEnds, index)..<Int(rightEnds[index])))
    }
  }

  private mutating func appendNone(_ rows: Int) {
    ends.append(contentsOf: repeatElement(Int32(bytes.count), count: rows))
  }

  private mutating func copy(
    _ text: Span<UInt8>, _ extents: TextExtents, _ rows: Span<Int32>, _ length: Int
  ) {
    write(rows.count, room: length) { index, output in
      if rows[index] >= 0 { output.append(copying: text.extracting(extents[Int(rows[index])])) }
    }
  }

  private mutating func fold(
    _ text: Span<UInt8>, _ extents: TextExtents, _ rows: Span<Int32>, withoutRemarks: Bool,
    _ length: Int
  ) {
    let (start, count) = (bytes.count, ends.count)
    let folding = FoldingTable.standard.scalars
    let table = folding.span
    var areAlone = true
    write(rows.count, room: Folding.room(for: length)) { index, output in
      guard areAlone, rows[index] >= 0 else { return }
      areAlone = Folding.append(
        text, extents[Int(rows[index])], withoutRemarks: withoutRemarks, table, to: &output)
    }
    guard !areAlone else { return }
    // Some text has to be folded as a whole, and its key may be of any length.
    bytes.removeLast(bytes.count - start)
    ends.removeLast(ends.count - count)
    for index in rows.indices {
      if rows[index] >= 0 {
        Folding.append(
          text.extracting(extents[Int(rows[index])]), withoutRemarks: withoutRemarks, to: &bytes)
      }
      ends.append(Int32(bytes.count))
    }
  }

  /// - Parameter room: at least as many bytes as are written.
  @inline(__always)
  private mutating func write(
    _ rows: Int, room: Int, _ key: (Int, inout OutputSpan<UInt8>) -> Void
  ) {
    let start = bytes.count
    // Apart while it grows, so that it can be written to beside the bytes.
    var ends = self.ends
    self.ends = []
    bytes.append(addingCapacity: room) { output in
      let before = output.count
      for index in 0..<rows {
        key(index, &output)
        ends.append(Int32(start + output.count - before))
      }
    }
    self.ends = ends
  }
}

/// Where the key of a row begins.
@inline(__always)
private func start(_ ends: Span<Int32>, _ index: Int) -> Int {
  index == 0 ? 0 : Int(ends[index - 1])
}
