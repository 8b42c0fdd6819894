import Tables

/// The rows of a column in ascending order of their bytes; rows with the same bytes in order.
func byteOrder(_ texts: TextColumn, jobs: Int) async -> [Int32] {
  let skip = commonPrefix(texts)
  let parts = stretches(of: texts.count, length: max(1, (texts.count + jobs - 1) / max(1, jobs)))
  let sorted = await inParallel(parts.count, jobs: jobs) { part in
    sortedEntries(texts, parts[part], skip: skip)
  }
  var merged = sorted.first ?? []
  for more in sorted.dropFirst() { merged = merge(merged, more, texts) }
  return merged.map(\.row)
}

/// A row with its first bytes after those that all rows share; most orders are decided here.
private struct Entry {
  var first: UInt64
  var second: UInt64
  var row: Int32
}

private func sortedEntries(_ texts: TextColumn, _ rows: Range<Int>, skip: Int) -> [Entry] {
  let bytes = texts.bytes
  var entries: [Entry] = []
  entries.reserveCapacity(rows.count)
  for row in rows {
    let range = texts.range(row)
    entries.append(
      Entry(
        first: word(bytes, from: range.lowerBound + skip, to: range.upperBound),
        second: word(bytes, from: range.lowerBound + skip + 8, to: range.upperBound),
        row: Int32(row)))
  }
  entries.sort { precedes($0, $1, texts) }
  return entries
}

private func merge(_ left: [Entry], _ right: [Entry], _ texts: TextColumn) -> [Entry] {
  var merged: [Entry] = []
  merged.reserveCapacity(left.count + right.count)
  var (a, b) = (0, 0)
  while a < left.count && b < right.count {
    if precedes(right[b], left[a], texts) {
      merged.append(right[b])
      b += 1
    } else {
      merged.append(left[a])
      a += 1
    }
  }
  merged.append(contentsOf: left[a...])
  merged.append(contentsOf: right[b...])
  return merged
}

private func precedes(_ left: Entry, _ right: Entry, _ texts: TextColumn) -> Bool {
  if left.first != right.first { return left.first < right.first }
  if left.second != right.second { return left.second < right.second }
  let order = compareBytes(
    texts.bytes, texts.range(Int(left.row)), texts.bytes, texts.range(Int(right.row)))
  return order == 0 ? left.row < right.row : order < 0
}

/// Eight bytes as a number that sorts as they do; past the end they count as zero.
private func word(_ bytes: [UInt8], from start: Int, to end: Int) -> UInt64 {
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
