import Accountability
import Deliveries
import Foundation
import GRDB
import Ledger
import Pipeline
import Requests
import Tables
import Testing

@testable import PastRuns

@Suite("A folder of reports after a run was broken off")
struct SettleTests {
  /// Where a killed run left the two editions of the reports, and whether its rows in the ledger
  /// were shown already.
  enum Broken: String, CaseIterable {
    case begun, written, recorded, firstRecorded
    case setAside, exchanged, exchangedByHand, shown, unfinishedRemoval

    /// Whether what stands afterwards are the new reports.
    var isPublished: Bool {
      switch self {
      case .begun, .written, .recorded, .firstRecorded, .setAside: false
      case .exchanged, .exchangedByHand, .shown, .unfinishedRemoval: true
      }
    }
  }

  /// The reports of two runs of one delivery, and the ledger after each.
  private struct Editions {
    let folder: String
    let reports: String
    private let files = FileManager.default

    init(in folder: String) async throws {
      self.folder = folder
      reports = folder + "/reports"
      for (edition, staff) in [("old", 5), ("new", 25)] {
        _ = try await run(request(staff: staff))
        try files.copyItem(atPath: reports, toPath: folder + "/" + edition)
      }
    }

    func request(staff: Int) throws -> Request {
      let delivery = try Shops.write(
        "q1", shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,\(staff)\n",
        reviews: "shop_name,street,stars\nFork,Main,5\n", to: folder)
      return Request(delivery: delivery, reports: reports, jobs: 1, started: Date())
    }

    func leave(_ state: Broken) throws {
      try files.removeItem(atPath: reports)
      try files.createDirectory(atPath: reports, withIntermediateDirectories: true)
      let isRecorded = state != .begun && state != .written
      try put((isRecorded ? "new" : "old") + "/ledger.sqlite", as: "ledger.sqlite")
      if isRecorded, state != .shown, state != .unfinishedRemoval {
        try hide(first: state == .firstRecorded)
      }
      switch state {
      case .begun:
        try put("old/q1", as: "q1")
        try put("new/q1/rankings", as: ".q1.partial/rankings")
      case .written, .recorded:
        try put("old/q1", as: "q1")
        try put("new/q1", as: ".q1.partial")
      case .firstRecorded:
        try put("new/q1", as: ".q1.partial")
      case .setAside:
        try put("old/q1", as: ".q1.replaced.partial")
        try put("new/q1", as: ".q1.partial")
      case .exchanged, .shown:
        try put("new/q1", as: "q1")
        try put("old/q1", as: ".q1.partial")
      case .exchangedByHand:
        try put("new/q1", as: "q1")
        try put("old/q1", as: ".q1.replaced.partial")
      case .unfinishedRemoval:
        try put("new/q1", as: "q1")
        try put("old/q1/manifest.json", as: ".q1.partial/manifest.json")
      }
    }

    private func put(_ from: String, as name: String) throws {
      let place = reports + "/" + name
      try files.createDirectory(
        at: URL(filePath: place).deletingLastPathComponent(), withIntermediateDirectories: true)
      try files.copyItem(atPath: folder + "/" + from, toPath: place)
    }

    /// The last run's rows as they are before they are shown.
    private func hide(first: Bool) throws {
      let database = try DatabaseQueue(path: reports + "/ledger.sqlite")
      try database.write { database in
        try database.execute(
          sql: "INSERT INTO unpublished_run SELECT max(sequence) FROM run")
        if first {
          try database.execute(sql: "UPDATE run SET supersedes = NULL")
          try database.execute(sql: "INSERT INTO unpublished_run VALUES (1)")
        }
      }
      try database.close()
      if first { try Ledger(at: reports + "/ledger.sqlite").withdraw(1) }
    }

    /// Which reports stand there, by the file that tells them apart.
    func standing() -> Data? { files.contents(atPath: reports + "/q1/rankings/size.csv") }

    func standing(of edition: String) -> Data? {
      files.contents(atPath: "\(folder)/\(edition)/q1/rankings/size.csv")
    }
  }

