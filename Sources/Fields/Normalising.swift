import CUTF8Proc

/// What Unicode's NFKC_Casefold makes of scalars and texts: compatibility forms, case and what has
/// no shape are folded away, and what is left is composed.
///
/// The only file that speaks to utf8proc.
enum Normalising {
  private static let options =
    UTF8PROC_STABLE.rawValue | UTF8PROC_COMPAT.rawValue | UTF8PROC_COMPOSE.rawValue
    | UTF8PROC_CASEFOLD.rawValue | UTF8PROC_IGNORE.rawValue

  /// The scalars of a text after folding; nil where it is no UTF-8.
  static func folded(_ text: [UInt8]) -> [Int32]? {
    let choice = utf8proc_option_t(rawValue: options)
    // Most scalars become one; those that become many are asked for again with room enough.
    var scalars = [Int32](repeating: 0, count: text.count + 32)
    while true {
      let needed = unsafe scalars.withUnsafeMutableBufferPointer { room in
        unsafe utf8proc_decompose(text, text.count, room.baseAddress, room.count, choice)
      }
      guard needed >= 0 else { return nil }
      if needed <= scalars.count {
        let length = unsafe scalars.withUnsafeMutableBufferPointer { room in
          unsafe utf8proc_normalize_utf32(room.baseAddress, needed, choice)
        }
        guard length >= 0 else { return nil }
        scalars.removeLast(scalars.count - length)
        return scalars
      }
      scalars = [Int32](repeating: 0, count: needed)
    }
  }

  /// What one scalar becomes before anything is composed.
  ///
  /// - Parameter room: at least 32 scalars, overwritten.
  /// - Returns: how many it becomes, and the first.
  static func decomposed(_ scalar: UInt32, _ room: inout [Int32]) -> (count: Int, first: UInt32) {
    var boundary: Int32 = 0
    let count = unsafe room.withUnsafeMutableBufferPointer { room in
      unsafe utf8proc_decompose_char(
        Int32(bitPattern: scalar), room.baseAddress, room.count,
        utf8proc_option_t(rawValue: options), &boundary)
    }
    return (count, count == 0 ? 0 : UInt32(bitPattern: room[0]))
  }

  /// Whether a scalar may become one with another before it: marks, and vowels and finals of
  /// Hangul.
  static func mayJoin(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: return true
    case 0..<0x300: return false
    default:
      let category = utf8proc_category(Int32(bitPattern: scalar))
      return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC
        || category == UTF8PROC_CATEGORY_ME
    }
  }
}
