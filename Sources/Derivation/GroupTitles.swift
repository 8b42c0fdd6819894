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
  guard let label else { return pack.about.language == .zh ? "未填" : "not stated" }
  guard let codes = fact.codes,
    let code = pack.codes[codes].codes.first(where: { $0.code == label }), code.name != label
  else { return label }
  return "\(label) \(code.name)"
}
