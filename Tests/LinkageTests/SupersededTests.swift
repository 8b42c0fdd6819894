import RulePacks
import Tables
import Testing

@testable import Linkage

@Suite("Superseded rows")
struct SupersededTests {
  private static let unit = Row(Fixture.registration, ["U1", "R1", "甲", "D", nil])

  @Test(
    "keeps the latest row, then that of the source believed more, then by content",
    arguments: [
      ([("5", "2016", 9), ("6", "2017", 0)], "6", ["history"]),
      ([("5", "2017", 9), ("6", "2017", 0)], "5", ["conflict"]),
      ([("5", "2017", 0), ("6", "2017", 0)], "6", ["conflict"]),
      ([("5", "2017", 0), ("6", nil, 9)], "5", ["conflict"]),
      ([("5", "2017", 0), ("5", "2017", 0)], "5", ["duplicate"]),
      ([("5", "2017", 0), (nil, "2017", 0)], "5", ["duplicate"]),
      ([("5", "2016", 0), ("5", "2017", 0)], "5", ["history"]),
    ] as [([(String?, String?, Int16)], String, [String])])
  func winners(rows: [(String?, String?, Int16)], staff: String, rules: [String]) async {
    let inspections = rows.enumerated().map { file, row in
      Row(
        Fixture.inspection, ["U1", nil, nil, nil, row.0, row.1], file: file, precedence: row.2)
    }
    for order in [inspections, inspections.reversed()] {
      let linked = await Fixture.linked([SupersededTests.unit] + order)
      #expect(linked.dossiers.text(subject: 0, fact: 15, row: 0) == staff)
      #expect(linked.findings.map(\.rule) == rules)
      #expect(linked.files.reduce(0) { $0 + $1.superseded } == 1)
      #expect(linked.files.reduce(0) { $0 + $1.accepted } == 2)
    }
  }

  @Test(
    "asks about what the latest row leaves blank and an earlier one states, and takes nothing over")
  func blank() async {
    let rows = [
      Row(Fixture.inspection, ["U1", nil, "甲", nil, "5", "2016", "2010-01-01"], file: 1),
      Row(Fixture.inspection, ["U1", nil, nil, nil, nil, "2017", "2010-01-01"], file: 2),
    ]
    for order in [rows, rows.reversed()] {
      let linked = await Fixture.linked([SupersededTests.unit] + order)
      #expect(linked.dossiers.text(subject: 0, fact: 12, row: 0) == nil)
      // The name finds the subject and is known otherwise.
      #expect(linked.findings.map(\.rule) == ["later-row-blank"])
      let finding = linked.findings.first
      #expect(
        finding?.severity == .warning && finding?.subject == "U1" && finding?.field == "staff")
      #expect(
        finding?.message.zh
          == "年检：采用较新的一行（folder/2.csv:2），其中没有填写较早一行（folder/1.csv:2）填过的“人数”“5”，现在按未填处理。")
      #expect(finding?.message.en.contains("(folder/2.csv:2) counts and leaves blank") == true)
      #expect(finding?.message.en.contains("(folder/1.csv:2) states: “人数” “5”") == true)
    }
  }

  @Test(
    "warns of a later row of a list that states less than the one before",
    arguments: [("200", Finding.Severity.note), (nil, .warning)] as [(String?, Finding.Severity)])
  func listed(amount: String?, severity: Finding.Severity) async {
    var pack = Fixture.pack
    pack.records[Fixture.penalties].latest = 3
    let linked = await Fixture.linked(
      [
        SupersededTests.unit, Row(Fixture.penalties, ["U1", "一号", "100", "2018-01-01"]),
        Row(Fixture.penalties, ["U1", "一号", amount, "2018-02-01"]),
      ], pack: pack)
    #expect(linked.findings.filter { $0.rule == "conflict" }.map(\.severity) == [severity])
  }

  @Test(
    "reports what two record kinds state differently, with what is lost",
    arguments: [
      ("10", "11", ["conflict"]), ("10", "10", []), (nil, "11", []), ("10", nil, []),
    ] as [(String?, String?, [String])])
  func merged(first: String?, second: String?, rules: [String]) async {
    let linked = await Fixture.linked([
      Row(Fixture.registration, ["U1", nil, "甲", "D", first]),
      Row(Fixture.inspection, ["U1", nil, "甲（注销）", "D", second, "2017"]),
    ])
    #expect(linked.findings.map(\.rule) == rules)
    #expect(linked.dossiers.text(subject: 0, fact: 15, row: 0) == first ?? second)
  }

  @Test("says codes by their names and flags as yes or no")
  func names() async {
    var pack = Fixture.pack
    pack.records[Fixture.registration].isRoster = true
    let rows = ["存续", "注销"].enumerated().map { file, state in
      Row(Fixture.registration, ["U1", nil, "甲", "D", nil, nil, state], file: file)
    }
    let finding = await Fixture.linked(rows, pack: pack).findings.first { $0.rule == "conflict" }
    #expect(finding?.message.zh.contains("“存续”") == true)
    #expect(finding?.message.zh.contains("“注销”") == true)
    #expect(finding?.message.zh.contains("active") == false)
    #expect(finding?.message.en.contains("“active (存续)”") == true)
    #expect(finding?.message.en.contains("“closed (注销)”") == true)
  }

  @Test("keeps quiet about values that are not public and about fields not compared")
  func secrecy() async {
    var pack = Fixture.pack
    pack.records[Fixture.inspection].fields[4].sensitivity = .personal
    let rows = [
      SupersededTests.unit, Row(Fixture.inspection, ["U1", nil, nil, nil, "51", "2017"]),
      Row(Fixture.inspection, ["U1", nil, nil, nil, "52", "2017"]),
    ]
    let linked = await Fixture.linked(rows, pack: pack)
    #expect(linked.findings.map(\.rule) == ["conflict"])
    #expect(
      linked.findings.allSatisfy { !$0.message.zh.contains("51") && !$0.message.en.contains("52") })
    pack.records[Fixture.inspection].fields[4].isCompared = false
    #expect((await Fixture.linked(rows, pack: pack)).findings.map(\.rule) == ["duplicate"])
  }

  @Test("counts a row that was taken once for each of its values as superseded only as a whole")
  func splitRows() {
    let place = { (record: UInt32) in Place(file: 0, line: record, record: record) }
    let table = RecordTable(
      columns: [], places: [place(1), place(1), place(2), place(3), place(3)],
      precedences: Array(repeating: 0, count: 5))
    var files = [
      DeliveredFile(
        path: "a", bytes: 0, sha256: "", encoding: "", encodingEvidence: "", profile: "")
    ]
    files[0].accepted = 3
    countSuperseded([0, 2, 3, 4], in: table, files: &files)
    #expect(files[0].superseded == 2)
    #expect(files[0].accepted == 1)
  }
}
