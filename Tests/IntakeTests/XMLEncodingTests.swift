import Tables
import Testing

@testable import Intake

@Suite("Encoding of an XML file")
struct XMLEncodingTests {
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  static func text(_ declaration: String) -> String {
    declaration + "<DATASET><ROW><ENTNAME>洛阳瀍河</ENTNAME><DIVISION>410304</DIVISION>"
      + "<Info><Note>甲&amp;乙</Note></Info></ROW></DATASET>"
  }

  static func wide(_ text: String, isBig: Bool = false) -> [UInt8] {
    Array(text.utf16).flatMap { unit -> [UInt8] in
      isBig ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
  }

  @Test(
    "is what its mark says, and a declaration of another is a finding",
    arguments: [
      ("GBK", true), ("GB2312", true), ("gb18030", true), ("ISO-8859-1", true),
      ("windows-1252", true), ("UTF-16", true), ("Big5", true), ("nonsense", true),
      ("UTF-8", false), ("utf8", false),
    ])
  func marked(declared: String, isContradicted: Bool) async throws {
    let text = Self.text("<?xml version=\"1.0\" encoding=\"\(declared)\"?>\n")
    for comment in ["", "<!-- not plain -->"] {
      let bytes = Self.mark + Array((text + comment).utf8)
      for piece in [1, 5, 1 << 17] {
        let delivery = try await taking(["a.xml": bytes], pieceSize: piece)
        #expect(delivery.column("name") == ["洛阳瀍河"], "\(declared)")
        #expect(delivery.column("note") == ["甲&乙"])
        #expect(delivery.rules == (isContradicted ? ["encoding-declaration"] : []))
        #expect(delivery.files[0].encoding == "utf-8")
        #expect(delivery.files[0].bytes == bytes.count)
      }
    }
  }

  @Test("is UTF-16 by its mark or its zero bytes, whatever it declares", arguments: [false, true])
  func wideFiles(isBig: Bool) async throws {
    let mark: [UInt8] = isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]
    for (declared, isContradicted) in [("GBK", true), ("UTF-8", true), ("UTF-16", false)] {
      let text = Self.text("<?xml version=\"1.0\" encoding=\"\(declared)\"?>")
      for bytes in [mark + Self.wide(text, isBig: isBig), Self.wide(text, isBig: isBig)] {
        for piece in [1, 3, 1 << 17] {
          let delivery = try await taking(["a.xml": bytes], pieceSize: piece)
          #expect(delivery.column("name") == ["洛阳瀍河"])
          #expect(delivery.rules == (isContradicted ? ["encoding-declaration"] : []))
          #expect(delivery.files[0].encoding == (isBig ? "utf-16be" : "utf-16le"))
        }
      }
    }
  }

  @Test("is UTF-8 where UTF-16 is declared in single bytes")
  func saysWide() async throws {
    let text = Self.text("<?xml version=\"1.0\" encoding=\"utf-16\"?>")
    let delivery = try await taking(["a.xml": Array(text.utf8)])
    #expect(delivery.column("name") == ["洛阳瀍河"])
    #expect(delivery.rules == ["encoding-declaration"])
  }

  @Test("stays what its mark says where the bytes are of another: refused, not guessed")
  func falselyMarked() async throws {
    let text = Self.text("<?xml version=\"1.0\" encoding=\"GBK\"?>")
    let failure = try #require(await failure(["a.xml": Self.mark + (try gb18030(text))]))
    #expect(failure.messages[0].en.contains("are not utf-8 (known by: byte order mark)"))
  }

  @Test("is named as declared where only libxml2 knows it")
  func others() async throws {
    let head = Array(
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><DATASET><ROW><ENTNAME>caf".utf8)
    let tail = Array("</ENTNAME><DIVISION>410304</DIVISION></ROW></DATASET>".utf8)
    let delivery = try await taking(["a.xml": head + [0xE9] + tail])
    #expect(delivery.column("name") == ["café"])
    #expect(delivery.files[0].encoding == "iso-8859-1")
  }

  @Test("of a workbook of 2003 follows the same rules")
  func spreadsheet() async throws {
    let book =
      "<?xml version=\"1.0\" encoding=\"GB2312\"?><Workbook "
      + "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
      + "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"表\"><Table>"
      + "<Row><Cell><Data ss:Type=\"String\">单位名称</Data></Cell>"
      + "<Cell><Data ss:Type=\"String\">区县</Data></Cell></Row>"
      + "<Row><Cell><Data ss:Type=\"String\">洛阳</Data></Cell>"
      + "<Cell><Data ss:Type=\"String\">涧西区</Data></Cell></Row></Table></Worksheet></Workbook>"
    let delivery = try await taking(["a.xls": Self.mark + Array(book.utf8)])
    #expect(delivery.column("name") == ["洛阳"])
    #expect(delivery.rules == ["encoding-declaration"])
  }
}
