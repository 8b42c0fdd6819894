import Deliveries
import Foundation
import Reports
import Requests
import RulePacks
import Tables
import Testing

@testable import Pipeline

@Suite("Who delivered what")
struct ReturnsTests {
  private let shops = "shop_id,shop_name,street,staff\nA1,Fork,Main,5\nB2,Spoon,High,7\n"
  private let reviews =
    "shop_name,street,stars\nFork,Main,5\nSpoon,High,4\nKnife,Low,1\nCup,Low,2\nPan,Low,3\n"

  private func outcome(
    _ id: String, shops: String? = nil, reviews: String?, plan: String = "", in folder: String
  ) async throws -> Published {
    let delivery = try Shops.write(
      id, shops: shops ?? self.shops, reviews: reviews ?? "", to: folder + "/inputs")
    if reviews == nil { try FileManager.default.removeItem(atPath: delivery + "/reviews.csv") }
    let path = delivery + "/run.yaml"
    let written = try String(contentsOfFile: path, encoding: .utf8)
    try (written + "\n" + plan + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    return try await run(
      Request(delivery: delivery, reports: folder + "/reports", jobs: 2, started: Date()))
  }

  private func said(_ published: Published) -> [String] {
    published.evaluated.findings.filter {
      ["not-delivered", "fewer-rows", "previous-not-published"].contains($0.rule)
    }.map(\.message.en)
  }

  @Test("is compared with the run before: what does not come, and what comes with half of its rows")
  func before() async throws {
    try await withTemporaryFolder { folder in
      let first = try await outcome("q1", reviews: reviews, in: folder)
      #expect(said(first).isEmpty)
      #expect(first.evaluated.returns.map(\.state) == [.delivered, .delivered])
      let without = try await outcome("q2", reviews: nil, plan: "previous: q1", in: folder)
      #expect(said(without).count == 1)
      #expect(said(without).first?.contains("not now: “Reviews” (reviews)") == true)
      let lines = without.evaluated.returns
      #expect(lines.map(\.state).sorted { $0.rawValue < $1.rawValue } == [.delivered, .missing])
      let page = try String(contentsOfFile: without.folder + "/index.html", encoding: .utf8)
      #expect(page.contains("[\"未报送\",\"not delivered\"]"))
      let fewer = try await outcome(
        "q3", reviews: "shop_name,street,stars\nFork,Main,5\n", plan: "previous: q1", in: folder)
      #expect(said(fewer).first?.contains("has 1 rows, less than half of the 5") == true)
      let none = try await outcome(
        "q4", reviews: "shop_name,street,stars\n", plan: "previous: q1", in: folder)
      #expect(none.evaluated.returns.contains { $0.state == .nilReturn && $0.before == 5 })
    }
  }

  @Test("is compared with what run.yaml expects")
  func expected() async throws {
    try await withTemporaryFolder { folder in
      let plan = "expected: [{profile: reviews}, {record: shop_record}]"
      #expect(said(try await outcome("q1", reviews: reviews, plan: plan, in: folder)).isEmpty)
      let without = try await outcome("q2", reviews: nil, plan: plan, in: folder)
      #expect(
        said(without).first?.contains("of run.yaml expects was not delivered: Reviews") == true)
      let empty = try await outcome(
        "q3", reviews: "shop_name,street,stars\n", plan: plan, in: folder)
      #expect(said(empty).isEmpty)
      let unknown = await #expect(throws: RunFailure.self) {
        _ = try await outcome("q4", reviews: reviews, plan: "expected: [{profile: no}]", in: folder)
      }
      #expect(unknown?.exitStatus == 2)
    }
  }

  @Test("asks for a run before that exists: published, or at least beside the delivery")
  func previous() async throws {
    try await withTemporaryFolder { folder in
      let failure = await #expect(throws: RunFailure.self) {
        // Told before any file is read: the other fault of this delivery is not reached.
        _ = try await outcome("q2", reviews: "not a table", plan: "previous: q9", in: folder)
      }
      #expect(failure?.exitStatus == 2)
      #expect(failure?.messages.first?.en.contains("“q9”, which does not exist") == true)
      _ = try Shops.write("q1", shops: shops, reviews: reviews, to: folder + "/inputs")
      let done = try await outcome("q2", reviews: reviews, plan: "previous: q1", in: folder)
      #expect(said(done).first?.contains("“q1”, has not been published here") == true)
    }
  }
}
