public import Tables

extension CheckedExpression {
  /// The values that stand in it, in the order of its text, those of named conditions included.
  public var constants: [Value] {
    var found: [Value] = []
    root.collectConstants(into: &found)
    return found
  }
}

extension Node {
  fileprivate func collectConstants(into found: inout [Value]) {
    switch kind {
    case .constant(.list(let items)): found += items
    case .constant(let value): found.append(value)
    case .inlined(let inner, _): found += inner.constants
    default: for part in parts { part.collectConstants(into: &found) }
    }
  }
}
