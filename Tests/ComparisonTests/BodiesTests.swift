import Accountability
import Deliveries
import Foundation
import Pipeline
import Requests
import Tables
import Testing

@testable import Comparison

@Suite("One body in two runs")
struct BodiesTests {
  private let head = "shop_id,shop_name,street,staff\n"
  private let reviews = "shop_name,street,stars\nFork,Main,5\nSpoon,Side,2\n"

  private func compared(_ after: String, said: String?, in folder: String) async throws
    -> RubricChange
  {
    let old = try Shops.write(
      "q1", shops: head + "A1,Fork,Main,5\nB2,Spoon,Side,10\nC3,Cup,Back,30\n",
      reviews: reviews, to: folder)
    var request = Request(delivery: old, reports: folder + "/reports", jobs: 1, started: Date())
    _ = try await run(request)
    let new = try Shops.write(
      "q2", shops: head + after, reviews: reviews, previous: "q1", successions: said, to: folder)
    request.delivery = new
    _ = try await run(request)
    let comparison = try await compareRuns("q1", "q2", request: request)
    return try #require(comparison.rubrics.first { $0.impact.id == "size" })
  }

  private func told(_ change: RubricChange) -> [String] {
    change.impact.moves.map { move in
      "\(move.subject) \(move.before.map { "\($0.score)" } ?? "–") \(move.after.map { "\($0.score)" } ?? "–")"
    }
  }

  @Test("is two where one code has another name and nobody has said that it is one")
  func renamed() async throws {
    let after = "A1,Spade,Main,20\nB2,Spoon,Side,10\nC3,Cup,Back,30\n"
    try await withTemporaryFolder { folder in
      let change = try await compared(after, said: nil, in: folder)
      #expect(told(change).filter { $0.hasPrefix("A1") } == ["A1 0 –", "A1 – 50000"])
      #expect((change.entered, change.left) == (1, 1))
      let history = try history(of: "A1", reports: folder + "/reports")
      let entries = try #require(history.rubrics.first { $0.id == "size" }).entries
      #expect(entries.map { $0.outcome?.score } == [nil, 50_000])
    }
    try await withTemporaryFolder { folder in
      let change = try await compared(
        after, said: "A1,A1,yes,the register,2019-01-15\n", in: folder)
      #expect(told(change).filter { $0.hasPrefix("A1") } == ["A1 0 50000"])
      let history = try history(of: "A1", reports: folder + "/reports")
      let entries = try #require(history.rubrics.first { $0.id == "size" }).entries
      #expect(entries.map { $0.outcome?.score } == [0, 50_000])
    }
  }

  @Test("is one under two codes where a person has said so, and its parts add up")
  func recoded() async throws {
    let after = "B2,Spoon,Side,10\nC3,Cup,Back,30\nX9,Fork,Main,20\n"
    try await withTemporaryFolder { folder in
      let change = try await compared(after, said: nil, in: folder)
      #expect((change.entered, change.left) == (1, 1))
    }
    try await withTemporaryFolder { folder in
      let change = try await compared(
        after, said: "X9,A1,yes,the register,2019-01-15\n", in: folder)
      #expect((change.entered, change.left) == (0, 0))
      #expect(told(change).filter { $0.hasPrefix("X9") } == ["X9 0 50000"])
      for (move, parts) in zip(change.impact.moves, change.parts) {
        #expect(parts.reduce(0) { $0 + $1.points } == move.scoreChange ?? 0, "\(move.subject)")
      }
      let history = try history(of: "X9", reports: folder + "/reports")
      let entries = try #require(history.rubrics.first { $0.id == "size" }).entries
      #expect(entries.map(\.run) == ["q1", "q2"])
      #expect(entries.map { $0.outcome?.score } == [0, 50_000])
    }
  }
}
