import Archives
import Foundation
import Tables
import Testing

@testable import Reports

@Suite("The workbook of a comparison")
struct ComparedBookTests {
  /// The text of each part of the workbook.
  private func parts(of runs: ComparedRuns, in language: Language) throws -> [String: String] {
    let folder = NSTemporaryDirectory() + "heng-compared-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try writeWorkbook(runs, day: 17_804, to: folder + "/changes.xlsx", in: language)
    return try workbookParts(folder + "/changes.xlsx")
  }

  /// How often a text stands in a part's rows, which follow the sheet's title and headings.
  private func count(_ text: String, in part: String?) -> Int {
    (part ?? "").components(separatedBy: text).count - 1
  }

  @Test("has everybody who changed, also whom the page leaves out")
  func everybody() throws {
    let runs = comparedRuns("Fork & Fable", moves: 2)
    let parts = try parts(of: runs, in: .en)
    #expect(runs.rankings[0].listed.count == 2 && runs.rankings[0].moves.count == 7)
    #expect(count("<row ", in: parts["xl/worksheets/sheet2.xml"]) == 7 + 2)
    let texts = try #require(parts.values.first { $0.contains("Fork &amp; Fable") })
    #expect(texts.contains("tier B → tier A") && !texts.contains("乙等"))
  }

  @Test("begins with the coverage of all groups, and says which runs are compared")
  func coverage() throws {
    let runs = comparedRuns("Fork")
    let parts = try parts(of: runs, in: .zh)
    #expect(runs.coverageListed.count == 2)
    #expect(count("<row ", in: parts["xl/worksheets/sheet1.xml"]) == 9 + 2)
    let book = try #require(parts["xl/workbook.xml"])
    #expect(book.contains("name=\"覆盖率\"") && book.contains("name=\"Hygiene\""))
    let all = parts.values.joined()
    #expect(all.contains("q2 · 2018-06-30 · kitchens 1 → q3 · 2018-09-30 · kitchens 2"))
    #expect(all.contains("乙等 → 甲等") && all.contains("Street 8"))
  }

  @Test("leaves out a ranking in which nothing changed, and gives two of one title a sheet each")
  func sheets() throws {
    var runs = comparedRuns("Fork")
    var same = runs.rankings[0]
    same.title = "Nothing new"
    same.moves = ReportTable(
      path: "", title: same.moves.title, columns: same.moves.columns, count: 0)
    runs.rankings += [same, runs.rankings[0]]
    let book = try #require(try parts(of: runs, in: .en)["xl/workbook.xml"])
    #expect(count("<sheet ", in: book) == 3)
    #expect(!book.contains("Nothing new") && count("name=\"Hygiene\"", in: book) == 1)
  }
}
