import RulePacks
import Tables

/// Why a subject stands where it stands: gates, caps and facts that hold it back, as one text.
struct Reasons: Sendable {
  private let separator: [UInt8]
  /// One a gate, cap or part; the text with the word that goes before it.
  private let failedGates: [[UInt8]]
  private let pendingGates: [[UInt8]]
  private let appliedCaps: [[UInt8]]
  private let pendingCaps: [[UInt8]]
  private let pendingParts: [[UInt8]]
  private let tooLittle: [UInt8]

  init(_ rubric: Rubric, language: Language) {
    self.init(
      gates: rubric.gates.map(\.text), caps: rubric.caps.map(\.text),
      parts: rubric.parts.map(\.title), minimumAssessed: rubric.minimumAssessed,
      language: language)
  }

  init(
    gates: [String], caps: [String], parts: [String], minimumAssessed: Int, language: Language
  ) {
    func texts(_ word: Bilingual, _ texts: [String]) -> [[UInt8]] {
      texts.map { Array((word.text(in: language) + $0).utf8) }
    }
    separator = Array(Phrases.separator.text(in: language).utf8)
    failedGates = texts(Phrases.notMet, gates)
    pendingGates = texts(Phrases.waitsFor, gates)
    appliedCaps = texts(Phrases.limited, caps)
    pendingCaps = texts(Phrases.waitsFor, caps)
    pendingParts = texts(Phrases.waitsFor, parts)
    tooLittle = Array(
      (Phrases.tooLittle.text(in: language) + shownPercent(minimumAssessed, decimals: 1)).utf8)
  }

  /// Gates that are not met, then what the subject waits for, then caps that apply.
  func text(_ card: Scorecard, _ entry: Int) -> [UInt8] {
    var text: [UInt8] = []
    func add(_ reason: [UInt8]) {
      if !text.isEmpty { text.append(contentsOf: separator) }
      text.append(contentsOf: reason)
    }
    for gate in card.gates.indices where card.gates[gate][entry] == .failed {
      add(failedGates[gate])
    }
    for gate in card.gates.indices where card.gates[gate][entry] == .pending {
      add(pendingGates[gate])
    }
    for cap in card.caps.indices where card.caps[cap][entry] == .pending {
      add(pendingCaps[cap])
    }
    if card.statuses[entry] == .pending {
      for part in card.parts.indices where card.parts[part].states[entry] == .pending {
        add(pendingParts[part])
      }
    }
    for cap in card.caps.indices where card.caps[cap][entry] == .capped { add(appliedCaps[cap]) }
    if card.statuses[entry] == .notEvaluable { add(tooLittle) }
    return text
  }

  /// The reasons of some entries: for each the number of its text, and each text once, in the
  /// order in which they come up.
  func shared(_ card: Scorecard, _ entries: [Int32]) -> (numbers: [Int32], texts: [[UInt8]]) {
    var numbers: [Int32] = []
    numbers.reserveCapacity(entries.count)
    var texts: [[UInt8]] = []
    guard let keys = keys(card, entries) else {
      for entry in entries {
        numbers.append(Int32(texts.count))
        texts.append(text(card, Int(entry)))
      }
      return (numbers, texts)
    }
    var known: [UInt64: Int32] = [:]
    var last: (key: UInt64, number: Int32)?
    for (key, entry) in zip(keys, entries) {
      if let last, last.key == key {
        numbers.append(last.number)
        continue
      }
      let number = known[key] ?? Int32(texts.count)
      if number == texts.count {
        known[key] = number
        texts.append(text(card, Int(entry)))
      }
      last = (key, number)
      numbers.append(number)
    }
    return (numbers, texts)
  }

  /// For each entry all that its reasons follow from; nil where that needs more than 64 bits.
  private func keys(_ card: Scorecard, _ entries: [Int32]) -> [UInt64]? {
    guard 2 * (card.gates.count + card.caps.count) + card.parts.count + 1 <= 64 else { return nil }
    let statuses = pick(card.statuses, at: entries)
    var keys = statuses.map { $0 == .notEvaluable ? UInt64(1) : 0 }
    // Only who waits is told which parts it waits for.
    let isPending = statuses.map { $0 == .pending }
    if isPending.contains(true) {
      for part in card.parts {
        let states = pick(part.states, at: entries)
        for index in keys.indices {
          let waits = isPending[index] && states[index] == .pending
          keys[index] = keys[index] << 1 | (waits ? 1 : 0)
        }
      }
    }
    for gate in card.gates { add(pick(gate, at: entries), to: &keys) }
    for cap in card.caps { add(pick(cap, at: entries), to: &keys) }
    return keys
  }
}

private func add(_ states: [some RawRepresentable<UInt8>], to keys: inout [UInt64]) {
  for index in keys.indices { keys[index] = keys[index] << 2 | UInt64(states[index].rawValue) }
}

/// The values of some entries, in their order.
func pick<Element>(_ values: [Element], at entries: [Int32]) -> [Element] {
  let (values, entries) = (values.span, entries.span)
  return [Element](capacity: entries.count) { picked in
    for index in entries.indices { picked.append(values[Int(entries[index])]) }
  }
}
