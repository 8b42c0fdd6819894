import Foundation
import StoredZips
import Tables
import Testing

@testable import Reports

@Suite("A finished workbook, read back") struct ReadBackTests {
  private static var sheet: WorkbookSheet {
    WorkbookSheet(
      name: "A", title: "Shops & stalls", columns: [.init(title: "Name", width: 9, note: "a note")],
      rows: WorkbookSheet.Rows((0..<400).map { [WorkbookSheet.Cell("<Shop> \($0)")] }))
  }

  private func written(to folder: String, inRows: Bool = true) throws -> String {
    let path = "\(folder)/book.xlsx"
    var book = try Workbook(path, .run, created: 0, inRows: inRows)
    for name in ["A", "B"] {
      var sheet = ReadBackTests.sheet
      sheet.name = name
      try book.add(sheet)
    }
    try book.close()
    return path
  }

  @Test("is whole as it was written", arguments: [true, false])
  func whole(inRows: Bool) async throws {
    try await withFolder { folder in
      var expected = expected
      if !inRows { for index in expected.indices { expected[index].texts = nil } }
      try requireWhole(written(to: folder, inRows: inRows), sheets: expected, notes: 2)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["book.xlsx"])
    }
  }

  @Test(
    "is not used where a sheet or rows or cells of it are missing",
    arguments: [
      [full, full, full],
      [full, WrittenSheet(rows: 403, cells: 402, texts: textBytes)],
      [WrittenSheet(rows: 402, cells: 403, texts: textBytes), full],
      [full, WrittenSheet(rows: 402, cells: 402, texts: textBytes + 1)],
    ])
  func missing(sheets: [WrittenSheet]) async throws {
    try await withFolder { folder in
      let path = try written(to: folder)
      #expect(throws: ReportFailure.self) { try requireWhole(path, sheets: sheets, notes: 0) }
    }
  }

  @Test("is not used where a note is missing")
  func notes() async throws {
    try await withFolder { folder in
      let path = try written(to: folder)
      #expect(throws: ReportFailure.notWhole(path, "xl/comments")) {
        try requireWhole(path, sheets: expected, notes: 3)
      }
    }
  }

  @Test(
    "is whole whatever texts it holds",
    arguments: [
      "", " ", " a ", "a\tb\nc", "a\rb\r\n", "_x0041_", "\"'&<>", "<r>x</r>", "&amp;", "=1+1",
      "<t>",
      "\u{1}\u{FFFE}\u{0}", "洛阳（𠮷）\u{7F}\u{85}\u{2028}", "<c r=\"A1\"> <row r",
      "http://a.example/?a&b",
      String(repeating: "洛&", count: 20_000),
    ])
  func anyText(text: String) async throws {
    try await withFolder { folder in
      for inRows in [true, false] {
        var book = try Workbook("\(folder)/\(inRows).xlsx", .run, created: 0, inRows: inRows)
        try book.add(
          WorkbookSheet(
            name: "A", title: String(text.prefix(99)),
            columns: [
              .init(title: String(text.prefix(99)), width: 9, note: text),
              .init(title: "B", width: 9, marks: [text]),
            ],
            rows: WorkbookSheet.Rows([
              [WorkbookSheet.Cell(text), WorkbookSheet.Cell(number: 1)], [],
              [WorkbookSheet.Cell(text, .strong)],
            ])))
        try book.close()
      }
    }
  }

  @Test("is not used where the file is cut, anywhere", arguments: [0, 1, 100, 2_000, -1, -60])
  func cut(length: Int) async throws {
    try await withFolder { folder in
      let path = try written(to: folder)
      let bytes = try Data(contentsOf: URL(filePath: path))
      try bytes.prefix(length < 0 ? bytes.count + length : length)
        .write(to: URL(filePath: path))
      #expect(throws: ReportFailure.self) { try requireWhole(path, sheets: expected, notes: 2) }
    }
  }

  @Test("is not used where a byte of a sheet is another")
  func flipped() async throws {
    try await withFolder { folder in
      let path = try written(to: folder)
      var bytes = try Data(contentsOf: URL(filePath: path))
      let name = try #require(bytes.range(of: Data("xl/worksheets/sheet1.xml".utf8)))
      bytes[name.upperBound + 200] ^= 0x10
      try bytes.write(to: URL(filePath: path))
      #expect(throws: ReportFailure.notWhole(path, "xl/worksheets/sheet1.xml")) {
        try requireWhole(path, sheets: expected, notes: 2)
      }
    }
  }

  @Test(
    "is not used where a part ends too soon although the zip file is sound",
    arguments: [
      (
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><is><t>x</t></is></c></row></sheetData></worksheet>",
        true
      ),
      (
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><is><t>x</t></is></c></row></sheetData>",
        false
      ),
      (
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><is><t>x</t></is></c></row></sheetData></works",
        false
      ),
      ("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><is><t>x</t></is></c></ro", false),
      (
        "<worksheet></sheetData><row r=\"1\"><c r=\"A1\"><is><t>x</t></is></c></row></worksheet>",
        false
      ), ("", false),
    ])
  func part(text: String, isWhole: Bool) async throws {
    try await withFolder { folder in
      let path = "\(folder)/book.xlsx"
      let rest = ["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"].map { ($0, "<a/>") }
      try storedZip(rest + [("xl/worksheets/sheet1.xml", text)]).write(to: URL(filePath: path))
      let sheets = [WrittenSheet(rows: 1, cells: 1, texts: 1)]
      if isWhole {
        try requireWhole(path, sheets: sheets, notes: 0)
      } else {
        #expect(throws: ReportFailure.notWhole(path, "xl/worksheets/sheet1.xml")) {
          try requireWhole(path, sheets: sheets, notes: 0)
        }
      }
    }
  }
}

/// The bytes of all texts of a sheet of the book above, and what that sheet was given.
private let textBytes =
  "Shops &amp; stalls".utf8.count + "Name".utf8.count
  + (0..<400).reduce(0) { $0 + "&lt;Shop&gt; \($1)".utf8.count }
private let full = WrittenSheet(rows: 402, cells: 402, texts: textBytes)
private let expected = [full, full]

/// A zip file of parts that are stored as they are.
private func storedZip(_ parts: [(name: String, text: String)]) -> Data {
  var zip = StoredZip()
  for (name, text) in parts { zip.add(name, text) }
  return zip.data
}
