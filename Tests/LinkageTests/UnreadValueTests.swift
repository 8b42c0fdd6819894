import Tables
import Testing

@testable import Linkage

@Suite("What of a correction cannot be read")
struct UnreadValueTests {
  @Test(
    "is named, and only an old value may be one that was never read",
    arguments: [
      ("10", "many", "the new value “many” cannot be read", "更正值“many”无法读取", false),
      ("few", "12", "the old value “few” cannot be read", "原值“few”无法读取", true),
      (
        "few", "many", "the old value “few” and the new value “many” cannot be read",
        "原值“few”和更正值“many”无法读取", true
      ),
    ])
  func named(old: String, new: String, en: String, zh: String, mayBeBlank: Bool) async throws {
    let linked = await Fixture.linked([
      Row(Fixture.registration, ["U1", nil, "甲", "D", "10", nil, "存续"]),
      Row(
        Fixture.corrections,
        [
          "registration", "U1", "staff", old, new, "理由", "2018-09-01", "accepted", nil, nil, nil,
        ]),
    ])
    let finding = try #require(linked.findings.first { $0.rule == "correction-unreadable" })
    #expect(finding.message.en.contains(en))
    #expect(finding.message.zh.contains(zh))
    #expect(finding.cure.zh.contains("原值须留空") == mayBeBlank)
    #expect(finding.cure.en.contains("must be left blank") == mayBeBlank)
  }
}
