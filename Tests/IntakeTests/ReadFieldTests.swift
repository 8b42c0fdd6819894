import Tables
import Testing

@testable import Intake

@Suite("Marks around delivered texts")
struct ReadFieldTests {
  @Test(
    "keeps a leading apostrophe of a name or text, and takes it off a code or number",
    arguments: [1, 128])
  func apostrophes(most: Int) async throws {
    let rows = "'s-Hertogenbosch,涧西区,'5,'text','91410305PDY000028Y\n`甲,'涧西区,`6,',\n"
    let csv = try await taking("单位名称,区县,从业人数,备注,统一社会信用代码\n" + rows)
    #expect(csv.column("name") == ["'s-Hertogenbosch", "`甲"])
    #expect(csv.column("division") == ["410305", "410305"])
    #expect(csv.column("staff") == ["5", "6"])
    #expect(csv.column("note") == ["'text'", "'"])
    #expect(csv.column("uscc") == ["91410305PDY000028Y", "-"])
    let xml = try await taking(
      "<DATASET><ROW><ENTNAME>'s-Hertogenbosch</ENTNAME><DIVISION>'涧西区</DIVISION>"
        + "<EMPNUM>'5</EMPNUM><UNISCID>'91410305PDY000028Y</UNISCID></ROW></DATASET>",
      as: "a.xml")
    #expect(xml.column("name") == ["'s-Hertogenbosch"])
    #expect(xml.column("division") == ["410305"])
    #expect(xml.column("staff") == ["5"])
    #expect(xml.column("uscc") == ["91410305PDY000028Y"])
  }
}
