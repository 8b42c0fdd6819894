import Foundation
import RulePacks
import Tables
import Testing

@testable import Reports

@Suite struct PageTests {
  @Test("never lets a delivered name begin or end an element")
  func escaping() async throws {
    var results = sampleResults()
    results.run.title = "</script><script>alert(2)</script>"
    for (path, text) in try await published(results) {
      #expect(!text.contains("<script>alert"), "\(path)")
      #expect(!text.contains("</script><"), "\(path)")
      if path.hasPrefix("data/") { #expect(!text.contains("<"), "\(path)") }
    }
    let list = try await published(results)["data/hygiene-list-0.js"]
    #expect(list?.contains("\\u003cscript>alert(1)\\u003c/script>") == true)
  }

  @Test(
    "writes the sign that begins an element as an escape, wherever it stands",
    arguments: ["", "<", "<<", "a<", "<a", "a<b<<c", "abc", "值<值"])
  func inert(text: String) {
    let document = dataDocument("x", Array("\"\(text)\"".utf8))
    let escaped = text.replacingOccurrences(of: "<", with: "\\u003c")
    #expect(
      String(decoding: document.parts.flatMap(\.head), as: UTF8.self)
        == "heng(\"x\",\"\(escaped)\")\n")
  }

  @Test("loads nothing but the files beside it")
  func selfContained() async throws {
    let page = try #require(try await published(sampleResults())["index.html"])
    #expect(page.contains("default-src 'none'"))
    #expect(page.contains("script-src 'unsafe-inline' 'self' file:"))
    for reference in ["https:", "src=\"", "@import", "url(", "eval(", "innerHTML", "fetch("] {
      #expect(!page.contains(reference), "\(reference)")
    }
    // The one address is the name of a vocabulary, which nobody asks for.
    #expect(page.ranges(of: "http:").count == page.ranges(of: "http://www.w3.org/2000/svg").count)
  }

  @Test(
    "carries who asked, by what right, where to appeal, and every table",
    arguments: [
      "\"purpose\":\"inspection\"", "Food Act § 5", "2018-09-30", "office@example.org",
      "rankings/hygiene.csv", "screening/star.csv", "quarantine.csv", "hygiene of 5 or better",
      "{\"group\":\"\",\"units\":4,\"measures\":[{\"part\":2,\"unknown\":1,\"whole\":3,\"rate\":667}]}",
      "\"scores\":[", "\"delivered\":0",
    ])
  func content(text: String) async throws {
    let page = try #require(try await published(sampleResults())["index.html"])
    #expect(page.contains(text))
  }

  @Test("carries columns, points, missing facts and rows of every subject")
  func subjects() async throws {
    let files = try await published(sampleResults())
    let list = try #require(files["data/hygiene-list-0.js"])
    #expect(list.hasPrefix("heng(\"hygiene-list-0\",{\"count\":4,\"columns\":{\"rank\":"))
    #expect(list.contains("\"subject\":\"R2\\nR1\\nR4\\nR3\""))
    #expect(list.contains("\"rank\":[1,2,2,0]"))
    #expect(list.contains("\"tier\":[0,1,1,-1]"))
    // By size, the one fact for comparison that is public and known: two small, one large.
    #expect(list.contains("{\"values\":[\"small\",\"large\"],\"of\":[0,0,-1,1]}"))
    let points = try #require(files["data/hygiene-points-0.js"])
    #expect(points.contains("[[10,4.5,0],\"\",\"005\",\"\",[],0,[],[["))
    #expect(points.contains("[[0,2,0],\"\",\"200\",\"\",[0,0],"))
    let facts = try #require(files["data/hygiene-rules.js"])
    #expect(facts.contains("[\"Size\",\"Health office\"]"))
  }

  @Test("never shows what is not public")
  func hidden() async throws {
    for (path, page) in try await published(sampleResults()) {
      for text in ["Evelyn", "Anne", "Bobby"] { #expect(!page.contains(text), "\(path)") }
    }
  }

  @Test(
    "cuts no cohort short while a smaller bound would not",
    arguments: [
      (4, [0, 1, 2, 3]), (3, [0, 1, 3]), (2, [0, 3]), (1, []), (0, []),
    ] as [(Int, [Int32])])
  func bound(most: Int, kept: [Int32]) {
    let all = [Status](repeating: .ranked, count: 4)
    #expect(carried(most, cohorts: [0, 0, 0, 1], tiers: [0, 0, 0, 0], all) == kept)
  }

  @Test("carries some of every tier and of all that wait, so that what is counted can be reached")
  func everyGroup() {
    let all = [Status](repeating: .ranked, count: 4)
    #expect(carried(2, cohorts: [0, 0, 0, 0], tiers: [0, 0, 1, 1], all) == [0, 2])
    let waits: [Status] = [.ranked, .ranked, .ranked, .pending]
    #expect(carried(3, cohorts: [0, 0, 0, 0], tiers: [0, 0, 0, 0], waits) == [0, 1, 3])
  }

  private func carried(
    _ most: Int, cohorts: [Int32], tiers: [Int16], _ statuses: [Status]
  ) -> [Int32] {
    var results = sampleResults()
    results.scorecards[0].cohorts = cohorts
    results.scorecards[0].tiers = tiers
    results.scorecards[0].statuses = statuses
    results.standings[0].order = [0, 1, 2, 3]
    var settings = ReportSettings(jobs: 1)
    settings.pageSubjects = most
    return PageList(results, 0, settings).entries
  }
}

/// All files of the page, by path.
private func published(_ results: RunResult) async throws -> [String: String] {
  let gaps = [ShownGaps(results.scorecards[0], subject: 0, pack: results.pack)]
  var files: [String: String] = [:]
  for document in pageDocuments(results, gaps, ReportSettings(jobs: 2), Papers()).map({ $0() }) {
    files[document.path] = String(decoding: try await bytes(document), as: UTF8.self)
  }
  return files
}
