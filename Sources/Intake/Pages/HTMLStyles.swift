/// What of a page's style sheets bears on its cells: number formats, what is hidden and what is
/// crossed out.
///
/// Only names of classes and elements by themselves are known, which is how spreadsheets write
/// them: `.xl65 {mso-number-format:"\@";}`, `td {…}`, `td.hide {display:none}`.
struct HTMLStyles {
  private var rules: [String: [String]] = [:]
  private static let most = 65_536

  /// Adds the rules of a style sheet.
  mutating func add(_ sheet: String) {
    var rest = sheet[...]
    while rules.count < HTMLStyles.most, let open = rest.firstIndex(of: "{") {
      let selectors = rest[..<open]
      rest = rest[rest.index(after: open)...]
      let close = HTMLStyles.end(of: rest)
      let declarations = String(rest[..<close])
      rest = close < rest.endIndex ? rest[rest.index(after: close)...] : rest[close...]
      guard
        declarations.contains("format") || declarations.contains("display")
          || declarations.contains("visibility") || declarations.contains("decoration")
      else { continue }
      for selector in selectors.split(separator: ",") {
        let name = selector.split(whereSeparator: \.isWhitespace).last ?? ""
        guard !name.isEmpty else { continue }
        rules[name.lowercased(), default: []].append(declarations)
      }
    }
  }

  /// The end of declarations; a brace within quotes is none.
  private static func end(of text: Substring) -> String.Index {
    var quote: Character?
    for index in text.indices {
      let character = text[index]
      if character == quote {
        quote = nil
      } else if quote == nil {
        if character == "}" { return index }
        if character == "\"" { quote = character }
      }
    }
    return text.endIndex
  }

  /// The number format of a cell as a workbook would spell it; nil for none.
  func format(_ name: String, _ attributes: [XMLAttribute]) -> String? {
    let names = ["mso-number-format", "vnd.ms-excel.numberformat"]
    return value(of: names, name, attributes).map(HTMLStyles.formatCode)
  }

  func isHidden(_ name: String, _ attributes: [XMLAttribute]) -> Bool {
    guard !attributes.isEmpty || !rules.isEmpty else { return false }
    if attributes.contains(where: { $0.name == "hidden" }) { return true }
    if value(of: ["display"], name, attributes)?.lowercased().hasPrefix("none") ?? false {
      return true
    }
    let visibility = value(of: ["visibility"], name, attributes)?.lowercased() ?? ""
    return visibility.hasPrefix("hidden") || visibility.hasPrefix("collapse")
  }

  /// Whether what stands in an element is crossed out.
  func isStruck(_ name: String, _ attributes: [XMLAttribute]) -> Bool {
    if ["s", "strike", "del"].contains(name) { return true }
    guard !attributes.isEmpty || !rules.isEmpty else { return false }
    return ["text-decoration", "text-decoration-line"].contains { property in
      value(of: [property], name, attributes)?.lowercased().contains("line-through") ?? false
    }
  }

  /// What the style of the element itself says, or that of its class, or that of its kind.
  private func value(
    of names: [String], _ element: String, _ attributes: [XMLAttribute]
  ) -> String? {
    if let own = attributes["style"], let value = HTMLStyles.value(of: names, in: own) {
      return value
    }
    guard !rules.isEmpty else { return nil }
    let classes = (attributes["class"] ?? "").lowercased().split(separator: " ")
    let selectors =
      classes.flatMap { ["\(element).\($0)", ".\($0)"] } + [element]
    for selector in selectors {
      for declarations in (rules[selector] ?? []).reversed() {
        if let value = HTMLStyles.value(of: names, in: declarations) { return value }
      }
    }
    return nil
  }

  private static func value(of names: [String], in declarations: String) -> String? {
    var found: String?
    var rest = declarations[...]
    while !rest.isEmpty {
      let end = declarationEnd(rest)
      let declaration = rest[..<end]
      rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...]
      guard let colon = declaration.firstIndex(of: ":") else { continue }
      let name = declaration[..<colon].filter { !$0.isWhitespace }.lowercased()
      guard names.contains(name) else { continue }
      found = String(declaration[declaration.index(after: colon)...])
    }
    return found.map { text in
      let plain = text.drop(while: \.isWhitespace)
      return String(plain.reversed().drop(while: \.isWhitespace).reversed())
    }
  }

  /// A semicolon within quotes or behind a backslash is part of a value.
  private static func declarationEnd(_ text: Substring) -> String.Index {
    var quote: Character?
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil {
        if character == ";" { return index }
        if character == "\"" || character == "'" { quote = character }
      }
    }
    return text.endIndex
  }

  /// `"yyyy\-mm\-dd"` of a style as `yyyy\-mm\-dd`, and the names that Excel gives to a few.
  static func formatCode(_ value: String) -> String {
    var code = value[...]
    if let quote = code.first, quote == "\"" || quote == "'" {
      code = code.dropFirst()
      if code.last == quote { code = code.dropLast() }
    }
    switch code.lowercased() {
    case "general", "general number": return "General"
    case "short date", "medium date", "long date": return "yyyy-mm-dd"
    case "short time", "medium time", "long time": return "hh:mm:ss"
    case "general date": return "yyyy-mm-dd hh:mm:ss"
    case "percent": return "0.00%"
    case "fixed", "standard", "currency": return "0.00"
    default: return unescaped(code)
    }
  }

  /// Style sheets put a backslash before every mark; before a mark that a format does not know it
  /// stands for itself, as the format has it: `\\` is `\`.
  private static func unescaped(_ code: Substring) -> String {
    var text = ""
    var isEscaped = false
    for character in code {
      if character == "\\", !isEscaped {
        isEscaped = true
        continue
      }
      text.append(character)
      isEscaped = false
    }
    return text
  }
}
