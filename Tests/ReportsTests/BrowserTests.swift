import Foundation
import Testing

@testable import Reports

/// The published example in a real browser, opened from disk as officials open it.
@Suite(
  "The report page in Chromium", .serialized, .enabled(if: browser != nil, "no chromium found"))
struct BrowserTests {
  @Test(
    "shows what the address asks for, without an error",
    arguments: [
      ("", ["现在需要人处理的", "目标 80.0%", "按县区", "记录找不到所属主体", "推荐名单"]),
      ("lang=en", ["What needs a person now", "target 80.0%", "rows that belong to no known"]),
      ("ranking=party-building", ["class=\"interval\"", "示例诚信小吃店", "aria-sort=\"none\""]),
      (
        "ranking=party-building&subject=92410302PDY900499Q",
        ["缺什么，找谁补", "最近纳税信用级别", "合规信用", "第 9 行", "有异议怎么办", "暂定排名"]
      ),
      ("screening=honest-operator&lang=en", ["Quota line", "firm", "on hold"]),
      ("screening=contract-credit", ["异议中，冻结", "YY2018-01，2018-10-12提出", "改为推荐"]),
      (
        "ranking=contract-credit&subject=91410305PDY900528J&lang=en",
        ["Objections and decisions", "frozen by an objection", "not answered yet"]
      ),
      (
        "ranking=party-building&subject=91410311PDY9001144",
        ["更正：报送“没有场所”，更正为“共用区域阵地”"]
      ),
      ("view=findings&rule=unmatched", ["项中符合条件的 1 项"]),
      ("view=quarantine&lang=en", ["1 in all"]), ("view=files", ["registration/企业登记.xml"]),
      ("ranking=party-building&subject=nobody", ["heng explain"]),
    ])
  func views(hash: String, texts: [String]) async throws {
    let shown = try await open(example, hash: hash)
    #expect(shown.errors == [])
    for text in texts {
      let isThere = shown.page.contains(text)
      #expect(isThere, "\(text)")
    }
  }

  @Test("finds by name and by code, and says how many")
  func search() async throws {
    for words in ["诚信小吃", "92410303pdy900464l"] {
      let shown = try await open(example, hash: "ranking=party-building&q=\(words)")
      #expect(names(shown.page) == ["示例诚信小吃店"], "\(words)")
      #expect(shown.page.contains("项中符合条件的 1 项"))
    }
  }

  @Test("sorts by a column in both directions, and filters by tier and status")
  func sorting() async throws {
    let up = try await open(example, hash: "ranking=honest-operator&sort=score")
    let down = try await open(example, hash: "ranking=honest-operator&sort=score&desc=1")
    #expect(up.page.contains("aria-sort=\"ascending\""))
    #expect(down.page.contains("aria-sort=\"descending\""))
    let (rising, falling) = (scores(up.page), scores(down.page))
    #expect(rising.count == 49)
    #expect(rising == rising.sorted())
    #expect(falling == rising.reversed())
    let some = try await open(example, hash: "ranking=honest-operator&tier=0&status=0")
    #expect(names(some.page).count == 13)
  }

  @Test("shows names that look like markup as text")
  func hostileNames() async throws {
    try await withFolder { folder in
      _ = try await write(sampleResults(), to: folder, settings: ReportSettings(jobs: 2))
      let page = URL(filePath: folder)
      let list = try await open(page, hash: "ranking=hygiene")
      #expect(list.errors == [])
      #expect(list.page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      let subject = try await open(page, hash: "ranking=hygiene&subject=R3&lang=en")
      #expect(subject.errors == [])
      #expect(subject.page.contains("Health office"))
    }
  }

  @Test("prints all rows that match, not only the page that is shown")
  func printing() async throws {
    try await withFolder { folder in
      let file = folder + "/page.pdf"
      let hash = "ranking=party-building"
      let errors = try await chromium(
        ["--print-to-pdf=\(file)", "--no-pdf-header-footer"], example, hash: hash
      ).errors
      #expect(errors == [])
      let pdf = try Data(contentsOf: URL(filePath: file))
      #expect(pdf.starts(with: Data("%PDF".utf8)))
      #expect(pdf.count > 20_000)
    }
  }
}

private let example = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "reports/example-2018q3")

private let browser = ["chromium", "chromium-browser", "google-chrome"].lazy
  .map { "/usr/bin/" + $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }

private struct Shown {
  var page: String
  /// What the page wrote to the console.
  var errors: [String]
}

private func open(_ folder: URL, hash: String) async throws -> Shown {
  try await chromium(["--dump-dom"], folder, hash: hash)
}

private func chromium(_ options: [String], _ folder: URL, hash: String) async throws -> Shown {
  try await withFolder { scratch in
    var address = URLComponents()
    address.scheme = "file"
    address.host = ""
    address.path = folder.appending(path: "index.html").path(percentEncoded: false)
    address.fragment = hash
    let process = Process()
    process.executableURL = URL(filePath: try #require(browser))
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--virtual-time-budget=10000", "--enable-logging=stderr",
        "--user-data-dir=\(scratch)/profile",
      ] + options + [try #require(address.string)]
    let (page, log) = ("\(scratch)/page", "\(scratch)/log")
    for path in [page, log] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: page))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: log))
    try process.run()
    process.waitUntilExit()
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    let document = try String(contentsOfFile: page, encoding: .utf8)
    // What stands in the script is not what the reader sees.
    let start = document.range(of: "<div id=\"page\">")?.upperBound ?? document.endIndex
    let end = document.range(of: "<noscript>")?.lowerBound ?? document.endIndex
    return Shown(
      page: start < end ? String(document[start..<end]) : "",
      errors: lines.filter { $0.contains("CONSOLE") }.map { String($0) })
  }
}

/// The names in the rows of the list.
private func names(_ page: String) -> [String] {
  page.matches(of: #/<th scope="row"><a [^>]*>([^<]*)</a>/#).map { String($0.output.1) }
}

/// The scores in the rows of the list.
private func scores(_ page: String) -> [Double] {
  // Ranks stand in such cells too, but have no decimals.
  page.matches(of: #/<td class="number strong">([0-9]+\.[0-9]+)/#)
    .compactMap { Double($0.output.1) }
}
