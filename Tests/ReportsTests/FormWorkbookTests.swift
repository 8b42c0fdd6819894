import Foundation
import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("A form's workbook")
struct FormWorkbookTests {
  /// The parts of a workbook of one sheet that is filled in, by name.
  private func parts(_ columns: [WorkbookSheet.Column]) throws -> [String: String] {
    let folder = NSTemporaryDirectory() + "heng-form-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var sheet = WorkbookSheet(
      name: "form", title: "Form", columns: columns,
      rows: WorkbookSheet.Rows([columns.map { _ in WorkbookSheet.Cell("", .open) }]))
    sheet.headingRows = 1
    sheet.linesToFill = 100
    var book = try Workbook(folder + "/form.xlsx", .run, created: 1)
    try book.setProperty("heng-record", "税")
    try book.add(sheet)
    try book.close()
    return try workbookParts(folder + "/form.xlsx")
  }

  private func column(_ kind: FieldAdvice.Entry) -> WorkbookSheet.Column {
    var column = WorkbookSheet.Column(title: "x", width: 10)
    column.entry = WorkbookSheet.Entry(kind: kind, warning: "such as 12 & more")
    return column
  }

  @Test(
    "warns of what a column is not meant for, and stops nobody",
    arguments: [
      (.length(18), "type=\"textLength\"", "<formula1>18</formula1>"),
      (.whole(least: 0, most: 500), "type=\"whole\"", "<formula2>500</formula2>"),
      (.number(least: 0.5, most: nil), "type=\"decimal\"", "<formula1>0.5</formula1>"),
      (
        .date(first: nil, last: PartialDate(year: 2018, month: 9, day: 30)), "type=\"date\"",
        "<formula1>1</formula1><formula2>43373</formula2>"
      ),
    ] as [(FieldAdvice.Entry, String, String)])
  func warnings(entry: FieldAdvice.Entry, type: String, bounds: String) throws {
    let sheet = try #require(try parts([column(entry)])["xl/worksheets/sheet1.xml"])
    #expect(sheet.contains(type) && sheet.contains(bounds), "\(sheet)")
    #expect(sheet.contains("errorStyle=\"warning\"") && sheet.contains("such as 12 &amp; more"))
    // Below the second line of the headings, as far as the form goes.
    #expect(sheet.contains("sqref=\"A4:A102\"") && !sheet.contains("autoFilter"))
  }

  @Test("takes any text in other columns, keeps codes as they are typed and shows dates in full")
  func looks() throws {
    let parts = try parts([column(.text), column(.date(first: nil, last: nil))])
    let sheet = try #require(parts["xl/worksheets/sheet1.xml"])
    #expect(sheet.contains("<dataValidations count=\"1\">"))
    let styles = try #require(parts["xl/styles.xml"])
    #expect(styles.contains("formatCode=\"@\"") && styles.contains("yyyy-mm-dd"))
  }

  @Test("says in its properties what it is a form of")
  func properties() throws {
    let properties = try #require(try parts([column(.text)])["docProps/custom.xml"])
    #expect(properties.contains("name=\"heng-record\"><vt:lpwstr>税</vt:lpwstr>"))
  }
}
