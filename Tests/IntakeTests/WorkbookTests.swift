import Foundation
import StoredZips
import Tables
import Testing

@testable import Intake

@Suite("A workbook")
struct WorkbookTests {
  private func withFile<Result>(_ data: Data, _ body: (String) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "heng-\(UUID().uuidString).xlsx"
    try data.write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  private func rows(
    _ fixture: WorkbookFixture, limits: WorkbookLimits = WorkbookLimits()
  ) throws -> (rows: [SheetRow], end: SheetEnd) {
    try withFile(fixture.data) { path in
      let book = try Workbook(at: path, limits: limits)
      var rows: [SheetRow] = []
      let end = try book.read(0) { rows.append($0) }
      return (rows, end)
    }
  }

  @Test("has sheets with their names and whether they are hidden")
  func sheets() throws {
    try withFile(WorkbookFixture("").data) { path in
      let book = try Workbook(at: path)
      #expect(book.sheets.map(\.name) == ["甲 & 乙", "藏"])
      #expect(book.sheets.map(\.isHidden) == [false, true])
    }
  }

  @Test("gives texts, numbers with their digits, flags and faults")
  func contents() throws {
    let fixture = WorkbookFixture(
      """
      <sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>\
      <c r="D2"><v>0.10000000000000001</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c>\
      <c t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r><rPh><t>ねい</t></rPh></is></c>\
      <c t="str"><f>A2</f><v>公_x000D_式</v></c><c s="0"/></row></sheetData>
      """,
      shared:
        "<si><t>甲 &lt;</t></si><si><r><t>乙</t></r><r><t xml:space=\"preserve\"> 丙</t></r><rPh><t>x</t></rPh></si>"
    )
    let (rows, _) = try rows(fixture)
    #expect(rows.map(\.number) == [2])
    #expect(rows[0].cells.map(\.column) == [0, 1, 3, 4, 5, 6, 7])
    #expect(
      rows[0].cells.map(\.content) == [
        .text("甲 <"), .text("乙 丙"), .number("0.10000000000000001"), .flag(true),
        .fault("#REF!"), .text("内联"), .text("公\r式"),
      ])
    #expect(rows[0].cells.map(\.isFormula) == [false, false, false, false, false, false, true])
    #expect(rows[0].cells[2].place(row: 2) == "D2")
  }

  @Test(
    "shows a number as a date where its format does",
    arguments: [
      ("43373", "1", "2018-09-30"), ("43373.354166666664", "2", "2018-09-30 08:30:00"),
      ("0.5", "3", "12:00:00"), ("59", "1", "1900-02-28"), ("61", "1", "1900-03-01"),
      ("43373", "4", "2018-09-30"), ("43373", "0", nil), ("60", "1", nil), ("-1", "1", nil),
      ("43373", "7", nil), ("0", "1", "1900-01-00"),
    ] as [(String, String, String?)])
  func dates(number: String, style: String, date: String?) throws {
    let fixture = WorkbookFixture(
      "<sheetData><row><c s=\"\(style)\"><v>\(number)</v></c></row></sheetData>",
      styles: """
        <numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>\
        <numFmt numFmtId="165" formatCode="#,##0.00 &quot;yd&quot;;[Red]-0"/>\
        <numFmt numFmtId="166" formatCode="0.00E+00"/></numFmts><cellStyleXfs><xf numFmtId="14"/>\
        </cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/>\
        <xf numFmtId="21"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="4"/></cellXfs>
        """)
    let (rows, _) = try rows(fixture)
    let content = date.map { SheetCell.Content.date($0, number: number) } ?? .number(number)
    #expect(rows[0].cells[0].content == content)
  }

