import Expressions
import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("What was announced before the run")
struct AnnouncedTests {
  @Test(
    "is told with its validity; another tier is a proposal with its reasons that a person decides")
  func sentences() {
    var announced = Explanation.Announced(label: "公告等级", tier: "4A", title: "4A级")
    #expect(announced.sentence == Bilingual(zh: "公告等级 4A级", en: "公告等级: 4A级"))
    #expect(announced.reservation == nil)
    announced.until = "2022-12-16"
    announced.proposed = Explanation.Tier(id: "2A", title: "2A级", from: 54_000)
    announced.reasons = ["未实现组织覆盖", "年检不合格"]
    #expect(announced.sentence.zh == "公告等级 4A级（至 2022-12-16）；建议按 2A级：未实现组织覆盖；年检不合格")
    #expect(
      announced.sentence.en == "公告等级: 4A级 (until 2022-12-16); proposed: 2A级: 未实现组织覆盖; 年检不合格")
    #expect(announced.reservation?.zh.contains("由有权机关决定") == true)
  }

  @Test("stands in the head of letters in both forms", arguments: Language.allCases)
  func letters(language: Language) throws {
    var explanation = sampleExplanation()
    var announced = Explanation.Announced(label: "Rating", tier: "A", title: "Good")
    announced.proposed = Explanation.Tier(id: "B", title: "", from: nil)
    explanation.announced = announced
    let sentence = announced.sentence.text(in: language)
    let reservation = try #require(announced.reservation?.text(in: language))
    let page = String(
      decoding: letterPage([explanation], frame: LetterFrame(), in: language), as: UTF8.self)
    for text in [explanation.letter(in: language), page] {
      let place = try #require(text.firstRange(of: sentence))
      #expect(text.contains(reservation))
      let score = try #require(text.firstRange(of: language == .zh ? "得分" : "Score"))
      #expect(place.lowerBound < score.lowerBound)
    }
    explanation.announced = nil
    #expect(!explanation.letter(in: language).contains(sentence))
  }

  @Test("is compared with the tier worked out, caps that do not bind being no reason")
  func compared() throws {
    var results = try results()
    // The size is the fact: small, small, large, missing.
    let first = try #require(results.announced(card: 0, entry: 0))
    #expect(first.tier == "small" && first.title == "Low" && first.proposed == nil)
    let third = try #require(results.announced(card: 0, entry: 2))
    #expect(third.label == "Size" && third.tier == "large" && third.title == "High")
    #expect(third.proposed?.id == "small" && third.reasons == ["no inspection"])
    // The score alone would not give more, so the cap is no reason.
    results.scorecards[0].scores[2] = 1_000
    #expect(results.announced(card: 0, entry: 2)?.reasons == [])
    // Without a rank nothing is proposed.
    results.scorecards[0].statuses[2] = .pending
    #expect(results.announced(card: 0, entry: 2)?.proposed == nil)
    // Where nothing was announced, or the rubric does not ask, nothing is told.
    #expect(results.announced(card: 0, entry: 3) == nil)
    results.pack.rubrics[0].announced = nil
    #expect(results.announced(card: 0, entry: 2) == nil)
  }

  @Test(
    "holds for the years that the pack gives where no last day is stated",
    arguments: [
      ("2017-12-16", "2022-12-15"), ("2016-02-29", "2021-02-28"), ("2018-01-01", "2022-12-31"),
      ("2017-12", nil),
    ] as [(String, String?)])
  func term(since: String, until: String?) throws {
    var results = try results()
    let parts = since.split(separator: "-").compactMap { Int($0) }
    let date = try #require(
      PartialDate(year: parts[0], month: parts[1], day: parts.count > 2 ? parts[2] : nil))
    var days = Cells<Int32>()
    for _ in 0..<results.dossiers.subjects[0].count { days.append(date.packed) }
    results.dossiers.subjects[0].facts.append(.own(.day(days)))
    results.pack.subjects[0].facts.append(
      Fact(id: "since", label: "Since", type: .date, origin: .asOf))
    let slot = results.pack.subjects[0].facts.count - 1
    results.pack.rubrics[0].announced = Rubric.Announced(
      tier: 2, until: nil, why: nil, since: slot, years: 5)
    let announced = try #require(results.announced(card: 0, entry: 0))
    #expect(announced.until == until)
    #expect(announced.term == (until == nil ? nil : 5))
    if let until {
      #expect(announced.sentence.zh.contains("（至 \(until)，按有效期5年推算）"))
      #expect(announced.sentence.en.contains("(until \(until), by its term of 5 years)"))
    }
    // A day that was stated is told as it is.
    results.pack.rubrics[0].announced = Rubric.Announced(
      tier: 2, until: slot, why: nil, since: slot, years: 5)
    let stated = try #require(results.announced(card: 0, entry: 0))
    #expect(stated.until == date.description && stated.term == nil)
  }

  /// The sample run with two tiers called like the sizes, and a cap that the third falls under.
  private func results() throws -> RunResult {
    var results = sampleResults()
    results.pack.rubrics[0].tiers = [
      Rubric.Tier(id: "large", title: "High", from: 9_000),
      Rubric.Tier(id: "small", title: "Low", from: nil),
    ]
    results.pack.rubrics[0].announced = Rubric.Announced(tier: 2, until: nil, why: nil)
    results.pack.rubrics[0].caps = [
      Rubric.Cap(
        id: "C1", text: "no inspection",
        when: try check("true", in: Environment(scopes: [Scope(names: [:])]), scope: 0),
        unknown: .pending, basis: "§ 2", limit: .tier(1))
    ]
    results.scorecards[0].caps = [[.free, .free, .capped, .free]]
    results.scorecards[0].tiers = [1, 1, 1, 1]
    results.scorecards[0].statuses[2] = .ranked
    results.scorecards[0].scores[2] = 10_000
    return results
  }
}
