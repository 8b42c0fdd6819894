import Testing

@testable import RulePacks

@Suite("A pattern of set-aside")
struct PathPatternTests {
  @Test(
    "means names where it has no slash, and paths where it has one",
    arguments: [
      ("*.txt", "note.txt", true), ("*.txt", "a/b/note.txt", true),
      ("*.txt", "note.txt.csv", false),
      ("old", "old", true), ("old", "a/old", true), ("old/", "old", true), ("old", "older", false),
      ("a/*.csv", "a/1.csv", true), ("a/*.csv", "a/b/1.csv", false),
      ("a/**/1.csv", "a/b/c/1.csv", true), ("**/1.csv", "b/1.csv", true),
      ("a/*.csv", "1.csv", false), ("?.csv", "甲.csv", true), ("?.csv", "甲乙.csv", false),
      ("*", "anything", true), ("a*b*c", "aXbYc", true), ("a*b*c", "aXbY", false), ("", "x", false),
      ("***", "a", true), ("[a].csv", "[a].csv", true), ("[a].csv", "a.csv", false),
    ])
  func matches(pattern: String, path: String, matches: Bool) {
    #expect(PathPattern(pattern, line: 1).matches(path) == matches)
  }

  @Test("answers at once, however many stars it has")
  func stars() {
    let pattern = PathPattern(String(repeating: "a*", count: 200) + "b", line: 1)
    #expect(!pattern.matches(String(repeating: "a", count: 250)))
  }
}
