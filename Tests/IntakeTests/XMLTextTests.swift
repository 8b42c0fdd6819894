import Tables
import Testing

@testable import Intake

@Suite("Text of an XML file")
struct XMLTextTests {
  private let text = """
    <?xml version="1.0" encoding="GB18030"?>
    <DATASET><ROW><ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION></ROW>
    <!-- 说明 --><ROW note="甲&lt;乙"><ENTNAME><![CDATA[乙<丙]]></ENTNAME>
    <DIVISION>410304</DIVISION></ROW>
    <?x y?><ROW><ENTNAME>丁&#x4E8C;</ENTNAME><DIVISION>410304</DIVISION></ROW></DATASET>
    """

  @Test("is cut wherever it ends too early, in both encodings", arguments: [true, false])
  func cut(isGB: Bool) async throws {
    let text = isGB ? text : text.replacing("GB18030", with: "UTF-8")
    let bytes = isGB ? try gb18030(text) : Array(text.utf8)
    let start = try #require(text.firstRange(of: "</ROW>")?.upperBound)
    let first = isGB ? try gb18030(String(text[..<start])).count : text[..<start].utf8.count
    for end in first..<bytes.count {
      let failure = try #require(await failure(["a.xml": Array(bytes[..<end])]))
      #expect(failure.messages[0].en.contains("ends"), "\(end): \(failure.messages[0].en)")
    }
  }

  @Test("gives the same rows however it is cut into pieces", arguments: [1, 3, 16, 100])
  func pieces(size: Int) async throws {
    let delivery = try await taking(["a.xml": try gb18030(text)], pieceSize: size)
    #expect(delivery.column("name") == ["甲", "乙<丙", "丁二"])
  }

  @Test("says the line on which bytes are not of the declared encoding")
  func fault() async throws {
    var bytes = try gb18030(text)
    bytes.insert(0xFF, at: bytes.count - 12)
    let failure = try #require(await failure(["a.xml": bytes]))
    #expect(failure.messages[0].en.hasPrefix("a.xml:5:"), "\(failure.messages[0].en)")
    #expect(failure.messages[0].en.contains("not gb18030"))
  }
}
