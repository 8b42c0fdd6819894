import Console
import Deliveries
import Foundation
import Pipeline
import Reports
import Requests
import RulePacks
import Synchronization
import Tables
import Testing

@testable import Accountability

@Suite("What a purge removes", .serialized)
struct RemoveDueTests {
  /// A published run of which all is due, in folders that hold nothing else.
  private func published(in folder: String) async throws -> Request {
    let delivery = try Shops.write(
      "q1", shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,5\n",
      reviews: "shop_name,street,stars\nFork,Main,5\n", to: folder + "/inputs")
    let inner = delivery + "/commerce/2018"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
    for name in ["shops.csv", "reviews.csv"] {
      try FileManager.default.moveItem(atPath: delivery + "/" + name, toPath: inner + "/" + name)
    }
    let pack = folder + "/inputs/rules/shops/pack.yaml"
    let text = try String(contentsOfFile: pack, encoding: .utf8)
    let rules = ["reports", "deliveries"].map {
      "  - {of: \($0), keep: 1 month, basis: Archive Act}\n"
    }
    try (text + "\nretention:\n" + rules.joined())
      .write(toFile: pack, atomically: true, encoding: .utf8)
    let request = Request(
      delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
    _ = try await run(request)
    return request
  }

  private var day: PartialDate {
    get throws { try #require(purgeDay("2099-01-01", now: Date())) }
  }

  @Test("files and the folders they leave empty, and nothing above the run or the delivery")
  func removed() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      // Without its plan nothing would be left in the delivery; nor in what is above it.
      let tried = Mutex<[String]>([])
      var calls = FileCalls()
      calls.removeFolder = { path in
        tried.withLock { $0.append(path) }
        return FileCalls().removeFolder(path)
      }
      let purged = try await purge(
        planPurge(asOf: day, request: request), request: request, calls: calls)
      #expect(purged.left == [])
      let (run, delivery) = (request.reports + "/q1", request.delivery)
      #expect(
        Set(tried.withLock { $0 })
          == Set(
            ([run] + reportFolders.map { run + "/" + $0 })
              + ["/commerce/2018", "/commerce"].map { delivery + $0 }))
      #expect(!FileManager.default.fileExists(atPath: run))
      #expect(try FileManager.default.contentsOfDirectory(atPath: delivery) == ["run.yaml"])
      let kept = try FileManager.default.contentsOfDirectory(atPath: folder + "/inputs").sorted()
      #expect(kept == ["q1", "rules"])
    }
  }

  @Test("a folder that cannot be removed is left and named, and nothing else goes with it")
  func folderFault() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      var calls = FileCalls()
      calls.removeFolder = { _ in SystemFailure(code: EIO) }
      let purged = try await purge(
        planPurge(asOf: day, request: request), request: request, calls: calls)
      #expect(purged.exitStatus == 1)
      // The run's own, and two of the delivery.
      #expect(purged.left.count == reportFolders.count + 3)
      #expect(
        purged.left.contains {
          $0.en.hasPrefix("\(request.delivery)/commerce: not removed (Input/output error) — ")
        })
      #expect(FileManager.default.fileExists(atPath: request.delivery + "/run.yaml"))
      #expect(FileManager.default.fileExists(atPath: folder + "/inputs/rules/shops/pack.yaml"))
      let proof = try String(contentsOfFile: purged.proof, encoding: .utf8)
      #expect(proof.contains("commerce: not removed"))
      #expect(!purged.lines(in: .en).joined().contains("nothing is left"))
    }
  }

  @Test("a file that cannot be removed, or looked for again, is left and named")
  func fileFault() async throws {
    for isLookingFor in [false, true] {
      try await withTemporaryFolder { folder in
        let request = try await published(in: folder)
        let path = request.delivery + "/commerce/2018/shops.csv"
        var calls = FileCalls()
        if isLookingFor {
          calls.status = { $0 == path ? SystemFailure(code: EIO) : FileCalls().status($0) }
        } else {
          calls.unlink = { $0 == path ? SystemFailure(code: EACCES) : FileCalls().unlink($0) }
        }
        let purged = try await purge(
          planPurge(asOf: day, request: request), request: request, calls: calls)
        #expect(purged.exitStatus == 1)
        #expect(purged.left.map { $0.en.hasPrefix(path + ": not removed (") } == [true])
      }
    }
  }

  @Test("a due file that cannot be read is named and left; one that is gone is not")
  func unreadable() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      let path = request.delivery + "/commerce/2018/shops.csv"
      var calls = FileCalls()
      calls.digest = { $0 == path ? .failure(SystemFailure(code: EIO)) : FileCalls().digest($0) }
      try FileManager.default.removeItem(atPath: request.reports + "/q1/index.html")
      let plan = try planPurge(asOf: day, request: request, calls: calls)
      #expect(
        plan.unreadable.map(\.en) == [
          "\(path): due, but it cannot be read (Input/output error), so it is left — check the disk "
            + "and the permissions, then run heng purge again"
        ])
      #expect(plan.lines(in: .en).contains { $0.hasPrefix(path + ": due, but") })
      let purged = try await purge(plan, request: request)
      #expect(purged.exitStatus == 1)
      #expect(purged.left == plan.unreadable)
      #expect(FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("a due file that is a folder by now is named and left, also where nothing else is due")
  func folderInPlace() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      _ = try await purge(planPurge(asOf: day, request: request), request: request)
      let path = request.delivery + "/commerce/2018/shops.csv"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let plan = try planPurge(asOf: day, request: request)
      #expect(plan.items.isEmpty)
      #expect(plan.lines(in: .en).joined().contains("Is a directory"))
      #expect(!plan.lines(in: .en).joined().contains("nothing is due"))
      let purged = try await purge(plan, request: request)
      #expect(purged.exitStatus == 1)
      #expect(FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("a plan is refused where a run was published since, and removes nothing of it")
  func publishedSince() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      let plan = try planPurge(asOf: day, request: request)
      _ = try await run(request)
      let before = try Deliveries.published(in: folder)
      let failure = await #expect(throws: RunFailure.self) {
        _ = try await purge(plan, request: request)
      }
      #expect(failure?.messages.first?.en.contains("a run was published after") == true)
      #expect(try Deliveries.published(in: folder) == before)
    }
  }

  @Test(
    "unfinished reports of a killed run are cleared away before, and named where they cannot be")
  func unfinished() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      let partial = request.reports + "/.q1.partial"
      try FileManager.default.createDirectory(atPath: partial, withIntermediateDirectories: true)
      let cleared = try planPurge(asOf: day, request: request)
      #expect(!FileManager.default.fileExists(atPath: partial) && !cleared.items.isEmpty)
      try FileManager.default.createDirectory(atPath: partial, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: URL(filePath: partial + "/diary.txt"))
      let purged = try await purge(planPurge(asOf: day, request: request), request: request)
      #expect(purged.left.map { $0.en.hasPrefix(partial + ": ") } == [true])
    }
  }
}
