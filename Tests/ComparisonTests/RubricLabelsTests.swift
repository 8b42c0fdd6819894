import Pipeline
import RulePacks
import Tables
import Testing

@testable import Comparison

@Suite("What people read for ids of a rubric")
struct RubricLabelsTests {
  private static func edition(_ title: String, tiers: [Rubric.Tier]) -> Rubric {
    var rubric = Rubric(id: "r", title: "R", edition: "1", basis: "", subject: 0, full: 100_000)
    rubric.tiers = tiers
    rubric.parts = [
      Rubric.Part(
        id: "S1", title: title, kind: .indicator, unknown: .withhold, form: .group(node: 0, .mean),
        most: 0,
        least: 0)
    ]
    return rubric
  }

  @Test("is a tier's title and a rule's number with its title, of the first edition that has it")
  func titles() {
    let labels = RubricLabels([
      Self.edition("新名", tiers: [.init(id: "A", title: "优秀", from: 1)]),
      Self.edition(
        "旧名",
        tiers: [.init(id: "A", title: "甲等", from: 1), .init(id: "none", title: "", from: nil)]),
    ])
    #expect(["A", "none", "gone"].map { labels.tier($0) } == ["优秀", "none", "gone"])
    #expect(["S1", "S9"].map { labels.rule($0) } == ["S1 新名", "S9"])
  }

  @Test("stands in a cause for people and not for machines")
  func causes() {
    let labels = RubricLabels([Self.edition("归口明确", tiers: [])])
    let cause = Cause(rule: .indicator, id: "S1", reason: .rule, points: 2_000)
    #expect(
      cause.withPoints(by: labels) == Bilingual(zh: "指标 S1 归口明确 +2", en: "indicator S1 归口明确 +2"))
    #expect(cause.withPoints.en == "indicator S1 +2")
    let lost = Cause(rule: .indicator, id: "S1", reason: .facts, points: -2_000)
    #expect(lost.withPoints.en == "indicator S1 (its facts changed) -2")
    #expect(lost.withPoints(by: labels).zh == "指标 S1 归口明确（规则未改，所用事实变了） −2")
    #expect(lost.withPoints(by: labels, isEdited: false).zh == "指标 S1 归口明确 −2")
  }
}
