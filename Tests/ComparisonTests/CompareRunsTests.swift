import Console
import Deliveries
import Foundation
import Pipeline
import Requests
import Tables
import Testing

@testable import Comparison

@Suite("Two runs compared")
struct CompareRunsTests {
  @Test("the parts add up to the change of every score, whatever changed")
  func addsUp() async throws {
    try await withTemporaryFolder { folder in
      let comparison = try await edited(in: folder)
      #expect(comparison.order == .editionFirst)
      var reasons: Set<ChangePart.Reason> = []
      for rubric in comparison.rubrics {
        #expect(rubric.parts.count == rubric.impact.moves.count)
        for (move, parts) in zip(rubric.impact.moves, rubric.parts) {
          #expect(!parts.isEmpty)
          let points = parts.reduce(0) { $0 + $1.points }
          #expect(points == move.scoreChange ?? 0, "\(rubric.impact.id) \(move.subject)")
          reasons.formUnion(parts.filter { $0.points != 0 }.map(\.reason))
        }
      }
      #expect(reasons.isSuperset(of: [.edition, .correction, .data]))
    }
  }

  @Test(
    "between the two quarters of the sample city the parts add up for everybody in every ranking",
    .enabled(if: Samples.areWhole, "the whole city not asked for, make test CITY=1 does"))
  func quarters() async throws {
    try await withTemporaryFolder { folder in
      let comparison = try await compareRuns(
        Samples.delivery("luoyang-2018q2"), Samples.delivery("luoyang-2018q3"),
        request: Samples.request("luoyang-2018q3", reports: folder + "/reports"))
      var (subjects, moved) = (0, 0)
      for rubric in comparison.rubrics {
        // Collected, because so many expectations take long.
        var wrong: [String] = []
        for (move, parts) in zip(rubric.impact.moves, rubric.parts) {
          let points = parts.reduce(0) { $0 + $1.points }
          if parts.isEmpty || points != move.scoreChange ?? 0 { wrong.append(move.subject) }
        }
        #expect(wrong == [], "\(rubric.impact.id)")
        #expect(rubric.parts.count == rubric.impact.moves.count)
        subjects += rubric.impact.subjects
        moved += rubric.impact.moves.count
      }
      // Whoever is not among the moves has the same result in both.
      #expect(subjects > 13_000 && moved > 12_000)
    }
  }

