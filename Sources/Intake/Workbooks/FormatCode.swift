/// The code of a number format, taken apart: `000000`, `"K"0000`, `yyyy"年"m"月"`,
/// `[<100]0;#,##0;"无"`.
struct FormatCode: Sendable, Equatable {
  enum Token: Sendable, Equatable {
    /// Stands as it is.
    case literal(Unicode.Scalar)
    /// `0`, `#` or `?`: room for a digit.
    case digit(Unicode.Scalar)
    /// A part of a date or time: `y m d h s`, `a` of a weekday or of the half of a day.
    case part(Unicode.Scalar)
    case point, comma, percent, slash, exponent
    /// The number as it is, in formats that a person picks first.
    case general
  }

  /// What is shown where its condition is met; of up to four the first three are for numbers.
  struct Section: Sendable, Equatable {
    var tokens: [Token] = []
    var condition: Condition?
    /// Whether digits are written in another script, or otherwise than here can be told.
    var isSpelled = false
  }

  struct Condition: Sendable, Equatable {
    var sign: String
    var number: Double

    func isMet(by value: Double) -> Bool {
      switch sign {
      case "<": value < number
      case "<=": value <= number
      case ">": value > number
      case ">=": value >= number
      case "<>": value != number
      default: value == number
      }
    }
  }

  private(set) var sections: [Section] = [Section()]

  /// Whether numbers are shown smaller than they are: each comma behind the last place leaves three
  /// digits out (`#,##0,` shows 12345678 as 12,346).
  var isScaled: Bool {
    sections.prefix(3).contains { section in
      let places = section.tokens.indices.filter {
        if case .digit = section.tokens[$0] { true } else { false }
      }
      guard let last = places.last else { return false }
      let point = section.tokens.firstIndex(of: .point) ?? section.tokens.endIndex
      let isBeforePoint = places.last { $0 < point }.map {
        section.tokens[$0..<point].contains(.comma)
      }
      return section.tokens[last...].contains(.comma) || isBeforePoint ?? false
    }
  }

  init(_ code: String) {
    var scan = Scan(scalars: Array(code.unicodeScalars.prefix(1000)))
    while let scalar = scan.next() { read(scalar, &scan) }
  }

  private struct Scan {
    let scalars: [Unicode.Scalar]
    var index = 0

    mutating func next() -> Unicode.Scalar? {
      guard index < scalars.count else { return nil }
      index += 1
      return scalars[index - 1]
    }

    /// Steps over a word behind the scalar in hand, whatever its case.
    mutating func read(_ word: String) -> Bool {
      let rest = scalars[(index - 1)...].prefix(word.unicodeScalars.count)
      var text = ""
      text.unicodeScalars.append(contentsOf: rest)
      guard text.lowercased() == word else { return false }
      index += rest.count - 1
      return true
    }

    mutating func text(until end: Unicode.Scalar) -> [Unicode.Scalar] {
      var text: [Unicode.Scalar] = []
      while let scalar = next(), scalar != end { text.append(scalar) }
      return text
    }
  }

  private mutating func add(_ token: Token) { sections[sections.count - 1].tokens.append(token) }

  private mutating func read(_ scalar: Unicode.Scalar, _ scan: inout Scan) {
    switch scalar {
    case "\"": for literal in scan.text(until: "\"") { add(.literal(literal)) }
    // East Asian editions write `!` where others write `\`.
    case "\\", "!": if let literal = scan.next() { add(.literal(literal)) }
    case "_", "*": _ = scan.next()
    case "[": takeBracket(scan.text(until: "]"))
    case ";": sections.append(Section())
    case "0", "#", "?": add(.digit(scalar))
    case ".": add(.point)
    case ",": add(.comma)
    case "%": add(.percent)
    case "/": add(.slash)
    case "@": add(.general)
    default: takeLetter(scalar, &scan)
    }
  }

  private mutating func takeLetter(_ scalar: Unicode.Scalar, _ scan: inout Scan) {
    if scan.read("general") || scan.read("g/通用格式") { return add(.general) }
    if scan.read("e+") || scan.read("e-") { return add(.exponent) }
    if scan.read("am/pm") || scan.read("a/p") || scan.read("上午/下午") { return add(.part("h")) }
    switch scalar {
    case "y", "Y", "e", "E", "b", "B": add(.part("y"))
    case "m", "M": add(.part("m"))
    case "d", "D": add(.part("d"))
    case "h", "H": add(.part("h"))
    case "s", "S": add(.part("s"))
    case "a", "A": add(.part("a"))
    default: add(.literal(scalar))
    }
  }

  /// `[$¥-804]`, `[<=100]`, `[h]`, `[DBNum1]`, `[Red]`.
  private mutating func takeBracket(_ content: [Unicode.Scalar]) {
    var text = ""
    text.unicodeScalars.append(contentsOf: content)
    switch content.first {
    case "$":
      let symbol = text.dropFirst().prefix { $0 != "-" }
      for scalar in symbol.unicodeScalars { add(.literal(scalar)) }
    case "<", ">", "=":
      let sign = text.prefix { "<>=".contains($0) }
      guard let number = Double(text.dropFirst(sign.count)) else { return }
      sections[sections.count - 1].condition = Condition(sign: String(sign), number: number)
    default:
      let lower = text.lowercased()
      if lower.hasPrefix("dbnum") {
        sections[sections.count - 1].isSpelled = true
      } else if let first = lower.unicodeScalars.first,
        lower.unicodeScalars.allSatisfy({ $0 == first }), "hms".unicodeScalars.contains(first)
      {
        add(.part(first == "m" ? "h" : first))
      }
    }
  }
}
