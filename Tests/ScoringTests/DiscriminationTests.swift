import Expressions
import RulePacks
import Scoring
import Tables
import Testing

@Suite("What a run's data say about its criteria")
struct DiscriminationTests {
  /// A rubric with indicators I0, I1, … of ten points, and a card of so many subjects.
  private func world(_ points: [[Int32?]]) -> (pack: RulePack, card: Scorecard) {
    var rubric = Rubric(
      id: "r", title: "评价", edition: "1", basis: "", subject: 0, full: points.count * 10_000)
    var card = Scorecard(rubric: 0, subjects: (0..<Int32(points[0].count)).map { $0 })
    for (index, column) in points.enumerated() {
      rubric.parts.append(
        Rubric.Part(
          id: "I\(index)", title: "指标", kind: .indicator, unknown: .withhold,
          form: .condition(points: 10_000, when: .constant(.bool(true))), most: 10_000, least: 0))
      var part = PartPoints()
      part.points = Integers(column.map { $0 ?? 0 })
      part.states = column.map { $0 == nil ? .withheld : .assessed }
      card.parts.append(part)
    }
    var pack = RulePack(about: RulePack.About())
    pack.rubrics = [rubric]
    return (pack, card)
  }

  private func found(_ points: [[Int32?]]) -> [String] {
    let (pack, card) = world(points)
    var scored = Scored()
    scored.scorecards = [card]
    return lint(scored, pack: pack).map(\.message.en)
  }

  @Test("names indicators that all or none get, once enough subjects were assessed")
  func alike() {
    let all = Array(repeating: Int32?(10_000), count: 10)
    let none = Array(repeating: Int32?(0), count: 10)
    let some = [nil] + Array(repeating: Int32?(4_500), count: 10)
    #expect(
      found([all]) == [
        "r, I0: of 10 assessed subjects all get the full 10; it tells nobody apart"
      ])
    #expect(
      found([none]) == [
        "r, I0: of 10 assessed subjects none of them gets a point; it tells nobody apart"
      ])
    #expect(
      found([some]) == ["r, I0: of 10 assessed subjects all get 4.5; it tells nobody apart"])
    #expect(found([Array(all.dropLast())]).isEmpty)
    #expect(found([Array(all.dropLast()) + [0]]).isEmpty)
  }

  @Test("names facts that nobody states, with what hangs on them")
  func neverStated() {
    var (pack, card) = world([Array(repeating: nil, count: 3), [nil, 0, 0]])
    card.gaps.facts = [
      Gaps.MissingFact(shown: "staff", slots: [0]), Gaps.MissingFact(shown: "fee", slots: [1]),
    ]
    card.gaps.entries = [0, 1, 2, 0]
    card.gaps.missing = [0, 0, 0, 1]
    card.gaps.sites = [.part(0), .part(0), .part(0), .part(1)]
    pack.rubrics[0].id = "r"
    var scored = Scored()
    scored.scorecards = [card]
    let findings = lint(scored, pack: pack)
    #expect(
      findings.map(\.message.en) == [
        "r: “staff” is stated for none of 3 subjects; it is used by I0"
      ])
    #expect(findings.map(\.severity) == [.warning])
  }

  @Test("counts values that fell outside, with examples")
  func outside() {
    let (pack, card) = world([[0, 10_000, nil]])
    var scored = Scored()
    scored.scorecards = [card]
    scored.findings = ["A", "B", "C", "D"].map { subject in
      Finding(
        .error, "between-bands", subject: subject, field: "r.I0",
        message: Bilingual(zh: "", en: ""), cure: Bilingual(zh: "改", en: "close the gap"))
    }
    let findings = lint(scored, pack: pack)
    #expect(
      findings.map(\.message) == [
        Bilingual(
          zh: "《评价》I0：有4个对象落在两档之间，如A、B、C",
          en: "r.I0: 4 subjects fell between two bands, such as A, B, C")
      ])
    #expect(findings.first?.cure.en == "close the gap")
  }
}
