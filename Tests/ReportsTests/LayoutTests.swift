import Chromium
import Foundation
import Testing

/// Every view of the published example, by its state in the address.
let exampleViews = [
  "", "ranking=party-building", "ranking=party-building&subject=92410302PDY900499Q",
  "screening=honest-operator", "view=findings", "view=quarantine", "view=files",
]

@Suite("How the report page is laid out", .serialized, .needsChromium)
struct LayoutTests {
  let browser: Browser

  init() throws {
    browser = try Browser()
    try browser.resize(width: 1280)
  }

  @Test(
    "fits the window, and nothing lies over anything else",
    arguments: [360, 768, 1280, 1920, 2560])
  func widths(width: Int) throws {
    try browser.resize(width: width)
    for view in exampleViews {
      for language in ["zh", "en"] {
        try browser.open(example, state: view + "&lang=\(language)")
        let wide: Int = try browser.evaluate("document.documentElement.scrollWidth")
        #expect(wide <= width, "\(view) \(language)")
        let overlaps: [String] = try browser.evaluate(overlapping)
        #expect(overlaps == [], "\(view) \(language)")
      }
    }
    #expect(browser.errors == [])
  }

  @Test("prints a ranking on a few pages of A4, with the heads on every page")
  func printing() throws {
    try browser.open(example, state: "ranking=party-building")
    let pdf = try browser.print()
    let pages = try #require(pageCount(of: pdf))
    #expect((2...4).contains(pages))
    #expect(mediaBoxes(of: pdf) == ["595 842"])
    try browser.call("Emulation.setEmulatedMedia", ["media": "print"])
    let head: String = try browser.evaluate(
      "getComputedStyle(document.querySelector('thead')).display")
    #expect(head == "table-header-group")
  }

  @Test("prints all rows that match, not only those that are shown", .needsPDFToText)
  func printedRows() throws {
    try browser.open(example, state: "ranking=party-building")
    #expect(try browser.evaluate("document.querySelectorAll('tbody tr').length") == 50)
    let pdf = try browser.print()
    let texts = try pageTexts(of: pdf)
    #expect(texts.count == pageCount(of: pdf))
    let ids: [String] = try browser.evaluate(
      "listOf(run.rankings[0]).then(list => list.table.texts('subject'))")
    #expect(ids.count == 66)
    let all = texts.joined()
    #expect(ids.filter { !all.contains($0) } == [])
    for text in texts where text.contains("PDY") {
      #expect(text.contains("名次区间"))
    }
  }

  @Test("prints one subject on no more than six pages, the overview on no more than four")
  func shortPrints() throws {
    for (view, most) in [("", 4), (exampleViews[2], 6)] {
      try browser.open(example, state: view)
      let pages = try #require(pageCount(of: try browser.print()))
      #expect((1...most).contains(pages), "\(view)")
    }
  }
}

/// Pairs of neighbouring texts whose boxes share more than a hair's breadth.
private let overlapping = """
  (() => {
    const shown = [...document.querySelectorAll('#page *')].filter(one =>
      !one.closest('.unseen, .skip, svg, .track, .interval, [aria-hidden], select') &&
      [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
    const boxes = shown.flatMap(one => [...one.childNodes]
      .filter(node => node.nodeType === 3 && node.data.trim()).map(node => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [one, [...range.getClientRects()]];
      }));
    // What lies in a frame that scrolls may be cut off there, but not cover anything.
    const found = [];
    const all = boxes.flatMap(([one, rects]) => rects.map(rect => ({one, rect})));
    all.sort((left, right) => left.rect.top - right.rect.top);
    for (let at = 0; at < all.length; at += 1) {
      for (let next = at + 1; next < all.length; next += 1) {
        const [a, b] = [all[at], all[next]];
        if (b.rect.top > a.rect.bottom - 4) break;
        if (a.one === b.one || a.one.contains(b.one) || b.one.contains(a.one)) continue;
        if (a.one.closest('.scroll') !== b.one.closest('.scroll')) continue;
        const wide = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
        const high = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top);
        if (wide > 2 && high > 6) {
          found.push(a.one.textContent.slice(0, 30) + ' | ' + b.one.textContent.slice(0, 30));
        }
      }
    }
    return found.slice(0, 5);
  })()
  """

/// Nil for what is no PDF.
private func pageCount(of pdf: Data) -> Int? {
  guard pdf.starts(with: Data("%PDF".utf8)) else { return nil }
  let text = String(decoding: pdf, as: UTF8.self)
  return text.ranges(of: "/Type /Page").count - text.ranges(of: "/Type /Pages").count
}

/// Sizes of the pages, in points, rounded.
private func mediaBoxes(of pdf: Data) -> Set<String> {
  let text = String(decoding: pdf, as: UTF8.self)
  return Set(
    text.matches(of: #/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]/#).map { match in
      [match.1, match.2].map { String(Int((Double($0) ?? 0).rounded())) }.joined(separator: " ")
    })
}

/// What stands on each page.
private func pageTexts(of pdf: Data) throws -> [String] {
  let file = FileManager.default.temporaryDirectory.appending(path: "heng-\(UUID().uuidString).pdf")
  defer { try? FileManager.default.removeItem(at: file) }
  try pdf.write(to: file)
  let process = Process()
  process.executableURL = URL(filePath: try #require(pdfToText))
  process.arguments = ["-layout", file.path, "-"]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  // A page ends with a form feed.
  return text.split(separator: "\u{0C}").map { String($0) }
}
