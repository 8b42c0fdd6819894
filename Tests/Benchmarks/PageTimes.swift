import Chromium
import Foundation

/// How a published page feels in headless Chromium, best of several tries.
struct PageTimes {
  /// Milliseconds from the start of the navigation until something is seen.
  var overviewPaint = Double.infinity
  var rankingPaint = Double.infinity
  /// Until the rows of the largest ranking are there.
  var rankingShown = Double.infinity
  /// Milliseconds from a key until its rows are drawn, the slowest of several words.
  var search = Double.infinity
  var sort = Double.infinity
  var subject = Double.infinity
  /// Bytes of the JavaScript heap, and of the tab: its own, and all that are resident.
  var heap = 0
  var memory = (own: 0, resident: 0)
  var ranking = ""
  var subjects = 0
}

func pageTimes(of page: URL, tries: Int = 3) throws -> PageTimes {
  struct Largest: Decodable {
    var id: String
    var carried: Int
  }
  var times = PageTimes()
  for _ in 0..<tries {
    let browser = try Browser()
    try browser.resize(width: 1280)
    try browser.call("Page.addScriptToEvaluateOnNewDocument", ["source": noteRows])
    try browser.open(page)
    times.overviewPaint = min(times.overviewPaint, try firstPaint(browser))
    let largest: Largest = try browser.evaluate(
      """
      run.rankings.map(({id, carried}) => ({id, carried}))
        .reduce((one, other) => other.carried > one.carried ? other : one)
      """)
    times.ranking = largest.id
    times.subjects = largest.carried
    try browser.open(page, state: "ranking=\(largest.id)")
    times.rankingPaint = min(times.rankingPaint, try firstPaint(browser))
    times.rankingShown = min(times.rankingShown, try browser.evaluate("shownAfter"))
    var slowest = 0.0
    for words in ["公", "有限公司", "914", "星家人", "没有这个名字", ""] {
      slowest = max(
        slowest,
        try browser.evaluate(
          drawn(after: "search.value = '\(words)'; search.dispatchEvent(new Event('input'))")))
    }
    times.search = min(times.search, slowest)
    times.sort = min(
      times.sort,
      try browser.evaluate(
        drawn(after: "[...document.querySelectorAll('thead button')].at(-1).click()")))
    times.heap = max(times.heap, try browser.evaluate("performance.memory.usedJSHeapSize"))
    let name: String = try browser.evaluate(
      "document.querySelector('tbody a').getAttribute('href')")
    try browser.perform("window.asked = performance.now(); location.hash = '\(name)'")
    while try !browser.evaluate("!!document.querySelector('.verdict')", as: Bool.self) {}
    times.subject = min(times.subject, try browser.evaluate("performance.now() - window.asked"))
    let memory = try browser.memory()
    times.memory = (max(times.memory.own, memory.own), max(times.memory.resident, memory.resident))
  }
  return times
}

private func firstPaint(_ browser: Browser) throws -> Double {
  try browser.evaluate(
    """
    new Promise(done => {
      const look = () => {
        const paint = performance.getEntriesByName('first-contentful-paint')[0];
        if (paint) done(paint.startTime); else setTimeout(look, 5);
      };
      look();
    })
    """)
}

/// Notes when the first rows of a list stand on the page.
private let noteRows = """
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.listing tbody tr')) return;
    window.shownAfter = performance.now();
    observer.disconnect();
  }).observe(document, {childList: true, subtree: true});
  """

/// Milliseconds from an action until the frame that shows its effect has been drawn.
private func drawn(after action: String) -> String {
  """
  (async () => {
    const search = document.getElementById('search');
    const begin = performance.now();
    \(action);
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - begin;
  })()
  """
}
