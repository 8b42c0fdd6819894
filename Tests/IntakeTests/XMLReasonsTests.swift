import Tables
import Testing

@testable import Intake

/// Why an XML file is refused: the true reason, since whoever has to mend it goes by it.
@Suite("Reasons why XML is refused")
struct XMLReasonsTests {
  static let row = "<ROW><ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION></ROW>"
  static let rows = String(repeating: row + "\n", count: 3)

  enum Reason: String, CaseIterable {
    case ends = "the file ends here with elements still open"
    case encoding = "the bytes here are not utf-8"
    case unknown = "which is not known"
    case character = "a character stands here that XML does not allow"
    case after = "there is more after the end of the root element"
    case noRoot = "the file has no element"
    case malformed = "this is not well-formed XML"
  }

  @Test(
    "are told apart",
    arguments: [
      // Two files in one, a stray tag or text behind the end.
      ("<DATASET>\(rows)</DATASET><DATASET>\(rows)</DATASET>", Reason.after),
      ("<DATASET>\(rows)</DATASET>\n</DATASET>", .after), ("<DATASET>\(rows)</DATASET>x", .after),
      ("<DATASET>\(rows)</DATASET>\u{0}", .after),
      ("<DATASET>\(rows)</DATASET> \u{0}\(row)", .after),
      ("<DATASET>\(rows)</DATASET><!-- a -->\n\u{0}\u{0}", .after),
      // Characters.
      ("<DATASET><ROW><ENTNAME>b\u{B}</ENTNAME></ROW></DATASET>", .character),
      ("<DATASET><ROW><ENTNAME>b\u{0}</ENTNAME></ROW></DATASET>", .character),
      ("<DATASET><ROW>\u{0}<ENTNAME>b</ENTNAME></ROW></DATASET>", .character),
      ("<DATASET a=\"\u{1}\"><ROW><ENTNAME>b</ENTNAME></ROW></DATASET>", .character),
      ("<DATASET><ROW><ENTNAME>b&#0;</ENTNAME></ROW></DATASET>", .character),
      ("<DATASET><ROW><ENTNAME>b\u{FFFF}</ENTNAME></ROW></DATASET>", .character),
      // Tags.
      ("<DATASET>\(rows)</ROWS>", .malformed), ("<a>< b></a>", .malformed),
      ("<DATASET><ROW></DATASET>", .malformed),
      ("<DATASET>\(rows)</DATASET x>", .malformed),
      ("<DATASET><ROW></ROW x></DATASET>", .malformed),
      ("<DATASET><ROW a=1></ROW></DATASET>", .malformed),
      ("<DATASET><ROW a=\"1\" a=\"2\"/></DATASET>", .malformed),
      ("<DATASET><ROW><ENTNAME>&evil;</ENTNAME></ROW></DATASET>", .malformed),
      ("<DATASET><ROW><ENTNAME>a & b</ENTNAME></ROW></DATASET>", .malformed),
      ("<DATASET><ROW><ENTNAME>a < b</ENTNAME></ROW></DATASET>", .malformed),
      ("<DATASET><ROW a=\"x></ROW></DATASET>", .malformed),
      ("<DATASET><ROW><ENTNAME>]]></ENTNAME></ROW></DATASET>", .malformed),
      // Ends.
      ("<DATASET>\(rows)", .ends), ("<DATASET>\(rows)</DATASET", .ends),
      ("<DATASET>\(rows)<ROW><EN", .ends),
      ("<DATASET>\(rows)<ROW><ENTNAME>a&am", .ends), ("<DATASET>\(rows)<!-- a", .ends),
      ("<DATASET>\(rows)<!-", .ends), ("<DATASET>\(rows)<![CDA", .ends),
      ("<DATASET>\(rows)<![CDATA[ a", .ends), ("<DATASET>\(rows)<ROW a=\"1", .ends),
      ("<DATASET>\(rows)<?p", .ends),
      ("<?xml version=\"1.0\"?>\n<!-- nothing -->\n", .noRoot),
      ("<?xml version=\"1.0\" encoding=\"nonsense\"?><DATASET>\(rows)</DATASET>", .unknown),
    ])
  func reasons(text: String, reason: Reason) async throws {
    let failure = try #require(await failure(["a.xml": Array(text.utf8)]), "\(text)")
    let said = failure.messages[0].en
    #expect(Reason.allCases.filter { said.contains($0.rawValue) } == [reason], "\(text): \(said)")
  }

  @Test("a NUL behind the root is found however far it stands, and however much follows")
  func farBehind() async throws {
    for (blanks, rest) in [(0, 500_000), (300_000, 1), (300_000, 300_000)] {
      let bytes =
        Array("<DATASET>\(Self.rows)</DATASET>".utf8) + [UInt8](repeating: 0x0A, count: blanks)
        + [UInt8](repeating: 0, count: rest)
      let failure = try #require(await failure(["a.xml": bytes]))
      #expect(failure.messages[0].en.contains(Reason.after.rawValue + " (NUL)"))
    }
  }

  @Test("blanks behind the root are nothing, and count in size and hash")
  func blanks() async throws {
    for comment in ["", "<!-- read by libxml2 -->"] {
      let bytes =
        Array("<DATASET>\(Self.rows)</DATASET>\(comment)".utf8)
        + [UInt8](repeating: 0x20, count: 300_000)
      let delivery = try await taking(["a.xml": bytes], pieceSize: 1 << 17)
      #expect(delivery.files[0].bytes == bytes.count)
      #expect(delivery.files[0].read == 3)
    }
  }

  @Test("bytes outside of the encoding are told as such")
  func bytes() async throws {
    var bytes = Array("<DATASET>\(Self.rows)</DATASET>".utf8)
    bytes[bytes.count - 20] = 0xFF
    let failure = try #require(await failure(["a.xml": bytes]))
    #expect(failure.messages[0].en.contains(Reason.encoding.rawValue))
  }

  @Test(
    "only a true or 1 of XML Schema's name space empties an element",
    arguments: [
      ("xsi:nil=\"tofu\"", "甲"), ("xsi:nil=\"Tree\"", "甲"), ("xsi:nil=\"TRUE\"", "甲"),
      ("xsi:nil=\"false\"", "甲"), ("xsi:nil=\"true\"", "-"), ("xsi:nil=\" true \"", "-"),
      ("xsi:nil='1'", "-"), ("nil=\"true\"", "甲"), ("x:nil=\"true\" xmlns:x=\"urn:other\"", "甲"),
      ("xsi:nil=\"true\" xmlns:xsi=\"urn:other\"", "甲"),
      ("x:nil=\"true\" xmlns:x=\"http://www.w3.org/2001/XMLSchema-instance\"", "-"),
    ])
  func nilMarks(attribute: String, means: String) async throws {
    let text =
      "<DATASET><ROW><ENTNAME>乙</ENTNAME><DIVISION>410304</DIVISION><Info><Note \(attribute)>甲</Note>"
      + "</Info></ROW></DATASET>"
    #expect(try await taking(text, as: "a.xml").column("note") == [means])
  }

  @Test("a first row or a head of more than 256 KB is looked through for what tells the profile")
  func longBeginnings() async throws {
    let long = String(repeating: "长", count: 120_000)
    for text in [
      "<DATASET><ROW><REMARK>\(long)</REMARK><ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION></ROW></DATASET>",
      "<DATASET><HEAD><X>\(long)</X></HEAD>\(Self.row)</DATASET>",
      "<!-- \(long) --><DATASET>\(Self.row)</DATASET>",
    ] {
      #expect(try await taking(text, as: "a.xml").column("name") == ["甲"])
    }
  }
}
