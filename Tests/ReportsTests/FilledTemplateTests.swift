import Archives
import Foundation
import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("Documents to be filled")
struct FilledTemplateTests {
  private func template(_ body: String) throws -> DocumentTemplate {
    try #require(
      DocumentTemplate(parts: [
        DocumentTemplate.Part(name: "[Content_Types].xml", bytes: Array("<Types/>".utf8)),
        DocumentTemplate.Part(name: "word/media/seal.png", bytes: [0, 0xFF, 0x50, 0x4B]),
        DocumentTemplate.Part(name: DocumentTemplate.bodyName, bytes: Array(body.utf8)),
      ]))
  }

  private func filled(_ body: String, _ values: [String: String], _ names: [String] = [])
    throws -> String
  {
    let rows = names.map { ["row.name": $0] }
    return String(decoding: try template(body).body(values, rows: rows), as: UTF8.self)
  }

  @Test("have values in the place of their names, also where runs split them")
  func values() throws {
    #expect(
      try filled("<p><r>{{ti</r><r>tle}} of {{run}}</r></p>", ["title": "List", "run": "Q3"])
        == "<p><r>List</r><r> of Q3</r></p>")
    #expect(try filled("<p>{{none}}.</p>", [:]) == "<p>.</p>")
  }

  @Test("repeat a row for each person, and leave it out where there is none")
  func rows() throws {
    let body = "<t><tr>Name</tr><tr>{{row.name}}{{run}}</tr></t>"
    #expect(
      try filled(body, ["run": "!"], ["A", "B"]) == "<t><tr>Name</tr><tr>A!</tr><tr>B!</tr></t>")
    #expect(try filled(body, ["run": "!"]) == "<t><tr>Name</tr></t>")
  }

  @Test("hold names as texts, without characters that XML has no room for")
  func hostile() throws {
    #expect(
      try filled("<tr>{{row.name}}</tr>", [:], ["A&B<c>\u{1}{{run}}"])
        == "<tr>A&amp;B&lt;c&gt;\u{FFFD}{{run}}</tr>")
  }

  @Test("keep all other parts, and are the same bytes each time")
  func parts() throws {
    let template = try template("<tr>{{row.name}}</tr>")
    let day = try #require(PartialDate(year: 2018, month: 9, day: 30))
    let first = try template.filled([:], rows: [["row.name": "甲"]], on: day)
    #expect(try template.filled([:], rows: [["row.name": "甲"]], on: day) == first)
    let again = try #require(DocumentTemplate(docx: first))
    #expect(again.parts.map(\.name) == template.parts.map(\.name))
    #expect(again.parts[1] == template.parts[1])
    #expect(String(decoding: again.parts[2].bytes, as: UTF8.self) == "<tr>甲</tr>")
  }

  @Test("are plain where the pack brings none: every text of the page stands there too")
  func plain() throws {
    let results = try decidedResults(
      [(2, .recommend, .asProposed), (3, .recommend, .asProposed)], groups: ["a", "b"])
    let notice = try #require(PublicNotice(results, results.screenings[0]))
    let template = try #require(plainTemplate(for: notice))
    let body = String(decoding: template.body(notice.values, rows: notice.rows), as: UTF8.self)
    for text in [
      "Public notice: put forward for “Star”", "555-0100", "write &lt;in time&gt;",
      "2018-10-03 to 2018-10-07", "Food Act § 5", "City &amp; Council",
      "&lt;script&gt;alert(1)&lt;/script&gt;", "丁 &amp; 店", "large", ">b<",
    ] { #expect(body.contains(text), "\(text)") }
    #expect(!body.contains("{{"))
    #expect(!body.contains("Cy"))
  }

  @Test("are written beside the page, in every run the same")
  func written() async throws {
    let results = try decidedResults([(1, .recommend, .asProposed)])
    let folder = NSTemporaryDirectory() + "heng-notice-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var digests: Set<String> = []
    for round in ["/1", "/2"] {
      try FileManager.default.createDirectory(
        atPath: folder + round, withIntermediateDirectories: true)
      let files = try await write(results, to: folder + round, settings: ReportSettings(jobs: 2))
      let notices = files.filter { $0.path.hasPrefix("publicity/") }
      #expect(notices.map(\.path) == ["publicity/star.docx", "publicity/star.html"])
      digests.formUnion(notices.map(\.sha256))
      let bytes = try Data(contentsOf: URL(filePath: folder + round + "/publicity/star.docx"))
      #expect(DocumentTemplate(docx: Array(bytes)) != nil)
    }
    #expect(digests.count == 2)
  }
}
