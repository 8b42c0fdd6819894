import Tables
import Testing

@testable import RulePacks

@Suite("Codes by their names")
struct CodeNamesTests {
  @Test(
    "stand beside the code in English, unless the table has an English name",
    arguments: [
      ("active", "存续", nil, "存续", "active (存续)"),
      ("active", "存续", "in business", "存续", "in business"),
      ("active", "", nil, "active", "active"), ("A", "A", nil, "A", "A"),
      ("active", "存续", "", "存续", "active (存续)"),
    ] as [(String, String, String?, String, String)])
  func words(code: String, name: String, english: String?, zh: String, en: String) {
    var row = CodeTable.Code(code: code, name: name)
    row.attributes["name_en"] = english
    let table = CodeTable(id: "t", codes: [row], attributes: [], index: [:])
    #expect(table.words(of: code) == Bilingual(zh: zh, en: en))
    #expect(table.words(of: "other") == Bilingual(zh: "other", en: "other"))
  }
}
