import Foundation
import Testing

@testable import RulePacks

@Suite("The keys of a pack")
struct PackKeysTests {
  @Test("are all explained in inputs/rules/README.md", arguments: PackKeys.all.map(\.place))
  func documented(place: String) throws {
    let page = try String(contentsOfFile: repository + "/inputs/rules/README.md", encoding: .utf8)
    let words = codeWords(of: page)
    let keys = PackKeys.all.first { $0.place == place }?.keys ?? []
    #expect(!keys.isEmpty)
    for key in keys { #expect(words.contains(key), "\(place): `\(key)` is not explained") }
  }

  @Test("stand once in their place")
  func distinct() {
    for (place, keys) in PackKeys.all { #expect(Set(keys).count == keys.count, "\(place)") }
    #expect(Set(PackKeys.all.map(\.place)).count == PackKeys.all.count)
  }

  /// The words between backquotes.
  private func codeWords(of page: String) -> Set<String> {
    var words: Set<String> = []
    for (index, span) in page.split(separator: "`", omittingEmptySubsequences: false).enumerated()
    where index % 2 == 1 {
      for word in span.split(whereSeparator: {
        !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_"
      }) {
        words.insert(String(word))
      }
    }
    return words
  }
}
