import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("A web page with tables")
struct TakePageTests {
  private static let header = "<tr><td>单位名称</td><td>区县</td><td>从业人数</td></tr>"
  private static let row = "<tr><td>甲</td><td>涧西区</td><td>4</td></tr>"
  private static let table = "<table>\(header)\(row)</table>"

  @Test(
    "is known by how it begins, whatever its name",
    arguments: [
      table, "<html><body>\(table)</body></html>", "<!DOCTYPE html><html>\(table)",
      "\n <!-- x --><!doctype HTML PUBLIC \"-//W3C//DTD XHTML 1.0\"><HTML>\(table)</HTML>",
      "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">\(table)</html>",
      "<meta http-equiv=\"content-type\" content=\"application/vnd.ms-excel; charset=UTF-8\"/>\(table)",
      "<style>td{mso-number-format:\"\\@\";}</style>\(table)",
      "<div><center>\(table)</center></div>",
      "<html><head><!--[if gte mso 9]><xml><x:ExcelWorkbook/></xml><![endif]--></head>\(table)",
      "<table border=1 cellpadding=0><tbody>\(header)\(row)</tbody></table>",
      "<table><thead><tr><th>单位名称<th>区县<th>从业人数<tbody><tr><td>甲<td>涧西区<td>4</table>",
    ])
  func beginnings(page: String) async throws {
    for piece in [1, 7, 1 << 20] {
      let delivery = try await taking(page, as: "a.xls", pieceSize: piece)
      #expect(delivery.files.map(\.path) == ["a.xls:table 1"])
      #expect(delivery.files[0].sheet == "table 1" && delivery.files[0].file == "a.xls")
      #expect(delivery.files[0].encodingEvidence.hasPrefix("HTML, "))
      #expect(delivery.files[0].bytes == page.utf8.count)
      #expect(delivery.column("name") == ["甲"] && delivery.column("staff") == ["4"])
      #expect(delivery.isComplete)
    }
  }

  @Test("that an XML profile describes is XML")
  func ownRoot() async throws {
    var pack = samplePack()
    pack.sources[1].format = .xml(rows: ["TABLE", "TR"])
    let page = "<table><tr><ENTNAME>甲</ENTNAME><DIVISION>410305</DIVISION></tr></table>"
    let delivery = try await taking(["a.xls": Array(page.utf8)], pack: pack)
    #expect(delivery.files.map(\.profile) == ["feed"])
  }

  @Test(
    "is read in the encoding of its mark, else the declared one, else the one its bytes show",
    arguments: [
      ("utf-8", "charset=utf-8", "utf-8", 0), ("gbk", "charset=gb2312", "gb18030", 0),
      ("gbk", "", "gb18030", 0), ("utf-8", "", "utf-8", 0), ("utf-8", "charset=gbk", "utf-8", 1),
      ("utf-16", "charset=gb2312", "utf-16le", 1), ("utf-16", "", "utf-16le", 0),
      ("utf-8", "charset=iso-8859-1", "utf-8", 1),
    ])
  func encodings(written: String, declared: String, read: String, findings: Int) async throws {
    let page =
      "<html><head><meta http-equiv=Content-Type content='text/html; \(declared)'></head>"
      + "\(Self.table)</html>"
    let bytes: [UInt8] =
      switch written {
      case "gbk": try gb18030(page)
      case "utf-16": [0xFF, 0xFE] + XMLEncodingTests.wide(page)
      default: Array(page.utf8)
      }
    let delivery = try await taking(["a.xls": bytes])
    #expect(delivery.column("name") == ["甲"])
    #expect(delivery.files[0].encoding == read)
    #expect(delivery.rules.count { $0 == "encoding-declaration" } == findings)
  }

