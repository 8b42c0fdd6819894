import Foundation
import StoredZips
import Tables
import Testing

@testable import Intake

@Suite("What is crossed out in a workbook")
struct StrikeTests {
  private let header = ["序号", "统一社会信用代码", "单位名称", "区县", "从业人数", "成立日期", "是否建立"]
  private let struck = "<rPr><strike/></rPr>"

  private func cell(_ runs: String) -> String { "<c t=\"inlineStr\"><is>\(runs)</is></c>" }

  private func taken(_ rows: [[String]]) async throws -> Delivery {
    try await taking(["台账": xlsx([TestSheet(rows: [header] + rows)])])
  }

  @Test("is no part of the number that was written beside it")
  func replaced() async throws {
    let staff = cell("<r>\(struck)<t>12</t></r><r><t>15</t></r>")
    let delivery = try await taken([["1", "", "甲", "涧西区", staff]])
    #expect(delivery.column("staff") == ["15"])
    #expect(delivery.rules == ["partly-struck"])
    #expect(delivery.findings[0].message.zh.hasSuffix("：E2"))
  }

  @Test("is returned with its place, and the rows beside it are read")
  func wholeRow() async throws {
    let gone = ["1", "", "甲", "涧西区", "3"].map { cell("<r>\(struck)<t>\($0)</t></r>") }
    let delivery = try await taken([gone, ["2", "", "乙", "涧西区", "4"]])
    #expect(delivery.column("name") == ["乙"])
    #expect(Set(delivery.faults) == ["struck-out"])
    #expect(
      delivery.quarantine[0].faults[0].message.en
        == "C2: “甲” in “单位名称” is crossed out, so nobody can tell whether it counts")
    #expect(delivery.isComplete)
  }

  @Test("counts as usual where the line is switched off")
  func off() async throws {
    let staff = cell("<r><rPr><strike val=\"0\"/></rPr><t>1</t></r><r><t>5</t></r>")
    let delivery = try await taken([["1", "", "甲", "涧西区", staff]])
    #expect(delivery.column("staff") == ["15"] && delivery.rules.isEmpty)
  }

  @Test("is known by the font of the cell, by runs of a shared text, and by styles of 2003")
  func ways() throws {
    let fixture = WorkbookFixture(
      """
      <sheetData><row><c t="s" s="1"><v>0</v></c><c t="s"><v>1</v></c><c s="1"><v>7</v></c>\
      <c s="2"><v>8</v></c><c t="s"><v>2</v></c></row></sheetData>
      """,
      shared: "<si><t>甲</t></si><si><r><rPr><strike/></rPr><t>乙</t></r><r><t>丙</t></r></si>"
        + "<si><r><rPr><strike/></rPr><t>丁</t></r></si>",
      styles: """
        <fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>\
        <cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>\
        <dxfs><dxf><font><strike/></font></dxf></dxfs>
        """)
    let path = NSTemporaryDirectory() + "heng-\(UUID().uuidString).xlsx"
    try fixture.data.write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var rows: [SheetRow] = []
    let end = try Workbook(at: path).read(0) { rows.append($0) }
    let cells = rows.flatMap(\.cells)
    #expect(cells.map(\.strike) == [.whole, .part, .whole, .nothing, .whole])
    #expect(
      cells.map(\.content) == [.text("甲"), .text("丙"), .number("7"), .number("8"), .text("丁")])
    #expect(end.partlyStruck == ["B1"])
  }

  @Test("is known in a workbook of 2003")
  func old() async throws {
    let styles = "<Style ss:ID=\"x\"><Font ss:StrikeThrough=\"1\"/></Style>"
    let text = spreadsheetML(
      row("序号", "统一社会信用代码", "单位名称", "区县", "从业人数", "成立日期", "是否建立")
        + row("1", "", "甲", "涧西区", "3").replacing("<Cell>", with: "<Cell ss:StyleID=\"x\">")
        + row("2", "", "乙", "涧西区", "4")
    ).replacing("<Styles>", with: "<Styles>" + styles)
    let delivery = try await taking(["台账.xml": Array(text.utf8)])
    #expect(delivery.column("name") == ["乙"])
    #expect(Set(delivery.faults) == ["struck-out"])
  }

  @Test(
    "is known in a web page",
    arguments: [
      "<td><s>12</s>15", "<td><del>12</del>15",
      "<td><span style='text-decoration: line-through'>12</span>15",
      "<td><font class=x>12</font>15",
    ])
  func page(cell: String) async throws {
    let delivery = try await page([["甲", "涧西区", cell]])
    #expect(delivery.column("staff") == ["15"])
    #expect(delivery.rules == ["partly-struck"])
  }

  @Test("returns a row of a web page")
  func pageRow() async throws {
    for gone in [
      ["<td class=x>甲", "<td class=x>涧西区", "<td class=x>3"], ["<td><s>甲</s>", "涧西区", "3"],
    ] {
      let delivery = try await page([gone, ["乙", "涧西区", "4"]])
      #expect(delivery.column("name") == ["乙"])
      #expect(Set(delivery.faults) == ["struck-out"])
    }
  }

  private func page(_ rows: [[String]]) async throws -> Delivery {
    let rows = ([["单位名称", "区县", "从业人数"]] + rows).map { row in
      "<tr>" + row.map { $0.hasPrefix("<td") ? $0 : "<td>" + $0 }.joined()
    }
    let text =
      "<html><style>.x {text-decoration:line-through;}</style><table>\(rows.joined())</table></html>"
    return try await taking(["台账.html": Array(text.utf8)])
  }

  @Test("is no mark above or below the line, whose digit is none of the number before it")
  func marks() async throws {
    for place in ["superscript", "subscript"] {
      let staff = cell("<r><t>12</t></r><r><rPr><vertAlign val=\"\(place)\"/></rPr><t>1</t></r>")
      let delivery = try await taken([["1", "", "甲", "涧西区", staff]])
      #expect(delivery.column("staff") == ["-"])
      #expect(delivery.rules == ["bad-number"])
    }
    let page = try await page([["甲", "涧西区", "12<sup>1</sup>"], ["乙", "涧西区", "5"]])
    #expect(page.column("staff") == ["-", "5"] && page.rules == ["bad-number"])
  }

  @Test("differs from a formula without a value, which some programs write as an empty one")
  func unsolved() async throws {
    let empty = "<c><f>1+2</f><v></v></c>"
    let text = "<c t=\"str\"><f>IF(1,\"\",2)</f><v></v></c>"
    let delivery = try await taken([["1", "", "甲", "涧西区", empty], ["2", "", "乙", "涧西区", text]])
    #expect(delivery.column("name") == ["甲", "乙"])
    #expect(delivery.rules == ["formula-without-value"])
    #expect(delivery.findings[0].message.zh.hasSuffix("：E2"))
  }
}
