import Foundation
import Tables
import Testing

@testable import RulePacks

@Suite("What a pack says of forming something")
struct ReadFormationTests {
  private static let needed =
    "without: '!is_fit', strength: seats, threshold: 3, near: [street_name], at-most: 5, "
    + "alone: a, joint: b, area: c, otherwise: d"

  /// Faults of the pack with this in its `formation`.
  private func faults(_ more: String, _ body: (RulePack) -> Void = { _ in }) throws -> [String] {
    let measures = "measures:\n"
    return try RegisterOfRestaurants.written(
      changing: "derive/place.yaml", measures,
      to: "formation: {\(Self.needed)\(more)}\n" + measures
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

  @Test("needs no more than who lacks it and the forms")
  func least() throws {
    var formations: [Formation] = []
    #expect(try faults("") { formations = $0.formations } == [])
    let formation = try #require(formations.first)
    #expect(formation.condition == nil && formation.areaCondition == nil)
    #expect(formation.otherwiseCondition == nil && formation.unknown == nil)
    #expect(formation.bases.isEmpty && formation.each == nil)
    #expect(formation.shown.isEmpty && formation.apart.isEmpty)
  }

  @Test("may say who is planned for, what keeps apart, the basis of each form and what is shown")
  func most() throws {
    var pack: RulePack?
    let found = try faults(
      ", where: has(seats), apart: [band], area-where: street.market_days > 0, "
        + "otherwise-where: is_fit, unknown: ask, bases: {joint: § 3, unknown: § 5}, "
        + "show: [street_name, grade], each: grade"
    ) { pack = $0 }
    #expect(found == [])
    let formation = try #require(pack?.formations.first)
    let facts = try #require(pack?.subjects[formation.subject].facts)
    #expect(formation.condition != nil && formation.areaCondition != nil)
    #expect(formation.otherwiseCondition != nil && formation.unknown == "ask")
    #expect(formation.bases == ["joint": "§ 3", "unknown": "§ 5"])
    #expect(formation.shown.map { facts[$0].id } == ["street_name", "grade"])
    #expect(formation.apart.map { facts[$0].id } == ["band"])
    #expect(formation.each.map { facts[$0].id } == "grade")
  }

  @Test(
    "is refused with its place and what to do",
    arguments: [
      (", show: [owner_born]", "“owner_born” is not public and may not be shown"),
      (", apart: [hygiene_rating_tier]", "results of rubrics cannot be used here"),
      (", each: street_name", "“street_name” has no code table"),
      (", bases: {unknown: § 5}", "“bases” has “unknown”, but there is no such form"),
      (", bases: {together: § 5}", "together"), (", area-where: seats", "bool"),
      (", otherwise-where: hygiene_rating_tier == 'A'", "criteria come later"),
    ])
  func refused(more: String, expected: String) throws {
    let found = try faults(more)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.hasPrefix("derive/place.yaml:") == true, "\(found)")
    #expect(found.first?.contains(expected) == true, "\(found)")
  }
}
