import Foundation
import RulePacks
import Testing

@testable import Reports

/// The run's workbook as programs read it that share no code with the one that wrote it.
@Suite("The run's workbook in other programs")
struct WorkbookReadersTests {
  @Test(
    "openpyxl finds every row, texts and numbers, formats, frozen headings, filters and comments",
    .needsOpenpyxl)
  func openpyxl() async throws {
    let book = try await withFolder { folder in
      try JSONDecoder().decode(
        ReadBook.self, from: try told(by: readBook, try written(to: folder, mostInSheet: 3)))
    }
    #expect(book.created == "2018-09-30T00:00:00")
    #expect(
      book.sheets.map(\.name) == [
        "Overview", "Hygiene", "Hygiene (2)", "List Star", "Coverage", "Formation summary",
        "Formation", "Formation (2)", "Findings",
      ])
    let (first, second) = (book.sheets[1], book.sheets[2])
    #expect(first.title == "Hygiene 1 (sheet 1 of 2)")
    #expect(first.rows.map { $0[1] } == ["s:R2", "s:R1", "s:R4"])
    #expect(second.rows.map { $0[1] } == ["s:R3"])
    #expect(first.rows[1][2] == "s:=cmd|'/c calc'!A1")
    #expect(first.rows.map { $0[5] } == ["n:14.5", "n:9.5", "n:9.5"])
    #expect(first.rows.map { $0[7] } == ["n:1", "n:1", "n:1"])
    #expect(first.formats[1] == "@")
    #expect(first.formats[5] == "0.0")
    #expect(first.formats[7] == "0.0%")
    #expect(first.comments[11].hasPrefix("S1 Kitchen"))
    #expect(first.comments[1] == "")
    #expect(first.colours == ["\"A\"", "\"B\""])
    #expect(book.sheets[0].charts == 1)
    for sheet in book.sheets {
      let last = sheet.rows.count + 2
      #expect(sheet.frozen == "A3")
      #expect(sheet.filter.hasPrefix("A2:") && sheet.filter.hasSuffix("\(last)"))
      #expect(sheet.repeated == "$1:$2")
      #expect(sheet.paper == "9" && sheet.orientation == "landscape")
    }
  }

  @Test(
    "LibreOffice opens it and prints at least a page a sheet",
    .needsLibreOffice)
  func pages() async throws {
    try await withFolder { folder in
      let path = try written(to: folder, mostInSheet: 3)
      let process = Process()
      process.executableURL = URL(filePath: try #require(libreOffice))
      process.arguments = [
        "-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to", "pdf",
        "--outdir", folder, path,
      ]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      let pdf = try Data(contentsOf: URL(filePath: folder + "/book.pdf"))
      let pages = String(decoding: pdf, as: UTF8.self).matches(of: #/\/Type ?\/Page[^s]/#)
      #expect(pages.count >= 9)
    }
  }

  private func written(to folder: String, mostInSheet: Int) throws -> String {
    let results = sampleResults()
    let gaps = [ShownGaps(results.scorecards[0], subject: 0, pack: results.pack)]
    let path = folder + "/book.xlsx"
    try writeRunWorkbook(results, gaps, rows: .all, to: path, mostInSheet: mostInSheet)
    return path
  }
}

private struct ReadBook: Decodable {
  var created: String
  var sheets: [Sheet]

  struct Sheet: Decodable {
    var name: String
    var title: String
    /// With the type of each cell in front.
    var rows: [[String]]
    /// Of the cells of the first row.
    var formats: [String]
    /// On the headings.
    var comments: [String]
    var colours: [String]
    var charts: Int
    var frozen: String
    var filter: String
    var repeated: String
    var paper: String
    var orientation: String
  }
}

private let readBook = """
  import json, sys, openpyxl
  book = openpyxl.load_workbook(sys.argv[1])
  def shown(cell):
      if cell.value is None: return ""
      if cell.data_type == "n": return "n:%g" % cell.value
      return cell.data_type + ":" + str(cell.value)
  sheets = []
  for s in book:
      headings = [c for c in s[2]]
      body = list(s.iter_rows(min_row=3))
      rules = [r for rs in s.conditional_formatting for r in rs.rules]
      sheets.append(dict(
          name=s.title, title=s["A1"].value, rows=[[shown(c) for c in r] for r in body],
          formats=[c.number_format for c in body[0]],
          comments=[c.comment.text if c.comment else "" for c in headings],
          colours=[f for r in rules for f in r.formula], charts=len(s._charts),
          frozen=str(s.freeze_panes), filter=str(s.auto_filter.ref),
          repeated=str(s.print_title_rows), paper=str(s.page_setup.paperSize),
          orientation=str(s.page_setup.orientation)))
  print(json.dumps(dict(created=book.properties.created.isoformat(), sheets=sheets)))
  """