  @Test("that is ASCII for long may still be GB18030, and what is neither is refused")
  func lateEncoding() async throws {
    let filler = "<!-- " + String(repeating: "x", count: 300_000) + " -->"
    let late = try gb18030("<table>\(Self.header)\(Self.row)</table>")
    let delivery = try await taking(["a.xls": Array("<html>\(filler)".utf8) + late])
    #expect(delivery.column("name") == ["甲"] && delivery.files[0].encoding == "gb18030")
    let bad = Array("<html><meta charset=utf-8>".utf8) + late
    #expect(
      await failure(["a.xls": bad])?.messages[0].en.contains("the bytes here are not") == true)
    let foreign = Array("<html><meta charset=windows-1252>".utf8) + late
    #expect(
      await failure(["a.xls": foreign])?.messages[0].en.contains("declares windows-1252") == true)
  }

  @Test(
    "gives the text of a cell as people see it",
    arguments: [
      ("a&amp;b&lt;c&#x4E2D;&copy;", "a&b<c中©"), (" 甲  乙\n ", "甲 乙"), ("洛阳\n  市", "洛阳市"),
      ("Red\n Bull", "Red Bull"), ("甲&nbsp;乙&nbsp;", "甲 乙"), ("甲<br>乙<br/>", "甲\n乙"),
      ("<p>甲</p><p>乙</p>", "甲\n乙"), ("<b>甲</b><i>乙</i>", "甲乙"),
      ("<span style='display:none'>20180930</span>甲", "甲"), ("甲<script>var x='乙'</script>", "甲"),
      ("甲<style>p{}</style><!-- 乙 -->", "甲"), ("<input type=text value='甲'>", "甲"),
      ("<select><option>乙<option selected>甲</select>", "甲"), ("<pre>a  b</pre>", "a  b"),
      ("甲<table><tr><td>乙</td></tr></table>", "甲"), ("&nbsp;", "-"), ("<a href='x'>甲</a>", "甲"),
    ])
  func texts(cell: String, text: String) async throws {
    let page =
      "<table><tr><td>单位名称</td><td>区县</td><td>备注</td></tr>"
      + "<tr><td>某</td><td>涧西区</td><td>\(cell)</td></tr></table>"
    let delivery = try await taking(page, as: "a.xls")
    #expect(delivery.column("note") == [text])
  }

  @Test(
    "believes what Excel says of a cell beside its text",
    arguments: [
      ("x:num", "12", "12"), ("x:num='1234.5678'", "1,234.57", "1234.5678"),
      ("x:num='123'", "000123", "000123"), ("x:num='914103001234'", "9.14E+11", "914103001234"),
      ("x:num='12'", "####", "12"), ("x:str='甲 '", "乙", "甲"), ("x:str", "007", "007"),
      ("class=d", "2018", "2018"), ("class=d", "2018-9-30", "2018-9-30"),
      // What a spreadsheet makes of a text is not the text.
      ("class=p x:num='0.35'", "35%", "-"), ("class=p", "0.35", "-"), ("class=p", "35%", "35%"),
      ("style='mso-number-format:\"\\@\"'", "00123", "00123"),
      ("style='mso-number-format:000000'", "123", "000123"),
      ("style='vnd.ms-excel.numberformat:@'", "00123", "00123"),
      ("x:bool='TRUE'", "TRUE", "TRUE"),
    ])
  func formats(attributes: String, shown: String, text: String) async throws {
    let page =
      "<style>.d{mso-number-format:\"Short Date\";} td.p{color:x;mso-number-format:\"0\\.00%\"}"
      + "</style><table><tr><td>单位名称</td><td>区县</td><td>备注</td></tr>"
      + "<tr><td>某</td><td>涧西区</td><td \(attributes)>\(shown)</td></tr></table>"
    let delivery = try await taking(page, as: "a.xls")
    #expect(delivery.column("note") == [text])
  }

  @Test(
    "has days where a date is asked for and the cell's format shows one",
    arguments: [
      ("class=d x:num='43373'", "9/30/18", "2018-09-30"), ("class=d", "43373", "2018-09-30"),
      ("style='color:red;mso-number-format:\"yyyy\\-mm\\-dd\"'", "43373", "2018-09-30"),
    ])
  func dates(attributes: String, shown: String, text: String) async throws {
    let page =
      "<style>.d{mso-number-format:\"Short Date\";}</style>"
      + "<table><tr><td>单位名称</td><td>区县</td><td>成立日期</td></tr>"
      + "<tr><td>某</td><td>涧西区</td><td \(attributes)>\(shown)</td></tr></table>"
    let delivery = try await taking(page, as: "a.xls")
    #expect(delivery.column("founded") == [text])
  }

  @Test("has a row with an error value quarantined, by its row and column")
  func faults() async throws {
    let page =
      "<table>\(Self.header)<tr><td>甲</td><td>涧西区</td><td x:err>#REF!</td></tr>\(Self.row)</table>"
    let delivery = try await taking(page, as: "a.xls")
    #expect(delivery.faults == ["cell-error"] && delivery.column("name") == ["甲"])
    #expect(delivery.quarantine[0].place.line == 2)
    #expect(delivery.quarantine[0].faults[0].message.zh.hasPrefix("C2："))
    #expect(delivery.records[0].places[0].line == 3)
  }

  @Test("puts cells that span columns and rows where people see them")
  func spans() async throws {
    let page = """
      <table><tr><td colspan=4>某台账</td></tr>
      <tr><td rowspan="2">单位名称</td><td colspan="2">基本</td><td rowspan=2>备注</td></tr>
      <tr><td>区县</td><td>从业人数</td></tr>
      <tr><td>甲</td><td>涧西区</td><td>4</td><td rowspan=2>某</td></tr>
      <tr><td>乙</td><td>涧西区</td><td>5</td></tr></table>
      """
    var pack = samplePack()
    pack.sources[0].format = .csv(headerRows: 2, within: 15, separator: nil)
    let delivery = try await taking(["a.xls": Array(page.utf8)], pack: pack)
    #expect(delivery.column("name") == ["甲", "乙"])
    #expect(delivery.column("note") == ["某", "-"])
    #expect(delivery.column("staff") == ["4", "5"])
    #expect(delivery.rules.contains("merged-cells"))
    pack.sources[0].fillDown = [8]
    let filled = try await taking(["a.xls": Array(page.utf8)], pack: pack)
    #expect(filled.column("note") == ["某", "某"])
  }

  @Test("takes each table as a sheet, also one within another, and says what is hidden or not read")
  func tables() async throws {
    let page = """
      <html><title>报表</title><body><table><tr><td>导航</td><td><table>\(Self.header)
      <tr style="display:none"><td>甲</td><td>涧西区</td><td>1</td></tr>
      <tr height=0 class=h><td>乙</td><td>涧西区</td><td>2</td></tr></table></td></tr></table>
      <table hidden>\(Self.header)\(Self.row.replacing("甲", with: "丙"))</table></body></html>
      """
    let delivery = try await taking("<style>.h{display:none}</style>" + page, as: "a.xls")
    #expect(delivery.files.map(\.path) == ["a.xls:table 2", "a.xls:table 3"])
    #expect(delivery.column("name") == ["甲", "乙", "丙"])
    #expect(Set(delivery.rules) == ["sheet-not-read", "hidden-rows", "hidden-sheet"])
    #expect(delivery.findings.contains { $0.message.en.contains("2, 3") })
  }

  @Test(
    "that holds no table to read is refused for what it is",
    arguments: [
      (
        "<!DOCTYPE html><html><head><title>Login</title></head><body>请先登录</body></html>",
        "（“Login”），里面没有表格"
      ),
      ("<html><body><p>请先\n登录</p></body></html>", "（“请先登录”），里面没有表格"),
      ("<html><body><table></table></body></html>", "里面没有表格"),
      ("<table><tr><td>甲</td><td>乙</td></tr></table>", "1 个表格都没有来源配置认得的列"),
      ("<html><frameset><frame src=a></frameset></html>", "另存为网页"),
      ("<table><tr><td>区县</td><td>电话</td></tr></table>", "缺少必需的列：单位名称"),
      ("<table>\(header)\(row)", "文件在此中断"), ("<table>\(header)<tr><td>甲</td><td>涧", "文件在此中断"),
      ("<html><table>\(header)\(row)</tabl", "文件在此中断"),
      ("<table>\(header)<tr><td>甲\0乙</td></tr></table>", "NUL"),
    ])
  func refused(page: String, said: String) async throws {
    let failure = try #require(await failure(["a.xls": Array(page.utf8)]))
    #expect(failure.messages[0].zh.hasPrefix("a.xls:"))
    #expect(failure.messages[0].zh.contains(said), "\(failure.messages[0].zh)")
    #expect(failure.messages[0].zh.contains(" — "))
  }

  @Test("that is made to exhaust its reader is refused in bounded time and memory")
  func hostile() async throws {
    let pages = [
      "<table><tr><td>" + String(repeating: "<div>", count: 5000),
      "<table><tr><td " + (0..<60_000).map { "a\($0)" }.joined(separator: " ") + ">x</table>",
      "<table><tr>" + String(repeating: "<td colspan=1000>x", count: 40) + "</table>",
      "<table><tr><td>" + String(repeating: "x", count: 300_000) + "</table>",
      String(repeating: "<table><tr><td>x</td></tr></table>", count: 1001),
    ]
    for page in pages {
      let failure = try #require(await failure(["a.xls": Array(page.utf8)]))
      #expect(failure.kind == .damaged, "\(failure.messages[0].en)")
    }
  }

  @Test("gives single rows again, and is surveyed table by table")
  func again() throws {
    let page = "<table><tr><td>x</td></tr></table>" + Self.table
    let folder = try Folder(["a.xls": Array(page.utf8)])
    var file = DeliveredFile(
      path: "a.xls:table 2", bytes: page.utf8.count, sha256: "", encoding: "utf-8",
      encodingEvidence: "", profile: "sheet")
    file.sheet = "table 2"
    let rows = try reread(
      [(file: "a.xls:table 2", records: [1])], folder: folder.path, delivery: [file],
      pack: samplePack())
    #expect(rows["a.xls:table 2"]?[1]?.texts["name"] == "甲")
    #expect(rows["a.xls:table 2"]?[1]?.line == 2)
    let found = try survey("a.xls", in: folder.path, words: Words())
    #expect(found.last?.path == "a.xls:table 2")
    #expect(found.last?.columns.map(\.name) == ["单位名称", "区县", "从业人数"])
    #expect(found.last?.columns.map(\.texts) == [["甲": 1], ["涧西区": 1], ["4": 1]])
  }
}

