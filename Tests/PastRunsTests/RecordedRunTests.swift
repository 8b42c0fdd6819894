import Deliveries
import Foundation
import Pipeline
import Requests
import Tables
import Testing

@testable import PastRuns

@Suite("A run as it was recorded")
struct RecordedRunTests {
  /// A published run, and what asks for it.
  private func publish(in folder: String) async throws -> Request {
    let delivery = try Shops.write(
      "q1", shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,5\n",
      reviews: "shop_name,street,stars\nFork,Main,5\n", to: folder)
    let request = Request(
      delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
    _ = try await run(request)
    return request
  }

  @Test(
    "is told apart from one that never was, where its delivery no longer lies where it was read")
  func deliveryIsGone() async throws {
    try await withTemporaryFolder { folder in
      let request = try await publish(in: folder)
      #expect(try delivery(of: "q1", request: request) == request.delivery)
      try FileManager.default.moveItem(atPath: request.delivery, toPath: folder + "/elsewhere")
      let gone = #expect(throws: RunFailure.self) { try delivery(of: "q1", request: request) }
      #expect(
        gone?.messages.first?.en.contains(
          "“\(request.delivery)”, which run “q1” read when it was published, is no longer there")
          == true)
      let never = #expect(throws: RunFailure.self) { try delivery(of: "q9", request: request) }
      #expect(never?.messages.first?.en.contains("no delivery of a run “q9” was found") == true)
    }
  }

  @Test("is told apart from one whose delivery lacks its plan")
  func planIsGone() async throws {
    try await withTemporaryFolder { folder in
      let request = try await publish(in: folder)
      try FileManager.default.removeItem(atPath: request.delivery + "/run.yaml")
      let gone = #expect(throws: RunFailure.self) { try delivery(of: "q1", request: request) }
      #expect(gone?.messages.first?.en.contains("“\(request.delivery)/run.yaml”, which") == true)
    }
  }

  @Test("names a file that it read and that is gone, and does not call it changed")
  func fileIsGone() async throws {
    try await withTemporaryFolder { folder in
      let request = try await publish(in: folder)
      try FileManager.default.removeItem(atPath: request.delivery + "/reviews.csv")
      let now = try await evaluate(request)
      let gone = #expect(throws: RunFailure.self) {
        try requireUnchanged(now, run: "q1", request: request)
      }
      #expect(
        gone?.messages.first?.en.hasPrefix(
          "\(request.delivery)/reviews.csv: the run read this file when it was published, and it is "
            + "no longer there") == true)
    }
  }
}
