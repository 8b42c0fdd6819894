import Tables

/// Rows of a table as they are written, one after the other.
struct WrittenRows {
  fileprivate var bytes: [UInt8] = []
  /// Where each row ends.
  fileprivate var ends: [Int] = []

  /// Adds rows of at most so many bytes together.
  ///
  /// - Parameter write: Puts down where each row ends, counted from the number that it is given.
  mutating func append(
    upTo most: Int, write: (inout OutputSpan<UInt8>, inout [Int], _ start: Int) -> Void
  ) {
    let start = bytes.count
    // Taken out, so that there is one owner to write to.
    var ends: [Int] = []
    swap(&ends, &self.ends)
    bytes.append(addingCapacity: most) { write(&$0, &ends, start) }
    swap(&ends, &self.ends)
  }

  /// Sets room aside for as many bytes a row as there are so far.
  fileprivate mutating func reserveCapacity(rows: Int) {
    guard !ends.isEmpty else { return }
    bytes.reserveCapacity(bytes.count / ends.count * rows * 9 / 8 + 1 << 20)
    ends.reserveCapacity(rows)
  }

  /// The rows in another order.
  fileprivate func picked(_ numbers: [Int32]) -> [UInt8] {
    let (bytes, ends) = (bytes.span, ends.span)
    return [UInt8](capacity: bytes.count) { output in
      for number in numbers.map({ Int($0) }) {
        output.put(bytes.extracting((number > 0 ? ends[number - 1] : 0)..<ends[number]))
      }
    }
  }
}

/// How many rows of so many are worth making at a time in the order of what they are about.
///
/// So many that, looked up in ascending order, they read a good part of every cache line that they
/// touch; and not more, because all their bytes wait in memory.
func subjectOrderStretch(of count: Int) -> Int { max(1024, min(count / 32, 1 << 16)) }

/// Makes the rows of a table in the ascending order of their entries, and puts them in their own.
///
/// An order of publication jumps about in the columns, and every jump misses the cache. Ascending
/// entries lie side by side, and finished rows are moved in one piece each.
///
/// - Parameters:
///   - entries: For each row what it is about.
///   - make: Adds the rows of some places among the entries, so few that what is picked for them
///     stays in the second-level cache.
func inSubjectOrder(
  _ entries: [Int32], make: (_ places: [Int32], _ rows: inout WrittenRows) -> Void
) -> [UInt8] {
  let places = ascending(entries)
  var rows = WrittenRows()
  let block = 1024
  for start in stride(from: 0, to: places.count, by: block) {
    make(Array(places[start..<min(places.count, start + block)]), &rows)
    if start == 0 { rows.reserveCapacity(rows: places.count) }
  }
  var numbers = [Int32](repeating: 0, count: places.count)
  for (number, place) in places.enumerated() { numbers[Int(place)] = Int32(number) }
  return rows.picked(numbers)
}
