import Deliveries
import Foundation
import Pipeline
import Requests
import Synchronization
import Tables
import Testing

@testable import PastRuns

@Suite("An id that was published before", .serialized)
struct ReplacingTests {
  private func delivery(_ name: String, asOf: String, in folder: String) throws -> String {
    let path = try Shops.write(
      name, shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,5\n",
      reviews: "shop_name,street,stars\nFork,Main,5\n", to: folder + "/inputs")
    let plan = try String(contentsOfFile: path + "/run.yaml", encoding: .utf8)
    var lines = plan.split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("id:") && !$0.hasPrefix("as-of:") }
    lines += ["id: quarter", "as-of: \(asOf)"]
    try lines.joined(separator: "\n").write(
      toFile: path + "/run.yaml", atomically: true, encoding: .utf8)
    return path
  }

  private func request(_ delivery: String, _ folder: String, _ told: Told) -> Request {
    var request = Request(
      delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
    request.say = { told.note($0) }
    return request
  }

  @Test("is told with another reference date, by a check and by a run", arguments: [true, false])
  func otherDate(isInLedger: Bool) async throws {
    try await withTemporaryFolder { folder in
      let early = try delivery("q1", asOf: "2018-06-30", in: folder)
      let late = try delivery("q2", asOf: "2018-09-30", in: folder)
      let told = Told()
      _ = try await run(request(early, folder, told))
      if !isInLedger {
        try FileManager.default.removeItem(atPath: folder + "/reports/ledger.sqlite")
      }
      #expect(told.texts.isEmpty)
      let again = request(late, folder, told)
      let said = try await check(again).replaced
      #expect(said?.zh.contains("基准日是 2018-06-30") == true)
      #expect(said?.en.contains("from “\(early)”") == isInLedger)
      guard isInLedger else { return }
      _ = try await run(again)
      #expect(told.texts.contains { $0.contains("was published as of 2018-06-30") })
    }
  }

  @Test("is told where the same date comes from another folder, and not where it is the same one")
  func otherFolder() async throws {
    try await withTemporaryFolder { folder in
      let first = try delivery("q1", asOf: "2018-06-30", in: folder)
      let copy = try delivery("copy", asOf: "2018-06-30", in: folder)
      let told = Told()
      _ = try await run(request(first, folder, told))
      _ = try await run(request(first + "/../q1", folder, told))
      #expect(told.texts.isEmpty)
      _ = try await run(request(copy, folder, told))
      #expect(told.texts.count == 1)
      #expect(told.texts.first?.contains("is now replaced from “\(copy)”") == true)
    }
  }
}

/// What a run said, in English.
private final class Told: Sendable {
  private let all = Mutex<[String]>([])

  var texts: [String] { all.withLock { $0 } }

  func note(_ text: Bilingual) { all.withLock { $0.append(text.en) } }
}
