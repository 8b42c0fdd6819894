import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Taking XML")
struct TakeXMLTests {
  private func taking(_ rows: String, pieceSize: Int = 1 << 20) async throws -> Delivery {
    try await takingFile("<DATASET>\(rows)</DATASET>", pieceSize: pieceSize)
  }

  private func takingFile(_ text: String, pieceSize: Int) async throws -> Delivery {
    try await IntakeTests.taking(text, as: "file.xml", pieceSize: pieceSize)
  }

  @Test("types the elements of a row, whatever their case, order and name space")
  func types() async throws {
    let delivery = try await takingFile(
      """
      <?xml version="1.0"?>
      <d:dataset xmlns:d="urn:x">
        <d:Row><entname> 洛阳甲 &amp; 乙 </entname><UNISCID>91410305PDY000028Y</UNISCID>
          <EMPNUM><![CDATA[12]]></EMPNUM><REGCAP>100.000000</REGCAP><ESTDATE>2018-11-06T00:00:00</ESTDATE></d:Row>
        <d:Row><ESTDATE/><ENTNAME>丙&#x4E19;</ENTNAME><DIVISION>410304</DIVISION></d:Row>
      </d:dataset>
      """, pieceSize: 1 << 20)
    #expect(delivery.column("name") == ["洛阳甲 & 乙", "丙丙"])
    #expect(delivery.column("staff") == ["12", "-"])
    #expect(delivery.column("capital") == ["1000000", "-"])
    #expect(delivery.column("founded") == ["2018-11-06", "-"])
    #expect(delivery.column("division") == ["410305", "410304"])
    #expect(delivery.records[0].places.map(\.line) == [3, 5])
    #expect(delivery.quarantine.isEmpty && delivery.isComplete)
  }

