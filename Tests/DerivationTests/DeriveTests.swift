import Expressions
import RulePacks
import Tables
import Testing

@testable import Derivation

typealias Unit = Fixture.Unit

@Suite("Derive")
struct DeriveTests {
  static let units = [
    Unit(members: 5, zone: "甲", division: "410306"),
    Unit(members: 0, zone: nil, division: "410308"),
    Unit(members: nil, zone: "乙", division: nil),
  ]

  @Test(
    "gives the value of an expression, unknown where a fact is missing",
    arguments: [
      ("members + 1", .int, ["6", "1", nil]), ("members >= 3", .bool, ["true", "false", nil]),
      ("zone", .string, ["甲", nil, "乙"]), ("zone + '区'", .string, ["甲区", nil, "乙区"]),
      ("division == '410306' ? 'old' : 'new'", .string, ["old", "new", nil]),
      ("date('2018-01-31')", .date, ["2018-01-31", "2018-01-31", "2018-01-31"]),
      ("decimal('0.5')", .decimal, ["0.5", "0.5", "0.5"]),
      ("10 / members", .int, ["2", nil, nil]),
      ("penalties.size()", .int, ["0", "0", "0"]),
    ] as [(String, ExpressionType, [String?])])
  func values(text: String, type: ExpressionType, expected: [String?]) async throws {
    let form = Derivation.Form.value(try Fixture.expression(text))
    #expect(await Fixture.values(DeriveTests.units, [(type, form)]).values == expected)
  }

  @Test("derives each fact from those before it")
  func chain() async throws {
    let first = Derivation.Form.value(try Fixture.expression("members > 2"))
    let second = Derivation.Form.value(try Fixture.expression("first ? 'yes' : 'no'"))
    let derived = await Fixture.values(DeriveTests.units, [(.bool, first), (.string, second)])
    #expect(derived.values == ["yes", "no", nil])
  }

  @Test(
    "takes the first rule that holds",
    arguments: [
      (false, nil, ["many", "none", nil]), (true, nil, ["many", "none", nil]),
      (true, .string("other"), ["many", "none", "other"]),
      (false, .string("other"), ["many", "none", nil]),
    ] as [(Bool, Value?, [String?])])
  func rules(skipsUnknown: Bool, otherwise: Value?, expected: [String?]) async throws {
    let rules = [
      Derivation.Rule(
        id: "R1", when: try Fixture.expression("members >= 3"), then: .string("many"), basis: "",
        finding: "人数较多", skipsUnknown: skipsUnknown),
      Derivation.Rule(
        id: "R2", when: try Fixture.expression("members < 3"), then: .string("none"), basis: "",
        finding: nil, skipsUnknown: skipsUnknown),
    ]
    let derived = await Fixture.values(
      DeriveTests.units, [(.string, .rules(rules, otherwise: otherwise))])
    #expect(derived.values == expected)
    #expect(derived.findings.map(\.rule) == ["fact0.R1"])
    #expect(derived.findings.map(\.subject) == ["U1000"])
  }

  @Test("keeps numbers, flags and dates of rules in columns of their kind")
  func typedRules() async throws {
    for (type, value, text) in [
      (.int, .int(3), "3"), (.bool, .bool(true), "true"),
      (.date, .date(Fixture.date(2018)), "2018"),
      (.decimal, .decimal(Exact(millionths: 1_500_000)), "1.5"),
    ] as [(ExpressionType, Value, String)] {
      let form = Derivation.Form.rules([], otherwise: value)
      #expect(await Fixture.values([Unit()], [(type, form)]).values == [text])
    }
  }

  @Test("takes results that are no codes of the fact's table as unknown, and counts them")
  func strangeCodes() async throws {
    let form = Derivation.Form.value(try Fixture.expression("members > 2 ? '410306' : zone + '区'"))
    var pack = Fixture.pack([(.string, form)])
    pack.subjects[0].facts[Fixture.derived].codes = 0
    let units = [
      Unit(members: 5), Unit(members: 1, zone: "甲"), Unit(members: 2, zone: "甲"), Unit(),
    ]
    var dossiers = Fixture.dossiers(units, pack: pack)
    let derived = await derive(&dossiers, pack: pack, settings: Fixture.settings)
    let values = units.indices.map { dossiers.text(subject: 0, fact: Fixture.derived, row: $0) }
    #expect(values == ["410306", nil, nil, nil])
    #expect(derived.findings.map(\.rule) == ["not-a-code"])
    #expect(
      derived.findings.first?.message.en
        == "“fact0” comes out as “甲区” for 2 subjects, which is no code of “divisions”; taken as unknown"
    )
  }

  @Test("derives more subjects than one batch holds, whatever the number of jobs")
  func manyBatches() async throws {
    let units = (0..<Dossiers.batchSize * 2 + 5).map {
      Unit(members: Int64($0), zone: "区\($0 % 7)")
    }
    let form = Derivation.Form.value(try Fixture.expression("zone + string(members % 3)"))
    let values = await Fixture.values(units, [(.string, form)]).values
    #expect(values == units.indices.map { "区\($0 % 7)\($0 % 3)" })
  }
}
