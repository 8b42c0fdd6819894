import Testing

@testable import Intake

@Suite("Texts of a workbook")
struct WorkbookPartsTests {
  @Test(
    "hold characters that XML cannot under their numbers, and nothing else changes",
    arguments: [
      ("", ""), ("洛阳", "洛阳"), ("a_x000D_b", "a\rb"), ("_x000D_", "\r"),
      ("_x4E00__x4e01_", "一丁"), ("_x005F_x000D_", "_x000D_"), ("甲_x0009_乙_x", "甲\t乙_x"),
      ("_x000D", "_x000D"), ("_x000G_", "_x000G_"), ("_x+123_", "_x+123_"), ("_X000D_", "_X000D_"),
      ("_xD800_", "_xD800_"), ("_x000_x000D_", "_x000\r"),
      ("e\u{301}_x000A_\u{308}", "e\u{301}\n\u{308}"),
    ])
  func unescapes(text: String, meant: String) {
    #expect(Array(unescaped(text).utf8) == Array(meant.utf8))
  }
}
