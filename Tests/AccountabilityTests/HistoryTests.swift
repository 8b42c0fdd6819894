import Console
import Deliveries
import Foundation
import Ledger
import Pipeline
import Requests
import Tables
import Testing

@testable import Accountability

@Suite("The history of a subject")
struct HistoryTests {
  @Test("follows it through the runs, marks what is superseded, and counts from what is not")
  func runs() async throws {
    try await withTemporaryFolder { folder in
      let reports = folder + "/reports"
      let early = folder + "/early"
      try FileManager.default.copyItem(
        atPath: Samples.delivery("example-2018q3"), toPath: early)
      let plan = try String(contentsOfFile: early + "/run.yaml", encoding: .utf8)
      try plan.replacing("id: example-2018q3", with: "id: early")
        .replacing("as-of: 2018-09-30", with: "as-of: 2018-06-30")
        .write(toFile: early + "/run.yaml", atomically: true, encoding: .utf8)
      for delivery in [Samples.delivery("example-2018q3"), early, early] {
        _ = try await run(
          Request(
            delivery: delivery, rules: Samples.delivery("rules/luoyang-2018"), reports: reports,
            jobs: 2, started: Date()))
      }
      let ranking = try String(
        contentsOfFile: reports + "/example-2018q3/rankings/party-building.csv", encoding: .utf8)
      let first = ranking.components(separatedBy: "\r\n")[1].components(separatedBy: ",")
      let subject = first[5]
      let history = try history(of: subject, reports: reports)
      #expect(history.runsWithoutResults == 0)
      let building = try #require(history.rubrics.first { $0.id == "party-building" })
      #expect(
        building.entries.map(\.run) == ["early", "early", "example-2018q3"])
      #expect(building.entries.map(\.sequence) == [2, 3, 1])
      #expect(building.entries.map(\.isSuperseded) == [true, false, false])
      #expect(building.entries.map(\.asOf) == ["2018-06-30", "2018-06-30", "2018-09-30"])
      let (old, new) = (building.entries[1], building.entries[2])
      #expect(old.outcome == building.entries[0].outcome)
      #expect(new.outcome.map { String($0.rank) } == first[0])
      #expect(new.outcome?.cohort == first[3])
      #expect(new.outcome.map { String($0.cohortSize) } == first[4])
      #expect(new.outcome?.tier == first[10])
      #expect(new.earlier == old.outcome)
      #expect(old.earlier == nil)
      let lines = history.lines(in: .en, width: 200)
      #expect(lines.count { $0.contains("superseded") } == history.rubrics.count)
      // Titles of rubrics and tiers in either language.
      #expect(lines.contains(building.title) && !lines.contains("party-building"))
      #expect(lines.contains { $0.contains("优秀") })
      let json = try JSONSerialization.jsonObject(with: Data(history.json.utf8))
      let rubrics = (json as? [String: Any])?["rubrics"] as? [[String: Any]]
      #expect(rubrics?.count == history.rubrics.count)
    }
  }

  @Test("keeps the facts behind the indicators of those on screening lists, and says what changed")
  func facts() async throws {
    try await withTemporaryFolder { folder in
      let reports = folder + "/reports"
      let later = folder + "/later"
      try FileManager.default.copyItem(
        atPath: Samples.delivery("example-2018q3"), toPath: later)
      let plan = try String(contentsOfFile: later + "/run.yaml", encoding: .utf8)
      try plan.replacing("id: example-2018q3", with: "id: later")
        .replacing("as-of: 2018-09-30", with: "as-of: 2018-10-01")
        .write(toFile: later + "/run.yaml", atomically: true, encoding: .utf8)
      let taxes = later + "/credit/纳税信用.csv"
      let subject = "91410371PDY900376Q"
      let before = try String(contentsOfFile: taxes, encoding: .utf8)
      try before.replacing("有限公司,2017,B", with: "有限公司,2017,A")
        .write(toFile: taxes, atomically: true, encoding: .utf8)
      for delivery in [Samples.delivery("example-2018q3"), later] {
        _ = try await run(
          Request(
            delivery: delivery, rules: Samples.delivery("rules/luoyang-2018"), reports: reports,
            jobs: 2, started: Date()))
      }
      // What is kept outlives the reports.
      try FileManager.default.removeItem(atPath: reports + "/later")
      let history = try history(of: subject, reports: reports)
      let honest = try #require(history.rubrics.first { $0.id == "honest-operator" })
      let entry = try #require(honest.entries.last)
      let kept = try #require(entry.behind)
      #expect(kept.points.reduce(0) { $0 + $1.points } == entry.outcome?.score)
      let tax = try #require(kept.facts.first { $0.id == "tax_level_latest" })
      #expect(tax.value == "A")
      let pricing = try #require(kept.facts.first { $0.id == "clear_pricing" })
      #expect(pricing.value == "true")
      #expect(pricing.file == "credit/经营行为.csv")
      #expect((pricing.line ?? 0) > 1)
      #expect(entry.changedFacts.map(\.after.id) == ["tax_level_latest"])
      #expect(entry.changedFacts.map(\.before.value) == ["B"])
      let lines = history.lines(in: .zh, width: 200)
      #expect(lines.contains { $0.contains("最近纳税信用级别: B级 → A级") })
      // The rating of the whole register has no list, so only its result is kept.
      let building = try #require(history.rubrics.first { $0.id == "party-building" })
      #expect(building.entries.allSatisfy { $0.outcome != nil && $0.behind == nil })
      let disclosed = try await disclose(
        run: "later", subject: subject,
        request: Request(
          delivery: later, rules: Samples.delivery("rules/luoyang-2018"), reports: reports,
          jobs: 2, started: Date()))
      #expect(
        disclosed.kept.map(\.run).sorted() == [
          "example-2018q3", "example-2018q3", "later", "later",
        ])
      #expect(disclosed.json.contains(#""id": "clear_pricing""#))
    }
  }

  @Test("is refused for a subject that no run had, and where there is no ledger")
  func nobody() async throws {
    try await withTemporaryFolder { reports in
      let none = #expect(throws: RunFailure.self) { try history(of: "X", reports: reports) }
      #expect(none?.messages.first?.en.contains("there is no ledger") == true)
      #expect(!FileManager.default.fileExists(atPath: reports + "/ledger.sqlite"))
      _ = try await run(Samples.request("example-2018q3", reports: reports))
      let unknown = #expect(throws: RunFailure.self) { try history(of: "X", reports: reports) }
      #expect(unknown?.messages.first?.en.contains("“X”") == true)
    }
  }
}
