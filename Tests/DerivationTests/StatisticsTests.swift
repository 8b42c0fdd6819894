import Expressions
import RulePacks
import Tables
import Testing

@testable import Derivation

@Suite("Statistics from dossiers")
struct StatisticsTests {
  typealias Unit = Fixture.Unit

  static let units = [
    Unit(members: 5, zone: "乙", division: "410308"),
    Unit(members: 1, zone: "甲", division: "4103"),
    Unit(members: nil, zone: nil, division: "410308"), Unit(members: 3, zone: "甲", division: nil),
    Unit(members: 0, zone: "乙", division: "410308"),
  ]

  static func lines(
    _ form: FigureCount.Form, where condition: String? = nil, by: [Int] = [],
    _ units: [Unit] = units, jobs: Int = 1
  ) async throws -> [StatisticLine] {
    var pack = Fixture.pack()
    let none = Bilingual(zh: "", en: "")
    pack.statistics = [
      Statistic(
        id: "s", title: none, section: none, unit: "",
        count: FigureCount(
          subject: 0, condition: try condition.map { try Fixture.expression($0) }, form: form,
          definition: none), by: by)
    ]
    return await statistics(Fixture.dossiers(units), pack, jobs: jobs)
  }

  static func line(
    _ number: Int64?, _ unknown: Int, of subjects: Int, _ dimension: String = "",
    _ group: String = ""
  ) -> StatisticLine {
    StatisticLine(
      statistic: 0, dimension: dimension, group: group,
      name: group.split(separator: " ").last.map(String.init) ?? "", subjects: subjects,
      number: number.flatMap { Exact($0) }, unknown: unknown)
  }

  @Test("count, sum and tell texts apart, with those of whom it is unknown beside")
  func forms() async throws {
    #expect(try await Self.lines(.members, where: "members > 0") == [Self.line(3, 0, of: 3)])
    #expect(
      try await Self.lines(.count(Fixture.expression("members >= 3"), of: nil))
        == [Self.line(2, 1, of: 5)])
    #expect(
      try await Self.lines(.sum(Fixture.expression("members"))) == [Self.line(9, 1, of: 5)])
    #expect(
      try await Self.lines(.distinct(Fixture.expression("zone"))) == [Self.line(2, 1, of: 5)])
  }

  @Test("add up decimals exactly")
  func decimals() async throws {
    let lines = try await Self.lines(.sum(Fixture.expression("decimal('0.1') * decimal(members)")))
    #expect(lines.map { $0.number?.description } == ["0.9"])
  }

  @Test("say nothing where nothing is known, and none where nobody is there")
  func nothing() async throws {
    let blank = [Unit(), Unit()]
    let sum = FigureCount.Form.sum(try Fixture.expression("members"))
    #expect(try await Self.lines(sum, blank) == [Self.line(nil, 2, of: 2)])
    #expect(try await Self.lines(.members, where: "members > 9") == [Self.line(0, 0, of: 0)])
    #expect(try await Self.lines(sum, []) == [Self.line(0, 0, of: 0)])
  }

  @Test("stand by group in the order of the code table, those not stated at the end")
  func groups() async throws {
    let lines = try await Self.lines(
      .sum(Fixture.expression("members")), by: [Fixture.division, Fixture.zone])
    #expect(
      lines == [
        Self.line(9, 1, of: 5),
        Self.line(5, 1, of: 3, "区划", "410308 孟津区"), Self.line(1, 0, of: 1, "区划", "4103 市"),
        Self.line(3, 0, of: 1, "区划", "未填"),
        Self.line(5, 0, of: 2, "园区", "乙"), Self.line(4, 0, of: 2, "园区", "甲"),
        Self.line(nil, 1, of: 1, "园区", "未填"),
      ])
  }

  @Test("are a plain sum over all subjects, whatever the number of jobs")
  func plainSum() async throws {
    let units = (0..<Dossiers.batchSize + 99).map { number -> Unit in
      var unit = Unit()
      if number % 11 != 0 { unit.members = Int64(number % 6) }
      if number % 5 != 0 { unit.zone = number % 3 == 0 ? "甲" : "乙" }
      return unit
    }
    let form = FigureCount.Form.sum(try Fixture.expression("members"))
    let one = try await Self.lines(form, by: [Fixture.zone], units)
    #expect(try await Self.lines(form, by: [Fixture.zone], units, jobs: 3) == one)
    #expect(one[0].number == Exact(units.reduce(0) { $0 + ($1.members ?? 0) }))
    #expect(one[0].unknown == units.count { $0.members == nil })
    for (zone, group) in [("甲", "甲"), ("乙", "乙"), (nil, "未填")] {
      let some = units.filter { $0.zone == zone }
      let line = try #require(one.first { $0.group == group })
      #expect(line.number == Exact(some.reduce(0) { $0 + ($1.members ?? 0) }))
      #expect(line.subjects == some.count)
    }
  }
}
