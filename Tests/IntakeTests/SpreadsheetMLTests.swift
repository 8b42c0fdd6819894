import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("A workbook of 2003")
struct SpreadsheetMLTests {
  private let rows = """
    <Row ss:Index="2"><Cell ss:MergeAcross="3"><Data ss:Type="String">2022年台账</Data></Cell></Row>\
    <Row><Cell><Data ss:Type="String">单位名称</Data></Cell><Cell ss:MergeAcross="1">\
    <Data ss:Type="String">区县</Data></Cell><Cell><Data ss:Type="String">从业人数</Data></Cell>\
    <Cell><Data ss:Type="String">成立日期</Data></Cell><Cell><Data ss:Type="String">备注</Data></Cell></Row>\
    <Row ss:Index="5" ss:Hidden="1"><Cell><Data ss:Type="String">甲&amp;<B>乙</B></Data>\
    <Comment><ss:Data>批注</ss:Data></Comment></Cell><Cell><Data ss:Type="String">涧西区</Data></Cell>\
    <Cell ss:Index="4"><Data ss:Type="Number">12</Data></Cell><Cell><Data ss:Type="DateTime">\
    2018-09-30T00:00:00.000</Data></Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.35</Data></Cell></Row>\
    <Row><Cell><Data ss:Type="String">丙</Data></Cell><Cell><Data ss:Type="String">涧西区</Data></Cell>\
    <Cell ss:Index="4"><Data ss:Type="Error">#N/A</Data></Cell></Row>
    """

  @Test(
    "is read under a CSV profile, whatever its encoding", arguments: ["utf-8", "gb2312", "utf-16"])
  func table(encoding: String) async throws {
    let text = spreadsheetML(rows).replacing(
      "?>", with: " encoding=\"\(encoding)\"?>", maxReplacements: 1)
    let bytes: [UInt8] =
      switch encoding {
      case "gb2312": try gb18030(text)
      case "utf-16": Array(try #require(text.data(using: .utf16)))
      default: Array(text.utf8)
      }
    let delivery = try await taking(["a.csv": bytes])
    #expect(delivery.files.map(\.path) == ["a.csv:台账"])
    #expect(delivery.files[0].encodingEvidence.hasPrefix("SpreadsheetML, "))
    #expect(delivery.files[0].bytes == bytes.count)
    #expect(delivery.column("name") == ["甲&乙"])
    #expect(delivery.faults == ["cell-error"])
    #expect(delivery.rules.contains("hidden-rows") && delivery.isComplete)
    #expect(delivery.files[0].read == 2)
  }

  @Test("gives dates and months as they are shown, and loses a remark that is a percentage")
  func values() async throws {
    let delivery = try await taking(
      spreadsheetML(
        row("单位名称", "区县", "成立日期", "备注")
          + """
          <Row><Cell><Data ss:Type="String">甲</Data></Cell><Cell><Data ss:Type="String">涧西区</Data>\
          </Cell><Cell ss:StyleID="m"><Data ss:Type="DateTime">2018-09-01T00:00:00.000</Data></Cell>\
          <Cell ss:StyleID="p"><Data ss:Type="Number">0.35</Data></Cell></Row>
          """), as: "a.xml")
    #expect(delivery.column("founded") == ["2018-09"])
    #expect(delivery.column("note") == ["-"])
    #expect(delivery.rules == ["excel-mangled"])
  }

  @Test(
    "gives codes as their format shows them: of the cell, else of its row, else of its column",
    arguments: [
      ("", "", " ss:StyleID=\"k\""), ("", " ss:StyleID=\"k\"", ""),
      ("<Column/><Column ss:Index=\"3\" ss:StyleID=\"k\"/>", "", ""),
      ("<Column ss:Span=\"2\" ss:StyleID=\"k\"/>", "", ""),
    ])
  func masks(columns: String, ofRow: String, ofCell: String) async throws {
    let style = "<Style ss:ID=\"k\"><NumberFormat ss:Format=\"&quot;K&quot;0000\"/></Style>"
    let text = spreadsheetML(
      columns + row("单位名称", "区县", "备注")
        + """
        <Row\(ofRow)><Cell><Data ss:Type="String">甲</Data></Cell><Cell><Data ss:Type="String">涧西区\
        </Data></Cell><Cell\(ofCell)><Data ss:Type="Number">42</Data></Cell></Row>
        """
    ).replacing("<Styles>", with: "<Styles>" + style)
    let delivery = try await taking(text, as: "a.xml")
    #expect(delivery.column("note") == ["K0042"] && delivery.findings.isEmpty)
  }

  @Test("says that a sheet is hidden")
  func hidden() async throws {
    let delivery = try await taking(
      spreadsheetML(
        row("单位名称", "区县") + row("甲", "涧西区"),
        after: "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"), as: "a.xml")
    #expect(delivery.rules == ["hidden-sheet"] && delivery.column("name") == ["甲"])
  }

  @Test(
    "that is not sound is refused",
    arguments: [
      (spreadsheetML("<Row ss:Index=\"2\"/><Row ss:Index=\"2\"/>"), "damaged"),
      (spreadsheetML("<Row><Cell ss:Index=\"16385\"/></Row>"), "damaged"),
      (spreadsheetML("<Row><Cell ss:Index=\"x\"/></Row>"), "damaged"),
      (spreadsheetML("<Row ss:Index=\"99999999\"/>"), "damaged"),
      (spreadsheetML("<Row><Cell ss:MergeDown=\"-4\"/></Row>"), "damaged"),
      (
        String(spreadsheetML(row("单位名称", "区县") + row("甲", "涧西区")).dropLast(30)),
        "the file ends here"
      ),
      (spreadsheetML(""), "is empty"),
      (
        spreadsheetML(row("单位名称", "区县"), before: "<!DOCTYPE w [<!ENTITY a \"aaaa\">]>"),
        "DOCTYPE"
      ),
    ])
  func unsound(text: String, message: String) async throws {
    let failure = try #require(await failure(["a.xml": Array(text.utf8)]))
    #expect(failure.messages[0].en.hasPrefix("a.xml:"))
    #expect(failure.messages[0].en.contains(message), "\(failure.messages[0].en)")
  }

  @Test("with a cell longer than any office writes is refused")
  func longCell() async throws {
    let text = spreadsheetML(row(String(repeating: "a", count: 200_000)))
    let failure = try #require(await failure(["a.xml": Array(text.utf8)]))
    #expect(failure.kind == .damaged && failure.messages[0].en.hasPrefix("a.xml:1:1: “Worksheet”"))
  }
}
