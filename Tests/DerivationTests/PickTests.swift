import Expressions
import RulePacks
import Tables
import Testing

@testable import Derivation

@Suite("Pick")
struct PickTests {
  private static func day(_ year: Int, _ month: Int? = nil, _ day: Int? = nil) -> PartialDate {
    Fixture.date(year, month, day)
  }

  @Test(
    "takes the field of the latest or earliest row that fulfils the condition",
    arguments: [
      (nil, true, [(1, day(2017, 1, 1)), (2, day(2018, 1, 1)), (3, day(2016, 1, 1))], "2"),
      (nil, false, [(1, day(2017, 1, 1)), (2, day(2018, 1, 1)), (3, day(2016, 1, 1))], "3"),
      ("row.amount < 2", true, [(1, day(2017, 1, 1)), (2, day(2018, 1, 1))], "1"),
      ("row.amount > 9", true, [(1, day(2017, 1, 1))], nil),
      // Rows that do not state the date cannot be the latest.
      (nil, true, [(1, nil), (2, day(2010))], "2"), (nil, true, [(1, nil)], nil),
      (nil, true, [], nil),
      // A month counts from its first day; of equals the first stays.
      (nil, true, [(1, day(2018, 3)), (2, day(2018, 3, 2))], "2"),
      (nil, true, [(1, day(2018, 3)), (2, day(2018, 3, 1))], "1"),
      // Unknown whether the latest row counts.
      ("members > 1 && row.amount > 0", true, [(1, day(2018, 3))], nil),
      ("members > 1 || row.amount == 1", true, [(1, day(2018, 3)), (2, day(2017))], "1"),
      ("members > 1 || row.amount == 1", true, [(1, day(2017, 3)), (2, day(2018))], nil),
    ] as [(String?, Bool, [(Int64, PartialDate?)], String?)])
  func pick(
    condition: String?, takesLatest: Bool, penalties: [(Int64, PartialDate?)], expected: String?
  ) async throws {
    let pick = Derivation.Pick(
      list: Fixture.penalties, record: 0,
      condition: try condition.map { try Fixture.expression($0, scope: 2) }, order: 1,
      takesLatest: takesLatest, take: 0)
    let units = [Unit(members: 9), Unit(members: nil, penalties: penalties)]
    #expect(await Fixture.values(units, [(.int, .pick(pick))]).values == [nil, expected])
  }

  @Test("does not know the latest where a row that was not accepted may be it")
  func unaccepted() throws {
    let rows: [(Int64, PartialDate?)] = [(1, Self.day(2017, 3)), (2, nil)]
    var dossiers = Fixture.dossiers([Unit(members: 9, penalties: rows)])
    var pick = Derivation.Pick(
      list: Fixture.penalties, record: 0, condition: nil, order: 1, takesLatest: true, take: 0)
    #expect(picked(pick, 0, 0..<1, dossiers) == [0])
    dossiers.records[0].unaccepted = 1
    #expect(picked(pick, 0, 0..<1, dossiers) == [-1])
    // Unless it cannot fulfil the condition.
    pick.condition = try Fixture.expression("row.amount < 2", scope: 2)
    #expect(picked(pick, 0, 0..<1, dossiers) == [0])
  }
}
