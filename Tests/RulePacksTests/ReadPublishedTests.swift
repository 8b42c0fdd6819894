import Foundation
import Tables
import Testing

@testable import RulePacks

@Suite("Figures that a source document states")
struct ReadPublishedTests {
  /// Faults of the pack with these figures, and the pack where it has none.
  private func loaded(_ figures: String) throws -> (faults: [String], pack: RulePack?) {
    try RegisterOfRestaurants.written { folder in
      try ("source: City report\nfigures:\n" + figures).write(
        toFile: folder + "/published.yaml", atomically: true, encoding: .utf8)
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

  @Test("are counted, summed, told apart or compared with a rate, or say why they cannot be known")
  func forms() throws {
    let (faults, pack) = try loaded(
      """
        - {id: a, title: Places, stated: 12, population: all}
        - {id: b, title: {zh: 座位, en: Seats}, stated: 900, as: at-least, unit: seats, subject: place, where: is_fit, sum: seats, definition: seats of fit places}
        - {id: c, title: Streets, stated: 7, subject: place, distinct: street_name, definition: streets with places, place: page 3, note: by name}
        - {id: d, title: Fit, stated: 80%, as: more-than, population: all, measure: fit_rate}
        - {id: e, title: Large, stated: 20%, population: all, count: seats >= 100, definition: 100 seats}
        - {id: f, title: Meals, stated: 5, source: Another report, cannot: {zh: 没有报送, en: meals are not delivered}}

      """)
    #expect(faults == [])
    let figures = try #require(pack).published
    #expect(figures.map(\.id) == ["a", "b", "c", "d", "e", "f"])
    #expect(figures.map(\.source).prefix(5).allSatisfy { $0 == "City report" })
    #expect(figures[5].source == "Another report" && figures[2].place == "page 3")
    #expect(figures[1].title == Bilingual(zh: "座位", en: "Seats"))
    #expect(figures[1].stated == StatedFigure(.number(900), .atLeast))
    #expect(figures[3].stated == StatedFigure(.share(800), .moreThan))
    let counts = figures.compactMap { figure in
      if case .computed(let count) = figure.answer { count } else { nil }
    }
    #expect(counts.count == 5)
    #expect(counts.map(\.expressions.count) == [1, 2, 1, 2, 2])
    #expect(counts[3].definition.en == "every place; fit places")
    guard case .cannot(let reason) = figures[5].answer else {
      Issue.record("the last figure has a reason")
      return
    }
    #expect(reason.zh == "没有报送")
  }

  @Test(
    "are refused with their place and what to do",
    arguments: [
      ("population: al", "there is no population “al” — did you mean “all”"),
      ("population: all, measure: fit", "there is no measure “fit”"),
      ("population: all, measure: fit_rate", "“measure” is a share, but a number is stated"),
      ("subject: place, measure: fit_rate", "“measure” needs a “population”"),
      ("subject: place, sum: name, definition: x", "int"),
      ("subject: place, sum: seat, definition: x", "seat"),
      ("subject: place, sum: seats", "“definition” is missing"),
      ("count: is_fit, definition: x", "“subject” or “population” is missing"),
      ("subject: place", "neither how it is computed nor why it cannot be known"),
      ("population: all, cannot: so", "“population” cannot stand beside “cannot”"),
      ("population: all, count: is_fit, sum: seats, definition: x", "“sum” cannot stand beside"),
      ("population: all, where: is_fit", "“where” cannot stand beside “population”"),
      ("population: all, as: about", "“about” is not one of the choices"),
      ("population: all, counts: x", "there is no key “counts” — did you mean “count”"),
      ("subject: place, count: hygiene_rating_tier == 'A', definition: x", "criteria come later"),
    ])
  func refused(how: String, message: String) throws {
    let (faults, _) = try loaded("  - {id: a, title: x, stated: 5, \(how)}\n")
    #expect(faults.count == 1, "\(faults)")
    #expect(faults.first?.hasPrefix("published.yaml:3:") == true, "\(faults)")
    #expect(faults.first?.contains(message) == true, "\(faults)")
  }

  @Test("are refused where a percentage meets a number, or an id stands twice")
  func mismatches() throws {
    let share = try loaded(
      "  - {id: a, title: x, stated: 5%, subject: place, sum: seats, definition: s}\n")
    #expect(share.faults.first?.contains("a percentage is stated") == true, "\(share.faults)")
    let twice = try loaded(
      "  - {id: a, title: x, stated: 5, population: all}\n"
        + "  - {id: a, title: y, stated: 6, population: all}\n")
    #expect(twice.faults.first?.contains("“a” is there twice") == true, "\(twice.faults)")
  }
}
