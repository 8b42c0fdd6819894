import Expressions
import Foundation
import Tables
import Testing

@testable import RulePacks

@Suite("Loading a run's plan")
struct LoadRunPlanTests {
  static let valid = """
    title: Autumn
    as-of: 2024-09-30
    purpose: grants
    legal-basis: Food Act
    rules: hygiene
    previous: 2023q3
    tolerances: {quarantined: 2%, unmatched: 2.5%, controls: 1}
    honours:
      - {id: star, title: Star, rubric: hygiene-rating, quota: 3, reserve: 1, candidates: visit_count > 0, by: Street}
    workbook-rows: all
    delivered-text: 5
    """

  /// The pack beside a delivery named 2024q3 with this `run.yaml`.
  private func delivered<Result>(
    _ run: String, _ body: (String, RulePack) throws -> Result
  ) throws -> Result {
    try RegisterOfRestaurants.written { folder in
      let delivery = folder + "/2024q3"
      let manager = FileManager.default
      let pack = try loadRulePack(at: folder)
      try manager.createDirectory(atPath: delivery, withIntermediateDirectories: true)
      try manager.createDirectory(atPath: folder + "/rules", withIntermediateDirectories: true)
      try manager.createSymbolicLink(
        atPath: folder + "/rules/hygiene", withDestinationPath: folder)
      try run.write(toFile: delivery + "/run.yaml", atomically: true, encoding: .utf8)
      return try body(delivery, pack)
    }
  }

  @Test("reads every key")
  func keys() throws {
    let plan = try delivered(LoadRunPlanTests.valid) { try loadRunPlan(at: $0, pack: $1) }
    #expect(plan.id == "2024q3")
    #expect(plan.asOf == PartialDate(year: 2024, month: 9, day: 30))
    #expect(plan.purpose == "grants")
    #expect(plan.previous == "2023q3")
    #expect(plan.workbookRows == .all)
    #expect(plan.deliveredTextUpTo == 5 << 20)
    #expect(plan.contact == "hygiene desk")
    #expect(plan.tolerances.quarantined == 20)
    #expect(plan.tolerances.unmatched == 25)
    #expect(plan.tolerances.controls == 1)
    #expect(plan.honours.map(\.quota) == [3])
    #expect(plan.honours.first?.candidates?.text == "visit_count > 0")
    #expect(plan.honours.first?.by != nil)
  }

  @Test("finds the pack beside the delivery, or where it is told")
  func path() throws {
    let found = try delivered(LoadRunPlanTests.valid) { delivery, _ -> [String] in
      let root = String(delivery.dropLast("/2024q3".count))
      let paths = [
        try rulesPath(ofDelivery: delivery), try rulesPath(ofDelivery: delivery + "/"),
        try rulesPath(ofDelivery: delivery, rules: root),
        try rulesPath(ofDelivery: delivery, rules: "hygiene"),
      ]
      return paths.map { String($0.dropFirst(root.count)) }
    }
    #expect(found == ["/rules/hygiene", "/rules/hygiene", "", "/rules/hygiene"])
  }

