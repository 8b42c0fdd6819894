import RulePacks

/// Points as they stand in cells, each behind a separator, made once for all rows: a rubric gives
/// few different ones.
struct PointTexts: Sendable {
  private let least: Int
  /// By thousandths from the least: up to seven bytes, the first in the lowest bits, and in the
  /// highest byte how many; 0 for points that are not made.
  private var words: [UInt64] = []
  let decimals: Int

  init(_ rubric: Rubric) {
    let most = rubric.parts.reduce(rubric.full) { $0 + max(0, $1.kind == .bonus ? $1.most : 0) }
    let least = rubric.parts.reduce(0) { min($0, $1.least) }
    self.init(least: least, most: most, decimals: rubric.decimals)
  }

  /// - Parameters:
  ///   - least: In thousandths, as `most`; points beyond are written as they come.
  init(least: Int, most: Int, decimals: Int) {
    let unit = decimals > 2 ? 1 : [1000, 100, 10][max(0, decimals)]
    // A table that costs more to make than it saves is not made.
    let (least, most) = (max(least, -100_000), min(most, 200_000))
    self.decimals = decimals
    self.least = least - least % unit
    guard decimals <= 2, least <= most else { return }
    words = Array(repeating: 0, count: most - self.least + 1)
    for points in stride(from: self.least, through: most, by: unit) {
      var text = [UInt8(ascii: ",")]
      text.appendThousandths(points, decimals: decimals)
      words[points - self.least] = packed(text)
    }
  }

  /// Shares in thousandths as percentages.
  init(percentsUpTo most: Int) {
    (least, decimals) = (0, 1)
    words = (0...most).map { share in
      var text = [UInt8(ascii: ",")]
      text.appendPercent(share)
      return packed(text)
    }
  }

  /// The text of some points as `words` has it; 0 where it is not made.
  fileprivate func word(_ points: Int) -> UInt64 {
    // Safe: points are thousandths of 32 bits, and what is below the least becomes very large.
    let place = UInt(bitPattern: points &- least)
    return place < UInt(words.count) ? words[Int(place)] : 0
  }
}

/// Nothing for what is longer than seven bytes.
private func packed(_ text: [UInt8]) -> UInt64 {
  guard text.count <= 7 else { return 0 }
  var word = UInt64(text.count) << 56
  for (place, byte) in text.enumerated() { word |= UInt64(byte) << UInt64(place * 8) }
  return word
}

extension OutputSpan<UInt8> {
  /// Adds a separator and points in thousandths; at most 25 bytes.
  mutating func put(_ points: Int32, _ texts: PointTexts) {
    let word = texts.word(Int(points))
    if word != 0 { return put(word: word, count: Int(word >> 56)) }
    append(UInt8(ascii: ","))
    putThousandths(Int(points), decimals: texts.decimals)
  }

  /// Adds a separator and a share in thousandths; at most 26 bytes.
  mutating func put(percent share: Int32, _ texts: PointTexts) {
    let word = texts.word(Int(share))
    if word != 0 { return put(word: word, count: Int(word >> 56)) }
    append(UInt8(ascii: ","))
    putPercent(Int(share))
  }
}
