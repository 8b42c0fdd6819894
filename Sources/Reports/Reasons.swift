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
    pendingGates = texts(Phrases.toBeShown, gates)
    appliedCaps = texts(Phrases.limited, caps)
    pendingCaps = texts(Phrases.toBeShown, caps)
    pendingParts = texts(Phrases.toBeShown, parts)
    tooLittle = Array(
      (Phrases.tooLittle.text(in: language) + shownPercent(minimumAssessed)).utf8)
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
}
