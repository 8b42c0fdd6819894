import Tables

/// What a person's keyboard does to YAML: a colon of the Chinese layout, none of the blank behind a
/// colon, a tab before a key. The parser stumbles over it lines later, so it is sought.
struct TypingSlip: Equatable {
  var line: Int
  var column: Int
  var kind: Kind

  enum Kind: CaseIterable {
    case wideColon, noBlank, tab
  }

  /// The first slip of a text that is no YAML; nil where there is none of these.
  init?(in text: String) {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (number, line) in lines.enumerated() {
      guard let (kind, column) = TypingSlip.slip(of: line) else { continue }
      self.line = number + 1
      self.column = column
      self.kind = kind
      return
    }
    return nil
  }

  private static func slip(of line: Substring) -> (Kind, column: Int)? {
    let indent = line.prefix { $0 == " " || $0 == "\t" }
    if let tab = indent.firstIndex(of: "\t"), indent.count < line.count {
      return (.tab, line.distance(from: line.startIndex, to: tab) + 1)
    }
    var rest = line.dropFirst(indent.count)
    while rest.hasPrefix("- ") { rest = rest.dropFirst(2).drop { $0 == " " } }
    let key = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    guard let first = key.first, first.isLetter else { return nil }
    let behind = rest.dropFirst(key.count)
    let column = line.count - behind.count + 1
    if behind.first == "：" { return (.wideColon, column) }
    guard behind.first == ":", let next = behind.dropFirst().first, next != " ", next != "/" else {
      return nil
    }
    return (.noBlank, column)
  }

  var what: Bilingual {
    switch kind {
    case .wideColon:
      Bilingual(zh: "这里用了全角冒号“：”", en: "the colon here is a full-width one, “：”")
    case .noBlank: Bilingual(zh: "冒号后面缺少空格", en: "there is no blank behind the colon")
    case .tab: Bilingual(zh: "行首用了制表符（Tab）", en: "the line begins with a tab")
    }
  }

  var cure: Bilingual {
    switch kind {
    case .wideColon:
      Bilingual(zh: "请改为半角冒号加一个空格“: ”", en: "write a plain colon and a blank, “: ”")
    case .noBlank: Bilingual(zh: "请在冒号后加一个空格", en: "write a blank behind it")
    case .tab: Bilingual(zh: "请改用空格缩进", en: "indent with blanks")
    }
  }
}
