import Foundation
import StoredZips

/// The parts of a small workbook, to be changed by a test.
struct WorkbookFixture {
  static let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  var parts: [(name: String, text: String)]

  /// - Parameter sheet: what stands in the only sheet's `worksheet` element.
  init(_ sheet: String, shared: String = "", styles: String = "", book: String = "") {
    parts = [
      (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(Self.kinds)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"\(Self.kinds)\">\(book)<sheets><sheet name=\"甲 &amp; 乙\" sheetId=\"1\" r:id=\"s1\"/><sheet name=\"藏\" sheetId=\"2\" state=\"veryHidden\" r:id=\"s1\"/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"s1\" Type=\"\(Self.kinds)/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"s2\" Type=\"\(Self.kinds)/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"s3\" Type=\"\(Self.kinds)/styles\" Target=\"styles.xml\"/></Relationships>"
      ),
      ("xl/worksheets/sheet1.xml", "<worksheet>\(sheet)</worksheet>"),
      ("xl/sharedStrings.xml", "<sst>\(shared)</sst>"),
      ("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"),
    ]
  }

  mutating func replace(_ name: String, _ text: String) {
    parts.removeAll { $0.name == name }
    parts.append((name, text))
  }

  var data: Data {
    var zip = StoredZip()
    for part in parts { zip.add(part.name, part.text) }
    return zip.data
  }
}
