public import Tables

extension CodeTable.Code {
  /// Its name in Chinese; in English the name of the column `name_en`, where the table has one,
  /// else the code beside the name.
  public var words: Bilingual {
    let own = name.isEmpty ? code : name
    if let english = attributes["name_en"], !english.isEmpty {
      return Bilingual(zh: own, en: english)
    }
    return Bilingual(zh: own, en: own == code ? code : "\(code) (\(own))")
  }
}

extension CodeTable {
  /// What a code is called; a code that the table does not have is called as it is written.
  public func words(of code: String) -> Bilingual {
    codes.first { $0.code == code }?.words ?? Bilingual(zh: code, en: code)
  }
}
