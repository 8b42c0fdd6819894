import Tables

/// The rows of a column in ascending order of their bytes; rows with the same bytes in order.
func byteOrder(_ texts: TextColumn, jobs: Int) async -> [Int32] {
  let skip = commonPrefix(texts)
  // Each piece of work sorts what stands between two texts of a sample, so that the sorted pieces
  // need no merging.
  let limits = texts.count < 1 << 12 ? [] : limits(of: max(1, jobs), texts, skip: skip)
  let sorted = await inParallel(limits.count + 1, jobs: jobs) { part in
    sortedRows(
      texts, skip: skip, from: part == 0 ? nil : limits[part - 1],
      to: part == limits.count ? nil : limits[part], share: texts.count / (limits.count + 1))
  }
  var rows: [Int32] = []
  rows.reserveCapacity(texts.count)
  for part in sorted { rows.append(contentsOf: part) }
  return rows
}

/// A row with its first bytes after those that all rows share; most orders are decided here.
private struct Entry {
  var first: UInt64
  var second: UInt64
  var row: Int32

  init(_ texts: TextColumn, _ row: Int, skip: Int) {
    let range = texts.range(row)
    let bytes = texts.bytes.span
    first = word(bytes, from: range.lowerBound + skip, to: range.upperBound)
    second = word(bytes, from: range.lowerBound + skip + 8, to: range.upperBound)
    self.row = Int32(row)
  }

  func isBelow(_ other: Entry) -> Bool {
    first == other.first ? second < other.second : first < other.first
  }
}

/// Texts of a sample that cut the rows into so many parts of about the same size; rows whose first
/// bytes are the same are in one part.
private func limits(of parts: Int, _ texts: TextColumn, skip: Int) -> [Entry] {
  let step = max(1, texts.count / 1024)
  let sample = stride(from: 0, to: texts.count, by: step)
    .map { Entry(texts, $0, skip: skip) }.sorted { $0.isBelow($1) }
  return (1..<max(1, parts)).map { sample[$0 * sample.count / parts] }
}

private func sortedRows(
  _ texts: TextColumn, skip: Int, from least: Entry?, to limit: Entry?, share: Int
) -> [Int32] {
  var entries: [Entry] = []
  entries.reserveCapacity(share + share / 8)
  for row in 0..<texts.count {
    let entry = Entry(texts, row, skip: skip)
    if let least, entry.isBelow(least) { continue }
    if let limit, !entry.isBelow(limit) { continue }
    entries.append(entry)
  }
  entries.sort { precedes($0, $1, texts) }
  return entries.map(\.row)
}

private func precedes(_ left: Entry, _ right: Entry, _ texts: TextColumn) -> Bool {
  if left.first != right.first { return left.first < right.first }
  if left.second != right.second { return left.second < right.second }
  let order = compareBytes(
    texts.bytes, texts.range(Int(left.row)), texts.bytes, texts.range(Int(right.row)))
  return order == 0 ? left.row < right.row : order < 0
}

/// Eight bytes as a number that sorts as they do; past the end they count as zero.
private func word(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt64 {
  if start + 8 <= end {
    precondition(start >= 0 && end <= bytes.count)
    // Safe: the eight bytes lie before the end, which was compared with the count above.
    return unsafe UInt64(
      bigEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
  }
  var word: UInt64 = 0
  for index in start..<start + 8 {
    word = word << 8 | (index < end ? UInt64(bytes[index]) : 0)
  }
  return word
}

/// How many bytes at the beginning all texts share.
private func commonPrefix(_ texts: TextColumn) -> Int {
  guard texts.count > 0 else { return 0 }
  let first = texts.range(0)
  var length = first.count
  for row in 1..<max(1, texts.count) {
    let range = texts.range(row)
    length = min(length, range.count)
    var index = 0
    while index < length,
      texts.bytes[first.lowerBound + index] == texts.bytes[range.lowerBound + index]
    {
      index += 1
    }
    length = index
    if length == 0 { return 0 }
  }
  return length
}

/// Below, at or above 0 as the first bytes sort before, with or after the second.
func compareBytes(
  _ left: [UInt8], _ leftRange: Range<Int>, _ right: [UInt8], _ rightRange: Range<Int>
) -> Int {
  let common = min(leftRange.count, rightRange.count)
  for offset in 0..<common {
    let a = left[leftRange.lowerBound + offset]
    let b = right[rightRange.lowerBound + offset]
    if a != b { return a < b ? -1 : 1 }
  }
  return leftRange.count - rightRange.count
}
