import Tables

/// Reads the syntax of a regular expression.
struct PatternParser {
  static let digit: [ClosedRange<UInt32>] = [0x30...0x39]
  static let space: [ClosedRange<UInt32>] = [0x09...0x0A, 0x0C...0x0D, 0x20...0x20]
  static let word: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0
  private var flags = Flags()

  private struct Flags {
    var foldsCase = false
    var isMultiline = false
    var dotTakesNewline = false
  }

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func parse() throws(Pattern.Refused) -> PatternTree {
    let tree = try alternatives()
    guard position == scalars.count else {
      throw refused("模式中有多余的“)”", "the pattern has a “)” too many")
    }
    return tree
  }

  private func refused(_ zh: String, _ en: String) -> Pattern.Refused {
    Pattern.Refused(message: Bilingual(zh: zh, en: en))
  }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  private mutating func alternatives() throws(Pattern.Refused) -> PatternTree {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { throw refused("模式嵌套过深", "the pattern is nested too deeply") }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .either(branches)
  }

  private mutating func sequence() throws(Pattern.Refused) -> PatternTree {
    var parts: [PatternTree] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      let atom = try atom()
      parts.append(try repetition(of: atom))
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repetition(of atom: PatternTree) throws(Pattern.Refused) -> PatternTree {
    var tree = atom
    var count = 0
    while let scalar = next {
      let start = position
      switch scalar {
      case "*":
        position += 1
        tree = .repeated(tree, least: 0, most: nil)
      case "+":
        position += 1
        tree = .repeated(tree, least: 1, most: nil)
      case "?":
        position += 1
        tree = .repeated(tree, least: 0, most: 1)
      case "{":
        guard let bounds = try bounds() else {
          position = start
          return tree
        }
        tree = .repeated(tree, least: bounds.least, most: bounds.most)
      default: return tree
      }
      // A lazy repetition is found where the greedy one is.
      _ = take("?")
      count += 1
      guard count == 1 else {
        throw refused("模式中重复符号连用", "the pattern repeats a repetition")
      }
    }
    return tree
  }

  /// Reads `{2}`, `{2,}` or `{2,5}`; nil where the brace is meant literally.
  private mutating func bounds() throws(Pattern.Refused) -> (least: Int, most: Int?)? {
    position += 1
    guard let least = number() else { return nil }
    var most: Int? = least
    if take(",") { most = next == "}" ? nil : number() ?? -1 }
    guard take("}"), most != -1 else { return nil }
    guard least <= 1000, most ?? 0 <= 1000, most ?? least >= least else {
      throw refused("模式的重复次数无效", "the pattern has an invalid count of repetitions")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var number: Int?
    while let scalar = next, scalar.isDigit, number ?? 0 < 10_000 {
      number = (number ?? 0) * 10 + Int(scalar.value) - 0x30
      position += 1
    }
    return number
  }

  private func set(_ ranges: [ClosedRange<UInt32>], isNegated: Bool = false) -> PatternTree {
    var set = ScalarSet(ranges: ranges)
    if flags.foldsCase { set = set.folded }
    set.isNegated = isNegated
    return .set(set)
  }

  private mutating func atom() throws(Pattern.Refused) -> PatternTree {
    guard let scalar = next else { return .empty }
    position += 1
    switch scalar {
    case ".":
      return .set(
        ScalarSet(ranges: flags.dotTakesNewline ? [] : [10...10], isNegated: true))
    case "^": return .assertion(flags.isMultiline ? .lineBegins : .textBegins)
    case "$": return .assertion(flags.isMultiline ? .lineEnds : .textEnds)
    case "(": return try group()
    case "[": return try bracket()
    case "\\": return try escape()
    case "*", "+", "?":
      throw refused("模式中的“\(scalar)”前没有内容", "“\(scalar)” repeats nothing in the pattern")
    default: return try literal(scalar)
    }
  }

  private func literal(_ scalar: Unicode.Scalar) throws(Pattern.Refused) -> PatternTree {
    if flags.foldsCase, !scalar.isASCII, scalar.properties.isCased {
      throw refused(
        "不支持忽略大小写的“\(scalar)”", "“\(scalar)” without regard to case is not supported")
    }
    return set([scalar.value...scalar.value])
  }

  private mutating func group() throws(Pattern.Refused) -> PatternTree {
    let outer = flags
    if take("?") {
      if take("P") {
        guard take("<") else { throw unknownGroup() }
        while let scalar = next, scalar != ">" {
          guard scalar.isASCII, scalar.continuesIdentifier else { throw unknownGroup() }
          position += 1
        }
        guard take(">") else { throw unknownGroup() }
      } else if try readFlags() {
        return .empty
      }
    }
    let tree = try alternatives()
    guard take(")") else {
      throw refused("模式中的“(”没有配对", "a “(” of the pattern is not closed")
    }
    flags = outer
    return tree
  }

  private func unknownGroup() -> Pattern.Refused {
    refused("不支持这种分组", "this kind of group is not supported")
  }

  /// Reads the flags after `(?`; true where they hold for the rest of the enclosing group.
  private mutating func readFlags() throws(Pattern.Refused) -> Bool {
    var value = true
    while let scalar = next {
      position += 1
      switch scalar {
      case "i": flags.foldsCase = value
      case "m": flags.isMultiline = value
      case "s": flags.dotTakesNewline = value
      case "-": value = false
      case ":": return false
      case ")": return true
      default: throw unknownGroup()
      }
    }
    throw unknownGroup()
  }

  // MARK: - Classes

  private mutating func escape() throws(Pattern.Refused) -> PatternTree {
    guard let scalar = next else {
      throw refused("模式以反斜杠结尾", "the pattern ends with a backslash")
    }
    switch scalar {
    case "b":
      position += 1
      return .assertion(.wordBoundary)
    case "B":
      position += 1
      return .assertion(.noWordBoundary)
    case "A":
      position += 1
      return .assertion(.textBegins)
    case "z":
      position += 1
      return .assertion(.textEnds)
    default: break
    }
    if let found = perlClass(scalar) {
      position += 1
      return .set(found)
    }
    return try literal(try escapedScalar())
  }

  private func perlClass(_ scalar: Unicode.Scalar) -> ScalarSet? {
    switch scalar {
    case "d": ScalarSet(ranges: PatternParser.digit)
    case "D": ScalarSet(ranges: PatternParser.digit, isNegated: true)
    case "s": ScalarSet(ranges: PatternParser.space)
    case "S": ScalarSet(ranges: PatternParser.space, isNegated: true)
    case "w": ScalarSet(ranges: PatternParser.word)
    case "W": ScalarSet(ranges: PatternParser.word, isNegated: true)
    default: nil
    }
  }

  /// Reads what follows a backslash as one scalar.
  private mutating func escapedScalar() throws(Pattern.Refused) -> Unicode.Scalar {
    guard let scalar = next else {
      throw refused("模式以反斜杠结尾", "the pattern ends with a backslash")
    }
    position += 1
    switch scalar {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "f": return "\u{0C}"
    case "v": return "\u{0B}"
    case "a": return "\u{07}"
    case "x":
      var digits = String.UnicodeScalarView()
      let isBraced = take("{")
      while let digit = next, digit.properties.isASCIIHexDigit, isBraced || digits.count < 2 {
        digits.append(digit)
        position += 1
      }
      guard !isBraced || take("}"), isBraced || digits.count == 2,
        let number = UInt32(String(digits), radix: 16), let found = Unicode.Scalar(number)
      else { throw refused("模式中的 \\x 无效", "a \\x of the pattern is not valid") }
      return found
    default:
      guard scalar.isASCII, !scalar.isDigit, !scalar.properties.isAlphabetic else {
        throw refused("不支持模式中的“\\\(scalar)”", "“\\\(scalar)” is not supported in a pattern")
      }
      return scalar
    }
  }

  private mutating func bracket() throws(Pattern.Refused) -> PatternTree {
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while let scalar = next, isFirst || scalar != "]" {
      isFirst = false
      if scalar == "[", position + 1 < scalars.count, scalars[position + 1] == ":" {
        throw refused("不支持模式中的 [: :]", "[: :] is not supported in a pattern")
      }
      if scalar == "\\", position + 1 < scalars.count,
        let found = perlClass(scalars[position + 1])
      {
        position += 2
        ranges += found.positive
        continue
      }
      let low = try bracketScalar()
      var high = low
      if next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
        position += 1
        high = try bracketScalar()
      }
      guard low.value <= high.value else {
        throw refused("模式中的范围颠倒", "a range of the pattern runs backwards")
      }
      if flags.foldsCase {
        guard high.isASCII || !low.properties.isCased && !high.properties.isCased else {
          throw refused(
            "不支持忽略大小写的非 ASCII 范围",
            "a range beyond ASCII without regard to case is not supported")
        }
      }
      ranges.append(low.value...high.value)
    }
    guard take("]") else {
      throw refused("模式中的“[”没有配对", "a “[” of the pattern is not closed")
    }
    return set(ranges, isNegated: isNegated)
  }

  private mutating func bracketScalar() throws(Pattern.Refused) -> Unicode.Scalar {
    guard let scalar = next else {
      throw refused("模式中的“[”没有配对", "a “[” of the pattern is not closed")
    }
    position += 1
    return scalar == "\\" ? try escapedScalar() : scalar
  }
}
