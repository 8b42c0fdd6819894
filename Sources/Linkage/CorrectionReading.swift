import Fields
import RulePacks
import Tables

/// A cell's content, as a correction states it.
enum CellContent: Equatable, Sendable {
  case absent
  case number(Int64)
  case flag(Bool)
  case day(Int32)
  case code(Int32)
  case text(String)

  /// What stands in a delivered cell.
  init(of column: Column, _ row: Int) {
    guard column.presence.isStated(row) else {
      self = .absent
      return
    }
    switch column {
    case .number(let cells), .decimal(let cells): self = .number(cells.values[row])
    case .flag(let cells): self = .flag(cells.values[row])
    case .day(let cells): self = .day(cells.values[row])
    case .code(let codes): self = .code(codes.cells.values[row])
    case .text(let texts): self = .text(texts[row])
    }
  }

  /// Texts are compared by matching key; everything else by value.
  func agrees(with other: CellContent) -> Bool {
    if case .text(let mine) = self, case .text(let theirs) = other {
      return mine == theirs || Folding.key(of: mine) == Folding.key(of: theirs)
    }
    return self == other
  }
}

/// Reads the text of a correction as the field that it corrects; nil where it cannot be read.
func readCell(_ text: String?, as field: Field, in pack: RulePack) -> CellContent? {
  let key = Folding.key(of: text ?? "")
  let word = String(decoding: key, as: UTF8.self)
  guard !word.isEmpty, !pack.words.notStated.contains(word) else { return .absent }
  switch field.type {
  case .text, .name: return .text(trimmed(text ?? ""))
  case .uscc, .registrationNumber, .usccOrNumber, .organizationCode: return .text(word)
  // Only a keyed digest is held, which no correction can state.
  case .residentID: return nil
  case .int:
    let number = try? pack.numbers(of: field).whole(Array(trimmed(text ?? "").utf8).span)
    return number.map { .number($0) }
  case .decimal, .money, .percent:
    let number = try? pack.numbers(of: field).decimal(Array(trimmed(text ?? "").utf8).span)
    return number.map { .number($0.millionths) }
  case .double:
    let digits = try? realDigits(Array(trimmed(text ?? "").utf8).span)
    return digits.map { .text(String(decoding: $0, as: UTF8.self)) }
  case .flag:
    if pack.words.yes.contains(word) { return .flag(true) }
    return pack.words.no.contains(word) ? .flag(false) : nil
  case .date:
    let rules = DateRules(
      openEnded: pack.words.openEnded,
      placeholders: field.placeholders ?? DateRules.usualPlaceholders)
    guard let date = try? rules.date(Array(trimmed(text ?? "").utf8).span) else { return nil }
    return .day(date.packed)
  case .code, .grade, .division:
    guard let codes = field.codes else { return nil }
    let index = pack.codes[codes].index
    if let code = index[word] { return .code(code) }
    guard field.matchesPrefix else { return nil }
    var prefix = Substring(word)
    while !prefix.isEmpty {
      prefix.removeLast()
      if let code = index[String(prefix)] { return .code(code) }
    }
    return nil
  }
}

private func trimmed(_ text: String) -> String {
  let scalars = text.unicodeScalars
  let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
  guard let first = scalars.firstIndex(where: { !isBlank($0) }),
    let last = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(scalars[first...last])
}
