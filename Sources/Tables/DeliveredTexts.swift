/// The texts that the cells of a column were read from, as they were delivered.
///
/// They lie end to end, with four bytes a row beside them; a row without a text has an empty one.
/// Beyond 4 GB no further texts are kept.
public struct DeliveredTexts: Sendable, Equatable {
  public private(set) var bytes: [UInt8] = []
  /// Where the text of each row ends.
  public private(set) var ends: [UInt32] = []

  public init() {}

  public init(_ texts: [String]) {
    for text in texts {
      let text = Array(text.utf8)
      append(from: [0].span, to: [Int32(text.count)].span, of: text.span)
    }
  }

  public var count: Int { ends.count }

  public func range(_ row: Int) -> Range<Int> {
    Int(row == 0 ? 0 : ends[row - 1])..<Int(ends[row])
  }

  public subscript(row: Int) -> String { String(decoding: bytes[range(row)], as: UTF8.self) }

  /// Adds the texts of some rows, which stand in one buffer: a start and an end a row, equal where
  /// there is no text.
  public mutating func append(
    from starts: Span<Int32>, to ends: Span<Int32>, of text: Span<UInt8>
  ) {
    var total = 0
    for row in starts.indices {
      total += text.extracting(Int(starts[row])..<Int(ends[row])).count
    }
    var end = UInt32(bytes.count)
    guard bytes.count + total <= Int(UInt32.max) else {
      return self.ends.append(contentsOf: repeatElement(end, count: starts.count))
    }
    bytes.append(addingCapacity: total) { output in
      // Safe: `total` is the sum of what is copied, and `extracting` has checked every range.
      unsafe output.withUnsafeMutableBufferPointer { room, count in
        unsafe text.withUnsafeBufferPointer { text in
          guard let source = text.baseAddress, var target = room.baseAddress else { return }
          for row in starts.indices {
            let length = Int(ends[row] &- starts[row])
            unsafe target.initialize(from: source + Int(starts[row]), count: length)
            unsafe target += length
            count &+= length
          }
        }
      }
    }
    self.ends.append(addingCapacity: starts.count) { output in
      for row in starts.indices {
        // Safe: what was added fits into the sum that was looked at.
        end &+= UInt32(truncatingIfNeeded: ends[row] &- starts[row])
        output.append(end)
      }
    }
  }

  /// Adds rows without a text.
  public mutating func appendNone(_ count: Int) {
    ends.append(contentsOf: repeatElement(ends.last ?? 0, count: count))
  }

  public mutating func append(contentsOf other: DeliveredTexts) {
    let start = UInt32(bytes.count)
    guard bytes.count + other.bytes.count <= Int(UInt32.max) else {
      return ends.append(contentsOf: repeatElement(start, count: other.count))
    }
    bytes.append(contentsOf: other.bytes)
    ends.append(addingCapacity: other.count) { output in
      for end in other.ends { output.append(start + end) }
    }
  }
}
