import Console
import Deliveries
import Foundation
import Pipeline
import Requests
import RulePacks
import Tables
import Testing

@testable import Accountability

@Suite("Verifying a published run")
struct VerifyRunTests {
  private func published(in folder: String) async throws -> Request {
    let delivery = try Shops.write(
      "q1", shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,5\nB2,Spoon,Side,9\n",
      reviews: "shop_name,street,stars\nFork,Main,5\n", to: folder)
    let request = Request(
      delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
    _ = try await run(request)
    return request
  }

  @Test("finds nothing where nothing was touched, and leaves everything as it was")
  func same() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      let ledger = FileManager.default.contents(atPath: folder + "/reports/ledger.sqlite")
      let verification = try await verify(run: "q1", request: request)
      #expect(verification.differences == [])
      #expect(verification.exitStatus == 0)
      #expect(verification.inputs == 2)
      #expect(verification.outputs > 5)
      #expect(FileManager.default.contents(atPath: folder + "/reports/ledger.sqlite") == ledger)
      #expect(verification.lines(in: .en).count == 1)
    }
  }

  @Test(
    "names what was touched",
    arguments: [
      ("q1/shops.csv", "5\n", "7\n", "input"),
      ("reports/q1/rankings/service.csv", "10.0", "90.0", "output"),
      ("reports/q1/manifest.json", "publication", "elsewhere", "ledger"),
      ("rules/shops/rubrics/service.yaml", "4]", "3]", "input"),
    ])
  func touched(file: String, old: String, new: String, kind: String) async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      try #require(text.contains(old))
      try text.replacing(old, with: new).write(
        toFile: folder + "/" + file, atomically: true, encoding: .utf8)
      let verification = try await verify(run: "q1", request: request)
      #expect(verification.exitStatus == 1)
      #expect(verification.differences.first?.kind.rawValue == kind)
      #expect(verification.differences.contains { $0.kind == .rerun })
      let json = try JSONSerialization.jsonObject(with: Data(verification.json.utf8))
      #expect((json as? [String: Any])?["same"] as? Bool == false)
    }
  }

  @Test("names files that nobody wrote, and refuses a run that was not published")
  func surplus() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      try Data("x".utf8).write(to: URL(filePath: folder + "/reports/q1/more.csv"))
      let verification = try await verify(run: "q1", request: request)
      #expect(verification.differences.map(\.kind) == [.output, .rerun])
      try FileManager.default.removeItem(atPath: folder + "/reports/q1")
      let nobody = await #expect(throws: RunFailure.self) {
        _ = try await verify(run: "q1", request: request)
      }
      #expect(nobody?.messages.first?.en.contains("no published run") == true)
    }
  }

  @Test("tells a manifest that cannot be read apart from one that is not there")
  func unreadable() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      let manifest = folder + "/reports/q1/manifest.json"
      try FileManager.default.removeItem(atPath: manifest)
      try FileManager.default.createDirectory(
        atPath: manifest, withIntermediateDirectories: false)
      let failure = await #expect(throws: RunFailure.self) {
        _ = try await verify(run: "q1", request: request)
      }
      let said = failure?.messages.first?.en ?? ""
      #expect(said.contains("manifest.json: cannot be read (Is a directory)"), "\(said)")
    }
  }

  // MARK: - After a purge

  /// A pack that keeps some of what a run has for a month.
  private func keeping(_ content: String, in folder: String) throws {
    let path = folder + "/rules/shops/pack.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try (text + "\nretention:\n  - {of: \(content), keep: 1 month, basis: Archive Act}\n")
      .write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test(
    "says which files were purged, when and under which rule, and still compares the rest",
    arguments: [("explanations", "output", true), ("deliveries", "input", false)])
  func purged(content: String, kind: String, isRunAgain: Bool) async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      try keeping(content, in: folder)
      _ = try await run(request)
      let day = Retention.Period(count: 2, unit: .months)
        .end(after: try #require(purgeDay(nil, now: Date())))
      let purged = try await purge(planPurge(asOf: day, request: request), request: request)
      #expect(purged.exitStatus == 0)
      let verification = try await verify(run: "q1", request: request)
      #expect(verification.differences == [])
      #expect(verification.exitStatus == 0)
      #expect(verification.isRunAgain == isRunAgain)
      #expect(verification.purged.count == purged.plan.items.count)
      #expect(!verification.purged.isEmpty)
      let today = try #require(purgeDay(nil, now: Date())).description
      for file in verification.purged {
        #expect(file.of.rawValue == kind)
        #expect(file.purge == 1)
        #expect(file.on == today)
        #expect(file.keep.en == "1 months")
        #expect(file.basis == "Archive Act")
      }
      #expect(verification.lines(in: .en).last?.contains("heng purge 1 on \(today)") == true)
      #expect(verification.lines(in: .zh).last?.contains("保存 1 个月；依据：Archive Act") == true)
      // Whoever removes more than was due is found out.
      let other = kind == "input" ? "/reports/q1/coverage.csv" : "/q1/shops.csv"
      try FileManager.default.removeItem(atPath: folder + other)
      let later = try await verify(run: "q1", request: request)
      #expect(later.differences.first?.path.hasSuffix(other.dropFirst()) == true)
      #expect(later.exitStatus == 1)
      #expect(later.purged == verification.purged)
    }
  }

  @Test("knows a run whose reports were purged as a whole, and runs it again against the ledger")
  func reportsPurged() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      try keeping("reports", in: folder)
      _ = try await run(request)
      let day = Retention.Period(count: 2, unit: .months)
        .end(after: try #require(purgeDay(nil, now: Date())))
      _ = try await purge(planPurge(asOf: day, request: request), request: request)
      #expect(!FileManager.default.fileExists(atPath: folder + "/reports/q1"))
      let verification = try await verify(run: "q1", request: request)
      #expect(verification.differences == [])
      #expect(verification.isRunAgain)
      #expect(verification.purged.count == verification.outputs + 1)
      #expect(verification.purged.contains { $0.path == "manifest.json" })
      let shops = try String(contentsOfFile: folder + "/q1/shops.csv", encoding: .utf8)
      try shops.replacing("Main,5", with: "Main,6").write(
        toFile: folder + "/q1/shops.csv", atomically: true, encoding: .utf8)
      let changed = try await verify(run: "q1", request: request)
      #expect(changed.differences.map(\.kind).first == .input)
      #expect(
        changed.differences.contains { $0.kind == .rerun && $0.message.en.contains("purged") })
    }
  }

  @Test("counts a file as gone that an earlier purge removed before the run was published again")
  func publishedAgain() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      try keeping("explanations", in: folder)
      _ = try await run(request)
      let day = Retention.Period(count: 2, unit: .months)
        .end(after: try #require(purgeDay(nil, now: Date())))
      let purged = try await purge(planPurge(asOf: day, request: request), request: request)
      var again = request
      again.started = Date()
      _ = try await run(again)
      #expect(try await verify(run: "q1", request: again).isSame)
      let path = try #require(purged.plan.items.first).path
      try FileManager.default.removeItem(atPath: path)
      let verification = try await verify(run: "q1", request: again)
      #expect(verification.purged == [])
      #expect(verification.differences.map(\.kind) == [.output, .rerun])
    }
  }
}
