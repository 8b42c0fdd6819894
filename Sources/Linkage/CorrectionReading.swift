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
      return mine == theirs || Folding.standard.key(of: mine) == Folding.standard.key(of: theirs)
    }
    return self == other
  }
}

/// Reads the text of a correction as the field that it corrects; nil where it cannot be read.
func readCell(_ text: String?, as field: Field, in pack: RulePack) -> CellContent? {
  let key = Folding.standard.key(of: text ?? "")
  let word = String(decoding: key, as: UTF8.self)
  guard !word.isEmpty, !pack.words.notStated.contains(word) else { return .absent }
  switch field.type {
  case .text, .name: return .text(trimmed(text ?? ""))
  case .uscc, .registrationNumber, .organizationCode: return .text(word)
  // Only a keyed digest is held, which no correction can state.
  case .residentID: return nil
  case .int: return number(word, field, pack).flatMap { wholes($0) }.map { .number($0) }
  case .decimal, .money, .percent: return number(word, field, pack).map { .number($0.millionths) }
  case .flag:
    if pack.words.yes.contains(word) { return .flag(true) }
    return pack.words.no.contains(word) ? .flag(false) : nil
  case .date:
    if pack.words.openEnded.contains(word) { return .day(PartialDate.openEnd.packed) }
    return date(word).map { .day($0.packed) }
  case .code, .grade, .division:
    return field.codes.flatMap { pack.codes[$0].index[word] }.map { .code($0) }
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

private func wholes(_ number: Exact) -> Int64? {
  number.millionths % Exact.one == 0 ? number.millionths / Exact.one : nil
}

/// A number with its unit or multiple, in base units.
private func number(_ word: String, _ field: Field, _ pack: RulePack) -> Exact? {
  var digits = word.filter { $0 != "," }
  var scale = field.scale
  let units = field.headerUnits.sorted { $0.key.count > $1.key.count }
  if let unit = units.first(where: { digits.hasSuffix($0.key) && !$0.key.isEmpty }) {
    digits.removeLast(unit.key.count)
    scale = unit.value
  } else if let multiple = pack.words.multiples.first(where: { digits.hasSuffix($0.key) }) {
    digits.removeLast(multiple.key.count)
    scale = multiple.value
  } else if digits.hasSuffix("%") {
    digits.removeLast()
    scale = Exact(millionths: Exact.one)
  }
  return plain(digits)?.times(scale)
}

private func plain(_ digits: String) -> Exact? {
  let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
  guard (1...2).contains(parts.count), let whole = Int64(parts[0]) else { return nil }
  let fraction = parts.count == 2 ? String(parts[1]) : ""
  guard fraction.count <= 6, fraction.allSatisfy(\.isASCII), fraction.allSatisfy(\.isNumber) else {
    return nil
  }
  let padded = fraction + String(repeating: "0", count: 6 - fraction.count)
  guard let part = Int64(padded), let base = Exact(whole) else { return nil }
  return base.adding(Exact(millionths: parts[0].hasPrefix("-") ? -part : part))
}

private func date(_ word: String) -> PartialDate? {
  var groups = word.split { !("0"..."9").contains($0) }.map(String.init)
  if groups.count == 1, groups[0].count == 8 || groups[0].count == 6 {
    let text = groups[0]
    groups = [String(text.prefix(4)), String(text.dropFirst(4).prefix(2))]
    if text.count == 8 { groups.append(String(text.suffix(2))) }
  }
  let numbers = groups.compactMap { Int($0) }
  guard numbers.count == groups.count, (1...3).contains(numbers.count) else { return nil }
  return PartialDate(
    year: numbers[0], month: numbers.count > 1 ? numbers[1] : nil,
    day: numbers.count > 2 ? numbers[2] : nil)
}
