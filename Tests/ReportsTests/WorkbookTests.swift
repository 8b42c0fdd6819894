import Archives
import Foundation
import Tables
import Testing

@testable import Reports

@Suite("A workbook")
struct WorkbookTests {
  /// The parts of a workbook of one sheet, by name.
  private func parts(of sheet: WorkbookSheet, inRows: Bool) throws -> [String: String] {
    let folder = NSTemporaryDirectory() + "heng-book-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/book.xlsx"
    var book = try Workbook(path, .run, created: 1, inRows: inRows)
    try book.add(sheet)
    try book.close()
    let zip = try ZipFile(path, isStrict: true)
    var parts: [String: String] = [:]
    for index in 0..<zip.count {
      var bytes: [UInt8] = []
      try zip.read(index) { piece in
        for place in piece.indices { bytes.append(piece[place]) }
        return true
      }
      parts[try zip.entry(index).name] = String(decoding: bytes, as: UTF8.self)
    }
    return parts
  }

  private func sheet(choices: [String]) -> WorkbookSheet {
    var column = WorkbookSheet.Column(title: "what", width: 10, choices: choices)
    column.note = "choose"
    var cell = WorkbookSheet.Cell("one", .faulty)
    cell.note = "line 3: not a word — write two"
    var place = WorkbookSheet.Column(title: "place", width: 10)
    place.isHidden = true
    return WorkbookSheet(
      name: "rows", title: "Rows", columns: [column, place],
      rows: WorkbookSheet.Rows([[cell, WorkbookSheet.Cell("a#1")]]))
  }

  @Test(
    "has comments on cells and headings, hidden columns and colours", arguments: [true, false])
  func notes(inRows: Bool) throws {
    let parts = try parts(of: sheet(choices: ["one", "two"]), inRows: inRows)
    let comments = try #require(parts["xl/comments1.xml"])
    #expect(comments.contains("ref=\"A3\"") && comments.contains("not a word — write two"))
    #expect(comments.contains("ref=\"A2\"") && comments.contains("choose"))
    let rows = try #require(parts["xl/worksheets/sheet1.xml"])
    #expect(rows.contains("<col min=\"2\" max=\"2\"") && rows.contains("hidden=\"1\""))
    #expect(rows.contains("<formula1>\"one,two\"</formula1>"))
    #expect(try #require(parts["xl/styles.xml"]).contains("FFF8D7D2"))
    #expect(parts["xl/worksheets/sheet2.xml"] == nil)
  }

  @Test(
    "offers a list that is too long for a cell's rule, or has commas, from a hidden sheet",
    arguments: [
      (0..<60).map { "choice \($0)" }, ["one, two", "three"],
      ["好" + String(repeating: "长", count: 255)],
      (0..<20).map { "可以选的第 \($0) 个" },
    ], [true, false])
  func lists(choices: [String], inRows: Bool) throws {
    let parts = try parts(of: sheet(choices: choices), inRows: inRows)
    let rows = try #require(parts["xl/worksheets/sheet1.xml"])
    #expect(rows.contains("<formula1>'_lists'!$A$1:$A$\(choices.count)</formula1>"))
    #expect(parts["xl/worksheets/sheet2.xml"] != nil)
    #expect(
      try #require(parts["xl/workbook.xml"]).contains(
        "name=\"_lists\" sheetId=\"2\" state=\"hidden\""))
  }

  @Test(
    "cuts a title and a heading that no cell has room for, and can be read",
    arguments: [true, false])
  func longTitles(inRows: Bool) throws {
    var sheet = sheet(choices: [])
    sheet.title = String(repeating: "题", count: 33_000)
    sheet.columns[1].title = String(repeating: "h", count: 40_000)
    sheet.columns[1].isHidden = false
    let parts = try parts(of: sheet, inRows: inRows)
    let texts = try #require(parts[inRows ? "xl/worksheets/sheet1.xml" : "xl/sharedStrings.xml"])
    #expect(texts.contains(String(repeating: "题", count: 31_999) + "…<"))
    #expect(texts.contains(String(repeating: "h", count: 31_999) + "…<"))
  }

  @Test("calls columns as spreadsheets do")
  func letters() {
    #expect(
      [0, 25, 26, 51, 701, 702].map { columnLetters($0) } == ["A", "Z", "AA", "AZ", "ZZ", "AAA"])
  }
}