  @Test(
    "names every fault with its place",
    arguments: [
      (
        "as-of: 2024-09-30", "as-of: 2023-12-31",
        "2:8: 2023-12-31 is outside the pack's validity (2024-01-01…2026-12-31) — correct the date, or use a pack that is valid then"
      ),
      (
        "as-of: 2024-09-30", "as-of: 2024-09",
        "2:8: “2024-09” is not a date — write it like 2018-09-30"
      ),
      (
        "purpose: grants", "purpose: grant",
        "3:10: there is no purpose “grant” — did you mean “grants”?"
      ),
      ("legal-basis: Food Act\n", "", "1:1: “legal-basis” is missing — add “legal-basis:”"),
      (
        "rubric: hygiene-rating", "rubric: hygiene",
        "9:37: there is no rubric “hygiene” — use one of: hygiene-rating, streets"
      ),
      (
        "visit_count > 0", "visit_count",
        "9:87: the result must be bool, and this is int — correct the expression"
      ),
      (
        "by: Street", "by: owner_born",
        "9:108: “owner_born” is not public and may not be shown — name a public fact"
      ),
      (
        "quarantined: 2%", "quarantined: 2",
        "7:27: “2” is not a percentage — write it like 60%, from 0% to 100% with at most one decimal"
      ),
      (
        "workbook-rows: all", "workbook-rows: 0",
        "10:16: “0” is not a number of rows — write a number from 1, or all"
      ),
      (
        "delivered-text: 5", "delivered-text: some",
        "11:17: “some” is not a number of megabytes — write a number from 1, all, or none"
      ),
    ])
  func faults(old: String, new: String, expected: String) throws {
    let run = LoadRunPlanTests.valid.replacingOccurrences(of: old, with: new)
    let found = try delivered(run) { delivery, pack in
      do {
        _ = try loadRunPlan(at: delivery, pack: pack)
        return [String]()
      } catch let error as PackFaults {
        return error.faults.map {
          $0.text(in: .en).replacingOccurrences(of: delivery + "/run.yaml:", with: "")
        }
      }
    }
    #expect(found == [expected])
  }

  @Test(
    "tells one fault of a purpose that is missing or unknown, and not what would hang on it",
    arguments: [
      ("", ["1:1: “purpose” is missing — add “purpose:”"]),
      ("purpose: grant\n", ["3:10: there is no purpose “grant” — did you mean “grants”?"]),
      ("purpose: grants\n", []),
    ] as [(String, [String])])
  func purpose(line: String, wanted: [String]) throws {
    let run = LoadRunPlanTests.valid.replacingOccurrences(of: "purpose: grants\n", with: line)
    let found = try delivered(run) { delivery, pack in
      var pack = pack
      for index in pack.rubrics.indices { pack.rubrics[index].purposes = ["grants"] }
      do {
        _ = try loadRunPlan(at: delivery, pack: pack)
        return [String]()
      } catch let error as PackFaults {
        return error.faults.map {
          $0.text(in: .en).replacingOccurrences(of: delivery + "/run.yaml:", with: "")
        }
      }
    }
    #expect(found == wanted)
  }

  @Test("says of a folder that is none, or no delivery's, which deliveries there are")
  func noDelivery() throws {
    let found = try delivered(LoadRunPlanTests.valid) { delivery, _ -> [String] in
      let inputs = String(delivery.dropLast("/2024q3".count))
      try FileManager.default.createDirectory(
        atPath: inputs + "/empty", withIntermediateDirectories: true)
      return ["2024q4", "empty"].map { name -> String in
        do throws(PackFaults) {
          _ = try rulesPath(ofDelivery: inputs + "/" + name)
          return ""
        } catch {
          return error.faults.map { $0.text(in: .en) }.joined()
            .replacingOccurrences(of: inputs, with: "IN")
        }
      }
    }
    // Those of the folder that the tests run in may follow.
    #expect(
      found[0].hasPrefix(
        "IN/2024q4/run.yaml:1:1: there is no folder “IN/2024q4” — check the path (there are "
          + "“IN/2024q3”"), "\(found[0])")
    #expect(
      found[1].hasPrefix(
        "IN/empty/run.yaml:1:1: there is no such file: “IN/empty” is no delivery's folder — give the "
          + "path of a delivery (there are “IN/2024q3”"), "\(found[1])")
  }

  @Test("says where a missing file should be")
  func missing() throws {
    #expect(throws: PackFaults.self) { _ = try rulesPath(ofDelivery: "/nowhere") }
    do {
      _ = try loadRulePack(at: "nowhere")
    } catch {
      #expect(
        error.text(in: .en)
          == "nowhere/pack.yaml:1:1: there is no rule pack here — check the path; a pack's folder holds pack.yaml"
      )
    }
  }
}
