import Deliveries
import Foundation
import Rulemaking
import Tables
import Testing

/// The pack of `Cases/a-pack-with-twenty-faults` holds twenty planted faults, each of another kind.
@Suite("heng rules check")
struct CheckRulesTests {
  struct Planted: Sendable, CustomTestStringConvertible {
    var kind: String
    var place: String
    /// How the message begins, in Chinese and in English.
    var says: (zh: String, en: String)

    var testDescription: String { kind }

    init(_ kind: String, _ place: String, _ zh: String, _ en: String) {
      (self.kind, self.place, says) = (kind, place, (zh, en))
    }
  }

  static let planted = [
    Planted(
      "an unknown code table", "records/org.yaml:11:46", "没有代码表“kind” — 是否应为“kinds”",
      "there is no code table “kind” — did you mean “kinds”"),
    Planted("a missing basis", "rubrics/1-grade.yaml:9:5", "缺少“basis”", "“basis” is missing"),
    Planted(
      "a gate that nobody fails", "rubrics/1-grade.yaml:10:34", "“members >= 0”总是成立",
      "“members >= 0” always holds"),
    Planted(
      "overlapping bands", "rubrics/1-grade.yaml:17:9", "“[901..950]”与“>= 950”重叠：950",
      "“[901..950]” and “>= 950” overlap: 950 is in both"),
    Planted(
      "a hole between bands", "rubrics/1-grade.yaml:18:9", "900至901没有档次，如900.1",
      "no band holds 900 to 901, such as 900.1"),
    Planted(
      "a band that nobody reaches", "rubrics/1-grade.yaml:21:44", "“> 5000”在字段的合理范围之外",
      "“> 5000” lies outside the field's plausible range"),
    Planted(
      "an opinion that is computed", "rubrics/1-grade.yaml:22:40", "凭意见评定的指标只能用“opinions”",
      "an opinion-based indicator takes signed opinions only"),
    Planted(
      "a tier that nobody reaches", "rubrics/1-grade.yaml:24:20", "等次“5A”无法达到：最高30分",
      "the tier “5A” cannot be reached: the highest score is 30"),
    Planted(
      "overlapping tiers", "rubrics/1-grade.yaml:26:28", "等次“3A”与“4A”重叠：20分",
      "the tiers “3A” and “4A” overlap: 20 is in both"),
    Planted(
      "weights that do not add up", "rubrics/2-social.yaml:10:5", "指标合计10分，不等于满分12分",
      "the indicators add up to 10, not to 12"),
    Planted(
      "a lookup that misses a code", "rubrics/2-social.yaml:12:43", "没有写这些代码的分值：cancelled",
      "no points for the codes cancelled"),
    Planted(
      "a condition that is never true", "rubrics/2-social.yaml:17:49", "“members > 3000”不可能成立",
      "“members > 3000” can never be true"),
    Planted(
      "a code that no table has", "rubrics/2-social.yaml:18:57", "没有代码“suspended”",
      "there is no code “suspended”"),
    Planted(
      "a misspelt name", "rubrics/2-social.yaml:19:46", "没有名为“memberz”的事实；是否指“members”？",
      "nothing is called “memberz”; did you mean “members”?"),
    Planted(
      "a missing unknown", "rubrics/2-social.yaml:20:9", "缺少“unknown”", "“unknown” is missing"),
    Planted("a duplicate id", "rubrics/2-social.yaml:20:14", "“W3”重复", "“W3” is there twice"),
    Planted(
      "a cap that never bites", "rubrics/2-social.yaml:22:67", "最高只有20分，封顶不起作用",
      "the highest score is 20, so the cap does nothing"),
    Planted(
      "a hole between tiers", "rubrics/2-social.yaml:25:28", "14.1分没有等次", "no tier holds 14.1"),
    Planted(
      "a cycle of rubrics", "rubrics/3-leader.yaml:1:9", "评价规则互相依赖：leader → chair → leader",
      "rubrics depend on each other: leader → chair → leader"),
    Planted(
      "a field outside its purpose", "rubrics/3-leader.yaml:8:42", "“负责人出生日期”不得用于用途“rating”",
      "“负责人出生日期” may not be used for the purpose “rating”"),
  ]

  static let pack = Samples.cases
    .appending(path: "a-pack-with-twenty-faults/inputs/rules/county").path

  @Test("finds twenty planted faults, each at its place and of its kind, and nothing else")
  func twenty() {
    let found = checkRules(at: Self.pack).faults
    #expect(Set(Self.planted.map(\.kind)).count == 20)
    #expect(found.count == 20)
    for (fault, planted) in zip(found, Self.planted) {
      let place = "\(Self.pack)/\(planted.place): "
      #expect(fault.zh.hasPrefix(place + planted.says.zh), "\(planted.kind)")
      #expect(fault.en.hasPrefix(place + planted.says.en), "\(planted.kind)")
      #expect(fault.zh.contains(" — ") && fault.en.contains(" — "), "\(planted.kind)")
    }
  }

  @Test("finds nothing in the sample pack")
  func sample() {
    let checked = checkRules(at: Samples.delivery("rules/luoyang-2018"))
    #expect(checked.faults.isEmpty)
    #expect(checked.summary.en.contains("no faults"))
    // Letters have a blank where the pack names no period.
    #expect(checked.notes.count == 1)
    #expect(
      checked.notes[0].zh.contains("objections-within") && checked.notes[0].zh.contains("《诚信经营户》"))
  }
}
