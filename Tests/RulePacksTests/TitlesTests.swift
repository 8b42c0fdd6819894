import Foundation
import Tables
import Testing

@testable import RulePacks

@Suite("What people read for ids of a pack")
struct TitlesTests {
  private static let pack = Result {
    try loadRulePack(at: repository + "/inputs/rules/luoyang-2018")
  }

  @Test(
    "of checks is the title of the fact, with the rule where there are several, else the id",
    arguments: [
      ("coverage_state.C5", "覆盖情况", "覆盖情况"),
      ("report_agrees.A2", "年报与台账一致 A2", "年报与台账一致 A2"),
      ("conflict", "来源矛盾", "sources disagree"),
      ("report_agrees.A9", "report_agrees.A9", "report_agrees.A9"),
    ])
  func checks(id: String, zh: String, en: String) throws {
    #expect(try Self.pack.get().label(ofFindingKind: id) == Bilingual(zh: zh, en: en))
  }

  @Test("of source profiles is their title, else the id")
  func profiles() throws {
    var pack = try Self.pack.get()
    #expect(pack.title(ofProfile: "market-xml") == "工商登记系统导出（XML，大写标签）")
    #expect(pack.title(ofProfile: "gone") == "gone")
    let index = try #require(pack.sources.firstIndex { $0.id == "market-xml" })
    pack.sources[index].title = ""
    #expect(pack.title(ofProfile: "market-xml") == "market-xml")
  }
}
