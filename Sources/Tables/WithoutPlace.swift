extension Bilingual {
  /// The words without the cell of a sheet, or the record of a file of one line, that they begin
  /// with, so that equal values are said alike.
  public var withoutPlace: Bilingual {
    func cut(_ text: String, _ separator: String) -> String {
      guard let end = text.firstRange(of: separator) else { return text }
      let digits = text[..<end.lowerBound].drop { ("A"..."Z").contains($0) }
      let letters = text[..<digits.startIndex]
      let isCell = !letters.isEmpty && !digits.isEmpty && digits.allSatisfy(\.isNumber)
      let isRecord =
        text.hasPrefix("record ") || text.hasPrefix("第") && text[..<end.lowerBound].contains("条记录")
      return isCell || isRecord ? String(text[end.upperBound...]) : text
    }
    return Bilingual(zh: cut(zh, "："), en: cut(en, ": "))
  }
}
