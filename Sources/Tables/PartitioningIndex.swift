extension RandomAccessCollection {
  /// Where the elements begin that are on the far side of a line, in a collection whose elements on
  /// the near side all stand before them; the end where none is. A binary search.
  ///
  /// Of columns that are no collections the rows are searched: `(0..<count).partitioningIndex`.
  @inlinable
  public func partitioningIndex(where isBeyond: (Element) -> Bool) -> Index {
    var start = startIndex
    var length = count
    while length > 0 {
      let half = length / 2
      let middle = index(start, offsetBy: half)
      if isBeyond(self[middle]) {
        length = half
      } else {
        start = index(after: middle)
        length -= half + 1
      }
    }
    return start
  }
}
