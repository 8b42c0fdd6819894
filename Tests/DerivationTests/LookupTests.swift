import Expressions
import RulePacks
import Tables
import Testing

@testable import Derivation

@Suite("Lookup and successor")
struct LookupTests {
  @Test(
    "reads an attribute of the code's row",
    arguments: [
      (nil, false, "410308", "孟津区"), ("lead", false, "410308", "west"),
      ("lead", false, "410306", nil), (nil, false, "41", nil), (nil, true, "410308001", "孟津区"),
      (nil, true, "410301", "市"), (nil, true, "42", nil), ("valid_to", false, "410306", "2017-06"),
      ("code", true, "4103", "4103"),
    ] as [(String?, Bool, String, String?)])
  func lookup(column: String?, byPrefix: Bool, code: String, expected: String?) {
    let lookup = Lookup(Fixture.divisions, column: column, byPrefix: byPrefix)
    #expect(lookup.text(of: code) == expected)
  }

  @Test(
    "follows a code that has ended by the date",
    arguments: [
      ("410306", Fixture.date(2018, 9, 30), "410308"),
      ("410306", Fixture.date(2017, 6, 30), "410306"),
      ("410306", Fixture.date(2017, 7, 1), "410308"), ("410308", Fixture.date(2018), "410308"),
      ("410399", Fixture.date(2018), "410399"), ("410398", Fixture.date(2018), "410398"),
      ("999", Fixture.date(2018), "999"),
    ])
  func successor(code: String, asOf: PartialDate, expected: String) {
    #expect(Succession(Fixture.divisions, asOf: asOf).successor(of: code) == expected)
  }

  @Test("fills the fact of every subject, unknown where there is nothing to look up")
  func columns() async throws {
    let units = [Unit(division: "410306"), Unit(division: nil), Unit(division: "410308")]
    let by = try Fixture.expression("division")
    let lookup = Derivation.Form.lookup(table: 0, by: by, column: "lead", byPrefix: false)
    #expect(await Fixture.values(units, [(.string, lookup)]).values == [nil, nil, "west"])
    let successor = Derivation.Form.successor(table: 0, of: by)
    #expect(
      await Fixture.values(units, [(.string, successor)]).values == ["410308", nil, "410308"])
  }
}
