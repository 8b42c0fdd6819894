import Expressions
import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("Delivered ratings beside computed tiers")
struct ComparedRatingsTests {
  /// The sample's places with a fact that says what an inspector wrote.
  private static func results(_ written: [String]) throws -> RunResult {
    var results = sampleResults()
    let subject = results.rubric(of: 0).subject
    let slot = try #require(
      results.pack.subjects[subject].facts.firstIndex {
        $0.type == .string && $0.sensitivity == .open && $0.codes == nil
      })
    results.pack.rubrics[results.scorecards[0].rubric].comparedWith = slot
    var column = TextColumn()
    for text in written {
      if text.isEmpty { column.appendAbsent(.notStated) } else { column.append(text) }
    }
    results.dossiers.subjects[subject].facts[slot] = .own(.text(column))
    return results
  }

  @Test("are listed where both are known and differ, and counted in pairs with what is missing")
  func counted() async throws {
    let plain = sampleResults()
    let card = plain.scorecards[0]
    let tiers = plain.rubric(of: 0).tiers
    let count = plain.dossiers.subjects[plain.rubric(of: 0).subject].count
    #expect(tiers.count > 1)
    let results = try Self.results(Array(repeating: tiers[tiers.count - 1].id, count: count))
    let compared = try #require(ComparedRatings(results, 0))
    let ranked = card.subjects.indices.filter { card.statuses[$0].hasRank }
    let other = ranked.filter { Int(card.tiers[$0]) != tiers.count - 1 }
    #expect(Set(compared.differing(results).map { Int($0) }) == Set(other))
    #expect(compared.counts.reduce(0) { $0 + $1.count } == card.count)
    let rows = try await rows(differingRatings(results).separated)
    #expect(rows.count == other.count + 1)
    #expect(rows[0] == "rubric,subject,name,delivered,computed,direction,score,reasons")
    #expect(rows.dropFirst().allSatisfy { $0.contains(",higher,") })
    let sums = results.comparedRatingCounts
    #expect(sums.count == 1 && sums[0].differ == other.count)
    #expect(sums[0].same == ranked.count - other.count)
  }

  @Test("are not told of those of whom nothing was delivered or who have no rank")
  func missing() throws {
    let count = sampleResults().dossiers.subjects[sampleResults().rubric(of: 0).subject].count
    let results = try Self.results(Array(repeating: "", count: count))
    let compared = try #require(ComparedRatings(results, 0))
    #expect(compared.differing(results).isEmpty)
    #expect(compared.counts.allSatisfy { $0.delivered < 0 && $0.computed >= 0 })
    #expect(ComparedRatings(sampleResults(), 0) == nil)
  }
}
