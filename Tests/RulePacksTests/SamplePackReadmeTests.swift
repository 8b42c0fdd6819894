import Foundation
import Testing

@testable import RulePacks

@Suite("The page of the sample pack about its scheme")
struct SamplePackReadmeTests {
  private static let folder = repository + "/inputs/rules/luoyang-2018"

  /// Rows of all tables that have so many cells, without their headings.
  private static func rows(of cells: Int) throws -> [[String]] {
    let page = try String(contentsOfFile: folder + "/README.md", encoding: .utf8)
    return page.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("| "), !line.hasPrefix("| ---"), !line.hasPrefix("| 来源条") else {
        return nil
      }
      let found = line.split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      return found.count == cells ? found : nil
    }
  }

  /// The words between backquotes.
  private static func words(_ text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  @Test("has all twenty systems and every entry of the source")
  func complete() throws {
    let page = try String(contentsOfFile: Self.folder + "/README.md", encoding: .utf8)
    let systems = page.split(separator: "\n").filter { $0.hasPrefix("## ") && $0.contains("、") }
    #expect(systems.count == 20)
    var entries: Set<Int> = []
    for row in try Self.rows(of: 7) + Self.rows(of: 3) {
      for part in row[0].split(separator: "、") {
        let ends = part.split(separator: "–").compactMap { Int($0) }
        let (first, last) = (try #require(ends.first), try #require(ends.last))
        entries.formUnion(first...last)
      }
    }
    #expect(Set(1...57).subtracting(entries) == [])
  }

  @Test("names profiles, fields, rules, statistics and files that are there")
  func named() throws {
    let pack = try loadRulePack(at: Self.folder)
    let profiles = Set(pack.sources.map(\.id))
    let fields = Set(pack.records.flatMap { $0.fields.map(\.id) })
    let facts = Set(pack.derivations.map(\.id))
    let statistics = Set(pack.statistics.map(\.id))
    var rules: Set<String> = []
    for rubric in pack.rubrics {
      let parts = rubric.gates.map(\.id) + rubric.parts.map(\.id) + rubric.caps.map(\.id)
      rules.formUnion(parts.map { rubric.id + "." + $0 })
    }
    let rows = try Self.rows(of: 7)
    #expect(rows.count > 40)
    for row in rows {
      for word in Self.words(row[2]) { #expect(profiles.contains(word), "profile `\(word)`") }
      for word in Self.words(row[3]) { #expect(fields.contains(word), "field `\(word)`") }
      for word in Self.words(row[4]) {
        #expect(facts.contains(word) || rules.contains(word), "rule `\(word)`")
      }
      var file = ""
      for word in Self.words(row[5]) {
        if word.hasSuffix(".csv") {
          file = word
        } else if file == "statistics.csv" {
          #expect(statistics.contains(word), "statistic `\(word)`")
        } else {
          let rubric = file.dropFirst("rankings/".count).dropLast(".csv".count)
          #expect(rules.contains("\(rubric).\(word)"), "column `\(word)` of \(file)")
        }
      }
      let isComputed = row[2] != "—"
      #expect(isComputed || !row[6].isEmpty && row[6] != "—", "\(row[1]) has no reason")
    }
  }

  @Test("has a place for every statistic of the pack")
  func statistics() throws {
    let page = try String(contentsOfFile: Self.folder + "/README.md", encoding: .utf8)
    let words = Set(Self.words(page))
    let left = try loadRulePack(at: Self.folder).statistics.map(\.id).filter {
      !words.contains($0)
    }
    #expect(left == [])
  }
}
