import Foundation
import Tables
import Testing

@testable import RulePacks

@Suite("What a pack says of the first screen")
struct ReadOverviewTests {
  /// Faults of the pack with this as its `overview`.
  private func faults(_ overview: String, _ body: (RulePack) -> Void = { _ in }) throws -> [String]
  {
    let measures = "measures:\n"
    return try RegisterOfRestaurants.written(
      changing: "derive/place.yaml", measures, to: "overview: {\(overview)}\n" + measures
    ) { folder in
      do {
        body(try loadRulePack(at: folder))
        return []
      } catch let error as PackFaults {
        return error.faults.map {
          $0.text(in: .en).replacingOccurrences(of: folder + "/", with: "")
        }
      }
    }
  }

  @Test("names rates, groups, forms and the rubric of the scores")
  func most() throws {
    var pack: RulePack?
    let found = try faults(
      "populations: [all], measures: [fit_rate], by: [street_name], forms: grade, "
        + "organizations: street_name, members: seats, rubric: hygiene-rating"
    ) { pack = $0 }
    #expect(found == [])
    let overview = try #require(pack?.overview)
    #expect(overview.populations == [0] && overview.measures == [0])
    #expect(overview.dimensions == [0] && overview.rubric == "hygiene-rating")
    #expect(overview.forms?.organizations != nil && overview.forms?.members != nil)
  }

  @Test(
    "is refused with its place and what to do",
    arguments: [
      ("populations: [al], measures: [fit_rate]", "there is no population “al”"),
      ("populations: [all], measures: [fit]", "there is no measure “fit”"),
      ("populations: [all]", "“measures” is missing"),
      ("populations: [all], measures: [fit_rate], by: [seats]", "there is no dimension “seats”"),
      ("populations: [all], measures: [fit_rate], rubric: streets", "does not rate Place"),
      ("populations: [all], measures: [fit_rate], members: seats", "“members” needs “forms”"),
      (
        "populations: [all], measures: [fit_rate], forms: street_name",
        "“street_name” has no code table"
      ),
      (
        "populations: [all], measures: [fit_rate], forms: grade, members: name", "int"
      ),
    ])
  func refused(overview: String, message: String) throws {
    let found = try faults(overview)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.hasPrefix("derive/place.yaml:") == true, "\(found)")
    #expect(found.first?.contains(message) == true, "\(found)")
  }
}
