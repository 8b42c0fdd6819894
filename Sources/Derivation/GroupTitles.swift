import RulePacks
import Tables

extension [String?] {
  /// Values of a fact in the order of its code table, then of bytes; not stated comes last.
  func ordered(by fact: Fact, _ pack: RulePack) -> [String?] {
    var positions: [String: Int] = [:]
    if let codes = fact.codes {
      for (position, code) in pack.codes[codes].codes.enumerated() {
        positions[code.code] = position
      }
    }
    return sorted { left, right in
      guard let left else { return false }
      guard let right else { return true }
      let (leftPosition, rightPosition) = (positions[left] ?? Int.max, positions[right] ?? Int.max)
      if leftPosition != rightPosition { return leftPosition < rightPosition }
      return [UInt8](left.utf8).lexicographicallyPrecedes([UInt8](right.utf8))
    }
  }
}

/// A code with its name, or the value itself.
///
/// - Parameter label: the value of the fact; nil where it is not known.
func title(of label: String?, _ fact: Fact, _ pack: RulePack) -> String {
  let name = name(of: label, fact, pack)
  guard let label, name != label else { return name }
  return "\(label) \(name)"
}

/// What people read for a value: the name of a code, or the value itself.
func name(of label: String?, _ fact: Fact, _ pack: RulePack) -> String {
  guard let label else { return pack.about.language == .zh ? "未填" : "not stated" }
  let codes = fact.codes.map { pack.codes[$0].codes } ?? []
  return codes.first { $0.code == label }?.name ?? label
}
