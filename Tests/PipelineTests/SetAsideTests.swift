import Console
import Deliveries
import Foundation
import Reports
import Requests
import RulePacks
import Tables
import Testing

@testable import Pipeline

@Suite("What a run does not read")
struct SetAsideTests {
  private let shops = "shop_id,shop_name,street,staff\nA1,Fork,Main,5\nB2,Spoon,High,7\n"

  /// Runs a delivery of shops with more files and more in its plan.
  private func outcome(
    _ files: [String: String], plan: String = "", shops: String? = nil, in folder: String
  ) async throws -> Published {
    let delivery = try Shops.write(
      "q1", shops: shops ?? self.shops, reviews: "shop_name,street,stars\nFork,Main,5\n",
      to: folder + "/inputs")
    for (name, text) in files {
      try text.write(toFile: delivery + "/" + name, atomically: true, encoding: .utf8)
    }
    let path = delivery + "/run.yaml"
    let written = try String(contentsOfFile: path, encoding: .utf8)
    try (written + "\n" + plan + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    return try await run(
      Request(delivery: delivery, reports: folder + "/reports", jobs: 2, started: Date()))
  }

  @Test("is named in the manifest, in the summary, among the findings and on the page")
  func named() async throws {
    try await withTemporaryFolder { folder in
      let done = try await outcome(
        ["scan.csv": "%PDF-1.4\n", "Thumbs.db": "x", "~$q.xlsx": "x", "notes.txt": "read me"],
        plan: "set-aside: [notes.txt]", in: folder)
      #expect(done.exitStatus == 0)
      let names = ["Thumbs.db", "notes.txt", "scan.csv", "~$q.xlsx"]
      #expect(done.evaluated.aside.map(\.path) == names)
      let reasons = ["litter", "decided", "not-data", "open-elsewhere"]
      #expect(done.evaluated.aside.map(\.reason.rawValue) == reasons)
      let rules = done.evaluated.findings.map(\.rule).filter { $0.hasPrefix("file-") }
      #expect(rules == reasons.map { "file-" + $0 })
      let manifest = try String(contentsOfFile: done.folder + "/manifest.json", encoding: .utf8)
      let page = try String(contentsOfFile: done.folder + "/index.html", encoding: .utf8)
      let summary = done.evaluated.summary(in: .en)
      for name in names {
        #expect(manifest.contains("\"path\": \"\(name)\""))
        #expect(page.contains("\"path\":\"\(name)\""))
        #expect(summary.contains { $0.hasPrefix("  \(name): not read, ") })
      }
    }
  }

  @Test("and could be data stops it, all in one list, each with its own cure")
  func stops() async throws {
    try await withTemporaryFolder { folder in
      let failure = await #expect(throws: RunFailure.self) {
        _ = try await outcome(
          ["half.csv.part": "a", "notes.txt": "read me", "empty.csv": ""], in: folder)
      }
      #expect(failure?.exitStatus == 2)
      let messages = failure?.messages.map(\.en) ?? []
      #expect(messages.count == 3)
      #expect(messages.first?.contains("the file is empty") == true)
      #expect(messages.dropFirst().first?.contains("still being transferred") == true)
      #expect(messages.last?.contains("no source profile describes this file") == true)
    }
  }

  @Test("may be as many broken files as the tolerance says, named first, with exit 3")
  func tolerated() async throws {
    try await withTemporaryFolder { folder in
      let broken = ["cut.csv": "shop_id,shop_name,street,staff\n\"A3,Knife,Main,5\n"]
      let refused = await #expect(throws: RunFailure.self) {
        _ = try await outcome(broken, in: folder)
      }
      #expect(refused?.exitStatus == 1)
      let done = try await outcome(broken, plan: "tolerances: {files: 1}", in: folder)
      #expect(done.exitStatus == 3)
      #expect(done.evaluated.dossiers.subjects[0].count == 2)
      #expect(done.evaluated.summary(in: .en)[0].hasPrefix("cut.csv: not read, it cannot be read"))
      let page = try String(contentsOfFile: done.folder + "/index.html", encoding: .utf8)
      #expect(page.contains("\"broken\":1"))
      let two = await #expect(throws: RunFailure.self) {
        _ = try await outcome(
          broken.merging(["x.txt": "?"]) { one, _ in one }, plan: "tolerances: {files: 1}",
          in: folder)
      }
      #expect(two?.messages.count == 2)
    }
  }

  @Test("leaves the earlier report where nothing is left to publish")
  func empty() async throws {
    try await withTemporaryFolder { folder in
      let before = try published(in: try await outcome([:], in: folder).folder)
      for shops in [
        "shop_id,shop_name,street,staff\n", "shop_id,shop_name,street,staff\n,,Main,5\n,,High,6\n",
      ] {
        let failure = await #expect(throws: RunFailure.self) {
          _ = try await outcome(
            ["reviews.csv": "shop_name,street,stars\n"], shops: shops, in: folder)
        }
        #expect(failure?.exitStatus == 1)
        #expect(failure?.messages.first?.en.contains("nothing is published") == true)
        #expect(try published(in: folder + "/reports/q1") == before)
      }
    }
  }

  @Test("says of a field of which most cells cannot be read, first of all, with exit 3")
  func unread() async throws {
    try await withTemporaryFolder { folder in
      let rows = (1...10).map { "A\($0),Shop \($0),Main,\($0 < 4 ? "many" : "5")\n" }
      let shops = "shop_id,shop_name,street,staff\n" + rows.joined()
      let done = try await outcome([:], shops: shops, in: folder)
      #expect(done.exitStatus == 3)
      let first = try #require(done.evaluated.summary(in: .en).first)
      #expect(first.contains("“Staff” of Shops: 3 of 10 cells could not be read"))
      let allowed = try await outcome(
        [:], plan: "tolerances: {unread: 30%}", shops: shops, in: folder)
      #expect(allowed.exitStatus == 0)
    }
  }
}
