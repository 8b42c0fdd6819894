import RulePacks
import Tables

/// Labels and offices of the facts that subjects lack, each made once.
struct MissingTexts: Sendable {
  private let gaps: ShownGaps
  private let missing: [Int32]
  /// For each fact the first one that is shown the same.
  private let firsts: [Int32]
  private let facts: [[UInt8]]
  private let separator: [UInt8]

  init(_ gaps: ShownGaps, _ card: Scorecard, language: Language) {
    self.gaps = gaps
    missing = card.gaps.missing
    let opening = Phrases.opening.text(in: language)
    let closing = Phrases.closing.text(in: language)
    separator = Array(Phrases.separator.text(in: language).utf8)
    firsts = gaps.facts.map { fact in Int32(gaps.facts.firstIndex { $0 == fact } ?? 0) }
    facts = gaps.facts.map { fact in
      guard let fact else { return [] }
      let office = fact.office.isEmpty ? "" : opening + fact.office + closing
      return Array((fact.label + office).utf8)
    }
  }

  /// What some entries lack: for each entry the number of its text, and the texts.
  func texts(of entries: [Int32]) -> (numbers: [Int32], texts: TextBuffer) {
    var numbers: [Int32] = []
    numbers.reserveCapacity(entries.count)
    var texts = TextBuffer([[UInt8]()])
    // Most lack nothing or one fact alone.
    var known = [Int32](repeating: 0, count: facts.count)
    for entry in entries {
      let (first, end) = (Int(gaps.offsets[Int(entry)]), Int(gaps.offsets[Int(entry) + 1]))
      guard first < end else {
        numbers.append(0)
        continue
      }
      let fact = end - first == 1 ? Int(missing[Int(gaps.gaps[first])]) : nil
      if let fact, known[fact] > 0 {
        numbers.append(known[fact])
        continue
      }
      if let fact { known[fact] = Int32(texts.count) }
      numbers.append(Int32(texts.count))
      texts.append(made: text(of: Int(entry)))
    }
    return (numbers, texts)
  }

  /// What an entry lacks, each once.
  private func text(of entry: Int) -> [UInt8] {
    var text: [UInt8] = []
    let first = Int(gaps.offsets[entry])
    let end = Int(gaps.offsets[entry + 1])
    for place in first..<end {
      let fact = firsts[Int(missing[Int(gaps.gaps[place])])]
      let isKnown = (first..<place).contains { firsts[Int(missing[Int(gaps.gaps[$0])])] == fact }
      if isKnown { continue }
      if place > first { text.append(contentsOf: separator) }
      text.append(contentsOf: facts[Int(fact)])
    }
    return text
  }
}
