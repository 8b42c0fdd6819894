import Deliveries
import Foundation
import Pipeline
import Requests
import RulePacks
import Tables
import Testing

@testable import Comparison
@testable import Console

@Suite("What an edited pack changes in a run")
struct ImpactTests {
  /// The impact of edits to the sample pack on the small sample.
  private func impact(
    _ edits: [(file: String, old: String, new: String)]
  ) async throws -> Impact {
    let folder = NSTemporaryDirectory() + "heng-impact-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let pack = folder + "/pack"
    try FileManager.default.copyItem(atPath: Samples.delivery("rules/luoyang-2018"), toPath: pack)
    for edit in edits {
      let path = pack + "/rubrics/" + edit.file
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try #require(text.contains(edit.old))
      try text.replacing(edit.old, with: edit.new).write(
        toFile: path, atomically: true, encoding: .utf8)
    }
    let run = Samples.delivery("example-2018q3")
    return try await impactOfRules(
      old: nil, new: pack, run: run,
      request: Samples.request("example-2018q3", reports: folder + "/reports"))
  }

  private func rubric(_ id: String, _ impact: Impact) throws -> RubricImpact {
    try #require(impact.rubrics.first { $0.id == id })
  }

  @Test("is nothing where nothing is edited")
  func same() async throws {
    let impact = try await impact([])
    #expect(impact.rubrics.count == 6)
    #expect(impact.rubrics.allSatisfy { $0.moves.isEmpty })
    #expect(impact.screenings.allSatisfy { $0.changes.isEmpty })
    for rubric in impact.rubrics {
      #expect(rubric.matrix.values.reduce(0, +) == rubric.subjects)
      #expect(rubric.matrix.keys.allSatisfy { $0.before == $0.after })
    }
  }

  @Test("adds up: the points of the rules are the change of every score")
  func addsUp() async throws {
    let impact = try await impact([
      (
        "party-building.yaml", "points: 6, when: current_listings",
        "points: 2, when: current_listings"
      ),
      ("party-building.yaml", "points: 5, when: work_covered", "points: 9, when: work_covered"),
      ("party-building.yaml", "    full: 20\n", ""),
      ("party-building.yaml", "each: -2, floor: -6", "each: -40, floor: -90"),
      (
        "party-building.yaml",
        "{id: C1, text: 应建未建党组织的，等次不高于C, when: should_build, tier-at-most: C",
        "{id: C1, text: 应建未建党组织的，等次不高于C, when: should_build, score-at-most: 30"
      ),
    ])
    var withBounds = 0
    for rubric in impact.rubrics {
      for move in rubric.moves {
        let points = move.causes.reduce(0) { $0 + $1.points }
        #expect(points == move.scoreChange, "\(rubric.id) \(move.subject)")
        #expect(!move.causes.isEmpty)
        if move.causes.contains(where: { $0.rule == .bounds }) { withBounds += 1 }
      }
    }
    #expect(withBounds > 0)
    let building = try rubric("party-building", impact)
    #expect(building.counted.tierDown > 0)
    let rules = building.rules.map(\.cause.id)
    #expect(Set(["Z1", "S4", "D1", "C1"]).isSubset(of: rules))
  }

