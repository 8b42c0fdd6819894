import Tables

/// Looks for a pattern in one text after another, with the same buffers.
struct PatternSearch {
  let pattern: Pattern
  private var scalars: [UInt32] = []
  /// The steps that wait for the scalar looked at, and those for the one after it.
  private var current: [Int] = []
  private var next: [Int] = []
  private var stack: [Int] = []
  /// For each step the position at which it was last reached.
  private var seen: [Int]

  init(_ pattern: Pattern) {
    self.pattern = pattern
    seen = Array(repeating: -1, count: pattern.steps.count)
  }

  /// Whether the pattern is found anywhere in the text.
  mutating func isFound(in text: ArraySlice<UInt8>) -> Bool {
    decode(text)
    for step in seen.indices { seen[step] = -1 }
    next.removeAll(keepingCapacity: true)
    for position in 0...scalars.count {
      // A match may begin at every position.
      if follow(0, position) { return true }
      guard position < scalars.count, !next.isEmpty || !pattern.isAnchored else { return false }
      swap(&current, &next)
      next.removeAll(keepingCapacity: true)
      for place in current.indices {
        let index = current[place]
        guard case .scalar(let set) = pattern.steps[index], set.contains(scalars[position]) else {
          continue
        }
        if follow(index + 1, position + 1) { return true }
      }
    }
    return false
  }

  private mutating func decode(_ text: ArraySlice<UInt8>) {
    scalars.removeAll(keepingCapacity: true)
    var value: UInt32 = 0
    var rest = 0
    for byte in text {
      if byte < 0x80 {
        scalars.append(UInt32(byte))
      } else if byte & 0xC0 == 0x80 {
        value = value << 6 | UInt32(byte & 0x3F)
        rest -= 1
        if rest == 0 { scalars.append(value) }
      } else {
        rest = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1
        value = UInt32(byte) & (0x3F >> UInt32(rest))
      }
    }
  }

  /// Adds the steps that then wait for a scalar at the position to `next`; true if the end is
  /// reached.
  private mutating func follow(_ start: Int, _ position: Int) -> Bool {
    stack.append(start)
    while let index = stack.popLast() {
      guard seen[index] != position else { continue }
      seen[index] = position
      switch pattern.steps[index] {
      case .found:
        stack.removeAll(keepingCapacity: true)
        return true
      case .scalar: next.append(index)
      case .jump(let target): stack.append(target)
      case .split(let first, let second):
        stack.append(second)
        stack.append(first)
      case .assert(let assertion): if holds(assertion, position) { stack.append(index + 1) }
      }
    }
    return false
  }

  private func holds(_ assertion: Pattern.Assertion, _ position: Int) -> Bool {
    switch assertion {
    case .textBegins: return position == 0
    case .textEnds: return position == scalars.count
    case .lineBegins: return position == 0 || scalars[position - 1] == 10
    case .lineEnds: return position == scalars.count || scalars[position] == 10
    case .wordBoundary, .noWordBoundary:
      let before = position > 0 && isWord(scalars[position - 1])
      let after = position < scalars.count && isWord(scalars[position])
      return (before != after) == (assertion == .wordBoundary)
    }
  }

  private func isWord(_ scalar: UInt32) -> Bool {
    PatternParser.word.contains { $0.contains(scalar) }
  }
}

extension Pattern {
  /// Whether it can only be found at the beginning of a text.
  fileprivate var isAnchored: Bool {
    if case .assert(.textBegins) = steps.first { true } else { false }
  }
}
