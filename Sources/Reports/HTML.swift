import Tables

/// HTML text; markup can only come from the program's own literals, everything else is escaped.
struct HTML: Sendable {
  private(set) var bytes: [UInt8] = []

  /// Markup as it stands.
  mutating func markup(_ markup: StaticString) { bytes.append(markup.description) }

  /// Text of any origin.
  mutating func text(_ text: String) {
    for byte in text.utf8 {
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

  /// A whole number with its thousands apart: `8,669`.
  mutating func count(_ number: Int) { text(grouped(number)) }

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

  /// A link to a file beside the page.
  mutating func link(_ path: String, _ content: (inout HTML) -> Void) {
    markup("<a href=\"")
    text(path)
    markup("\">")
    content(&self)
    markup("</a>")
  }

  /// A row of headings; those after the first `texts` are numbers.
  mutating func head(_ names: [Bilingual], texts: Int) {
    tag("thead") { html in
      html.tag("tr") { html in
        for (index, name) in names.enumerated() {
          html.tag("th", index < texts ? "" : "number") { $0.both(name) }
        }
      }
    }
  }

  mutating func cell(_ text: String) { tag("td") { $0.text(text) } }

  mutating func number(_ text: String) { tag("td", "number") { $0.text(text) } }

  mutating func number(_ number: Int) { self.number(grouped(number)) }

  /// A cell with a rate, how it came about, and a bar.
  mutating func rate(_ measure: CoverageLine.Measured) {
    let share = share(measure.numerator, of: measure.denominator)
    tag("td", "rate") { html in
      html.bar(share ?? 0)
      html.tag("b") { $0.text(share == nil ? "—" : shownPercent(share)) }
      html.tag("small") { html in
        html.text("\(grouped(measure.numerator)) / \(grouped(measure.denominator))")
        guard measure.unknown > 0 else { return }
        html.both("，\(grouped(measure.unknown)) 个待查", ", \(grouped(measure.unknown)) unknown")
      }
    }
  }

  /// A bar as long as the share, in thousandths.
  mutating func bar(_ share: Int) {
    markup("<i class=bar style=\"--share:")
    text(shownPercent(min(1000, max(0, share))))
    markup("\"></i>")
  }

  private mutating func close(_ name: StaticString) {
    markup("</")
    markup(name)
    markup(">")
  }
}

/// A whole number with its thousands apart.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return text
}
