import Foundation
import StoredZips

@testable import Intake

/// One sheet of a workbook that a test delivers.
struct TestSheet {
  var name = "台账"
  /// Texts, or XML of a cell where they begin with `<`.
  var rows: [[String]]
  var hiddenRows: Set<Int> = []
  var isHidden = false
  var merged: [String] = []
}

/// A workbook (.xlsx) of some sheets; `parts` are added to it. Style 1 is a date, 2 a percentage,
/// those from 3 on have the given number formats.
func xlsx(
  _ sheets: [TestSheet], parts: [(String, String)] = [], relations: String = "",
  formats: [String] = []
) -> [UInt8] {
  let kinds = WorkbookFixture.kinds
  var zip = StoredZip()
  zip.add(
    "_rels/.rels",
    "<Relationships><Relationship Id=\"r\" Type=\"\(kinds)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
  )
  var list = ""
  var targets = ""
  for (index, sheet) in sheets.enumerated() {
    list +=
      "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" state=\"\(sheet.isHidden ? "hidden" : "visible")\" r:id=\"s\(index)\"/>"
    targets +=
      "<Relationship Id=\"s\(index)\" Type=\"\(kinds)/worksheet\" Target=\"sheet\(index).xml\"/>"
    zip.add("xl/sheet\(index).xml", worksheet(sheet))
  }
  zip.add(
    "xl/workbook.xml", "<workbook xmlns:r=\"\(kinds)\"><sheets>\(list)</sheets></workbook>")
  zip.add(
    "xl/_rels/workbook.xml.rels",
    "<Relationships>\(targets)\(relations)<Relationship Id=\"t\" Type=\"\(kinds)/styles\" Target=\"styles.xml\"/></Relationships>"
  )
  zip.add(
    "xl/styles.xml",
    "<styleSheet><numFmts>"
      + formats.enumerated().map { index, code in
        let code = code.replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
        return "<numFmt numFmtId=\"\(200 + index)\" formatCode=\"\(code)\"/>"
      }.joined()
      + "</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/>"
      + formats.indices.map { "<xf numFmtId=\"\(200 + $0)\"/>" }.joined()
      + "</cellXfs></styleSheet>"
  )
  for part in parts { zip.add(part.0, part.1) }
  return Array(zip.data)
}

private func worksheet(_ sheet: TestSheet) -> String {
  var text = "<worksheet><sheetData>"
  for (index, row) in sheet.rows.enumerated() where !row.allSatisfy(\.isEmpty) {
    let hidden = sheet.hiddenRows.contains(index + 1) ? " hidden=\"1\"" : ""
    text += "<row r=\"\(index + 1)\"\(hidden)>"
    for (column, cell) in row.enumerated() where !cell.isEmpty {
      let place = columnName(column) + String(index + 1)
      text +=
        cell.hasPrefix("<")
        ? cell.replacing("<c", with: "<c r=\"\(place)\"", maxReplacements: 1)
        : "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(cell)</t></is></c>"
    }
    text += "</row>"
  }
  text += "</sheetData>"
  if !sheet.merged.isEmpty {
    text += "<mergeCells>"
    for area in sheet.merged { text += "<mergeCell ref=\"\(area)\"/>" }
    text += "</mergeCells>"
  }
  return text + "</worksheet>"
}

/// A workbook of 2003 with one sheet of rows as XML.
func spreadsheetML(_ rows: String, name: String = "台账", before: String = "", after: String = "")
  -> String
{
  """
  <?xml version="1.0"?>
  <?mso-application progid="Excel.Sheet"?>
  \(before)<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" \
  xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p">\
  <NumberFormat ss:Format="0%"/></Style><Style ss:ID="m"><NumberFormat \
  ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style></Styles><Worksheet ss:Name="\(name)">\
  <Table>\(rows)</Table>\(after)</Worksheet></Workbook>
  """
}

/// A row of texts of such a sheet.
func row(_ texts: String...) -> String {
  "<Row>"
    + texts.map { "<Cell><Data ss:Type=\"String\">\($0)</Data></Cell>" }.joined() + "</Row>"
}
