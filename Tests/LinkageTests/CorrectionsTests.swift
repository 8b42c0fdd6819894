import RulePacks
import Tables
import Testing

@testable import Linkage

@Suite("Corrections")
struct CorrectionsTests {
  private static let rows: [Row] = [
    Row(Fixture.registration, ["U1", "R1", "甲公司", "D", "10", nil, "存续"]),
    Row(Fixture.penalties, ["U1", "一号", "2", "2018-01-02"]),
    Row(Fixture.penalties, ["U1", "二号", "2", "2018-03-01"]),
  ]

  /// record, target, field, old, new, result, file, line.
  private static func correction(_ texts: [String?], on day: String = "2018-09-01") -> Row {
    Row(
      Fixture.corrections,
      [
        texts[0], texts[1], texts[2], texts[3], texts[4], "理由", day, texts[5], texts[6], texts[7],
        nil,
      ])
  }

  @Test(
    "applies a correction only while its old value stands",
    arguments: [
      (["registration", "U1", "staff", "10", "12", "accepted", nil, nil], "applied", 4, "12"),
      // Forgotten, as far as anybody can tell.
      (["登记", "U1", "人数", "10", nil, "accepted", nil, nil], "blank", 4, "10"),
      (["registration", "R1", "状态", "存续", "注销", "accepted", nil, nil], "applied", 6, "closed"),
      (["registration", "U1", "zone", nil, "高新区", "accepted", nil, nil], "applied", 5, "高新区"),
      (["registration", "U1", "name", "甲 公司", "乙公司", "accepted", nil, nil], "applied", 2, "乙公司"),
      (["registration", "U1", "staff", "11", "12", "accepted", nil, nil], "stale", 4, "10"),
      (["registration", "U1", "staff", "10", "12", "rejected", nil, nil], "not-accepted", 4, "10"),
      (["registration", "U9", "staff", "10", "12", "accepted", nil, nil], "no-target", 4, "10"),
      (["registration", "U1", "size", "10", "12", "accepted", nil, nil], "no-target", 4, "10"),
      (["nothing", "U1", "staff", "10", "12", "accepted", nil, nil], "no-target", 4, "10"),
      (["registration", "U1", "staff", "10", "many", "accepted", nil, nil], "unreadable", 4, "10"),
      (["registration", "U1", "staff", "10", "12", "accepted", "0.csv", "2"], "applied", 4, "12"),
      (
        ["registration", "U1", "staff", "10", "12", "accepted", "0.csv", "3"], "no-target", 4, "10"
      ),
      (
        ["registration", "U1", "staff", "10", "12", "accepted", "1.csv", "2"], "no-target", 4, "10"
      ),
    ] as [([String?], String, Int, String?)])
  func outcomes(texts: [String?], outcome: String, field: Int, expected: String?) async {
    let linked = await Fixture.linked(
      CorrectionsTests.rows + [CorrectionsTests.correction(texts)])
    #expect(linked.corrections.map(\.outcome.rawValue) == [outcome])
    #expect(linked.dossiers.records[Fixture.registration].columns[field].text(0) == expected)
    let isSilent = outcome == "applied" || outcome == "not-accepted"
    #expect(
      linked.findings.filter { $0.rule.hasPrefix("correction-") }.map(\.rule)
        == (isSilent ? [] : ["correction-\(outcome)"]))
  }

  @Test("supplies facts of a record of which the subject has no row, in one row of its own")
  func supplied() async {
    let inspected = Row(Fixture.inspection, ["U2", nil, "乙", nil, "7", "2017"])
    let rows =
      CorrectionsTests.rows + [Row(Fixture.registration, ["U2", nil, "乙", "D"]), inspected]
    let corrections = [
      CorrectionsTests.correction(["年检", "U1", "人数", nil, "8", "accepted", nil, nil]),
      CorrectionsTests.correction(
        ["inspection", "U1", "成立", "-", "2010-05-01", "accepted", nil, nil], on: "2018-09-02"),
    ]
    let linked = await Fixture.linked(rows + corrections)
    #expect(linked.corrections.map(\.outcome) == [.applied, .applied])
    #expect(linked.dossiers.subjects[0].ids.count == 2)
    #expect(linked.dossiers.text(subject: 0, fact: 12, row: 0) == "8")
    #expect(linked.dossiers.text(subject: 0, fact: 14, row: 0) == "2010-05-01")
    #expect(linked.dossiers.text(subject: 0, fact: 12, row: 1) == "7")
    let table = linked.dossiers.records[Fixture.inspection]
    #expect(table.count == 2 && table.supplied == 1)
    // It stands where the correction does that was decided first.
    #expect(table.places.last == linked.corrections.first?.place)
    #expect(linked.corrections.map(\.target?.row) == [1, 1])
    // The registration states another number of staff.
    #expect(linked.findings.map(\.rule) == ["conflict"] && linked.unmatched == 0)
    #expect(linked.files.reduce(0) { $0 + $1.accepted } == rows.count + corrections.count)
  }

  @Test(
    "supplies nothing of nobody, to a register, to a list, or where a row is named or another value",
    arguments: [
      ["inspection", "U9", "staff", nil, "8", "accepted", nil, nil],
      ["register", "U1", "name", nil, "甲", "accepted", nil, nil],
      ["penalty", "U2", "amount", nil, "8", "accepted", nil, nil],
      ["inspection", "U1", "staff", nil, "8", "accepted", "0.csv", "9"],
      ["inspection", "U1", "staff", "7", "8", "accepted", nil, nil],
      ["inspection", "U1", "staff", nil, "many", "accepted", nil, nil],
    ] as [[String?]])
  func notSupplied(texts: [String?]) async {
    let linked = await Fixture.linked(
      CorrectionsTests.rows + [Row(Fixture.registration, ["U2", nil, "乙", "D"])]
        + [CorrectionsTests.correction(texts)])
    #expect(linked.corrections.map(\.outcome) == [.noTarget])
    #expect(linked.dossiers.records.allSatisfy { $0.supplied == 0 })
  }

  @Test("asks for file and line where several rows of a list say the same")
  func lists() async {
    let texts: [String?] = ["penalty", "U1", "金额", "2", "3", "accepted", nil, nil]
    let vague = await Fixture.linked(CorrectionsTests.rows + [CorrectionsTests.correction(texts)])
    #expect(vague.corrections.map(\.outcome) == [.noTarget])
    var exact = texts
    (exact[6], exact[7]) = ("folder/0.csv", "4")
    let clear = await Fixture.linked(CorrectionsTests.rows + [CorrectionsTests.correction(exact)])
    #expect(clear.corrections.map(\.outcome) == [.applied])
    let amounts = clear.dossiers.records[Fixture.penalties].columns[2]
    #expect([amounts.text(0), amounts.text(1)] == ["20000", "30000"])
  }

  @Test("applies nothing that says neither why nor when")
  func unsigned() async {
    for (reason, day) in [(nil, "2018-09-01"), ("理由", nil)] as [(String?, String?)] {
      let row = Row(
        Fixture.corrections,
        ["registration", "U1", "staff", "10", "12", reason, day, "accepted", nil, nil, nil])
      let linked = await Fixture.linked(CorrectionsTests.rows + [row])
      #expect(linked.corrections.map(\.outcome) == [.unsigned])
      #expect(linked.dossiers.records[Fixture.registration].columns[4].text(0) == "10")
      #expect(linked.findings.contains { $0.rule == "correction-unsigned" })
    }
  }

  @Test("says where one value is corrected to two")
  func clash() async {
    let rows = ["11", "12"].enumerated().map { index, value in
      CorrectionsTests.correction(
        ["registration", "U1", "staff", "10", value, "accepted", nil, nil],
        on: "2018-08-0\(index + 1)")
    }
    let linked = await Fixture.linked(CorrectionsTests.rows + rows)
    #expect(linked.dossiers.records[Fixture.registration].columns[4].text(0) == "12")
    #expect(linked.findings.filter { $0.rule == "corrections-differ" }.count == 1)
  }

  @Test("takes corrections of one value in order of their dates", arguments: [true, false])
  func order(isReversed: Bool) async {
    let first = CorrectionsTests.correction(
      ["registration", "U1", "staff", "10", "11", "accepted", nil, nil], on: "2018-08-01")
    let second = CorrectionsTests.correction(
      ["registration", "U1", "staff", "11", "12", "accepted", nil, nil], on: "2018-08-02")
    let rows = CorrectionsTests.rows + (isReversed ? [second, first] : [first, second])
    let linked = await Fixture.linked(rows)
    #expect(linked.corrections.map(\.outcome) == [.applied, .applied])
    #expect(linked.dossiers.records[Fixture.registration].columns[4].text(0) == "12")
  }

  @Test("joins by the corrected code")
  func identity() async {
    let linked = await Fixture.linked([
      Row(Fixture.registration, ["U1", nil, "甲", "D"]),
      Row(Fixture.penalties, ["U7", "一号", "2", "2018-01-02"]),
      CorrectionsTests.correction(["penalty", "U7", "uscc", "U7", "U1", "accepted", nil, nil]),
    ])
    #expect(linked.unmatched == 0)
  }

  @Test("counts one once that was registered twice, and says in what the two entries differ")
  func registeredTwice() async {
    func entry(_ number: String) -> Row {
      Row(
        Fixture.corrections,
        [
          "registration", "U1", "staff", "10", "12", "理由", "2018-09-01", "accepted", nil, nil,
          number,
        ])
    }
    let linked = await Fixture.linked(CorrectionsTests.rows + [entry("一号"), entry("二号")])
    #expect(linked.corrections.map(\.outcome) == [.applied])
    let conflicts = linked.findings.filter { $0.rule == "conflict" }
    #expect(conflicts.count == 1 && conflicts.first?.subject == nil)
  }
}
