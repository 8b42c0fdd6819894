import Tables
import Testing

@Suite("The place of a returned row")
struct RowTargetTests {
  private func file(_ path: String) -> DeliveredFile {
    DeliveredFile(
      path: path, bytes: 1, sha256: "0f3a9c21bbccddee", encoding: "utf-8", encodingEvidence: "",
      profile: "p")
  }

  @Test(
    "is read as it is written, whatever the file is called",
    arguments: ["a.csv", "registration/企业.xml", "book.xlsx:Sheet #2", "mail@office#1.csv"])
  func same(path: String) {
    let target = RowTarget(file(path), record: 17)
    #expect(target.description == "\(path)#17@0f3a9c21")
    #expect(RowTarget(target.description) == target)
    #expect(target.isMeant(file(path)))
    var other = file(path)
    other.sha256 = "0f3a9c20bbccddee"
    #expect(!target.isMeant(other))
  }

  @Test(
    "is none of what a clerk may have made of it",
    arguments: [
      "", "a.csv", "a.csv#17", "a.csv#0@0f3a9c21", "a.csv#x@0f3a9c21", "a.csv#1@0f3a",
      "#1@0f3a9c21",
    ])
  func others(text: String) {
    #expect(RowTarget(text) == nil)
  }
}