  @Test("names a gate that is new, and who fails it")
  func gate() async throws {
    let impact = try await impact([
      (
        "honest-operator.yaml", "gates:\n",
        "gates:\n  - {id: G9, text: 没有处罚, require: penalties_in_use == 0, unknown: pending, basis: 试验, cure: 期满后参加}\n"
      )
    ])
    let honest = try rubric("honest-operator", impact)
    #expect(honest.counted.newlyGated > 0)
    #expect(honest.counted.released == 0)
    for move in honest.moves where move.after?.status == .gated {
      #expect(
        move.causes.contains(Cause(rule: .gate, id: "G9", reason: .rule, points: 0)))
    }
    #expect(impact.lines(in: .en, width: 200).contains { $0.contains("gate G9 没有处罚") })
    #expect(impact.lines(in: .en, width: 200).contains { $0.hasPrefix("诚信经营户: ") })
    #expect(!impact.lines(in: .en, width: 200).contains { $0.contains("honest-operator") })
    #expect(impact.json.contains("\"honest-operator\""))
  }

  @Test("names who enters and who leaves a screening list")
  func screening() async throws {
    let impact = try await impact([
      (
        "honest-operator.yaml", "gates:\n",
        "gates:\n  - {id: G9, text: 只评个体, require: \"kind == 'individual'\", unknown: pending, basis: 试验, cure: 不适用}\n"
      )
    ])
    let changes = impact.screenings.flatMap(\.changes)
    #expect(changes.contains { $0.before == .recommend && $0.after == .ineligible })
    let honest = try rubric("honest-operator", impact)
    let gated = Set(honest.moves.filter { $0.after?.status == .gated }.map(\.subject))
    #expect(changes.allSatisfy { $0.after != .ineligible || gated.contains($0.subject) })
    #expect(impact.lines(in: .en, width: 100).contains { $0.contains("no longer are") })
  }

  @Test("tells an edited rule from one whose facts changed with another rubric")
  func facts() async throws {
    let impact = try await impact([
      ("party-building.yaml", "{id: B, from: 75", "{id: B, from: 88"),
      (
        "party-building.yaml", "on: venue, lookup: {own: 5, shared: 5, none: 0}",
        "on: venue, lookup: {own: 5, shared: 0, none: 0}"
      ),
    ])
    let building = try rubric("party-building", impact)
    #expect(building.moves.contains { $0.causes.contains { $0.rule == .tiers } })
    #expect(
      building.moves.allSatisfy { move in
        move.causes.allSatisfy { $0.rule == .others || $0.rule == .tiers || $0.reason == .rule }
      })
    let honest = try rubric("honest-operator", impact)
    #expect(!honest.moves.isEmpty)
    #expect(
      honest.moves.allSatisfy { move in move.causes.allSatisfy { $0.reason == .facts } })
  }

  @Test("tells what changes only because points are rounded otherwise")
  func rounding() async throws {
    let impact = try await impact([
      ("party-building.yaml", "rounding: {decimals: 1", "rounding: {decimals: 0")
    ])
    let building = try rubric("party-building", impact)
    #expect(building.rules.contains { $0.cause.reason == .rounding && $0.cause.id == "R1" })
    #expect(!building.rules.contains { $0.cause.reason == .rule })
  }

  @Test("calls tiers as people do, and by their ids for machines")
  func tiers() async throws {
    let impact = try await impact([
      (
        "social-organization-rating.yaml", "{id: 3A, from: 66",
        "{id: 3A, from: 60"
      )
    ])
    let rating = try rubric("social-organization-rating", impact)
    #expect(rating.tiers.contains("none"))
    let heading = TextTable(rating.matrixTable, in: .zh).heading
    #expect(heading.contains { $0.hasSuffix("级") || $0 == "未获等级" })
    #expect(!heading.contains("none") && !heading.contains("2A"))
    #expect(SubjectOutcome.Standing.tier("none").word == "none")
    #expect(SubjectOutcome.Standing.notConcerned.shown(by: rating.labels).zh == "未列入")
    #expect(SubjectOutcome.Standing.notConcerned.word == "not concerned")
  }

  @Test("is written as a table and as JSON")
  func files() async throws {
    let impact = try await impact([
      ("party-building.yaml", "{id: A, from: 90", "{id: A, from: 97")
    ])
    let path = NSTemporaryDirectory() + "heng-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try impact.writeCSV(to: path)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n")
    let moved = impact.rubrics.reduce(0) { $0 + $1.moves.count }
    #expect(moved > 0)
    #expect(lines.count == moved + 1)
    let object = try JSONSerialization.jsonObject(with: Data(impact.json.utf8))
    let rubrics = try #require((object as? [String: Any])?["rubrics"] as? [[String: Any]])
    #expect(rubrics.count == 6)
  }
}