  @Test(
    "is whole again after the next command of any kind, and the ledger has what stands there",
    arguments: Broken.allCases)
  func settled(state: Broken) async throws {
    try await withTemporaryFolder { folder in
      let editions = try await Editions(in: folder)
      try editions.leave(state)
      let request = try editions.request(staff: state.isPublished ? 25 : 5)
      settle(request)
      let names = try FileManager.default.contentsOfDirectory(atPath: editions.reports).sorted()
      if state == .firstRecorded {
        #expect(names == ["ledger.sqlite"])
        #expect(try openLedger(of: request)?.runs().isEmpty == true)
        return
      }
      #expect(names == ["ledger.sqlite", "q1"])
      let edition = state.isPublished ? "new" : "old"
      #expect(editions.standing() == editions.standing(of: edition))
      let check = try checkLedger(request)
      #expect(check.faults.isEmpty && check.runs == (state.isPublished ? 2 : 1))
      // As the recorded run was made: the same bytes again.
      #expect(try await verify(run: "q1", request: request).isSame)
    }
  }

  @Test("is left alone while somebody is at work there")
  func atWork() async throws {
    try await withTemporaryFolder { folder in
      let editions = try await Editions(in: folder)
      try editions.leave(.exchanged)
      let request = try editions.request(staff: 25)
      let lock = try await ReportsLock(on: request, for: "another")
      settle(request)
      #expect(FileManager.default.fileExists(atPath: editions.reports + "/.q1.partial"))
      #expect(try openLedger(of: request)?.runs().count == 1)
      lock.release()
      settle(request)
      #expect(!FileManager.default.fileExists(atPath: editions.reports + "/.q1.partial"))
      #expect(try openLedger(of: request)?.runs().count == 2)
    }
  }

  @Test(
    "has nothing left that was begun, also where the ledger cannot be written to",
    arguments: [Broken.written, .exchanged])
  func unwritable(state: Broken) async throws {
    try await withTemporaryFolder { folder in
      let editions = try await Editions(in: folder)
      try editions.leave(state)
      try Data("no ledger".utf8).write(to: URL(filePath: editions.reports + "/ledger.sqlite"))
      settle(try editions.request(staff: 5))
      let names = try FileManager.default.contentsOfDirectory(atPath: editions.reports).sorted()
      #expect(names == ["ledger.sqlite", "q1"])
      #expect(editions.standing() == editions.standing(of: state.isPublished ? "new" : "old"))
    }
  }

  @Test("keeps what only has the name of unfinished reports")
  func foreign() async throws {
    try await withTemporaryFolder { folder in
      let editions = try await Editions(in: folder)
      let other = editions.reports + "/.notes.partial"
      try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: URL(filePath: other + "/diary.txt"))
      _ = try await run(editions.request(staff: 7))
      #expect(FileManager.default.fileExists(atPath: other + "/diary.txt"))
    }
  }

  @Test("an emptied ledger beside published reports is damage, and is not begun anew")
  func emptied() async throws {
    try await withTemporaryFolder { folder in
      let editions = try await Editions(in: folder)
      let request = try editions.request(staff: 25)
      try Data().write(to: URL(filePath: editions.reports + "/ledger.sqlite"))
      let failure = await #expect(throws: RunFailure.self) { _ = try await run(request) }
      #expect(failure?.messages.first?.en.contains("heng ledger rebuild") == true)
      #expect(editions.standing() == editions.standing(of: "new"))
    }
  }

  @Test("gets its ledger back from the published reports, and keeps the old one")
  func rebuilt() async throws {
    try await withTemporaryFolder { folder in
      let editions = try await Editions(in: folder)
      let request = try editions.request(staff: 25)
      try Data("no ledger".utf8).write(to: URL(filePath: editions.reports + "/ledger.sqlite"))
      let rebuilt = try await rebuildLedger(request, inputs: folder)
      #expect(rebuilt.whole == ["q1"] && rebuilt.withoutResults.isEmpty)
      #expect(rebuilt.kept?.hasSuffix("ledger.sqlite.before-1") == true)
      #expect(try checkLedger(request).faults.isEmpty)
      #expect(try history(of: "A1", reports: editions.reports).rubrics.count == 2)
      // Rows that changed since give other results than were published: only the manifest is kept.
      _ = try editions.request(staff: 26)
      let again = try await rebuildLedger(request, inputs: folder)
      #expect(again.whole.isEmpty && again.withoutResults.map(\.run) == ["q1"])
    }
  }
}
