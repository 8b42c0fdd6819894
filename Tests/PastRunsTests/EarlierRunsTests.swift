import Accountability
import Deliveries
import Foundation
import Pipeline
import Requests
import Tables
import Testing

@testable import PastRuns

@Suite("The runs before a run, on its page")
struct EarlierRunsTests {
  /// Publishes three quarters, each with another number of staff, that name one another.
  private func quarters(in folder: String) async throws -> [Request] {
    var requests: [Request] = []
    for (quarter, staff) in [(1, 3), (2, 9), (3, 5)] {
      let entrant = quarter == 3 ? "C3,Cup,Back,4\n" : ""
      let delivery = try Shops.write(
        "q\(quarter)",
        shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,\(staff)\n"
          + (quarter == 3 ? "" : "B2,Spoon,Side,9\n") + entrant,
        reviews: "shop_name,street,stars\nFork,Main,5\n", to: folder)
      let path = delivery + "/run.yaml"
      var plan = try String(contentsOfFile: path, encoding: .utf8)
      if quarter > 1 { plan += "\nprevious: q\(quarter - 1)\n" }
      try plan.write(toFile: path, atomically: true, encoding: .utf8)
      let request = Request(
        delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
      _ = try await run(request)
      requests.append(request)
    }
    return requests
  }

  private func page(_ run: String, in folder: String) throws -> String {
    try String(contentsOfFile: "\(folder)/reports/\(run)/index.html", encoding: .utf8)
  }

  @Test("are those that it and they name, the first without any")
  func chain() async throws {
    try await withTemporaryFolder { folder in
      _ = try await quarters(in: folder)
      let first = try page("q1", in: folder)
      #expect(first.contains("\"earlier\":[]"))
      #expect(!first.contains("\"change\":"))
      let third = try page("q3", in: folder)
      #expect(third.contains("\"previous\":\"q2\",\"earlier\":[{\"id\":\"q1\""))
      // Fork moved, Cup is new, Spoon is gone.
      #expect(third.contains("\"change\":{\"entered\":1,\"left\":1,"))
      let data = folder + "/reports/q3/data/"
      let history = try String(contentsOfFile: data + "service-history-0.js", encoding: .utf8)
      let list = try String(contentsOfFile: data + "service-list-0.js", encoding: .utf8)
      #expect(history.contains("},{"))
      #expect(list.contains("\"rank_before\":["))
      #expect(
        !FileManager.default.fileExists(atPath: folder + "/reports/q1/data/service-history-0.js"))
    }
  }

  @Test("are the same when it is run again or verified, whatever was published since")
  func verified() async throws {
    try await withTemporaryFolder { folder in
      let requests = try await quarters(in: folder)
      let before = try published(in: folder + "/reports/q2")
      _ = try await run(requests[1])
      #expect(try published(in: folder + "/reports/q2") == before)
      // The run before is corrected and published again.
      let shops = requests[0].delivery + "/shops.csv"
      try String(contentsOfFile: shops, encoding: .utf8).replacing(",3\n", with: ",19\n")
        .write(toFile: shops, atomically: true, encoding: .utf8)
      _ = try await run(requests[0])
      #expect(try await verify(run: "q2", request: requests[1]).differences == [])
      #expect(try await verify(run: "q3", request: requests[2]).differences == [])
      _ = try await run(requests[1])
      #expect(try published(in: folder + "/reports/q2") != before)
      #expect(try await verify(run: "q2", request: requests[1]).differences == [])
    }
  }

  @Test("are left out where they go round in a circle")
  func circle() async throws {
    try await withTemporaryFolder { folder in
      let requests = try await quarters(in: folder)
      let plan = requests[0].delivery + "/run.yaml"
      for (previous, earlier) in [("q1", "[]"), ("q3", "[{\"id\":\"q2\"")] {
        let text = try String(contentsOfFile: plan, encoding: .utf8)
          .split(separator: "\n").filter { !$0.hasPrefix("previous") }.joined(separator: "\n")
        try (text + "\nprevious: \(previous)\n").write(
          toFile: plan, atomically: true, encoding: .utf8)
        _ = try await run(requests[0])
        let page = try page("q1", in: folder)
        #expect(page.contains("\"previous\":\"\(previous)\",\"earlier\":\(earlier)"))
      }
    }
  }
}