@Suite("The style of a cell of a page")
struct HTMLStylesTests {
  @Test(
    "names its number format as a workbook would",
    arguments: [
      ("\"\\@\"", "@"), ("'yyyy\\-mm\\-dd'", "yyyy-mm-dd"), ("0\\.00", "0.00"),
      ("Percent", "0.00%"),
      ("\"Short Date\"", "yyyy-mm-dd"), ("General", "General"), ("\"\\#\\,\\#\\#0\"", "#,##0"),
    ])
  func codes(value: String, code: String) {
    #expect(HTMLStyles.formatCode(value) == code)
  }

  @Test("is that of the element, else of its class, else of its kind")
  func order() {
    var styles = HTMLStyles()
    styles.add(
      "td {mso-number-format:A} .x, td.y {mso-number-format:B; color:\"}\"} b{display:none")
    func format(_ attributes: [String: String]) -> String? {
      styles.format("td", attributes.map { XMLAttribute(name: $0.key, value: $0.value) })
    }
    #expect(format([:]) == "A" && format(["class": "x"]) == "B" && format(["class": "q y"]) == "B")
    #expect(format(["class": "x", "style": "a:b; MSO-number-format : C ; c:d"]) == "C")
    #expect(styles.isHidden("b", []) && !styles.isHidden("td", []))
  }
}
