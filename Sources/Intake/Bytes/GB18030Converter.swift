import Glibc

/// GB18030 to UTF-8.
///
/// glibc converts by way of UCS-4, a function call a character. Nearly all characters have two
/// bytes; these are looked up in a table that glibc itself filled, and only the others go through
/// it.
@safe
struct GB18030Converter: ~Copyable {
  private let handle: iconv_t?

  init() { unsafe handle = iconv_open("UTF-8", "GB18030") }

  deinit {
    if let handle = unsafe handle { _ = unsafe iconv_close(handle) }
  }

  /// Adds the characters of `bytes` to `text`, up to the first that is none.
  ///
  /// - Returns: how many bytes were converted, and whether the rest begins a character.
  func convert(
    _ bytes: Span<UInt8>, into text: inout [UInt8]
  ) -> (count: Int, isIncomplete: Bool) {
    var index = 0
    while index < bytes.count {
      // Two bytes become at most three; see `lookUp` for the others.
      text.append(addingCapacity: (bytes.count - index) * 3 / 2 + 3) { output in
        index = lookUp(bytes, from: index, GB18030Converter.table.span, &output)
      }
      guard index < bytes.count else { break }
      if bytes[index] == 0x80 {
        // Windows writes the euro so, and browsers read it so, though the standard has no such byte.
        text.append(contentsOf: [0xE2, 0x82, 0xAC])
        index += 1
        continue
      }
      guard bytes[index] != 0xFF else { return (index, false) }
      let isFour = index + 1 < bytes.count && (0x30...0x39).contains(bytes[index + 1])
      let width = isFour ? 4 : 2
      guard index + width <= bytes.count else { return (index, true) }
      guard convertOne(bytes.extracting(index..<index + width), into: &text) else {
        return (index, false)
      }
      index += width
    }
    return (index, false)
  }

  /// One character through glibc.
  private func convertOne(_ bytes: Span<UInt8>, into text: inout [UInt8]) -> Bool {
    guard let handle = unsafe handle else { return false }
    var isConverted = false
    // Safe: both pointers are used within their closures, and the counts are those of the buffers.
    text.append(addingCapacity: 8) { output in
      unsafe output.withUnsafeMutableBufferPointer { buffer, count in
        unsafe bytes.withUnsafeBufferPointer { input in
          var source = unsafe UnsafeMutableRawPointer(mutating: input.baseAddress)?
            .assumingMemoryBound(to: CChar.self)
          var left = input.count
          var target = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?
            .assumingMemoryBound(to: CChar.self)
          var room = buffer.count
          _ = unsafe iconv(handle, &source, &left, &target, &room)
          isConverted = left == 0
          count = isConverted ? buffer.count - room : 0
        }
      }
    }
    return isConverted
  }

  /// For every character of two bytes its UTF-8, the first byte lowest and the length on top; 0
  /// where there is none.
  private static let table: [UInt32] = {
    let converter = GB18030Converter()
    var table = [UInt32](repeating: 0, count: tableSize)
    var text: [UInt8] = []
    for lead in UInt8(0x81)...0xFE {
      for trail in UInt8(0x40)...0xFE where trail != 0x7F {
        text.removeAll(keepingCapacity: true)
        guard converter.convertOne([lead, trail].span, into: &text), text.count <= 3 else {
          continue
        }
        var entry = UInt32(text.count) << 24
        for (place, byte) in text.enumerated() { entry |= UInt32(byte) << UInt32(place * 8) }
        table[place(of: lead, trail)] = entry
      }
    }
    // Old files have A3 A0 for a space of full width, as browsers read it, too.
    table[place(of: 0xA3, 0xA0)] = 0x0380_80E3
    return table
  }()

  /// The two bytes of a character from U+2000 on, the first one high; 0 where it has none.
  static func code(of scalar: UInt32) -> Int {
    guard scalar >= firstScalar, scalar - firstScalar < codes.count else { return 0 }
    return Int(codes[Int(scalar - firstScalar)])
  }

  private static let codes: [UInt16] = {
    var codes = [UInt16](repeating: 0, count: 0x1_0000 - Int(firstScalar))
    for lead in 0x81...0xFE {
      for trail in 0x40...0xFE where trail != 0x7F {
        let entry = table[place(of: UInt8(lead), UInt8(trail))]
        guard entry >> 24 == 3 else { continue }
        let (first, second, third) = (entry & 0x0F, entry >> 8 & 0x3F, entry >> 16 & 0x3F)
        let scalar = first << 12 | second << 6 | third
        guard scalar >= firstScalar, scalar - firstScalar < codes.count else { continue }
        codes[Int(scalar - firstScalar)] = UInt16(lead << 8 | trail)
      }
    }
    return codes
  }()
}

private let firstScalar: UInt32 = 0x2000

private let tableSize = (0xFF - 0x81) * 0xC0

@inline(__always)
private func place(of lead: UInt8, _ trail: UInt8) -> Int {
  (Int(lead) - 0x81) * 0xC0 + Int(trail) - 0x40
}

/// Converts ASCII and characters that the table has.
///
/// - Parameter text: with room for three bytes for every two, and three more.
/// - Returns: the first byte that is neither.
private func lookUp(
  _ bytes: Span<UInt8>, from start: Int, _ table: Span<UInt32>, _ text: inout OutputSpan<UInt8>
) -> Int {
  var index = start
  // Safe: every entry is stored whole, of which at most three bytes count; so at most one byte
  // behind what counts is written, for which there is room.
  unsafe text.withUnsafeMutableBufferPointer { buffer, count in
    guard let target = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
    var write = count
    while index < bytes.count {
      let lead = bytes[index]
      if lead < 0x80 {
        unsafe target.storeBytes(of: lead, toByteOffset: write, as: UInt8.self)
        write &+= 1
        index &+= 1
        continue
      }
      guard lead > 0x80, lead < 0xFF, index &+ 1 < bytes.count else { break }
      let trail = bytes[index &+ 1]
      guard trail >= 0x40, trail < 0xFF else { break }
      let entry = table[place(of: lead, trail)]
      guard entry != 0 else { break }
      unsafe target.storeBytes(of: entry.littleEndian, toByteOffset: write, as: UInt32.self)
      write &+= Int(entry >> 24)
      index &+= 2
    }
    count = write
  }
  return index
}
