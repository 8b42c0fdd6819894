/// A number format that makes a code of a number: `000000` shows 42 as 000042, `"K"0000` as K0042.
struct NumberMask: Sendable, Equatable {
  /// What becomes of a number.
  enum Shown: Equatable {
    /// Its digits, as without the mask.
    case plain
    case text(String)
    /// Not all of its digits, or otherwise than can be told here.
    case hidden
  }

  private let sections: [FormatCode.Section]

  /// - Returns: nil where the format shows amounts: digits with or without decimals and separators
  ///   of thousands.
  init?(_ code: FormatCode) {
    sections = Array(code.sections.prefix(3))
    guard sections.contains(where: { !isPlain($0) }) else { return nil }
  }

  /// What a number looks like.
  ///
  /// - Parameter number: digits with a point, no exponent.
  func shown(_ number: String) -> Shown {
    guard let value = Double(number) else { return .hidden }
    guard let (section, isSigned) = section(for: value) else { return .hidden }
    guard !isPlain(section) else { return .plain }
    guard !section.isSpelled else { return .hidden }
    let parts = number.drop { $0 == "-" || $0 == "+" }
      .split(separator: ".", omittingEmptySubsequences: false)
    let whole = Array((parts.first ?? "").utf8.drop { $0 == 0x30 })
    let rest = parts.count > 1 ? Array(parts[1].utf8) : []
    guard let text = text(section.tokens, whole, rest) else { return .hidden }
    return .text((value < 0 && isSigned ? "-" : "") + text)
  }

  /// The words that the format writes before and behind a number, such as the 亿元 of `0"亿元"` and
  /// the US$ of `[$US$-409]#,##0.00`, without what stands around any amount; nil where it writes
  /// none, or some between the digits.
  func words(around number: String) -> (before: String, behind: String)? {
    guard let value = Double(number), let (section, _) = section(for: value), !section.isSpelled
    else { return nil }
    let places = section.tokens.indices.filter {
      switch section.tokens[$0] {
      case .digit, .point, .general: true
      default: false
      }
    }
    guard let first = places.first, let last = places.last,
      section.tokens[first...last].allSatisfy({ if case .literal = $0 { false } else { true } })
    else { return nil }
    let before = words(section.tokens[..<first])
    let behind = words(section.tokens[(last + 1)...])
    return before.isEmpty && behind.isEmpty ? nil : (before, behind)
  }

  /// The sign of the yuan stands in formats of amounts whatever their column counts in: who picks
  /// “currency” for a column of 万元 means no other unit.
  private func words(_ tokens: ArraySlice<FormatCode.Token>) -> String {
    var words = ""
    for case .literal(let scalar) in tokens
    where !" ()-+\u{A0}\u{A5}\u{FFE5}".unicodeScalars.contains(scalar) {
      words.unicodeScalars.append(scalar)
    }
    return words
  }

  /// The section for a number, and whether a minus stands before what it shows.
  private func section(for value: Double) -> (FormatCode.Section, isSigned: Bool)? {
    if sections.contains(where: { $0.condition != nil }) {
      let found = sections.first { $0.condition?.isMet(by: value) ?? true }
      return found.map { ($0, true) }
    }
    if value < 0, sections.count > 1 { return (sections[1], false) }
    if value == 0, sections.count > 2 { return (sections[2], true) }
    return sections.first.map { ($0, true) }
  }

  /// - Returns: nil where digits are left over, or are left out.
  private func text(
    _ tokens: [FormatCode.Token], _ whole: [UInt8], _ rest: [UInt8]
  ) -> String? {
    let point = tokens.firstIndex(of: .point) ?? tokens.count
    guard let front = front(tokens[..<point], whole),
      let back = back(tokens[point...], rest)
    else { return nil }
    return String(String.UnicodeScalarView(front + back))
  }

  /// The digits before the point, the last in the last place.
  private func front(_ tokens: ArraySlice<FormatCode.Token>, _ whole: [UInt8]) -> [Unicode.Scalar]?
  {
    let places = tokens.indices.filter { if case .digit = tokens[$0] { true } else { false } }
    guard let first = places.first, let last = places.last else {
      let shown = tokens.flatMap { scalars($0, whole) }
      return whole.isEmpty || tokens.contains(.general) ? shown : nil
    }
    // A comma behind the last place leaves three digits out.
    guard !tokens[last...].contains(.comma) else { return nil }
    let isGrouped = tokens.contains(.comma)
    var backwards: [Unicode.Scalar] = []
    var left = whole
    var count = 0
    func put(_ digit: UInt8) {
      if isGrouped, count > 0, count % 3 == 0 { backwards.append(",") }
      backwards.append(Unicode.Scalar(digit))
      count += 1
    }
    for index in tokens.indices.reversed() {
      switch tokens[index] {
      case .digit(let kind):
        if let digit = left.popLast() {
          put(digit)
        } else if kind == "0" {
          put(0x30)
        }
        if index == first { while let digit = left.popLast() { put(digit) } }
      case .literal(let scalar): backwards.append(scalar)
      case .comma: continue
      default: return nil
      }
    }
    return backwards.reversed()
  }

  /// The digits behind the point, which stays even where none follows.
  private func back(_ tokens: ArraySlice<FormatCode.Token>, _ rest: [UInt8]) -> [Unicode.Scalar]? {
    var shown: [Unicode.Scalar] = []
    var left = rest[...]
    while left.last == 0x30 { left.removeLast() }
    for token in tokens {
      switch token {
      case .point: shown.append(".")
      case .digit(let kind):
        if let digit = left.popFirst() {
          shown.append(Unicode.Scalar(digit))
        } else if kind == "0" {
          shown.append("0")
        }
      case .literal(let scalar): shown.append(scalar)
      default: return nil
      }
    }
    return left.isEmpty || tokens.isEmpty && rest.allSatisfy({ $0 == 0x30 }) ? shown : nil
  }

  private func scalars(_ token: FormatCode.Token, _ whole: [UInt8]) -> [Unicode.Scalar] {
    switch token {
    case .literal(let scalar): [scalar]
    case .general: whole.isEmpty ? ["0"] : whole.map { Unicode.Scalar($0) }
    default: []
    }
  }
}

/// Whether a section shows an amount: nothing but digits, of which none is put in front of the
/// number, and what stands around amounts.
private func isPlain(_ section: FormatCode.Section) -> Bool {
  guard !section.isSpelled else { return false }
  var zeros = 0
  var hasDigits = false
  var isBehindPoint = false
  for token in section.tokens {
    switch token {
    case .literal(let scalar):
      // Brackets and signs are how negative amounts are written.
      guard " ()-+\u{A0}".unicodeScalars.contains(scalar) else { return false }
      if scalar == "-", hasDigits { return false }
    case .digit(let kind):
      hasDigits = true
      if kind == "0", !isBehindPoint { zeros += 1 }
    case .point: isBehindPoint = true
    case .comma, .general: continue
    case .part, .percent, .slash, .exponent: return false
    }
  }
  return zeros < 2
}
