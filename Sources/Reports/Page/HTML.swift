import Tables

/// HTML text; markup can only come from the program's own literals, everything else is escaped.
struct HTML: Sendable {
  private(set) var bytes: [UInt8] = []

  /// Markup as it stands.
  mutating func markup(_ markup: StaticString) { bytes.append(markup.description) }

  /// Text of any origin.
  mutating func text(_ text: String) {
    for byte in markupText(text).utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes.append("&amp;")
      case UInt8(ascii: "<"): bytes.append("&lt;")
      case UInt8(ascii: ">"): bytes.append("&gt;")
      case UInt8(ascii: "\""): bytes.append("&quot;")
      case UInt8(ascii: "'"): bytes.append("&#39;")
      default: bytes.append(byte)
      }
    }
  }

  /// A sentence in both languages, of which the reader sees one.
  mutating func both(_ zh: String, _ en: String) {
    markup("<span class=zh lang=zh>")
    text(zh)
    markup("</span><span class=en lang=en>")
    text(en)
    markup("</span>")
  }

  mutating func both(_ text: Bilingual) { both(text.zh, text.en) }

  mutating func tag(_ name: StaticString, _ content: (inout HTML) -> Void) {
    markup("<")
    markup(name)
    markup(">")
    content(&self)
    close(name)
  }

  /// - Parameter kind: the element's class.
  mutating func tag(_ name: StaticString, _ kind: StaticString, _ content: (inout HTML) -> Void) {
    markup("<")
    markup(name)
    markup(" class=\"")
    markup(kind)
    markup("\">")
    content(&self)
    close(name)
  }

  /// A style sheet of several files, in their order.
  mutating func style(_ files: [StaticString]) { tag("style") { $0.embed(files) } }

  /// A script of several files, in their order.
  mutating func script(_ files: [StaticString]) { tag("script") { $0.embed(files) } }

  private mutating func embed(_ files: [StaticString]) {
    for file in files {
      markup("\n")
      markup(file)
    }
  }

  /// What every page says of itself, also who wrote it (`OwnPaper.generator`), by which it is known
  /// where it lies among delivered files.
  mutating func describe() {
    markup("<meta charset=utf-8>\n")
    markup("<meta name=viewport content=\"width=device-width, initial-scale=1\">\n")
    markup("<meta name=generator content=Heng>\n")
  }

  /// What every page of one piece begins with: it loads nothing, whatever a text contains.
  mutating func begin(_ language: Language, title: String, style files: [StaticString]) {
    markup("<!doctype html>\n")
    markup(language == .zh ? "<html lang=zh data-lang=zh>\n" : "<html lang=en data-lang=en>\n")
    describe()
    markup("<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; ")
    markup("style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n")
    tag("title") { $0.text(title) }
    style(files)
    markup("\n<body>\n")
  }

  /// The switch between the two languages of a page of one piece.
  mutating func languageSwitch() {
    tag("nav") { html in
      html.tag("button") { html in
        html.markup("<span class=zh lang=en>English</span><span class=en lang=zh>中文</span>")
      }
    }
  }

  /// The end of a page of one piece.
  mutating func end() {
    script(PageFiles.sheetScript)
    markup("\n</body>\n</html>\n")
  }

  /// A name with its value, in a list of such; nothing where there is no value.
  mutating func entry(_ name: Bilingual, _ text: String) {
    entry(name, Bilingual(zh: text, en: text))
  }

  /// The same with a text that differs by language.
  mutating func entry(_ name: Bilingual, _ text: Bilingual) {
    guard !text.zh.isEmpty else { return }
    tag("dt") { $0.both(name) }
    tag("dd") { html in
      if text.zh == text.en { html.text(text.zh) } else { html.both(text) }
    }
  }

  /// A link to a file beside the page.
  mutating func link(_ path: String, _ content: (inout HTML) -> Void) {
    markup("<a href=\"")
    text(path)
    markup("\">")
    content(&self)
    markup("</a>")
  }

  mutating func cell(_ text: String) { tag("td") { $0.text(text) } }

  mutating func number(_ text: String) { tag("td", "number") { $0.text(text) } }

  private mutating func close(_ name: StaticString) {
    markup("</")
    markup(name)
    markup(">")
  }
}
