import Chromium
import Foundation
import Tables
import Testing

@testable import Reports

/// The published example in a real browser, opened from disk as officials open it.
@Suite("The report page in Chromium", .serialized, .needsChromium)
struct BrowserTests {
  let browser: Browser

  init() throws {
    browser = try Browser()
    try browser.resize(width: 1280)
  }

  @Test("shows what the address asks for, without an error")
  func views() throws {
    let cases: [(state: String, texts: [String])] = [
      (
        "",
        [
          "待办事项", "目标 80.0%", "按县区", "找不到所属主体", "推荐名单", "比上次的变化",
          "首次运行，没有可比的前次结果。",
        ]
      ),
      ("lang=en", ["To do", "target 80.0%", "no subject found"]),
      ("ranking=party-building", ["示例诚信小吃店", "名次区间", "92410303PDY900464L"]),
      (
        "ranking=party-building&subject=92410302PDY900499Q",
        ["缺什么，找谁补", "最近纳税信用级别", "合规信用", "第 9 行", "有异议怎么办", "暂定排名"]
      ),
      ("screening=honest-operator&lang=en", ["Quota line", "firm", "waiting for an opinion"]),
      ("screening=contract-credit", ["异议中，冻结", "YY2018-01，2018-10-12提出", "决定：推荐（"]),
      (
        "ranking=contract-credit&subject=91410305PDY900528J&lang=en",
        ["Objections and decisions", "frozen by an objection", "not answered yet"]
      ),
      (
        "ranking=party-building&subject=91410311PDY9001144",
        ["更正：报送“没有场所”，更正为“共用区域阵地”", "原文 没有场所", "原文 C39"]
      ),
      (
        "ranking=party-building&subject=91410311PDY9001144&lang=en", ["as delivered C39"]
      ),
      ("view=findings&rule=unmatched", ["项中符合条件的 1 项"]),
      ("view=quarantine&lang=en", ["1 in all"]), ("view=files", ["registration/企业登记.xml"]),
      ("view=findings", ["校验位不符", "来源矛盾", "年报与台账一致 A1"]),
      ("view=findings&lang=en", ["wrong check digit", "sources disagree"]),
      ("view=quarantine", ["被电子表格改写", "统一社会信用代码"]),
      ("ranking=party-building&subject=nobody", ["由运行人员出具告知书"]),
    ]
    for (state, texts) in cases {
      try browser.open(example, state: state)
      let page: String = try browser.evaluate("document.getElementById('page').innerText")
      for text in texts {
        let isThere = page.contains(text)
        #expect(isThere, "\(state): \(text)")
      }
    }
    #expect(browser.errors == [])
  }

  @Test("tells files, findings and rows in Chinese without ids of kinds, profiles and fields")
  func noIDs() throws {
    for view in ["view=findings", "view=quarantine", "view=files", ""] {
      try browser.open(example, state: view)
      let page: String = try browser.evaluate("document.getElementById('page').innerText")
      for id in [
        "bad-check-digit", "excel-mangled", "no-discrimination", "report_agrees", "market-xml",
        "“active”", "uscc",
      ] {
        let isThere = page.replacing("sources/market-xml", with: "")
          .replacing("（market-xml", with: "").contains(id)
        #expect(!isThere, "\(view): \(id)")
      }
    }
  }

  @Test("finds by name and by code as one types, and says how many")
  func search() throws {
    for words in ["诚信小吃", "92410303pdy900464l"] {
      try browser.open(example, state: "ranking=party-building")
      try browser.click("#search")
      try browser.type(words)
      #expect(try names() == ["示例诚信小吃店"], "\(words)")
      #expect(try text(".found").contains("项中符合条件的 1 项"))
      // The address keeps the search, so that it can be passed on.
      let state = try browser.evaluate("location.hash", as: String.self)
      #expect(state.contains("q="))
    }
  }

  @Test("sorts by a click on a heading, the other way by a second, and not at all by a third")
  func sorting() throws {
    try browser.open(example, state: "ranking=honest-operator")
    let published = try scores()
    let heading = "thead th:has(button):nth-of-type(5) button"
    try browser.click(heading)
    let falling = try scores()
    #expect(try text("[aria-sort=descending]").hasPrefix("得分"))
    try browser.click(heading)
    #expect(try text("[aria-sort=ascending]").hasPrefix("得分"))
    #expect(falling.count == 49)
    #expect(falling == falling.sorted(by: >))
    #expect(try scores() == falling.reversed())
    try browser.click(heading)
    #expect(try scores() == published)
    #expect(published != falling)
  }

  @Test("filters by tier, status and district, alone and together")
  func filters() throws {
    try browser.open(example, state: "ranking=honest-operator")
    try choose("#filter-tier", "AAA")
    try choose("#filter-status", "ranked")
    #expect(try names().count == 13)
    try choose("#filter-fact0", "老城区")
    let some = try names()
    #expect(0 < some.count && some.count < 13)
    try browser.open(example, state: "ranking=honest-operator&tier=AAA&status=ranked&fact0=老城区")
    #expect(try names() == some)
  }

  @Test("leads from each thing to do to as many rows as it counts, never to an empty list")
  func toDo() throws {
    for language in ["zh", "en"] {
      try browser.open(example, state: "lang=\(language)")
      let due: [String] = try browser.evaluate(
        "[...document.querySelectorAll('.due a')].map(a => a.querySelector('b').innerText + ' ' + a.getAttribute('href'))"
      )
      #expect(due.count > 3)
      for one in due {
        let parts = one.split(separator: " #", maxSplits: 1)
        let count = try #require(Int(parts[0].replacing(",", with: "")))
        try browser.open(example, state: String(parts[1]))
        let rows: Int = try browser.evaluate(
          "[...document.querySelectorAll('main tbody tr')].filter(row => !row.classList.contains('quota')).length"
        )
        let told: String = try browser.evaluate(
          "(document.querySelector('.found') || document.querySelector('main')).innerText")
        #expect(rows > 0, "\(one)")
        // Delivered files are told in a table of their own, and a returned row may have several
        // faults.
        guard !one.contains("view=files"), !one.contains("view=quarantine") else { continue }
        #expect(told.contains("\(count)"), "\(one): \(told)")
      }
    }
    #expect(browser.errors == [])
  }

