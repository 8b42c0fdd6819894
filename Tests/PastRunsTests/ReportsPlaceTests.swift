import Accountability
import Console
import Deliveries
import Foundation
import Pipeline
import Requests
import Synchronization
import Tables
import Testing

@testable import PastRuns

@Suite("The place of reports", .serialized)
struct ReportsPlaceTests {
  private func delivery(in folder: String) throws -> String {
    try Shops.write(
      "q1", shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,5\n",
      reviews: "shop_name,street,stars\nFork,Main,5\n", to: folder + "/inputs")
  }

  @Test(
    "is refused where it is, holds or lies in the delivery or the rule pack, however it is written",
    arguments: [
      "inputs", "inputs/", ".", "", "inputs/q1", "inputs/q1/", "inputs/q1/reports/new",
      "inputs/rules", "inputs/rules/shops", "inputs/rules/shops/new", "new/../inputs/q1",
      "inputs/./q1/../q1", "link", "link/q1/new",
    ])
  func refused(reports: String) async throws {
    try await withTemporaryFolder { folder in
      let delivery = try delivery(in: folder)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "inputs")
      let before = try published(in: folder)
      let failure = await #expect(throws: RunFailure.self) {
        _ = try await run(
          Request(
            delivery: delivery, reports: folder + "/" + reports, jobs: 1, started: Date()))
      }
      #expect(failure?.exitStatus == 2)
      #expect(failure?.messages.first?.en.contains("is, lies in or holds the") == true)
      #expect(try published(in: folder) == before)
    }
  }

  @Test(
    "may be beside them", arguments: ["reports", "inputs2", "inputs/q1-reports", "inputs/../new/r"])
  func beside(reports: String) async throws {
    try await withTemporaryFolder { folder in
      let delivery = try delivery(in: folder)
      let done = try await run(
        Request(delivery: delivery, reports: folder + "/" + reports, jobs: 1, started: Date()))
      #expect(FileManager.default.fileExists(atPath: done.folder + "/manifest.json"))
    }
  }

  @Test("a folder of the run's name that holds something else is refused before a file is read")
  func somebodys() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try delivery(in: folder)
      let home = folder + "/home"
      try FileManager.default.createDirectory(
        atPath: home + "/q1/letters", withIntermediateDirectories: true)
      try "mine".write(toFile: home + "/q1/letters/a.txt", atomically: true, encoding: .utf8)
      let before = try published(in: folder)
      let stages = Stages()
      var request = Request(delivery: delivery, reports: home, jobs: 1, started: Date())
      request.enter = { stages.note($0) }
      let asked = request
      let failure = await #expect(throws: RunFailure.self) { _ = try await run(asked) }
      #expect(failure?.exitStatus == 2)
      #expect(
        failure?.messages.first?.en.hasPrefix(
          "\(home)/q1: there is no manifest.json of run “q1” here") == true)
      #expect(stages.noted.isEmpty)
      #expect(try published(in: folder) == before)
    }
  }

  @Test("a run whose manifest was purged is told what to do with what is left")
  func purged() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try delivery(in: folder)
      let pack = folder + "/inputs/rules/shops/pack.yaml"
      let text = try String(contentsOfFile: pack, encoding: .utf8)
      try (text + "\nretention:\n  - {of: reports, keep: 1 month, basis: Archive Act}\n")
        .write(toFile: pack, atomically: true, encoding: .utf8)
      let request = Request(
        delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
      _ = try await run(request)
      let own = request.reports + "/q1/notes.txt"
      try "mine".write(toFile: own, atomically: true, encoding: .utf8)
      let day = try #require(purgeDay("2099-01-01", now: Date()))
      let purged = try await purge(planPurge(asOf: day, request: request), request: request)
      #expect(purged.left == [])
      let failure = await #expect(throws: RunFailure.self) { _ = try await run(request) }
      #expect(failure?.exitStatus == 2)
      #expect(failure?.messages.first?.en.contains("purge 1 removed this run's manifest") == true)
      try FileManager.default.removeItem(atPath: own)
      _ = try await run(request)
    }
  }

  @Test(
    "paths are compared without links and dots, also where nothing is yet",
    arguments: [
      ("a/b", "a/b"), ("a//b/", "a/b"), ("a/./b/../c", "a/c"), ("to-a/b", "a/b"), ("to-a/..", ""),
      ("new/deep/..", "new"), ("to-a/new", "a/new"),
    ])
  func paths(written: String, real: String) async throws {
    try await withTemporaryFolder { folder in
      let folder = realPath(folder)
      try FileManager.default.createDirectory(
        atPath: folder + "/a/b", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/to-a", withDestinationPath: "a")
      #expect(realPath(folder + "/" + written) == (real.isEmpty ? folder : folder + "/" + real))
    }
  }
}

private final class Stages: Sendable {
  private let stages = Mutex<[Stage]>([])
  var noted: [Stage] { stages.withLock { $0 } }
  func note(_ stage: Stage) { stages.withLock { $0.append(stage) } }
}