  @Test("gives the same whatever the size of the pieces")
  func pieces() async throws {
    let text =
      "<ROW note=\"a &amp; b\"><ENTNAME>甲&lt;乙</ENTNAME><DIVISION>410304</DIVISION></ROW>"
      + "<ROW><ENTNAME>丙</ENTNAME><DIVISION>x</DIVISION></ROW>"
    let whole = try await taking(text)
    #expect(whole.column("note") == ["a & b"])
    #expect(
      whole.faults == ["unknown-code", "no-identity"]
        || whole.faults == ["no-identity", "unknown-code"])
    for size in [1, 2, 3, 5, 7, 16, 64] {
      let delivery = try await taking(text, pieceSize: size)
      #expect(delivery.records[0].columns == whole.records[0].columns, "pieces of \(size)")
      #expect(delivery.faults == whole.faults)
    }
  }

  @Test("tells of a text that no condition of the profile is meant for")
  func unmetConditions() async throws {
    let rows = ["A", "B", "C", ""].map { system in
      "<ROW><ENTNAME>甲\(system)</ENTNAME><DIVISION>410304</DIVISION><SYS>\(system)</SYS>"
        + "<PARINS>1</PARINS></ROW>"
    }
    let delivery = try await taking(
      rows.joined() + "<ROW><ENTNAME>乙</ENTNAME><DIVISION>410304</DIVISION><SYS>C</SYS></ROW>")
    #expect(delivery.column("form") == ["branch", "none", "-", "-", "-"])
    #expect(delivery.rules == ["unknown-condition", "unknown-condition"])
    #expect(delivery.findings[0].message.zh.contains("“SYS”"))
    #expect(delivery.findings[0].message.zh.contains("“1”"))
  }

  @Test("reads nested elements, attributes and attributes around the row; the first stated counts")
  func paths() async throws {
    let rows = { (inner: String, attributes: String) in
      "<ROW\(attributes)><ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION>\(inner)</ROW>"
    }
    let delivery = try await takingFile(
      "<DATASET batch=\"2018\">" + rows("<Info><Note>里</Note></Info>", " note=\"x\"")
        + rows("<Info><Note/></Info>", " note=\"x\"") + rows("", "") + "</DATASET>", pieceSize: 100)
    #expect(delivery.column("note") == ["里", "x", "2018"])
  }

  @Test("takes an element with xsi:nil for not stated")
  func nils() async throws {
    let delivery = try await takingFile(
      "<DATASET xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><ROW>"
        + "<ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION>"
        + "<EMPNUM xsi:nil=\"true\">7</EMPNUM></ROW></DATASET>",
      pieceSize: 100)
    #expect(delivery.column("staff") == ["-"])
    #expect(delivery.files[0].droppedColumns.isEmpty)
  }

  @Test("gives codes the meaning that they have in the row's system")
  func conditions() async throws {
    let row = { (system: String, code: String) in
      "<ROW><ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION><SYS>\(system)</SYS>"
        + "<PARINS>\(code)</PARINS></ROW>"
    }
    let delivery = try await taking(
      row("A", "1") + row("B", "1") + row("b", "2") + row("C", "1") + row("A", "支部"))
    #expect(delivery.column("form") == ["branch", "none", "branch", "-", "-"])
    #expect(delivery.rules == ["unknown-condition", "unknown-code"])
  }

  @Test("keeps the first of an element that occurs again, and says so; takes each where it may")
  func repeated() async throws {
    let delivery = try await taking(
      "<ROW><ENTNAME>甲</ENTNAME><ENTNAME>乙</ENTNAME><DIVISION>410304</DIVISION><TAG>红</TAG>"
        + "<TAG>绿、蓝</TAG></ROW>"
    )
    #expect(delivery.column("name") == ["甲", "甲", "甲"])
    #expect(delivery.column("tags") == ["红", "绿", "蓝"])
    #expect(delivery.rules == ["repeated-element"])
    #expect(
      delivery.findings.filter { $0.rule == "repeated-element" }.map(\.severity) == [.warning])
  }

  @Test(
    "keeps the whole text where elements stand within it",
    arguments: [
      ("<ENTNAME>Red <b>Hot</b> Pot</ENTNAME><EMPNUM>1<b>2</b></EMPNUM>", "Red Hot Pot", "12", []),
      ("<ENTNAME><b>红<i lang='x'>火</i></b></ENTNAME>", "红火", "-", []),
      ("<ENTNAME>甲<x><y>乙</y></x>丙</ENTNAME>", "甲乙丙", "-", []),
      ("<ENTNAME>甲</ENTNAME><EMPNUM><b/>7<br/></EMPNUM>", "甲", "7", []),
      // Data instead of a text are not run together.
      (
        "<ENTNAME>甲</ENTNAME><EMPNUM> <minor>1</minor> <major>2</major></EMPNUM>", "甲", "-",
        ["dropped-columns"]
      ),
      ("<ENTNAME>甲<b>乙</b></ENTNAME><EMPNUM>3<!-- 4 -->5</EMPNUM>", "甲乙", "35", []),
    ])
  func mixed(cells: String, name: String, staff: String, rules: [String]) async throws {
    for size in [1, 7, 1 << 20] {
      let row = "<ROW><DIVISION>410304</DIVISION>\(cells)</ROW>"
      let delivery = try await taking(row + row, pieceSize: size)
      #expect(delivery.column("name") == [name, name])
      #expect(delivery.column("staff") == [staff, staff])
      #expect(delivery.rules == rules)
    }
  }

  @Test("gives the text of an element within another to both that ask for it")
  func within() async throws {
    var pack = samplePack()
    var name = SourceProfile.ColumnRule(field: 1)
    name.from = ["Info", "ENTNAME"]
    pack.sources[1].columns.append(name)
    let row = { (info: String) in
      "<ROW><DIVISION>410304</DIVISION><ENTNAME>乙</ENTNAME><Info>\(info)</Info></ROW>"
    }
    let rows =
      row("甲<Note>5<b>6</b></Note>人") + row("\n  <Note>7</Note>\n") + row("丙")
      + row("<Note/>")
    let delivery = try await IntakeTests.taking(
      ["a.xml": Array("<DATASET>\(rows)</DATASET>".utf8)], pack: pack)
    #expect(delivery.column("name") == ["甲56人", "乙", "丙", "乙"])
    #expect(delivery.column("note") == ["56", "7", "-", "-"])
    #expect(delivery.rules == [])
  }

  @Test("compares counts and sums that the file states")
  func controls() async throws {
    let row = "<ROW><ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION><EMPNUM>5</EMPNUM></ROW>"
    let delivery = try await taking("<HEAD staff=\"11\"><COUNT>2</COUNT></HEAD>" + row + row)
    #expect(delivery.files[0].controls.map(\.what) == ["rows", "staff"])
    #expect(delivery.files[0].controls.map(\.agrees) == [true, false])
    #expect(delivery.files[0].controls[1].counted == "10")
    #expect(delivery.rules == ["control-total"])
  }

  @Test("counts what it drops")
  func dropped() async throws {
    let delivery = try await taking(
      "<ROW id=\"3\"><ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION><TEL>1</TEL><Info>"
        + "<Fax x=\"1\">2</Fax></Info><TEL>2</TEL></ROW>"
    )
    #expect(delivery.files[0].droppedColumns == ["@id", "TEL", "INFO/Fax"])
    #expect(delivery.rules == ["dropped-columns"])
  }

  @Test(
    "reads the Chinese encodings as the widest of them, also where the declaration is too narrow",
    arguments: ["GB2312", "gbk", "GB18030", "cp936"])
  func chinese(encoding: String) async throws {
    let text =
      "<?xml version=\"1.0\" encoding=\"\(encoding)\"?>\n<DATASET><ROW>"
      + "<ENTNAME>洛阳瀍河㳒厂</ENTNAME><DIVISION>瀍河区</DIVISION></ROW></DATASET>"
    for piece in [1, 3, 50, 1 << 20] {
      let delivery = try await IntakeTests.taking(["a.xml": try gb18030(text)], pieceSize: piece)
      #expect(delivery.column("name") == ["洛阳瀍河㳒厂"])
      #expect(delivery.files[0].encoding == "gb18030")
      #expect(delivery.files[0].encodingEvidence == "XML declaration (\(encoding.lowercased()))")
    }
  }

  @Test("does not believe a declaration that the bytes plainly contradict")
  func contradiction() async throws {
    let delivery = try await takingFile(
      "<?xml version=\"1.0\" encoding=\"GBK\"?><DATASET><ROW>"
        + "<ENTNAME>洛阳市涧西区某某有限公司</ENTNAME><DIVISION>瀍河区</DIVISION></ROW></DATASET>",
      pieceSize: 1000)
    #expect(delivery.column("name") == ["洛阳市涧西区某某有限公司"])
    #expect(delivery.rules == ["encoding-declaration"])
  }

  @Test("refuses a GB2312 file with bytes that are no character, with the line")
  func badBytes() async throws {
    let text = "<?xml version=\"1.0\" encoding=\"GB2312\"?>\n<DATASET><ROW><ENTNAME>洛阳"
    let bytes = try gb18030(text) + [0xFF, 0xFF] + Array("</ENTNAME></ROW></DATASET>".utf8)
    let failure = try #require(await failure(["a.xml": bytes]))
    #expect(failure.kind == .damaged)
    #expect(failure.messages[0].en.hasPrefix("a.xml:"))
  }

  @Test("reads UTF-16 XML with a mark")
  func wide() async throws {
    let text =
      "<?xml version=\"1.0\" encoding=\"UTF-16\"?><DATASET><ROW><ENTNAME>甲</ENTNAME>"
      + "<DIVISION>瀍河区</DIVISION></ROW></DATASET>"
    let units = Array(text.utf16)
    let bytes: [UInt8] =
      [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] as [UInt8] }
    let delivery = try await IntakeTests.taking(["a.xml": bytes])
    #expect(delivery.column("name") == ["甲"])
    #expect(delivery.files[0].encoding == "utf-16le")
  }

  @Test("reads single rows again")
  func rereading() async throws {
    let row = "<ROW><ENTNAME> 甲 </ENTNAME><DIVISION>410304</DIVISION><EMPNUM>5人</EMPNUM></ROW>\n"
    let folder = try Folder(["a.xml": "<DATASET>" + row + row + "</DATASET>"])
    let delivery = try await take(
      folder.path, files: ["a.xml"], pack: samplePack(), asOf: asOf, settings: TakeSettings())
    let raw = try reread(
      [(file: "a.xml", records: [2])], folder: folder.path, delivery: delivery.files,
      pack: samplePack())
    #expect(raw["a.xml"]?[2]?.texts == ["name": "甲", "division": "410304", "staff": "5人"])
    #expect(raw["a.xml"]?[2]?.line == 2)
  }

  @Test(
    "tells of what looks like rows and stands elsewhere, by whichever reader",
    arguments: [
      ("<LIST>ROW</LIST>", "DATASET/LIST/ROW", 2), ("<ITEMS><PAGE>ROW</PAGE></ITEMS>", "", 2),
      ("<HEAD><ENTNAME>甲</ENTNAME><DIVISION>1</DIVISION></HEAD>", "", 0),
    ])
  func rowsElsewhere(markup: String, path: String, count: Int) async throws {
    let row = "<ENTNAME>甲</ENTNAME><DIVISION>410305</DIVISION><REGCAP>1</REGCAP>"
    let rows = "<ROW>\(row)</ROW>\n<ROW>\(row)</ROW>\n"
    let beside = markup.replacing("ROW", with: rows)
    for comment in ["", "<!-- left to libxml2 -->"] {
      for size in [64, 1 << 20] {
        let delivery = try await IntakeTests.taking(
          "<DATASET>\(comment)\n\(rows)\(beside)\n\(rows)</DATASET>", as: "a.xml",
          pieceSize: size)
        #expect(delivery.records[0].count == 4)
        let found = delivery.findings.filter { $0.rule == "rows-elsewhere" }
        #expect(found.count == (count > 0 ? 1 : 0))
        guard let finding = found.first else { continue }
        #expect(finding.severity == .error && finding.message.zh.contains("有 \(count) 个元素"))
        #expect(finding.place?.line == 4)
      }
    }
  }
}
