import Chromium
import Foundation
import Testing

@Suite(
  "Whoever cannot see the page or use a mouse", .serialized, .needsChromium, .needsAxeCore)
struct AccessibilityTests {
  private struct Outcome: Decodable {
    var version: String
    var passes: Int
    /// Rule, impact and the first element, of each violation.
    var violations: [String]
  }

  @Test(
    "meets no violation of WCAG 2.2 at level A or AA, in any view, language and light",
    arguments: [360, 1280])
  func axe(width: Int) throws {
    let script = try String(contentsOf: axeCore, encoding: .utf8)
    let browser = try Browser()
    try browser.resize(width: width)
    var passes = 0
    var version = ""
    for isDark in [false, true] {
      try browser.prefer(dark: isDark)
      for view in exampleViews {
        for language in ["zh", "en"] {
          try browser.open(example, state: view + "&lang=\(language)")
          try browser.perform(script)
          let outcome: Outcome = try browser.evaluate(
            """
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})
              .then(({passes, violations}) => ({version: axe.version, passes: passes.length,
                violations: violations.map(({id, impact, nodes}) =>
                  `${id} (${impact}) ${nodes[0].html}`)}))
            """)
          let light = isDark ? "dark" : "light"
          #expect(outcome.violations == [], "\(view) \(language) \(light)")
          #expect(outcome.passes >= 20)
          passes += outcome.passes
          version = outcome.version
        }
      }
    }
    print("axe-core \(version): 0 violations, \(passes) passes in 28 views of \(width) pixels")
  }
}
