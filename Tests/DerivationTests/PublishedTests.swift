import Expressions
import RulePacks
import Tables
import Testing

@testable import Derivation

@Suite("Published figures from dossiers")
struct PublishedTests {
  typealias Unit = Fixture.Unit

  static let units = [
    Unit(members: 5, zone: "乙", division: "410306"),
    Unit(members: 1, zone: "甲", division: "410308"),
    Unit(members: nil, zone: nil, division: "410308"), Unit(members: 3, zone: "甲", division: nil),
    Unit(members: 0, zone: "乙", division: "410308"),
  ]

  static func figure(
    _ value: StatedFigure.Value, _ form: FigureCount.Form, where condition: String? = nil
  ) throws -> PublishedFigure {
    PublishedFigure(
      id: "f", title: Bilingual(zh: "", en: ""), source: "", place: "",
      stated: StatedFigure(value), unit: "",
      answer: .computed(
        FigureCount(
          subject: 0, condition: try condition.map { try Fixture.expression($0) }, form: form,
          definition: Bilingual(zh: "", en: ""))))
  }

  static func given(
    _ value: StatedFigure.Value, _ form: FigureCount.Form, where condition: String? = nil,
    _ units: [Unit] = units, jobs: Int = 1
  ) async throws -> ComputedFigure? {
    await computed(
      try figure(value, form, where: condition), Fixture.dossiers(units), jobs: jobs)
  }

  @Test("are counts, sums and different texts, with those of whom it is unknown beside")
  func forms() async throws {
    let big = try Fixture.expression("members >= 3")
    #expect(
      try await Self.given(.number(1), .members, where: "members > 0")
        == ComputedFigure(number: 3, unknown: 0))
    #expect(
      try await Self.given(.number(1), .count(big, of: nil))
        == ComputedFigure(number: 2, unknown: 1))
    #expect(
      try await Self.given(.share(800), .count(big, of: nil))
        == ComputedFigure(number: 2, unknown: 1, whole: 5))
    #expect(
      try await Self.given(.number(1), .sum(Fixture.expression("members")))
        == ComputedFigure(number: 9, unknown: 1, countsOnes: false))
    #expect(
      try await Self.given(.number(1), .sum(Fixture.expression("members - 1")))
        == ComputedFigure(number: 6, unknown: 2, countsOnes: false), "below 0 is no amount")
    #expect(
      try await Self.given(.number(1), .distinct(Fixture.expression("zone")))
        == ComputedFigure(number: 2, unknown: 1))
    #expect(
      try await Self.given(.number(1), .distinct(Fixture.expression("members == 5 ? '' : 'x'")))
        == ComputedFigure(number: 1, unknown: 1), "an empty text counts for nothing")
  }

  @Test("are nothing where nobody is there or nothing is known")
  func nothing() async throws {
    let big = try Fixture.expression("members >= 3")
    let blank = [Unit(), Unit()]
    #expect(try await Self.given(.number(1), .members, []) == nil)
    #expect(try await Self.given(.number(1), .members, where: "members > 9") == nil)
    #expect(try await Self.given(.number(1), .count(big, of: nil), blank) == nil)
    #expect(try await Self.given(.number(1), .sum(Fixture.expression("members")), blank) == nil)
    #expect(try await Self.given(.number(1), .distinct(Fixture.expression("zone")), blank) == nil)
  }

  @Test("are the rates of coverage, whatever the number of jobs")
  func likeCoverage() async throws {
    let units = (0..<Dossiers.batchSize + 99).map { number -> Unit in
      var unit = Unit()
      if number % 11 != 0 { unit.members = Int64(number % 6) }
      if number % 5 != 0 { unit.zone = number % 3 == 0 ? "甲" : "乙" }
      return unit
    }
    let dossiers = Fixture.dossiers(units)
    let coverage = try CoverTests.coverage()
    let lines = try await CoverTests.lines(units).filter(\.dimension.isEmpty)
    for (population, line) in zip(coverage.populations, lines) {
      for (measure, told) in zip(coverage.measures, line.measures) {
        let figure = PublishedFigure(
          id: "f", title: Bilingual(zh: "", en: ""), source: "", place: "",
          stated: StatedFigure(.share(800)), unit: "",
          answer: .computed(
            FigureCount(
              subject: 0, condition: population.condition,
              form: .count(measure.count, of: measure.of),
              definition: Bilingual(zh: "", en: ""))))
        for jobs in [1, 3] {
          #expect(
            await computed(figure, dossiers, jobs: jobs)
              == ComputedFigure(
                number: told.numerator, unknown: told.unknown, whole: told.denominator))
        }
      }
    }
  }
}
