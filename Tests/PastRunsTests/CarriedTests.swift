import Accountability
import Deliveries
import Foundation
import Pipeline
import Reports
import Requests
import Tables
import Testing

@testable import PastRuns

@Suite("Results of the run before, where facts are missing")
struct CarriedTests {
  /// Publishes a run of two shops under a rubric whose every rule carries.
  private func publish(
    _ id: String, previous: String? = nil, reviews: String, carries: Bool = true, in folder: String
  ) async throws -> Published {
    let delivery = try Shops.write(
      id, shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,3\nB2,Spoon,Side,9\n",
      reviews: "shop_name,street,stars\n" + reviews, to: folder)
    try """
    rubric: service
    title: Service
    edition: "1"
    basis: Invented
    subject: shop
    full: 10
    rounding: {decimals: 1}
    gates:
      - {id: G1, text: Has a star, require: stars >= 1, unknown: carry, basis: Invented, cure: Serve}
    indicators:
      - {id: S1, title: Stars, on: stars, bands: [['>= 3', 10], ['< 3', 4]], unknown: carry}
    caps:
      - {id: C1, text: Below three, when: stars < 3, tier-at-most: B, unknown: carry, basis: Invented}
    tiers:
      - {id: A, from: 4, title: Good}
      - {id: B, title: Fair}
    """.replacing("carry", with: carries ? "carry" : "withhold").write(
      toFile: folder + "/rules/shops/rubrics/service.yaml", atomically: true, encoding: .utf8)
    if let previous {
      let path = delivery + "/run.yaml"
      let plan = try String(contentsOfFile: path, encoding: .utf8)
      try (plan + "\nprevious: \(previous)\n").write(
        toFile: path, atomically: true, encoding: .utf8)
    }
    return try await run(
      Request(delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date()))
  }

  @Test(
    "are the points, gates and caps that the ledger has, whatever stands in the published files")
  func fromLedger() async throws {
    try await withTemporaryFolder { folder in
      _ = try await publish("q1", reviews: "Fork,Main,5\nSpoon,Side,2\n", in: folder)
      let table = folder + "/reports/q1/rankings/service.csv"
      try "nonsense".write(toFile: table, atomically: true, encoding: .utf8)
      let second = try await publish("q2", previous: "q1", reviews: "", in: folder)
      let card = second.evaluated.scorecards[0]
      #expect(card.parts[0].states == [.carried, .carried])
      #expect(card.parts[0].points.picked([0, 1], absent: 0) == [10_000, 4000])
      #expect(card.gates[0] == [.met, .met])
      #expect(card.caps[0] == [.free, .capped])
      #expect(card.tiers == [0, 1])
      // What was carried once is carried on.
      let third = try await publish("q3", previous: "q2", reviews: "", in: folder)
      #expect(third.evaluated.scorecards[0].parts[0].points == card.parts[0].points)
      #expect(third.evaluated.findings.filter { $0.rule == "nothing-carried" } == [])
    }
  }

  @Test("are a finding where the ledger keeps none of that run, and the rules wait")
  func nothing() async throws {
    try await withTemporaryFolder { folder in
      // Under the rules of then nothing was to be carried.
      _ = try await publish("q1", reviews: "Spoon,Side,5\n", carries: false, in: folder)
      let run = try await publish("q2", previous: "q1", reviews: "Fork,Main,5\n", in: folder)
      let card = run.evaluated.scorecards[0]
      #expect(card.parts[0].states == [.assessed, .withheld])
      let found = run.evaluated.findings.filter { $0.rule == "nothing-carried" }
      #expect(found.map(\.severity) == [.warning])
      #expect(found.first?.message.en.contains("none of run “q1”") == true)
      #expect(found.first?.cure.zh.contains("previous") == true)
    }
  }

  @Test("are those of the run as it was published, when it is verified")
  func verified() async throws {
    try await withTemporaryFolder { folder in
      _ = try await publish("q1", reviews: "Fork,Main,5\n", in: folder)
      let second = try await publish("q2", previous: "q1", reviews: "", in: folder)
      #expect(second.evaluated.scorecards[0].parts[0].states == [.carried, .withheld])
      _ = try await publish("q1", reviews: "Fork,Main,1\n", in: folder)
      let request = Request(
        delivery: folder + "/q2", reports: folder + "/reports", jobs: 1, started: Date())
      #expect(try await verify(run: "q2", request: request).differences == [])
    }
  }
}
