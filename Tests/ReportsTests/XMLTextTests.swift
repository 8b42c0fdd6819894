import Foundation
import Tables
import Testing

@testable import Reports

@Suite struct XMLTextTests {
  @Test(
    "marks what XML has no room for, and leaves all else as it is",
    arguments: [
      ("洛阳\u{FFFE}公司", "洛阳\u{FFFD}公司"), ("\u{FFFF}", "\u{FFFD}"),
      ("a\u{0}b\u{1}c\u{1F}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"), ("tab\tline\n\r", "tab\tline\n\r"),
      ("\u{FFFD}\u{FEFF}（ＡＢ）𠮷\u{1FFFE}\u{7F}\u{85}", "\u{FFFD}\u{FEFF}（ＡＢ）𠮷\u{1FFFE}\u{7F}\u{85}"),
      ("", ""),
    ])
  func texts(text: String, marked: String) {
    #expect(Array(markupText(text).unicodeScalars) == Array(marked.unicodeScalars))
  }

  @Test("a workbook with U+FFFE in every text is the one with the mark in its place")
  func workbook() async throws {
    func book(_ mark: String, in folder: String) throws -> Data {
      let path = "\(folder)/book.xlsx"
      var names: Set<String> = []
      var sheet = WorkbookSheet(
        name: sheetName("甲\(mark)", taken: &names), title: "题\(mark)",
        columns: [
          .init(
            title: "列\(mark)", width: 9, choices: ["选\(mark)"], note: "注\(mark)",
            marks: ["级\(mark)"])
        ], rows: WorkbookSheet.Rows([[WorkbookSheet.Cell("洛阳\(mark)公司")]]))
      sheet.charts = [
        .init(
          title: "图\(mark)", labels: 0, values: 0, figures: .plain,
          series: [.init(name: "列\(mark)", rows: 0..<1)])
      ]
      var book = try Workbook(path, .run, created: 0, inRows: true)
      try book.add(sheet)
      try book.close()
      return try Data(contentsOf: URL(filePath: path))
    }
    try await withFolder { folder in
      for mark in ["\u{FFFE}", "\u{FFFF}", "\u{1}"] {
        let (marked, plain) = (try book(mark, in: folder), try book("\u{FFFD}", in: folder))
        #expect(marked == plain)
      }
    }
  }

  @Test("names of two sheets that differ in nothing else do not become one")
  func sheetNames() {
    var names: Set<String> = []
    let made = ["甲\u{FFFE}", "甲\u{FFFF}"].map { sheetName($0, taken: &names) }
    #expect(made == ["甲\u{FFFD}", "甲\u{FFFD} 2"])
  }

  @Test("names of sheets are unique and allowed, whatever the titles are")
  func allowedNames() {
    var names: Set<String> = []
    let titles = [
      "History", "history", "历史记录", "'quoted'", "Faults/Staff: [draft]*?", "[\u{301}a\u{2028}b",
      "Hygiene of kitchens in the northern district", "Hygiene of kitchens in the northern harbour",
      "Overview", "OVERVIEW", "///",
    ]
    let made = titles.map { sheetName($0, taken: &names) }
    #expect(made.allSatisfy { !$0.isEmpty && $0.utf16.count <= 31 })
    #expect(Set(made.map { $0.lowercased() }).count == titles.count)
    #expect(!made.contains { ["history", "历史记录"].contains($0.lowercased()) })
    let forbidden = "[]:*?/\\'\u{2028}".unicodeScalars
    #expect(!made.contains { name in name.unicodeScalars.contains { forbidden.contains($0) } })
  }

  @Test("a page holds none raw, neither as text nor in its data")
  func page() {
    var html = HTML()
    html.text("甲\u{FFFE}\u{1}<")
    #expect(String(decoding: html.bytes, as: UTF8.self) == "甲\u{FFFD}\u{FFFD}&lt;")
    var json = JSON()
    json.string(nil, "洛阳\u{FFFE}公司\u{FFFF}\u{1}（）")
    #expect(
      String(decoding: markupJSON(json.bytes), as: UTF8.self)
        == "\"洛阳\\ufffe公司\\uffff\\u0001（）\"")
  }
}
