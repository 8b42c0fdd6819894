import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("Gaps by office")
struct GapsByOfficeTests {
  @Test("are those that a plain search finds", arguments: 1...20)
  func twin(seed: UInt64) {
    let results = resultsWithManyGaps(seed: seed)
    let card = results.scorecards[0]
    let shown = ShownGaps(card, subject: 0, pack: results.pack)
    let gaps = GapsByOffice(card, shown)
    let facts = ListedWords(alike: shown.facts.map { $0?.label }, separator: "+")
    let sites = ListedWords(["S1", "S2", "D1"], separator: "+")
    let texts = gaps.texts(gaps.rows, facts) { gaps.fact($0) }
    let places = gaps.texts(gaps.rows, sites) { gaps.site($0) }
    let (entries, offices) = (gaps.entries(gaps.rows), gaps.offices(gaps.rows))
    let found = gaps.rows.indices.map { row in
      "\(entries[row]) \(gaps.offices[Int(offices[row])]): \(texts.text(row)) in \(places.text(row))"
    }
    #expect(!found.isEmpty)
    #expect(found == slow(card, shown))
  }

  /// Each row as a text, by looking through all gaps for every entry and office.
  private func slow(_ card: Scorecard, _ shown: ShownGaps) -> [String] {
    (0..<card.count).flatMap { entry -> [String] in
      let own = card.gaps.entries.indices.filter { Int(card.gaps.entries[$0]) == entry }
      let known = own.compactMap { gap in
        shown.facts[Int(card.gaps.missing[gap])].map { (gap: gap, fact: $0) }
      }
      return known.map(\.fact.office).once.map { office in
        let of = known.filter { $0.fact.office == office }
        let sites = of.map { gap, _ -> String in
          switch card.gaps.sites[gap] {
          case .part(let part): ["S1", "S2", "D1"][part]
          case .gate, .cap: ""
          }
        }
        let facts = of.map(\.fact.label).once.joined(separator: "+")
        return "\(entry) \(office): \(facts) in \(sites.once.joined(separator: "+"))"
      }
    }
  }
}

extension [String] {
  /// Each once, in the order in which they come up.
  fileprivate var once: [String] {
    reduce(into: []) { all, text in if !all.contains(text) { all.append(text) } }
  }
}

/// The sample run with gaps as they come, of facts of two offices, of none, and that are not public.
private func resultsWithManyGaps(seed: UInt64) -> RunResult {
  var results = resultsWithGaps()
  results.pack.subjects[0].facts[1].office = "market"
  results.scorecards[0].gaps.facts += [
    Gaps.MissingFact(shown: "id", slots: [0]), Gaps.MissingFact(shown: "size", slots: [2]),
  ]
  var state = seed
  func next(_ below: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % below
  }
  var gaps = results.scorecards[0].gaps
  (gaps.entries, gaps.missing, gaps.sites) = ([], [], [])
  for entry in 0..<4 {
    for _ in 0..<next(12) {
      gaps.entries.append(Int32(entry))
      gaps.missing.append(Int32(next(gaps.facts.count)))
      gaps.sites.append(.part(next(3)))
    }
  }
  gaps.entries.append(3)
  gaps.missing.append(0)
  gaps.sites.append(.part(0))
  results.scorecards[0].gaps = gaps
  return results
}
