import Testing

@testable import RulePacks

@Suite("A slip of the keyboard in YAML")
struct TypingSlipTests {
  @Test(
    "is found where it is made",
    arguments: [
      ("id: a\npurpose：x\n", 2, 8, .wideColon), ("list:\n  - id：a\n", 2, 7, .wideColon),
      ("id:a\n", 1, 3, .noBlank), ("list:\n\t- {id: a}\n", 2, 1, .tab),
      ("a: 1\n  \tb: 2\n", 2, 3, .tab),
    ] as [(String, Int, Int, TypingSlip.Kind)])
  func found(text: String, line: Int, column: Int, kind: TypingSlip.Kind) {
    let slip = TypingSlip(in: text)
    #expect(slip?.line == line && slip?.column == column && slip?.kind == kind)
  }

  @Test(
    "is none where a colon is part of a text",
    arguments: ["id: 名单：一\n", "- http://a\n", "id:\n", "名称：x\n", "a: b:c\n", "\t\n", ""])
  func none(text: String) { #expect(TypingSlip(in: text) == nil) }
}
