extension OutputSpan<UInt8> {
  /// Adds a few bytes, for which there must be room.
  @inlinable @inline(__always)
  public mutating func append(copying bytes: Span<UInt8>) {
    precondition(bytes.count <= freeCapacity)
    // Safe: there is room for the bytes, and the pointers are used only within the calls.
    unsafe withUnsafeMutableBufferPointer { room, count in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        guard let source = bytes.baseAddress, let target = room.baseAddress else { return }
        unsafe (target + count).initialize(from: source, count: bytes.count)
        count += bytes.count
      }
    }
  }
}
