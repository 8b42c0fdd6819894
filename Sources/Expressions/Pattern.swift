import Tables

/// A regular expression of RE2's syntax, as a program that runs in time linear in the text.
///
/// Only whether it is found matters, so greed and captures do not. What RE2 has and this has not
/// (`\p{…}`, named classes beyond ASCII, `\Q…\E`, `\C`) is refused when it is read.
struct Pattern: Sendable {
  enum Step: Sendable {
    case scalar(ScalarSet)
    case split(Int, Int)
    case jump(Int)
    case assert(Assertion)
    case found
  }

  enum Assertion: Sendable {
    case textBegins, textEnds, lineBegins, lineEnds, wordBoundary, noWordBoundary
  }

  struct Refused: Error {
    let message: Bilingual
  }

  static let longest = 4_000
  private(set) var steps: [Step] = []

  init(_ text: String) throws(Refused) {
    var parser = PatternParser(text)
    let tree = try parser.parse()
    try emit(tree)
    steps.append(.found)
  }

  private mutating func emit(_ tree: PatternTree) throws(Refused) {
    guard steps.count < Pattern.longest else {
      throw Refused(
        message: Bilingual(zh: "模式展开后过长", en: "the pattern is too long when written out"))
    }
    switch tree {
    case .empty: return
    case .set(let set): steps.append(.scalar(set))
    case .assertion(let assertion): steps.append(.assert(assertion))
    case .sequence(let parts): for part in parts { try emit(part) }
    case .either(let branches):
      var jumps: [Int] = []
      for (index, branch) in branches.enumerated() {
        guard index < branches.count - 1 else {
          try emit(branch)
          continue
        }
        let split = steps.count
        steps.append(.split(split + 1, 0))
        try emit(branch)
        jumps.append(steps.count)
        steps.append(.jump(0))
        steps[split] = .split(split + 1, steps.count)
      }
      for jump in jumps { steps[jump] = .jump(steps.count) }
    case .repeated(let part, let least, let most):
      for _ in 0..<least { try emit(part) }
      guard let most else {
        let split = steps.count
        steps.append(.split(split + 1, 0))
        try emit(part)
        steps.append(.jump(split))
        steps[split] = .split(split + 1, steps.count)
        return
      }
      var splits: [Int] = []
      for _ in least..<most {
        splits.append(steps.count)
        steps.append(.split(steps.count + 1, 0))
        try emit(part)
      }
      for split in splits { steps[split] = .split(split + 1, steps.count) }
    }
  }
}

/// Ranges of code points, and whether those within or those without are meant.
struct ScalarSet: Sendable {
  var ranges: [ClosedRange<UInt32>]
  var isNegated = false

  func contains(_ scalar: UInt32) -> Bool {
    for range in ranges where range.contains(scalar) { return !isNegated }
    return isNegated
  }

  /// The same ranges without negation.
  var positive: [ClosedRange<UInt32>] {
    guard isNegated else { return ranges }
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
      next = max(next, range.upperBound + 1)
    }
    if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
    return gaps
  }

  /// With the other case of every ASCII letter; called on sets that are not negated yet.
  var folded: ScalarSet {
    var folded = self
    for range in ranges {
      for letter in range.clamped(to: 0x41...0x5A) where range.contains(letter) {
        folded.ranges.append(letter + 32...letter + 32)
      }
      for letter in range.clamped(to: 0x61...0x7A) where range.contains(letter) {
        folded.ranges.append(letter - 32...letter - 32)
      }
    }
    // RE2 folds these two with a letter beyond ASCII each: the Kelvin sign and the long s.
    if contains(0x4B) || contains(0x6B) { folded.ranges.append(0x212A...0x212A) }
    if contains(0x53) || contains(0x73) { folded.ranges.append(0x17F...0x17F) }
    return folded
  }
}

indirect enum PatternTree {
  case empty
  case set(ScalarSet)
  case assertion(Pattern.Assertion)
  case sequence([PatternTree])
  case either([PatternTree])
  case repeated(PatternTree, least: Int, most: Int?)
}

extension Pattern {
  /// Whether the pattern is found anywhere in the bytes of a text.
  func isFound(in bytes: some Sequence<UInt8>) -> Bool {
    var scalars: [UInt32] = []
    for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
      scalars.append(scalar.value)
    }
    var current: [Int] = []
    var next: [Int] = []
    var seen = [Int](repeating: -1, count: steps.count)
    for position in 0...scalars.count {
      // A match may begin at every position.
      if follow(0, position, scalars, &seen, &current) { return true }
      guard position < scalars.count else { return false }
      next.removeAll(keepingCapacity: true)
      for index in current {
        guard case .scalar(let set) = steps[index], set.contains(scalars[position]) else {
          continue
        }
        if follow(index + 1, position + 1, scalars, &seen, &next) { return true }
      }
      swap(&current, &next)
    }
    return false
  }

  /// Adds the steps that wait for a scalar at the position; true if the end is reached.
  private func follow(
    _ start: Int, _ position: Int, _ scalars: [UInt32], _ seen: inout [Int],
    _ waiting: inout [Int]
  ) -> Bool {
    var stack = [start]
    while let index = stack.popLast() {
      guard seen[index] != position else { continue }
      seen[index] = position
      switch steps[index] {
      case .found: return true
      case .scalar: waiting.append(index)
      case .jump(let target): stack.append(target)
      case .split(let first, let second):
        stack.append(second)
        stack.append(first)
      case .assert(let assertion):
        if holds(assertion, position, scalars) { stack.append(index + 1) }
      }
    }
    return false
  }

  private func holds(_ assertion: Assertion, _ position: Int, _ scalars: [UInt32]) -> Bool {
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
    ScalarSet(ranges: PatternParser.word).contains(scalar)
  }
}
