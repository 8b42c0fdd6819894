import Testing

@testable import Intake

@Suite("What the characters of a text show")
struct LegacyTextTests {
  /// One character of each kind that is told apart, and bytes that begin or end none.
  static let characters: [[UInt8]] = [
    [0xB0, 0xA1], [0x82, 0xA0], [0xA4, 0x40], [0xFC, 0x62], [0x81, 0x30, 0x81, 0x30], [0x80],
    [0xFF], [0xB0],
  ]

  @Test("is the same whether eight letters are passed over at once or each is looked at")
  func skipped() {
    var differing: [String] = []
    var states: Set<String> = []
    for length in 0...33 {
      for place in 0..<max(length, 1) {
        for character in Self.characters {
          var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
          // What does not fit is cut off, as at the end of a file.
          for (offset, byte) in character.enumerated() where place + offset < length {
            bytes[place + offset] = byte
          }
          let (fast, slow) = (seen(bytes, piece: length), seen(bytes, piece: 1))
          if fast != slow { differing.append("\(length), \(place), \(character)") }
          states.insert(slow)
        }
      }
    }
    #expect(differing == [])
    // Else nothing was told apart.
    #expect(states.count > 8)
  }

  @Test("is the same wherever a file is cut into pieces", arguments: [2, 7, 8, 9, 16, 31])
  func pieces(piece: Int) {
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 15)
    let bytes = Self.characters.flatMap { letters + $0 + letters.dropFirst(7) + $0 }
    #expect(seen(bytes, piece: piece) == seen(bytes, piece: 1))
    #expect(seen(bytes, piece: bytes.count) == seen(bytes, piece: 1))
  }

  /// All that is known after the bytes were looked at in pieces; in pieces of one byte, none is ever
  /// passed over.
  private func seen(_ bytes: [UInt8], piece: Int) -> String {
    var text = LegacyText()
    for start in stride(from: 0, to: bytes.count, by: max(piece, 1)) {
      text.read(Array(bytes[start..<min(start + piece, bytes.count)]).span)
    }
    return String(reflecting: text)
  }
}