  @Test("opens a subject by a click and goes back")
  func opening() throws {
    try browser.open(example, state: "ranking=party-building")
    try browser.click("tbody th a")
    #expect(try text("h2") == "示例诚信小吃店")
    try browser.click(".back a")
    #expect(try text("h2").hasPrefix("党建工作评价"))
    #expect(browser.errors == [])
  }

  @Test("switches the language and keeps the view and the focus")
  func language() throws {
    try browser.open(example, state: "ranking=party-building&tier=A")
    let chinese = try names()
    try browser.click("#language")
    #expect(try text(".found").contains("of 66 match"))
    #expect(try names() == chinese)
    #expect(try browser.evaluate("document.documentElement.lang") == "en")
    #expect(try browser.evaluate("document.activeElement.id") == "language")
    try browser.click("#language")
    #expect(try text(".found").contains("符合条件"))
  }

  @Test("is used by keyboard alone: skip link, sorting, a filter, a subject")
  func keyboard() throws {
    try browser.open(example, state: "ranking=party-building")
    try browser.press("Tab")
    #expect(try browser.evaluate("document.activeElement.className") == "skip")
    try browser.press("Enter")
    #expect(try browser.evaluate("document.activeElement.id") == "main")
    try tab(to: "document.activeElement.id === 'filter-tier'")
    try browser.press("ArrowDown")
    try browser.press("Enter")
    #expect(try browser.evaluate("document.getElementById('filter-tier').value") != "")
    try tab(to: "document.activeElement.matches('thead button')")
    try browser.press("Enter")
    // Whoever sorts again finds the heading where it was.
    #expect(try browser.evaluate("document.activeElement.matches('[aria-sort=ascending] button')"))
    try tab(to: "document.activeElement.matches('tbody a')")
    let name: String = try browser.evaluate("document.activeElement.textContent")
    try browser.press("Enter")
    #expect(try text("h2") == name)
    #expect(try browser.evaluate("document.activeElement.id") == "top")
  }

  @Test("shows names that look like markup as text, and a subject through the runs")
  func hostileNames() async throws {
    try await withFolder { folder in
      var results = sampleResults()
      results.earlier = [sampleEarlierRun()]
      _ = try await write(results, to: folder, settings: ReportSettings(jobs: 2))
      let page = URL(filePath: folder + "/index.html")
      try browser.open(page)
      try browser.click("summary")
      #expect(try text(".movers").contains("+4.5"))
      try browser.open(page, state: "ranking=hygiene")
      #expect(try names().contains("<script>alert(1)</script>"))
      #expect(try text("tbody tr").contains("▲ 1"))
      try browser.open(page, state: "ranking=hygiene&subject=R2&lang=en")
      #expect(try browser.evaluate("document.querySelectorAll('svg.line circle').length") == 2)
      #expect(try text("table.past").contains("+4.5"))
      try browser.open(page, state: "ranking=hygiene&subject=R3&lang=en")
      #expect(try text("main").contains("Health office"))
      #expect(try text("main").contains("None of the earlier runs"))
      #expect(browser.errors == [])
    }
  }

  // MARK: - What is on the page

  private func text(_ selector: String) throws -> String {
    try browser.evaluate("document.querySelector('\(selector)').innerText")
  }

  /// The names in the rows of the list.
  private func names() throws -> [String] {
    try browser.evaluate(
      "[...document.querySelectorAll('tbody th[scope=row] a')].map(one => one.textContent)")
  }

  /// The scores in the rows of the list.
  private func scores() throws -> [Double] {
    try browser.evaluate(
      """
      [...document.querySelectorAll('td.number.strong')]
        .map(one => one.firstChild.textContent).filter(one => /[.]/.test(one)).map(Number)
      """)
  }

  private func choose(_ select: String, _ value: String) throws {
    try browser.perform(
      """
      { const select = document.querySelector('\(select)'); select.value = '\(value)';
        select.dispatchEvent(new Event('change')); }
      """)
  }

  /// Presses the tabulator until the focus is where it should be.
  private func tab(to condition: String) throws {
    for _ in 0..<40 {
      try browser.press("Tab")
      if try browser.evaluate(condition, as: Bool.self) { return }
    }
    Issue.record("the tabulator never reaches \(condition)")
  }
}

/// The page of the published example.
let example = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "reports/example-2018q3/index.html")

/// The sample's subjects a year before: R2 second with less, R1 first with as much as now.
private func sampleEarlierRun() -> EarlierRun {
  func entry(_ score: Int32, _ rank: Int32) -> EarlierRanking.Entry {
    EarlierRanking.Entry(status: .ranked, score: score, rank: rank, tier: 0, cohortSize: 3)
  }
  let card = sampleResults().scorecards[0]
  var entries = [EarlierRanking.Entry?](repeating: nil, count: card.count)
  entries[1] = entry(card.scores[1] - 4500, 2)
  entries[0] = entry(card.scores[0], 1)
  return EarlierRun(
    id: "2017q3", title: "Inspections of 2017", asOf: "2017-09-30",
    rankings: [EarlierRanking(edition: "0", tiers: ["A", "B"], count: 3, entries: entries)])
}
