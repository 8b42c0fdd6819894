/// A sheet's number as people see it.
///
/// Spreadsheets save 1.1 as `1.1000000000000001` and 20 as `2E1`, but know no more than 15 digits:
/// what they show is the number rounded to those.
struct PlainNumber: Equatable {
  /// Digits with a point, no exponent.
  var text: String
  /// Whether there are more digits before the point than a spreadsheet keeps.
  var isCut: Bool

  /// - Parameters:
  ///   - digits: as they stand in the file.
  ///   - shift: places that the point moves to the right.
  /// - Returns: nil where it is no number, or far too large or small for one.
  init?(_ digits: String, shiftedBy shift: Int = 0) {
    guard var parts = Parts(digits) else { return nil }
    parts.point += shift
    guard (-20...40).contains(parts.point) else { return nil }
    isCut = parts.point > Parts.most
    // Up to 15 digits are what was typed, and stay as they stand.
    guard shift != 0 || parts.hasExponent || parts.digits.count > Parts.most else {
      text = digits
      return
    }
    parts.round()
    text = parts.text
  }

  private struct Parts {
    /// Digits that a spreadsheet keeps.
    static let most = 15

    var isNegative = false
    /// Values of the digits from the first that is not 0.
    var digits: [UInt8] = []
    /// How many of them stand before the point; negative for zeros after it.
    var point = 0
    var hasExponent = false

    init?(_ text: String) {
      var hasPoint = false
      var hasDigit = false
      var exponent = ""
      for (index, byte) in text.utf8.enumerated() {
        switch byte {
        case _ where hasExponent: exponent.unicodeScalars.append(Unicode.Scalar(byte))
        case 0x30...0x39:
          hasDigit = true
          if !digits.isEmpty || byte != 0x30 {
            digits.append(byte - 0x30)
            if !hasPoint { point += 1 }
          } else if hasPoint {
            point -= 1
          }
        case UInt8(ascii: ".") where !hasPoint: hasPoint = true
        case UInt8(ascii: "-") where index == 0: isNegative = true
        case UInt8(ascii: "+") where index == 0: continue
        case UInt8(ascii: "E"), UInt8(ascii: "e"): hasExponent = true
        default: return nil
        }
      }
      guard hasDigit else { return nil }
      guard hasExponent else { return }
      guard let places = Int(exponent), abs(places) < 1000 else { return nil }
      point += places
    }

    /// Keeps 15 digits, half away from zero.
    mutating func round() {
      let isUp = digits.count > Parts.most && digits[Parts.most] >= 5
      digits = Array(digits.prefix(Parts.most))
      var index = digits.count - 1
      while isUp, index >= 0 {
        digits[index] += 1
        guard digits[index] == 10 else { return }
        digits[index] = 0
        index -= 1
      }
      guard isUp else { return }
      digits.insert(1, at: 0)
      point += 1
    }

    var text: String {
      var whole = digits.prefix(max(0, point)).map { $0 + 0x30 }
      while whole.count < point { whole.append(0x30) }
      var rest = [UInt8](repeating: 0x30, count: max(0, -point))
      rest += digits.dropFirst(max(0, point)).map { $0 + 0x30 }
      while rest.last == 0x30 { rest.removeLast() }
      let sign = isNegative && !digits.isEmpty ? "-" : ""
      let front = whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)
      return sign + front + (rest.isEmpty ? "" : "." + String(decoding: rest, as: UTF8.self))
    }
  }
}
