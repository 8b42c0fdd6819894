import Tables

/// Texts in one buffer, in any order, that rows refer to by number.
///
/// A loop over rows takes the buffer in hand once. An array of texts would count a reference for
/// every text that is looked up, and jobs that count on the same one wait for each other.
package struct TextBuffer: Sendable {
  private(set) var bytes: [UInt8]
  /// Where each piece begins and ends, side by side.
  private(set) var bounds: [Int]

  init() { (bytes, bounds) = ([], []) }

  /// Texts as they are.
  init(_ texts: some Sequence<some Sequence<UInt8>>) {
    self.init()
    for text in texts {
      bounds.append(bytes.count)
      bytes.append(contentsOf: text)
      bounds.append(bytes.count)
    }
  }

  /// Texts as they stand in cells of separated text.
  init(cells texts: some Sequence<some Sequence<UInt8>>) {
    self.init()
    for text in texts { append(cell: Array(text)) }
  }

  /// TextBuffer that another buffer's ranges were copied to.
  init(bytes: [UInt8], bounds: [Int]) {
    precondition(bounds.count % 2 == 0 && bounds.allSatisfy { 0...bytes.count ~= $0 })
    self.bytes = bytes
    self.bounds = bounds
  }

  var count: Int { bounds.count / 2 }

  func range(_ number: Int) -> Range<Int> { bounds[2 * number]..<bounds[2 * number + 1] }

  subscript(number: Int) -> ArraySlice<UInt8> { bytes[range(number)] }

  func text(_ number: Int) -> String { String(decoding: self[number], as: UTF8.self) }

  /// Adds a piece of at most so many bytes.
  mutating func append(upTo most: Int, write: (inout OutputSpan<UInt8>) -> Void) {
    bounds.append(bytes.count)
    bytes.append(addingCapacity: most, initializingWith: write)
    bounds.append(bytes.count)
  }

  /// Adds a text as it stands in a cell of separated text.
  mutating func append(cell text: [UInt8]) {
    append(upTo: text.count * 2 + 3) { $0.putCell(text.span) }
  }

  mutating func append(cell text: String) {
    let utf8 = text.utf8
    append(upTo: utf8.count * 2 + 3) { $0.putCell(utf8.span) }
  }

  /// Adds bytes as they are.
  mutating func append(made text: [UInt8]) { append(upTo: text.count) { $0.put(text.span) } }

  /// Adds all pieces of another buffer, in their order.
  mutating func append(_ other: TextBuffer) {
    let start = bytes.count
    bytes.append(contentsOf: other.bytes)
    let bounds = other.bounds.span
    self.bounds.append(addingCapacity: bounds.count) { output in
      for index in bounds.indices { output.append(bounds[index] &+ start) }
    }
  }

  /// Adds so many empty pieces, to be filled in any order.
  ///
  /// - Returns: the number of the first.
  mutating func setAside(_ count: Int) -> Int {
    defer { bounds.append(contentsOf: repeatElement(bytes.count, count: count * 2)) }
    return self.count
  }

  /// Gives pieces that were set aside their texts.
  ///
  /// - Parameter write: Writes at most so many bytes, and puts down where pieces begin and end,
  ///   counted from the number that it is given.
  mutating func fill(
    upTo most: Int, write: (inout OutputSpan<UInt8>, inout [Int], _ start: Int) -> Void
  ) {
    let start = bytes.count
    // Taken out, so that there is one owner to write to.
    var bounds: [Int] = []
    swap(&bounds, &self.bounds)
    bytes.append(addingCapacity: most) { write(&$0, &bounds, start) }
    swap(&bounds, &self.bounds)
  }

  /// Bytes of the longest.
  var longest: Int { (0..<count).reduce(0) { max($0, range($1).count) } }
}

extension OutputSpan<UInt8> {
  /// Adds a piece by its number.
  mutating func put(_ number: Int, of bytes: Span<UInt8>, _ bounds: Span<Int>) {
    put(bytes.extracting(bounds[2 * number]..<bounds[2 * number + 1]))
  }
}
