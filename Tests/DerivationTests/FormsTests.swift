import Expressions
import RulePacks
import Tables
import Testing

@testable import Derivation

@Suite("Forms of organisation")
struct FormsTests {
  private static func lines(_ units: [Fixture.Unit], jobs: Int = 1) async throws -> [FormLine] {
    var pack = Fixture.pack()
    pack.coverages = [try CoverTests.coverage()]
    let overview = Overview(
      subject: 0, populations: [0], measures: [0], dimensions: [1],
      forms: Overview.Forms(
        fact: Fixture.division, organizations: try Fixture.expression("zone"),
        members: try Fixture.expression("members")), rubric: nil)
    return await forms(overview, Fixture.dossiers(units), pack, jobs: jobs)
  }

  @Test("are counted by code with different organisations and people, what is unknown beside")
  func counts() async throws {
    let lines = try await Self.lines(CoverTests.units)
    #expect(lines.map(\.code) == Fixture.divisions.names + [""])
    let shown = lines.filter { $0.units > 0 }
    #expect(shown.map(\.units) == [3, 1, 1])
    #expect(shown.map(\.organizations?.number) == [2, 1, 1])
    #expect(shown.map(\.organizations?.unknown) == [1, 0, 0])
    #expect(shown.map(\.members?.number) == [1, 5, 3])
    #expect(shown.map(\.members?.unknown) == [1, 0, 0])
  }

  @Test("add up to the population, whatever the number of jobs")
  func addsUp() async throws {
    let units = (0..<Dossiers.batchSize + 50).map { number -> Fixture.Unit in
      var unit = Fixture.Unit()
      unit.members = Int64(number % 4)
      unit.zone = "区\(number % 9)"
      if number % 7 != 0 { unit.division = Fixture.divisions.names[number % 4] }
      return unit
    }
    let lines = try await Self.lines(units)
    #expect(lines.reduce(0) { $0 + $1.units } == units.count)
    let people = units.reduce(0) { $0 + Int($1.members ?? 0) }
    #expect(lines.reduce(0) { $0 + ($1.members?.number ?? 0) } == people)
    #expect(try await Self.lines(units, jobs: 3) == lines)
  }
}
