import Testing

@testable import Reports

@Suite struct PageTests {
  @Test("shows delivered names as text, never as markup")
  func escaping() async throws {
    let page = try await html(sampleResults())
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("丁 &amp; 店"))
    #expect(page.contains("Bistro, &quot;old&quot;"))
    #expect(page.contains("<title>Spring &lt;round&gt;</title>"))
  }

  @Test("loads nothing from anywhere")
  func selfContained() async throws {
    let page = try await html(sampleResults())
    #expect(page.contains("default-src 'none'"))
    for reference in ["http:", "https:", "src=", "@import", "url("] {
      #expect(!page.contains(reference))
    }
  }

  @Test(
    "says who asked, by what right, and where to appeal; and links to every table",
    arguments: [
      "inspection", "Food Act § 5", "2018-09-30", "office@example.org",
      "href=\"rankings/hygiene.csv\"", "href=\"screening/star.csv\"", "href=\"quarantine.csv\"",
      "66.7%", "2 / 3", "hygiene of 5 or better", "14.5",
    ])
  func content(text: String) async throws {
    let page = try await html(sampleResults())
    #expect(page.contains(text))
  }

  @Test("never shows what is not public")
  func hidden() async throws {
    let page = try await html(sampleResults())
    for text in ["Evelyn", "Anne", "Bobby"] { #expect(!page.contains(text)) }
  }

  @Test("opens and closes elements in pairs")
  func balance() async throws {
    let page = try await html(sampleResults())
    for name in ["table", "tbody", "tr", "td", "div", "p", "span", "a", "dl", "section", "b"] {
      let opened = page.ranges(of: "<\(name)>").count + page.ranges(of: "<\(name) ").count
      #expect(opened == page.ranges(of: "</\(name)>").count, "\(name)")
    }
  }

  @Test(
    "sets thousands apart",
    arguments: [
      (0, "0"), (999, "999"), (8_669, "8,669"), (1_000_000, "1,000,000"), (-1_234, "-1,234"),
    ])
  func groups(number: Int, text: String) {
    #expect(grouped(number) == text)
  }
}

private func html(_ results: Results) async throws -> String {
  let gaps = [ShownGaps(results.scorecards[0], subject: 0, pack: results.pack)]
  return String(decoding: try await bytes(page(results, gaps)), as: UTF8.self)
}
