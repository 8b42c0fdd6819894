import Foundation
import Tables
import Testing

@testable import RulePacks

@Suite("Statistics of a pack")
struct ReadStatisticsTests {
  /// Faults of the pack with these statistics, and the pack where it has none.
  private func loaded(_ statistics: String, published: String = "") throws
    -> (faults: [String], pack: RulePack?)
  {
    try RegisterOfRestaurants.written { folder in
      try ("statistics:\n" + statistics).write(
        toFile: folder + "/statistics.yaml", atomically: true, encoding: .utf8)
      if !published.isEmpty {
        try ("source: City report\nfigures:\n" + published).write(
          toFile: folder + "/published.yaml", atomically: true, encoding: .utf8)
      }
      do {
        return ([], try loadRulePack(at: folder))
      } catch let error as PackFaults {
        return (
          error.faults.map {
            $0.text(in: .en).replacingOccurrences(of: folder + "/", with: "")
          }, nil
        )
      }
    }
  }

  private static let some = """
      - {id: a, title: Places, population: all}
      - {id: b, section: {zh: 座位, en: Room}, title: {zh: 座位, en: Seats}, unit: seats, subject: place, where: is_fit, sum: seats, definition: of fit places, by: [street_name], note: in no score}
      - {id: c, title: Fees, subject: place, sum: fee, definition: of all places}
      - {id: d, title: Fit, subject: place, where: is_fit, definition: fit places}

    """

  @Test("are counted or summed, also exact amounts, and shown by facts")
  func forms() throws {
    let (faults, pack) = try loaded(Self.some)
    #expect(faults == [])
    let found = try #require(pack).statistics
    #expect(found.map(\.id) == ["a", "b", "c", "d"])
    #expect(found[1].section.en == "Room" && found[1].unit == "seats")
    #expect(found[1].note?.en == "in no score" && found[0].note == nil)
    let place = try #require(pack?.subjects.first)
    #expect(found[1].by.map { place.facts[$0].id } == ["street_name"])
    #expect(found[0].count.definition.en == "every place")
  }

  @Test("are what published figures can be compared with")
  func published() throws {
    let (faults, pack) = try loaded(
      Self.some, published: "  - {id: x, title: Seats, stated: 900, statistic: b}\n")
    #expect(faults == [])
    guard case .computed(let count) = try #require(pack?.published.first).answer else {
      Issue.record("it is computed")
      return
    }
    #expect(count.definition.en == "of fit places")
  }

  @Test(
    "are refused with their place and what to do",
    arguments: [
      ("population: al", "there is no population “al” — did you mean “all”"),
      ("subject: place, sum: name, definition: x", "int"),
      ("subject: place, sum: seats", "“definition” is missing"),
      ("count: is_fit, definition: x", "“subject” or “population” is missing"),
      ("population: all, by: [street_nam]", "street_nam"),
      ("population: all, by: [owner_born]", "is not public"),
      ("population: all, by: [visits]", "is a list"),
      ("population: all, by: [hygiene_rating_tier]", "results of rubrics"),
      ("population: all, stated: 5", "there is no key “stated”"),
    ])
  func refused(how: String, message: String) throws {
    let (faults, _) = try loaded("  - {id: s, title: x, \(how)}\n")
    #expect(faults.count == 1, "\(faults)")
    #expect(faults.first?.hasPrefix("statistics.yaml:2:") == true, "\(faults)")
    #expect(faults.first?.contains(message) == true, "\(faults)")
  }

  @Test(
    "are refused in figures that they do not fit",
    arguments: [
      ("stated: 5, statistic: e", "there is no statistic “e”"),
      ("stated: 5, statistic: c", "“c” is no whole number"),
      ("stated: 5%, statistic: b", "“b” is no whole number"),
      ("stated: 5, statistic: b, population: all", "“population” cannot stand beside “statistic”"),
      ("stated: 5, statistic: b, cannot: so", "“statistic” cannot stand beside “cannot”"),
    ])
  func mismatches(how: String, message: String) throws {
    let (faults, _) = try loaded(Self.some, published: "  - {id: x, title: x, \(how)}\n")
    #expect(faults.count == 1, "\(faults)")
    #expect(faults.first?.contains(message) == true, "\(faults)")
  }
}
