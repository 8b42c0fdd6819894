/// Where the characters of a run stand: a small digit above or below the line is no digit of the
/// number before it, though it is stored as one.
enum Script: Sendable {
  case onLine, above, below

  /// What `vertAlign` of a workbook's run says.
  init(_ attributes: [XMLAttribute]) {
    switch attributes["val"] {
    case "superscript": self = .above
    case "subscript": self = .below
    default: self = .onLine
    }
  }

  /// Of the elements that are open in a cell of a web page, the innermost that says so.
  init(_ elements: [String]) {
    self = .onLine
    for element in elements.reversed() {
      switch element {
      case "sup": self = .above
      case "sub": self = .below
      case "td", "th": break
      default: continue
      }
      return
    }
  }

  /// UTF-8 with the digits that stand off the line as the characters that look so: `²`, `₂`.
  func shown(_ piece: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in piece.indices {
      let byte = piece[index]
      guard self != .onLine, byte &- 0x30 <= 9 else {
        bytes.append(byte)
        continue
      }
      let digits = self == .above ? Script.raised : Script.lowered
      bytes.append(contentsOf: String(digits[Int(byte - 0x30)]).utf8)
    }
    return bytes
  }

  private static let raised: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
  private static let lowered: [Character] = ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"]
}
