import Console
import Deliveries
import Foundation
import Pipeline
import Requests
import RulePacks
import Tables
import Testing

@testable import Accountability
@testable import Ledger

@Suite("A purge", .serialized)
struct PurgeTests {
  /// A published copy of the example, with or without its open objections.
  private func published(in folder: String, objections: Bool) async throws -> Request {
    let delivery = folder + "/example-2018q3"
    try FileManager.default.copyItem(
      atPath: Samples.delivery("example-2018q3"), toPath: delivery)
    if !objections {
      try FileManager.default.removeItem(atPath: delivery + "/decisions/异议登记.csv")
    }
    let request = Request(
      delivery: delivery, rules: Samples.delivery("rules/luoyang-2018"),
      reports: folder + "/reports", jobs: 2, started: Date())
    _ = try await run(request)
    return request
  }

  private func day(after years: Int, days: Int32 = 0) throws -> PartialDate {
    let today = try #require(purgeDay(nil, now: Date()))
    let end = Retention.Period(count: years, unit: .years).end(after: today)
    return PartialDate(day: end.firstDay + days)
  }

  @Test("removes nothing before its time")
  func early() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder, objections: false)
      let plan = try planPurge(asOf: try #require(purgeDay(nil, now: Date())), request: request)
      #expect(plan.items.isEmpty)
      #expect(plan.lines(in: .en).first?.hasSuffix("nothing is due") == true)
    }
  }

  @Test("lists what is due with rule and hash, and a list removes nothing")
  func listed() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder, objections: false)
      let before = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      let plan = try planPurge(asOf: day(after: 1), request: request)
      #expect(Set(plan.items.map(\.content)) == [.deliveries, .explanations])
      let explained = plan.items.filter { $0.content == .explanations }
      #expect(explained.contains { $0.path.hasSuffix("explanations/honest-operator.jsonl") })
      #expect(explained.contains { $0.path.hasSuffix("data/honest-operator-facts-0.js") })
      #expect(!explained.contains { $0.path.hasSuffix("rankings/honest-operator.csv") })
      #expect(plan.items.allSatisfy { $0.sha256.count == 64 && $0.bytes > 0 && !$0.basis.isEmpty })
      #expect(
        !plan.items.contains { $0.path.hasSuffix("run.yaml") || $0.path.hasSuffix("test.key") })
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == before)
    }
  }

  @Test("removes it, proves it, and leaves a row in the ledger and the run's manifest")
  func removed() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder, objections: false)
      let subject = "91410371PDY900376Q"
      #expect(try history(of: subject, reports: request.reports).rubrics.count == 2)
      let plan = try planPurge(asOf: day(after: 3), request: request)
      #expect(Set(plan.items.map(\.content)) == [.deliveries, .reports, .results, .facts])
      // Units' results are kept for five years, those of nominees for three.
      #expect(
        plan.items.filter { $0.content == .results }.map(\.path)
          == ["ledger.sqlite: results figure #1"])
      let purged = try await purge(plan, request: request)
      #expect(purged.left == [])
      #expect(purged.exitStatus == 0)
      for item in plan.items where item.isFile {
        #expect(!FileManager.default.fileExists(atPath: item.path))
      }
      #expect(!FileManager.default.fileExists(atPath: request.reports + "/example-2018q3"))
      let left = try FileManager.default.contentsOfDirectory(atPath: request.delivery).sorted()
      #expect(left == ["EXPECTED.md", "run.yaml", "test.key"])
      let ledger = try Ledger(at: request.reports + "/ledger.sqlite")
      #expect(try ledger.facts(of: subject).isEmpty)
      #expect(try ledger.results(of: "HX2018-001").isEmpty)
      #expect(try !ledger.results(of: subject).isEmpty)
      #expect(try ledger.latest(id: "example-2018q3")?.manifest.contains("sha256") == true)
      let record = try #require(try ledger.purges().first)
      let proof = try String(contentsOfFile: purged.proof, encoding: .utf8)
      #expect(record.proof.map { $0 + "\n" } == proof)
      #expect(record.finished != nil)
      for item in plan.items { #expect(proof.contains(item.sha256)) }
      // Nobody is named in what stays of the nominees.
      let bytes = try #require(
        FileManager.default.contents(atPath: request.reports + "/ledger.sqlite"))
      #expect(bytes.range(of: Data("HX2018-0".utf8)) == nil)
      let again = try planPurge(asOf: day(after: 3), request: request)
      #expect(again.items.isEmpty)
      let late = try await purge(planPurge(asOf: day(after: 5), request: request), request: request)
      #expect(late.number == 2)
      #expect(try ledger.subjectData().isEmpty)
    }
  }

  @Test("that was broken off before its proof gets it from the next, which looks again")
  func brokenOff() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder, objections: false)
      let plan = try planPurge(asOf: day(after: 3), request: request)
      let ledger = try Ledger(at: request.reports + "/ledger.sqlite")
      _ = try ledger.beginPurge(
        asOf: plan.asOf.description, at: Date(), planned: plan.json.written)
      #expect(removeDue(plan, calls: FileCalls()) == [])
      _ = try ledger.remove(plan.data)
      // One of its files came back from somewhere.
      let file = try #require(plan.items.first { $0.content == .deliveries }).path
      try FileManager.default.createDirectory(
        at: URL(filePath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("x".utf8).write(to: URL(filePath: file))
      let next = try planPurge(asOf: day(after: 3), request: request)
      #expect(next.items.isEmpty && next.brokenOff.count == 1)
      let purged = try await purge(next, request: request)
      #expect(purged.exitStatus == 1 && purged.left.count == 1)
      #expect(purged.left.first?.en.hasPrefix(file) == true)
      let record = try #require(try ledger.purges().first)
      #expect(record.finished != nil && purged.number == record.number)
      let proof = try #require(record.proof)
      #expect(try String(contentsOfFile: purged.proof, encoding: .utf8) == proof + "\n")
      #expect(proof.components(separatedBy: "sha256").count - 1 == plan.items.count - 1)
      #expect(try planPurge(asOf: day(after: 3), request: request).brokenOff.isEmpty)
    }
  }

  @Test("leaves a run alone while an objection is open")
  func held() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder, objections: true)
      let plan = try planPurge(asOf: day(after: 6), request: request)
      #expect(plan.items.isEmpty)
      #expect(plan.holds.map(\.run) == ["example-2018q3"])
      #expect(!plan.lines(in: .en).joined().contains("nothing is due"))
      #expect(plan.lines(in: .en).first?.hasSuffix("all that is due is held") == true)
      #expect(plan.holds.first?.reason.en.hasPrefix("2 objections are open") == true)
      let done = try await purge(plan, request: request)
      #expect(done.number == 0)
      #expect(FileManager.default.fileExists(atPath: request.reports + "/example-2018q3"))
    }
  }

  @Test("leaves a run alone that the pack holds, and one whose pack is not found")
  func heldByPack() async throws {
    try await withTemporaryFolder { folder in
      var request = try await published(in: folder, objections: false)
      let pack = folder + "/pack"
      try FileManager.default.copyItem(
        atPath: Samples.delivery("rules/luoyang-2018"), toPath: pack)
      let text = try String(contentsOfFile: pack + "/pack.yaml", encoding: .utf8)
      try (text + "holds:\n  - {run: example-2018q3, basis: Audit of 2019}\n")
        .write(toFile: pack + "/pack.yaml", atomically: true, encoding: .utf8)
      request.rules = pack
      let plan = try planPurge(asOf: day(after: 6), request: request)
      #expect(plan.items.isEmpty)
      #expect(plan.holds.map(\.reason.en) == ["Audit of 2019"])
      request.rules = folder + "/nowhere"
      let lost = try planPurge(asOf: day(after: 6), request: request)
      #expect(lost.items.isEmpty)
      #expect(lost.kept.first?.en.contains("was not found") == true)
    }
  }

  @Test("does not remove a delivered file that is another by now")
  func changedFile() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder, objections: false)
      let path = request.delivery + "/decisions/名单研究决定.csv"
      try "new\n".write(toFile: path, atomically: true, encoding: .utf8)
      let plan = try planPurge(asOf: day(after: 1), request: request)
      #expect(!plan.items.contains { $0.path == path })
      #expect(plan.kept.contains { $0.en.contains("not the file that run") })
      _ = try await purge(plan, request: request)
      #expect(FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("is refused where there is no ledger")
  func nothing() throws {
    let request = Request(delivery: "", reports: "/nonexistent", jobs: 1, started: Date())
    let failure = #expect(throws: RunFailure.self) {
      _ = try planPurge(asOf: PartialDate(day: 0), request: request)
    }
    #expect(failure?.exitStatus == 2)
  }

  @Test(
    "periods end on the day of the month, or its last",
    arguments: [
      ("2018-11-06", 180, .days, "2019-05-05"), ("2018-11-06", 1, .years, "2019-11-06"),
      ("2020-02-29", 1, .years, "2021-02-28"), ("2018-08-31", 18, .months, "2020-02-29"),
      ("2018-12-15", 1, .months, "2019-01-15"), ("2018-10-31", 1, .months, "2018-11-30"),
    ] as [(String, Int, Retention.Period.Unit, String)])
  func periods(from: String, count: Int, unit: Retention.Period.Unit, to: String) throws {
    let start = try #require(purgeDay(from, now: Date()))
    let end = Retention.Period(count: count, unit: unit).end(after: start)
    #expect(end.description == to)
  }

  @Test(
    "takes only dates as the day to judge by", arguments: ["2021-13-01", "today", "2021-1", ""])
  func days(text: String) {
    #expect(purgeDay(text, now: Date()) == nil)
  }
}
