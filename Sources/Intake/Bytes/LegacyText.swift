import Tables

/// What the characters of a text show that is read as GB18030 because it is not UTF-8: nearly
/// everything can be decoded so, Western, Japanese and Big5 text too, and reads as rare ideographs.
///
/// In Chinese text most characters are of the first level of GB 2312; of all that is taken for it,
/// hardly any.
struct LegacyText {
  /// Ideographs, and those of the first level among them.
  private var ideographs = 0
  private var common = 0
  /// Ideographs whose second byte is an ASCII letter, as of `ü` and the letter behind it.
  private var withLetter = 0
  /// Pairs that are hiragana or katakana in Shift_JIS.
  private var japanese = 0
  /// Pairs that are common ideographs in Big5.
  private var traditional = 0
  private var lead: UInt8 = 0
  /// Bytes of a character of four that are still to come.
  private var left = 0

  /// Looks at the next bytes of a file.
  mutating func read(_ bytes: Span<UInt8>) {
    let raw = unsafe bytes.bytes
    var index = 0
    while index < bytes.count {
      if lead == 0, left == 0 {
        // Safe: eight bytes remain, all of them ASCII.
        while index + 8 <= bytes.count,
          unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            & 0x8080_8080_8080_8080 == 0
        { index += 8 }
        guard index < bytes.count else { return }
      }
      let byte = bytes[index]
      index += 1
      if left > 0 {
        left -= 1
      } else if lead == 0 {
        if byte > 0x80, byte < 0xFF { lead = byte }
      } else {
        add(lead, byte)
        lead = 0
      }
    }
  }

  private mutating func add(_ lead: UInt8, _ trail: UInt8) {
    if trail >= 0x30, trail <= 0x39 {
      left = 2
      return
    }
    switch (lead, trail) {
    case (0x82, 0x9F...0xF1), (0x83, 0x40...0x96): japanese += 1
    case (0xA4...0xC6, 0x40...0x7E), (0xA4...0xC6, 0xA1...0xFE): traditional += 1
    default: break
    }
    switch (lead, trail) {
    // Punctuation, letters of full width, kana, Greek and Cyrillic.
    case (0xA1...0xA9, 0xA1...): return
    default:
      ideographs += 1
      if lead >= 0xB0, lead <= 0xD7, trail >= 0xA1 { common += 1 }
      if (trail | 0x20) >= 0x61, (trail | 0x20) <= 0x7A { withLetter += 1 }
    }
  }

  /// Whether more characters would tell no more.
  var isEnough: Bool { ideographs >= 1000 }

  /// What the text probably is; nil where it may well be GB18030.
  var probable: Bilingual? {
    let all = ideographs
    guard all > 0 else { return nil }
    let isJapanese = japanese * 10 >= all * 3 && common * 2 < all
    let isRare = all >= 8 ? common * 10 < all * 4 : withLetter * 2 >= all && common * 2 < all
    guard isJapanese || isRare else { return nil }
    if isJapanese { return Bilingual(zh: "Shift_JIS（日文）", en: "Shift_JIS (Japanese)") }
    if traditional * 10 >= all * 7, withLetter * 10 < all * 8, all >= 4 {
      return Bilingual(zh: "Big5（繁体中文）", en: "Big5 (traditional Chinese)")
    }
    return Bilingual(
      zh: "Windows-1252 或其他西文编码", en: "Windows-1252 or another encoding of the West")
  }
}
