import Expressions
import RulePacks
import Tables

@testable import Derivation

/// Units with a number of members, a zone, a division and a list of penalties.
enum Fixture {
  static let members = 0
  static let zone = 1
  static let division = 2
  static let penalties = 3
  static let street = 4
  /// The first slot for derived facts.
  static let derived = 5

  static let environment: Environment = {
    let names: [String: Binding] = [
      "members": fact(members, .int), "zone": fact(zone, .string),
      "division": fact(division, .string), "street": fact(street, .string),
      "penalties": fact(penalties, .list(.row(scope: 1))),
      "first": fact(derived, .bool), "text": fact(derived, .string),
    ]
    let row: [String: Binding] = ["amount": fact(0, .int), "day": fact(1, .date)]
    var joint: [String: Binding] = [
      "row.amount": fact(0, .int), "row.day": fact(1, .date),
      "members": fact(Demand.outer + members, .int),
    ]
    joint["kind"] = fact(Demand.outer + zone, .string)
    return Environment(scopes: [Scope(names: names), Scope(names: row), Scope(names: joint)])
  }()

  private static func fact(_ slot: Int, _ type: ExpressionType) -> Binding {
    Binding(shown: "\(slot)", type: type, meaning: .fact(slot: slot))
  }

  static func expression(_ text: String, scope: Int = 0) throws -> CheckedExpression {
    try check(text, in: environment, scope: scope)
  }

  static let divisions = CodeTable(
    id: "divisions",
    codes: {
      var old = CodeTable.Code(code: "410306", name: "吉利区")
      old.validTo = PartialDate(year: 2017, month: 6)
      old.successors = ["410308"]
      var middle = CodeTable.Code(code: "410308", name: "孟津区")
      middle.attributes = ["lead": "west"]
      var circle = CodeTable.Code(code: "410399", name: "环")
      circle.validTo = PartialDate(year: 2000)
      circle.successors = ["410399"]
      var ends = CodeTable.Code(code: "410398", name: "无后继")
      ends.validTo = PartialDate(year: 2000)
      return [middle, old, circle, ends, CodeTable.Code(code: "4103", name: "市")]
    }(), attributes: ["lead"], index: [:])

  static func pack(_ derivations: [(ExpressionType, Derivation.Form)] = []) -> RulePack {
    var pack = RulePack(about: RulePack.About())
    pack.codes = [divisions]
    var penalty = RecordKind(
      id: "penalty", title: "处罚", subject: .subject(0),
      holds: .many(list: "penalties", unique: [], emptyIsKnown: true))
    penalty.fields = [
      Field(id: "amount", label: "金额", type: .int), Field(id: "day", label: "日期", type: .date),
    ]
    pack.records = [penalty]
    var unit = SubjectKind(id: "unit", title: "单位", identity: [["uscc"]], name: 0)
    unit.facts = [
      Fact(id: "members", label: "人数", type: .int, origin: .asOf),
      Fact(id: "zone", label: "园区", type: .string, origin: .asOf),
      Fact(id: "division", label: "区划", type: .string, origin: .asOf),
      Fact(id: "penalties", label: "处罚", type: .list(.row(scope: 1)), origin: .list(record: 0)),
      Fact(id: "street", label: "街道", type: .string, origin: .asOf),
    ]
    unit.facts[division].codes = 0
    for (number, (type, form)) in derivations.enumerated() {
      unit.facts.append(
        Fact(id: "fact\(number)", label: "", type: type, origin: .derived(number)))
      pack.derivations.append(
        Derivation(subject: 0, slot: derived + number, id: "fact\(number)", form: form))
    }
    pack.subjects = [unit]
    return pack
  }

  struct Unit: Sendable {
    var members: Int64?
    var zone: String?
    var division: String?
    var street: String?
    var penalties: [(Int64, PartialDate?)] = []
  }

  static func dossiers(_ units: [Unit], pack: RulePack = pack()) -> Dossiers {
    var ids = TextColumn()
    var members = Cells<Int64>()
    var texts = [TextColumn(), TextColumn()]
    var division = CodeColumn(names: divisions.names)
    var amounts = Cells<Int64>()
    var days = Cells<Int32>()
    var offsets: [Int32] = [0]
    for (number, unit) in units.enumerated() {
      ids.append("U\(1000 + number)")
      members.append(unit.members ?? 0, unit.members == nil ? .notStated : .stated)
      for (index, text) in [unit.zone, unit.street].enumerated() {
        if let text { texts[index].append(text) } else { texts[index].appendAbsent(.notStated) }
      }
      let code = unit.division.flatMap { divisions.names.firstIndex(of: $0) }
      division.cells.append(Int32(code ?? 0), code == nil ? .notStated : .stated)
      for (amount, day) in unit.penalties {
        amounts.append(amount)
        days.append(day?.packed ?? 0, day == nil ? .notStated : .stated)
      }
      offsets.append(Int32(amounts.values.count))
    }
    let rows = (0..<amounts.values.count).map { Int32($0) }
    let facts: [FactColumn] =
      [
        .own(.number(members)), .own(.text(texts[0])), .own(.code(division)),
        .list(record: 0, offsets: offsets, rows: rows), .own(.text(texts[1])),
      ] + pack.derivations.map { _ in .absent }
    return Dossiers(
      records: [
        RecordTable(
          columns: [.number(amounts), .day(days)],
          places: rows.map { Place(file: 0, line: UInt32($0), record: UInt32($0)) },
          precedences: rows.map { _ in 0 })
      ], subjects: [SubjectTable(ids: ids, facts: facts)])
  }

  static let settings = DeriveSettings(asOf: date(2018, 9, 30), jobs: 2)

  static func date(_ year: Int, _ month: Int? = nil, _ day: Int? = nil) -> PartialDate {
    PartialDate(year: year, month: month, day: day) ?? PartialDate(day: 0)
  }

  /// The last derived fact of each unit as text.
  static func values(
    _ units: [Unit], _ derivations: [(ExpressionType, Derivation.Form)]
  ) async -> (values: [String?], findings: [Finding]) {
    let pack = pack(derivations)
    var dossiers = dossiers(units, pack: pack)
    let derived = await derive(&dossiers, pack: pack, settings: settings)
    let slot = Fixture.derived + derivations.count - 1
    return (
      units.indices.map { dossiers.text(subject: 0, fact: slot, row: $0) }, derived.findings
    )
  }
}
