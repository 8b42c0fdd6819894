import Expressions
import RulePacks
import Tables
import Testing

@testable import Derivation

@Suite("Cover")
struct CoverTests {
  static let units = [
    Unit(members: 5, zone: "乙", division: "410306"),
    Unit(members: 1, zone: "甲", division: "410308"),
    Unit(members: nil, zone: nil, division: "410308"), Unit(members: 3, zone: "甲", division: nil),
    Unit(members: 0, zone: "乙", division: "410308"),
  ]

  static func coverage() throws -> Coverage {
    Coverage(
      subject: 0,
      populations: [
        .init(
          id: "all", title: "全部", definition: "所有单位", condition: try Fixture.expression("true")),
        .init(
          id: "manned", title: "有人", definition: "人数大于 0",
          condition: try Fixture.expression("members > 0")),
      ],
      dimensions: [
        .init(fact: Fixture.zone, title: "园区"), .init(fact: Fixture.division, title: "区划"),
      ],
      measures: [
        .init(
          id: "big", title: "三人以上", definition: "", count: try Fixture.expression("members >= 3"),
          of: nil),
        .init(
          id: "some", title: "", definition: "", count: try Fixture.expression("members >= 3"),
          of: try Fixture.expression("zone == '甲'")),
      ])
  }

  static func lines(_ units: [Unit], jobs: Int = 1) async throws -> [CoverageLine] {
    await cover(
      try coverage(), nil, Fixture.dossiers(units), Fixture.pack(), jobs: jobs)
  }

  @Test("counts the whole, then each group in its order, those without a value last")
  func order() async throws {
    let lines = try await CoverTests.lines(CoverTests.units).filter { $0.population == "all" }
    #expect(
      lines.map(\.group) == [
        "", "乙", "甲", "未填", "410308 孟津区", "410306 吉利区", "未填",
      ])
    #expect(lines.map(\.units) == [5, 2, 2, 1, 3, 1, 1])
    #expect(lines.map(\.dimension) == ["", "园区", "园区", "园区", "区划", "区划", "区划"])
  }

  @Test("counts beside the rate those of whom it is unknown")
  func unknown() async throws {
    let lines = try await CoverTests.lines(CoverTests.units)
    let whole = lines[0].measures
    #expect(whole.map(\.numerator) == [2, 1])
    #expect(whole.map(\.unknown) == [1, 0])
    #expect(whole.map(\.denominator) == [5, 2])
    // It is unknown whether the third unit has anyone, so it is no member of that population.
    #expect(lines.first { $0.population == "manned" }?.units == 3)
  }

  @Test("adds up to the population in every dimension, whatever the number of jobs")
  func partitions() async throws {
    let units = (0..<Dossiers.batchSize + 999).map { number -> Unit in
      var unit = Unit()
      if number % 11 != 0 { unit.members = Int64(number % 6) }
      if number % 5 != 0 { unit.zone = "区\(number % 9)" }
      if number % 7 != 0 { unit.division = Fixture.divisions.names[number % 4] }
      return unit
    }
    let lines = try await CoverTests.lines(units, jobs: 3)
    #expect(try await CoverTests.lines(units, jobs: 1) == lines)
    for population in ["all", "manned"] {
      let mine = lines.filter { $0.population == population }
      let whole = mine[0]
      #expect(whole.dimension.isEmpty)
      for dimension in ["园区", "区划"] {
        let groups = mine.filter { $0.dimension == dimension }
        #expect(groups.reduce(0) { $0 + $1.units } == whole.units)
        for measure in whole.measures.indices {
          let parts = groups.map { $0.measures[measure] }
          #expect(parts.reduce(0) { $0 + $1.numerator } == whole.measures[measure].numerator)
          #expect(parts.reduce(0) { $0 + $1.unknown } == whole.measures[measure].unknown)
          #expect(parts.reduce(0) { $0 + $1.denominator } == whole.measures[measure].denominator)
        }
      }
    }
  }
}