  @Test("a correction, a row and an edition are told apart")
  func toldApart() async throws {
    try await withTemporaryFolder { folder in
      let comparison = try await edited(in: folder)
      let building = try #require(
        comparison.rubrics.first { $0.impact.id == "party-building" })
      func reasons(_ subject: String) -> [ChangePart.Reason] {
        guard let index = building.impact.moves.firstIndex(where: { $0.subject == subject })
        else { return [] }
        return building.parts[index].filter { $0.points != 0 }.map(\.reason)
      }
      // Its venue is corrected.
      #expect(reasons("91410311PDY9001144").contains(.correction))
      let rated = comparison.rubrics.flatMap { $0.impact.moves.filter { $0.before == nil } }
      #expect(!rated.isEmpty)
      let lines = comparison.lines(in: .en, width: 160).joined(separator: "\n")
      #expect(lines.contains("rule pack, corrections out, date"))
      let path = folder + "/moves.csv"
      try comparison.writeCSV(to: path)
      let csv = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\r\n")
      let moves = comparison.rubrics.reduce(0) { $0 + $1.impact.moves.count }
      #expect(csv.count == moves + 2)
      #expect(csv[0].contains("edition,correction,date,data,linkage,cohort"))
      #expect(
        (try JSONSerialization.jsonObject(with: Data(comparison.json.utf8)) as? [String: Any])?[
          "order"] as? String == "edition-first")
    }
  }

  @Test("tells rows that say something else from rows joined otherwise and from others' rows")
  func reasons() async throws {
    try await withTemporaryFolder { folder in
      let roll = "shop_id,shop_name,street,staff\nA1,Fork,Main,5\nB2,Spoon,Main,10\n"
      let before = try Shops.write(
        "q1", shops: roll + "C3,Knife,Side,20\n", reviews: "shop_name,street,stars\nFork,Main,5\n",
        to: folder)
      // Another Fork on Main Street: nobody knows any longer which of them the review is about.
      let after = try Shops.write(
        "q2", shops: roll + "C3,Knife,Side,45\nD4,Fork,Main,8\n",
        reviews: "shop_name,street,stars\nFork,Main,5\n", to: folder)
      let comparison = try await compareRuns(
        before, after,
        request: Request(
          delivery: after, reports: folder + "/reports", jobs: 1, started: Date()))
      func parts(_ rubric: String, _ subject: String) throws -> [ChangePart.Reason] {
        let change = try #require(comparison.rubrics.first { $0.impact.id == rubric })
        let index = try #require(change.impact.moves.firstIndex { $0.subject == subject })
        return change.parts[index].filter { $0.points != 0 }.map(\.reason)
      }
      #expect(try parts("service", "A1") == [.linkage])
      #expect(try parts("size", "B2") == [.cohort])
      #expect(comparison.rubrics.allSatisfy { $0.entered == 1 && $0.left == 0 })
      let same = try await compareRuns(
        before, before, rubric: "size",
        request: Request(
          delivery: before, reports: folder + "/reports", jobs: 1, started: Date()))
      #expect(same.rubrics.map(\.impact.id) == ["size"])
      #expect(same.rubrics.allSatisfy { $0.impact.moves.isEmpty })
    }
  }

  @Test("is refused for a rubric that nobody has, and for a pack that was changed since")
  func refused() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try Shops.write(
        "q1", shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,5\n",
        reviews: "shop_name,street,stars\nFork,Main,5\n", to: folder)
      let request = Request(
        delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
      _ = try await run(request)
      let nobody = await #expect(throws: RunFailure.self) {
        _ = try await compareRuns("q1", "q1", rubric: "sise", request: request)
      }
      let said = nobody?.messages.first?.en ?? ""
      #expect(said.contains("service (") && said.contains(", size ("), "\(said)")
      let rubric = folder + "/rules/shops/rubrics/service.yaml"
      try String(contentsOfFile: rubric, encoding: .utf8).replacing("4]", with: "3]")
        .write(toFile: rubric, atomically: true, encoding: .utf8)
      let changed = await #expect(throws: RunFailure.self) {
        _ = try await compareRuns("q1", "q1", request: request)
      }
      #expect(changed?.messages.first?.en.contains("rule pack has changed") == true)
    }
  }

  /// The small sample as it is, compared with an earlier date, another edition of the pack, other
  /// rows and no corrections.
  private func edited(in folder: String) async throws -> RunComparison {
    let files = FileManager.default
    let early = folder + "/early"
    let pack = folder + "/pack"
    try files.copyItem(atPath: Samples.delivery("example-2018q3"), toPath: early)
    try files.copyItem(atPath: Samples.delivery("rules/luoyang-2018"), toPath: pack)
    try files.removeItem(atPath: early + "/corrections")
    try edit(early + "/run.yaml", "id: example-2018q3", "id: early")
    try edit(early + "/run.yaml", "as-of: 2018-09-30", "as-of: 2018-06-30")
    try files.removeItem(atPath: early + "/registration/社会组织公开信息.csv")
    try edit(early + "/credit/纳税信用.csv", "2017,A", "2017,B")
    try edit(
      pack + "/rubrics/party-building.yaml", "points: 5, when: work_covered",
      "points: 9, when: work_covered")
    try edit(
      pack + "/rubrics/party-building.yaml", "points: 6, when: current_listings",
      "points: 2, when: current_listings")
    try edit(pack + "/rubrics/party-building.yaml", "    full: 20\n", "")
    return try await compareRuns(
      early, Samples.delivery("example-2018q3"), rules: (pack, nil),
      request: Samples.request("example-2018q3", reports: folder + "/reports"))
  }

  private func edit(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(old), "\(path) has no \(old)")
    try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }
}
