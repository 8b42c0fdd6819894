import Chromium
import Foundation
import Tables
import Testing

@testable import Reports

@Suite struct ComparePageTests {
  private func page(_ name: String, moves: Int = 1) -> String {
    let (a, b) = (Bilingual(zh: "甲等", en: "tier A"), Bilingual(zh: "乙等", en: "tier B"))
    let move = ComparedRuns.Move(
      subject: "R1", name: name, place: (b, a), score: (60_000, 72_500), rank: (12, nil),
      because: [Bilingual(zh: "数据 +12.5", en: "data +12.5")],
      rules: [Bilingual(zh: "指标 S1 +12.5", en: "indicator S1 +12.5")], moreRules: 4)
    let ranking = ComparedRuns.Ranking(
      title: "Hygiene", counts: [(Bilingual(zh: "对象", en: "subjects"), 1234)],
      reasons: [
        ComparedRuns.Reason(
          title: Bilingual(zh: "数据", en: "data"), subjects: 7, up: 12_500, down: -5000)
      ],
      places: [a, b], matrix: [[5, 0], [2, 0]], moves: Array(repeating: move, count: moves),
      omitted: 3)
    let runs = ComparedRuns(
      title: Bilingual(zh: "两次运行之间的变化", en: "What changed between two runs"),
      before: "q2 · 2018-06-30 · kitchens 1", after: "q3 · 2018-09-30 · kitchens 2",
      order: Bilingual(zh: "顺序", en: "order"), rankings: [ranking])
    return String(decoding: comparePage(runs, in: .en), as: UTF8.self)
  }

  @Test(
    "tells both runs, counts, reasons, who changed and through what, in both languages",
    arguments: [
      "q2 · 2018-06-30 · kitchens 1", "q3 · 2018-09-30", "1,234", "对象", "subjects", "+12.5", "−5",
      "60 → 72.5", "12 → —", "乙等 → 甲等", "tier B → tier A", "indicator S1 +12.5", "3 more", "另有 4 条",
      "--up:50%;--down:20%",
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
