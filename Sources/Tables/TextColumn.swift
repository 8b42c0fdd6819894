/// Texts of any length in one buffer of UTF-8 bytes.
public struct TextColumn: Sendable, Equatable {
  public private(set) var bytes: [UInt8] = []
  /// Where each text ends in `bytes`; it begins where the one before it ends.
  public private(set) var ends: [Int] = []
  public var presence = Presence()

  public init() {}

  public var count: Int { ends.count }

  public func range(_ row: Int) -> Range<Int> {
    (row == 0 ? 0 : ends[row - 1])..<ends[row]
  }

  /// The text of a row; empty where none is stated.
  public subscript(row: Int) -> String {
    String(decoding: bytes[range(row)], as: UTF8.self)
  }

  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    ends.append(bytes.count)
    presence.append(.stated)
  }

  public mutating func append(_ text: Span<UInt8>) {
    // Safe: the pointer is used only within the call.
    unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    ends.append(bytes.count)
    presence.append(.stated)
  }

  public mutating func append(_ text: ArraySlice<UInt8>) {
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    presence.append(.stated)
  }

  public mutating func appendAbsent(_ state: CellState) {
    ends.append(bytes.count)
    presence.append(state)
  }

  public mutating func reserveCapacity(_ rows: Int, bytes: Int) {
    self.bytes.reserveCapacity(bytes)
    ends.reserveCapacity(rows)
    presence.reserveCapacity(rows)
  }

  public mutating func append(contentsOf other: TextColumn) {
    let start = bytes.count
    bytes.append(contentsOf: other.bytes)
    for end in other.ends { ends.append(start + end) }
    presence.append(contentsOf: other.presence)
  }

  /// Whether two rows hold the same bytes.
  public func isEqual(_ row: Int, to other: TextColumn, _ otherRow: Int) -> Bool {
    let left = range(row)
    let right = other.range(otherRow)
    guard left.count == right.count else { return false }
    for offset in 0..<left.count
    where bytes[left.lowerBound + offset] != other.bytes[right.lowerBound + offset] {
      return false
    }
    return true
  }
}
