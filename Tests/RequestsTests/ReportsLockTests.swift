import Deliveries
import Fields
import Foundation
import Ledger
import Pipeline
import Synchronization
import Tables
import Testing

@testable import Accountability
@testable import Requests

@Suite("The lock on a folder of reports", .serialized)
struct ReportsLockTests {
  /// Deliveries of one id that differ in everything else.
  private func deliveries(_ count: Int, in folder: String) throws -> [String] {
    try (0..<count).map { number in
      let shops = (0...number * 7).map { "A\($0),Shop \($0) of \(number),Main,\($0 % 40)\n" }
      return try Shops.write(
        "q1", shops: "shop_id,shop_name,street,staff\n" + shops.joined(),
        reviews: "shop_name,street,stars\nShop 0 of \(number),Main,\(number % 5)\n",
        to: "\(folder)/\(number)")
    }
  }

  /// Whether every file of the manifest is there, and is what it says, and nothing else is.
  private func isWhole(_ run: String) throws -> Bool {
    let text = try String(contentsOfFile: run + "/manifest.json", encoding: .utf8)
    let files = listed(JSON(text)?["outputs"])
    let found = try published(in: run)
    return files.count > 10 && found.count == files.count + 1
      && files.allSatisfy { file in found[file.path].map { sha256([UInt8]($0)) } == file.sha256 }
  }

  @Test("runs of one id at once publish one after the other, each whole", arguments: 0..<3)
  func together(attempt: Int) async throws {
    try await withTemporaryFolder { folder in
      let reports = folder + "/reports"
      let told = Mutex<[String]>([])
      let requests = try deliveries(8, in: folder).map { delivery in
        var request = Request(delivery: delivery, reports: reports, jobs: 2, started: Date())
        request.say = { message in told.withLock { $0.append(message.en) } }
        return request
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for request in requests { group.addTask { _ = try await run(request) } }
        try await group.waitForAll()
      }
      #expect(try isWhole(reports + "/q1"))
      let left = try FileManager.default.contentsOfDirectory(atPath: reports).sorted()
      #expect(left == ["ledger.sqlite", "q1"])
      let runs = try Ledger(at: reports + "/ledger.sqlite").runs()
      #expect(runs.count == requests.count)
      // The last in the ledger is the one that stands there.
      let manifest = try String(contentsOfFile: reports + "/q1/manifest.json", encoding: .utf8)
      #expect(runs.last?.manifest == manifest)
      // Whoever waited was told once for whom.
      let messages = told.withLock { $0 }
      #expect(messages.count < requests.count)
      for message in messages {
        #expect(message.hasPrefix(reports + "/.lock: ") && message.contains("waiting until"))
      }
    }
  }

  @Test("tells once for whom it waits, and goes on when it is free")
  func waiting() async throws {
    try await withTemporaryFolder { folder in
      let told = Mutex<[Bilingual]>([])
      var request = Request(
        delivery: "", reports: folder, jobs: 1, started: Date(timeIntervalSince1970: 0))
      let held = try await ReportsLock(on: request, for: "q1")
      request.say = { message in told.withLock { $0.append(message) } }
      let other = request
      let waiter = Task {
        let lock = try await ReportsLock(on: other, for: "q2")
        lock.release()
      }
      try await Task.sleep(for: .milliseconds(200))
      #expect(
        told.withLock { $0 }.map(\.en) == [
          "\(folder)/.lock: “q1” (process \(getpid()), since 1970-01-01T00:00:00Z) is writing to "
            + "this folder of reports — waiting until it is done"
        ])
      held.release()
      try await waiter.value
      #expect(told.withLock { $0 }.count == 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test("the file that a killed holder left hinders nobody")
  func leftover() async throws {
    try await withTemporaryFolder { folder in
      try "q1\n1\n1970-01-01T00:00:00Z\n".write(
        toFile: folder + "/.lock", atomically: false, encoding: .utf8)
      let request = Request(delivery: "", reports: folder, jobs: 1, started: Date())
      let lock = try await ReportsLock(on: request, for: "q2")
      let text = try String(contentsOfFile: folder + "/.lock", encoding: .utf8)
      #expect(text.hasPrefix("q2\n\(getpid())\n"))
      lock.release()
      #expect(!FileManager.default.fileExists(atPath: folder + "/.lock"))
    }
  }

  @Test("whoever is cancelled while waiting gives up")
  func cancelled() async throws {
    try await withTemporaryFolder { folder in
      let request = Request(delivery: "", reports: folder, jobs: 1, started: Date())
      let held = try await ReportsLock(on: request, for: "q1")
      let waiter = Task {
        let lock = try await ReportsLock(on: request, for: "q2")
        lock.release()
      }
      waiter.cancel()
      await #expect(throws: RunFailure.self) { try await waiter.value }
      held.release()
    }
  }

  @Test("a folder that cannot be locked is told")
  func unlockable() async throws {
    let request = Request(delivery: "", reports: "/nonexistent", jobs: 1, started: Date())
    let failure = await #expect(throws: RunFailure.self) {
      let lock = try await ReportsLock(on: request, for: "q1")
      lock.release()
    }
    #expect(failure?.messages.first?.en.hasPrefix("/nonexistent/.lock: ") == true)
  }
}
