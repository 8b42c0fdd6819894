import Deliveries
import Foundation
import Pipeline
import Requests
import Tables
import Testing

@testable import Comparison

@Suite("What a rule reads that is another than before")
struct FactMoveTests {
  private let roll = "shop_id,shop_name,street,staff\nA1,Fork,Main,5\nB2,Spoon,Main,10\n"

  private func compared(_ before: String, _ after: String, in folder: String) async throws
    -> RunComparison
  {
    let head = "shop_name,street,stars\n"
    let old = try Shops.write("q1", shops: roll, reviews: head + before, to: folder)
    let new = try Shops.write("q2", shops: roll, reviews: head + after, to: folder)
    return try await compareRuns(
      old, new,
      request: Request(delivery: new, reports: folder + "/reports", jobs: 1, started: Date()))
  }

  @Test(
    "is told with both values and the points that it brings or takes",
    arguments: [
      (
        "Fork,Main,5\n", "Fork,Main,2\n",
        Bilingual(
          zh: "指标 S1 Stars：由“5”变为“2”，−6 分",
          en: "indicator S1 Stars: from “5” to “2”, −6 points")
      ),
      (
        "Spoon,Main,5\n", "Fork,Main,5\nSpoon,Main,5\n",
        Bilingual(
          zh: "指标 S1 Stars：由“未报送”变为“5”，+10 分",
          en: "indicator S1 Stars: from “not stated” to “5”, +10 points")
      ),
    ])
  func told(before: String, after: String, sentence: Bilingual) async throws {
    try await withTemporaryFolder { folder in
      let comparison = try await compared(before, after, in: folder)
      let service = try #require(comparison.rubrics.first { $0.impact.id == "service" })
      let move = try #require(service.impact.moves.first { $0.subject == "A1" })
      let told = move.causes.map {
        $0.withPoints(by: service.impact.labels, isEdited: false)
      }
      #expect(told == [sentence])
      // Machines read the rule and the points as before.
      #expect(move.causes.map(\.withPoints.en).allSatisfy { !$0.contains("from") })
    }
  }

  @Test("is nothing where the fact says the same and only others moved")
  func others() async throws {
    try await withTemporaryFolder { folder in
      let comparison = try await compared(
        "Fork,Main,2\nSpoon,Main,5\n", "Fork,Main,2\nSpoon,Main,1\n", in: folder)
      let service = try #require(comparison.rubrics.first { $0.impact.id == "service" })
      let fork = try #require(service.impact.moves.first { $0.subject == "A1" })
      #expect(fork.causes.allSatisfy { $0.facts.isEmpty })
      #expect(fork.isByOthers)
      #expect(service.ownFirst.map { service.impact.moves[$0].subject } == ["B2"])
    }
  }
}
