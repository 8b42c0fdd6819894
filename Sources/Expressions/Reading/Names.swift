/// A name that an expression uses from outside: not a variable of one of its own macros.
public struct UsedName: Sendable, Hashable {
  /// The whole dotted path as written, e.g. `unit.employees`; the name that an environment knows
  /// may be a beginning of it.
  public var name: String
  /// The beginnings of the path, longest first: `unit.employees`, `unit`.
  public var candidates: [String]
  /// Where it stands, from 1.
  public var line: Int
  public var column: Int
}

/// The names that an expression uses from outside, in the order in which they stand; needs no
/// environment. Names of functions and of types are not among them unless they stand alone.
public func names(in text: String) throws(ExpressionFault) -> [UsedName] {
  let source = Source(text)
  var collector = NameCollector(source: source)
  collector.collect(try Parser.parse(source), bound: [])
  return collector.found
}

private struct NameCollector {
  let source: Source
  var found: [UsedName] = []

  mutating func collect(_ syntax: Syntax, bound: Set<String>) {
    if let path = syntax.path {
      guard !bound.contains(path[0]) else { return }
      let candidates = (1...path.count).reversed().map { path[..<$0].joined(separator: ".") }
      let place = source.fault(at: syntax.range.lowerBound, zh: "", en: "")
      found.append(
        UsedName(
          name: candidates[0], candidates: candidates, line: place.line, column: place.column))
      return
    }
    switch syntax {
    case .literal, .double, .identifier: return
    case .select(let base, _, _, _): collect(base, bound: bound)
    case .index(let base, let index, _):
      collect(base, bound: bound)
      collect(index, bound: bound)
    case .call(_, let arguments, _):
      for argument in arguments { collect(argument, bound: bound) }
    case .method(let target, let name, let arguments, _, _):
      collect(target, bound: bound)
      var inner = bound
      var rest = arguments[...]
      if MacroName(rawValue: name) != nil, let first = arguments.first,
        case .identifier(let variable, _) = first
      {
        inner.insert(variable)
        rest = arguments.dropFirst()
      }
      for argument in rest { collect(argument, bound: inner) }
    case .list(let items, _):
      for item in items { collect(item, bound: bound) }
    case .map(let entries, _):
      for entry in entries {
        collect(entry.key, bound: bound)
        collect(entry.value, bound: bound)
      }
    case .unary(_, let operand, _): collect(operand, bound: bound)
    case .binary(_, let left, let right, _):
      collect(left, bound: bound)
      collect(right, bound: bound)
    case .conditional(let condition, let yes, let no, _):
      collect(condition, bound: bound)
      collect(yes, bound: bound)
      collect(no, bound: bound)
    }
  }
}
