import RulePacks
import Tables
import Testing

@testable import Reports

@Suite struct ReasonsTests {
  @Test(
    "say of many subjects what they say of each", arguments: [Language.zh, .en], [1, 40])
  func shared(language: Language, gates: Int) {
    let names = { (kind: String, count: Int) in (0..<count).map { "\(kind)\($0)" } }
    let reasons = Reasons(
      gates: names("G", gates), caps: names("C", 2), parts: names("P", 3), minimumAssessed: 600,
      language: language)
    var card = Scorecard(rubric: 0, subjects: (0..<60).map { Int32($0) })
    card.statuses = (0..<60).map { Status.allCases[$0 % 5] }
    card.gates = (0..<gates).map { gate in
      (0..<60).map { [GateState.met, .failed, .pending][($0 / 5 + gate) % 3] }
    }
    card.caps = (0..<2).map { cap in
      (0..<60).map { [CapState.free, .capped, .pending][($0 / 7 + cap) % 3] }
    }
    card.parts = (0..<3).map { number in
      var part = PartPoints()
      part.states = (0..<60).map { $0 % (number + 2) == 0 ? .pending : .assessed }
      return part
    }
    let entries = (0..<60).reversed().map { Int32($0) }
    let (numbers, texts) = reasons.shared(card, entries)
    for (place, entry) in entries.enumerated() {
      #expect(texts[Int(numbers[place])] == reasons.text(card, Int(entry)))
    }
    // Forty gates need more bits than there are, and nobody shares a text.
    #expect(gates == 40 ? texts.count == 60 : Set(texts).count == texts.count)
  }
}
