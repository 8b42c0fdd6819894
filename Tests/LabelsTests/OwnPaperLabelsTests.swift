import Labels
import Tables
import Testing

@Suite("What papers of Heng's own say of themselves")
struct OwnPaperLabelsTests {
  @Test("the date that the first line says is read again, in either language")
  func date() {
    let said = OwnPaper.statedDate("2018-09-30")
    #expect(OwnPaper.statedDate(in: "名单：名额 2、候补 1；\(said.zh)；研究中") == "2018-09-30")
    #expect(OwnPaper.statedDate(in: "A list; \(said.en)") == "2018-09-30")
  }

  @Test(
    "a line that says none is of no date",
    arguments: ["", "截至目前", "截至 ", "名额 2018-09-30", "as of now"])
  func none(line: String) { #expect(OwnPaper.statedDate(in: line) == nil) }
}