  @Test("shows a number as its format does where that is no amount")
  func otherFormats() throws {
    let fixture = WorkbookFixture(
      """
      <sheetData><row><c s="0"><v>43373</v></c><c s="1"><v>43373</v></c><c s="2"><v>0.75</v></c>\
      </row></sheetData>
      """,
      styles: """
        <numFmts><numFmt numFmtId="165" formatCode="#,##0.00 &quot;yd&quot;;[Red]-0"/>\
        <numFmt numFmtId="166" formatCode="0.00E+00"/></numFmts><cellXfs><xf numFmtId="165"/>\
        <xf numFmtId="166"/><xf numFmtId="12"/></cellXfs>
        """)
    #expect(
      try rows(fixture).rows[0].cells.map(\.content) == [
        .worded("43,373.00 yd", before: "", number: "43373", behind: "yd"),
        .calculated(number: "43373"),
        .calculated(number: "0.75"),
      ])
  }

  @Test("counts days from 1904 where it says so")
  func from1904() throws {
    let fixture = WorkbookFixture(
      "<sheetData><row><c s=\"0\"><v>41911</v></c></row></sheetData>",
      styles: "<cellXfs><xf numFmtId=\"14\"/></cellXfs>", book: "<workbookPr date1904=\"1\"/>")
    #expect(try rows(fixture).rows[0].cells[0].content == .date("2018-09-30", number: "41911"))
  }

  @Test("says which rows are hidden and which cells are merged")
  func hidden() throws {
    let fixture = WorkbookFixture(
      """
      <sheetData><row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="9"/>\
      <row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>\
      <mergeCells><mergeCell ref="A1:C1"/></mergeCells>
      """)
    let (rows, end) = try rows(fixture)
    #expect(rows.map(\.isHidden) == [true, false])
    #expect(rows[1].cells[0].place(row: 1_048_576) == "XFD1048576")
    #expect(end.merged == ["A1:C1"])
  }

  @Test(
    "is refused where it is not sound",
    arguments: [
      ("<sheetData><row r=\"2\"/><row r=\"2\"/></sheetData>", .damaged),
      ("<sheetData><row r=\"1048577\"/></sheetData>", .damaged),
      ("<sheetData><row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row></sheetData>", .damaged),
      ("<sheetData><row><c r=\"B1\"/><c r=\"A1\"/></row></sheetData>", .damaged),
      ("<sheetData><row><c t=\"s\"><v>7</v></c></row></sheetData>", .damaged),
      ("<sheetData><row>", .damaged),
    ] as [(String, WorkbookFault.Kind)])
  func unsound(sheet: String, kind: WorkbookFault.Kind) throws {
    let fault = #expect(throws: WorkbookFault.self) { try rows(WorkbookFixture(sheet)) }
    #expect(fault?.kind == kind)
  }

  @Test("with a document type is refused")
  func documentType() throws {
    var fixture = WorkbookFixture("")
    fixture.replace(
      "xl/worksheets/sheet1.xml", "<!DOCTYPE w [<!ENTITY a \"aaaa\">]><worksheet>&a;</worksheet>")
    #expect(throws: WorkbookFault.self) { try rows(fixture) }
  }

  @Test("larger than allowed is refused before it is unpacked")
  func large() throws {
    let fixture = WorkbookFixture(String(repeating: " ", count: 1 << 21))
    var few = WorkbookLimits()
    few.entries = 3
    var small = WorkbookLimits()
    small.bytes = 1 << 20
    var flat = WorkbookLimits()
    flat.ratio = 0
    for limits in [few, small, flat] {
      let fault = #expect(throws: WorkbookFault.self) { try rows(fixture, limits: limits) }
      #expect(fault?.kind == .tooLarge)
    }
    var cells = WorkbookLimits()
    cells.cell = 10
    let long = WorkbookFixture(
      "<sheetData><row><c t=\"str\"><v>12345678901</v></c></row></sheetData>")
    #expect(throws: WorkbookFault.self) { try rows(long, limits: cells) }
  }

  @Test("whose cells point to a long text again and again is refused")
  func repeatedTexts() throws {
    let cell = "<c t=\"s\"><v>0</v></c>"
    let text = "<si><t>" + String(repeating: "长", count: 30_000) + "</t></si>"
    let wide = "<row>" + String(repeating: cell, count: 1000) + "</row>"
    let high = String(repeating: "<row>" + cell + "</row>", count: 5000)
    for rows in [wide, high] {
      let fixture = WorkbookFixture("<sheetData>" + rows + "</sheetData>", shared: text)
      let fault = #expect(throws: WorkbookFault.self) { try self.rows(fixture) }
      #expect(fault?.kind == .damaged)
    }
  }

  @Test(
    "that names files outside itself is refused", arguments: ["../x", "/etc/x", "a\\b", "c:x"])
  func paths(name: String) throws {
    var fixture = WorkbookFixture("")
    fixture.parts.append((name, "x"))
    let fault = #expect(throws: WorkbookFault.self) { try rows(fixture) }
    #expect(fault?.kind == .unsafe)
  }

  @Test("that takes values from another workbook is refused")
  func external() throws {
    var fixture = WorkbookFixture("")
    let path = "xl/_rels/workbook.xml.rels"
    let old = fixture.parts.first { $0.name == path }?.text ?? ""
    fixture.replace(
      path,
      old.replacing(
        "</Relationships>",
        with:
          "<Relationship Id=\"x\" Type=\"\(WorkbookFixture.kinds)/worksheet\" Target=\"http://example.invalid/x\" TargetMode=\"External\"/></Relationships>"
      ))
    let fault = #expect(throws: WorkbookFault.self) { try rows(fixture) }
    #expect(fault?.kind == .unsafe)
    #expect(fault?.message.en.contains("http://example.invalid/x") == true)
  }

  @Test("with a password, of another kind, cut, or lying about its sizes is refused")
  func others() throws {
    var locked = StoredZip()
    locked.add("x", "y", flags: 1)
    var lying = StoredZip()
    for part in WorkbookFixture("").parts {
      lying.add(part.name, part.text, claimed: part.name.hasSuffix("sheet1.xml") ? 9999 : nil)
    }
    let whole = WorkbookFixture("").data
    let cases: [(Data, WorkbookFault.Kind)] = [
      (Data(CompoundFixture(names: ["EncryptionInfo", "EncryptedPackage"]).bytes), .encrypted),
      (Data(CompoundFixture(names: ["Workbook"]).bytes), .notAWorkbook),
      (Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]), .damaged),
      (locked.data, .encrypted), (Data("a,b\r\n".utf8), .notAWorkbook),
      (whole.prefix(whole.count / 2), .notAWorkbook), (lying.data, .damaged),
    ]
    for (data, kind) in cases {
      let fault = #expect(throws: WorkbookFault.self) {
        try withFile(data) { path in
          let book = try Workbook(at: path)
          _ = try book.read(0) { _ in }
        }
      }
      #expect(fault?.kind == kind)
    }
    let missing = #expect(throws: WorkbookFault.self) { _ = try Workbook(at: "/nowhere/x.xlsx") }
    #expect(missing?.kind == .unreadable)
  }
}
