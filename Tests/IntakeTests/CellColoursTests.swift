import Foundation
import Tables
import Testing

@testable import Intake

@Suite("What nobody sees in a workbook")
struct CellColoursTests {
  private let styles = """
    <fonts><font/><font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font>\
    <font><color rgb="FF00AA00"/></font></fonts>\
    <fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
    <fill><patternFill patternType="solid"><fgColor rgb="FF00AA00"/></patternFill></fill></fills>\
    <cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="0"/><xf fontId="2"/>\
    <xf fontId="1" fillId="2"/><xf fontId="3" fillId="2"/><xf fontId="1" fillId="1"/></cellXfs>\
    <dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs>
    """

  private func read(_ fixture: WorkbookFixture) throws -> (rows: [SheetRow], end: SheetEnd) {
    let path = NSTemporaryDirectory() + "heng-\(UUID().uuidString).xlsx"
    try fixture.data.write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var rows: [SheetRow] = []
    let end = try Workbook(at: path).read(0) { rows.append($0) }
    return (rows, end)
  }

  @Test("is told where it is read, and read all the same")
  func told() async throws {
    func row(_ texts: [String], style: Int = 0) -> String {
      "<row>"
        + texts.map { "<c t=\"inlineStr\" s=\"\(style)\"><is><t>\($0)</t></is></c>" }.joined()
        + "</row>"
    }
    let rows =
      row(["单位名称", "区县", "从业人数", "天气"]) + row(["甲", "涧西区", "1", "晴"])
      + row(["乙", "涧西区", "2", "雨"], style: 1)
    let fixture = WorkbookFixture(
      "<cols><col min=\"3\" max=\"4\" hidden=\"1\"/></cols><sheetData>\(rows)</sheetData>",
      styles: styles)
    let delivery = try await taking(["a.xlsx": Array(fixture.data)])
    // The fixture has the sheet twice, the second one hidden.
    #expect(delivery.column("name").prefix(2) == ["甲", "乙"])
    for rule in ["hidden-columns", "unseen-rows"] {
      #expect(delivery.rules.count { $0 == rule } == 2)
    }
    let hidden = try #require(delivery.findings.first { $0.rule == "hidden-columns" })
    #expect(hidden.message.zh.hasSuffix("：C列“从业人数”"))
    let unseen = try #require(delivery.findings.first { $0.rule == "unseen-rows" })
    #expect(unseen.place?.line == 3 && unseen.severity == .warning)
  }

  @Test("is written in the colour of what is behind it, and not in white upon another")
  func colours() throws {
    let cells = (0...5).map { "<c s=\"\($0)\"><v>\($0 + 1)</v></c>" }.joined()
    let fixture = WorkbookFixture("<sheetData><row>\(cells)</row></sheetData>", styles: styles)
    let unseen = try read(fixture).rows[0].cells.map(\.isUnseen)
    #expect(unseen == [false, true, true, false, true, false])
  }

  @Test("is a column that is hidden")
  func columns() throws {
    let fixture = WorkbookFixture(
      """
      <cols><col min="1" max="1"/><col min="2" max="3" hidden="1"/><col min="5" max="4" hidden="1"/>\
      </cols><sheetData><row><c><v>1</v></c></row></sheetData>
      """)
    #expect(try read(fixture).end.hiddenColumns == [1...2])
  }
}
