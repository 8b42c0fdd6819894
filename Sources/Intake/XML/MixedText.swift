/// What stands within an element of an XML file whose text is asked for, beside its own characters.
struct MixedText {
  /// Whether the text has characters of its own, blanks aside.
  var hasOwnText = false
  /// Whether elements within are asked for themselves.
  var hasOthers = false
  /// Names of elements directly within that nobody asks for.
  private(set) var elements: [String] = []
  /// Whether all of these only say how the text is to look.
  private var isMarkup = true

  /// Names beyond so many tell nothing more.
  private static let most = 100

  /// Begins with another text; nothing is given back that the one before did not take.
  mutating func begin() {
    hasOwnText = false
    hasOthers = false
    isMarkup = true
    if !elements.isEmpty { elements.removeAll() }
  }

  mutating func note(_ name: String) {
    if !MixedText.isOfMarkup(name) { isMarkup = false }
    if elements.count < MixedText.most { elements.append(name) }
  }

  /// Whether it is no text but other data: run together, they would be a value that nobody wrote.
  var isOnlyElements: Bool {
    !hasOwnText && (hasOthers || !elements.isEmpty && !isMarkup)
  }

  /// Whether an element says only how a text is to look, as those do that come with pasted texts.
  private static func isOfMarkup(_ name: String) -> Bool {
    switch name.lowercased() {
    case "a", "b", "big", "br", "code", "del", "em", "font", "i", "ins", "mark", "o", "p", "q", "s",
      "small", "span", "strike", "strong", "sub", "sup", "tt", "u":
      true
    default: false
    }
  }
}

/// A text that goes on when an element within it has ended.
struct InterruptedText {
  /// Elements that are open around it.
  var depth: Int
  var slot: Int32
  var isNil: Bool
  var mixed: MixedText
  var text: [UInt8]
}
