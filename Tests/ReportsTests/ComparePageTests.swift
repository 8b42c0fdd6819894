import Chromium
import Foundation
import Tables
import Testing

@testable import Reports

@Suite struct ComparePageTests {
  private func page(_ name: String, moves: Int = 1) -> String {
    String(decoding: comparePage(comparedRuns(name, moves: moves), in: .en), as: UTF8.self)
  }

  @Test(
    "tells both runs, counts, reasons, who changed and through what, in both languages",
    arguments: [
      "q2 · 2018-06-30 · kitchens 1", "q3 · 2018-09-30", "1,234", "对象", "subjects",
      "<td class=number>60 → 72.5</td>", "乙等 → 甲等", "tier B → tier A",
      "<div><span class=zh lang=zh>指标 S1</span><span class=en lang=en>indicator S1</span></div>",
      "3 more;", "另有 4 条", "--up:50%;--down:20%", "2 more did not change themselves",
      "Street 0", "Street 4", "7 more; --xlsx",
    ])
  func content(text: String) { #expect(page("Fork").contains(text)) }

  @Test("loads nothing, and lets no name begin an element")
  func inert() {
    let page = page("<script>alert(1)</script>")
    #expect(page.contains("&lt;script&gt;alert(1)"))
    #expect(page.contains("default-src 'none'"))
    for reference in ["http:", "https:", "src=", "@import", "url("] {
      let isThere = page.contains(reference)
      #expect(!isThere, "\(reference)")
    }
  }

  @Test("fits a telephone and paper, and switches its language", .needsChromium)
  func inBrowser() async throws {
    try await withFolder { folder in
      let file = URL(filePath: folder + "/changes.html")
      try Data(page("Fork & Knife", moves: 80).utf8).write(to: file)
      let browser = try Browser()
      try browser.resize(width: 360)
      try browser.open(file)
      #expect(try browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
      let before: String = try browser.evaluate("document.body.innerText")
      try browser.click("nav button")
      let after: String = try browser.evaluate("document.body.innerText")
      #expect(before.contains("tier B → tier A") && !before.contains("乙等"))
      #expect(after.contains("乙等 → 甲等") && !after.contains("tier B"))
      #expect(try browser.print().starts(with: Data("%PDF".utf8)))
      #expect(browser.errors == [])
    }
  }
}
