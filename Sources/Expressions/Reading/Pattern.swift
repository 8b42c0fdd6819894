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
