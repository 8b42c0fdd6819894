import RulePacks
import Tables
import Testing

@testable import Linkage

typealias Row = Fixture.Row

@Suite("Link")
struct LinkTests {
  /// Two units with inspections, penalties and a zone.
  static let rows: [Row] = [
    Row(Fixture.registration, ["U1", "R1", "甲公司", "D", "10", "高新 区", "存续"]),
    Row(Fixture.registration, ["U2", "R2", "乙公司", "D", "20", "别处", "存续"]),
    Row(Fixture.inspection, [nil, "R1", nil, nil, "11", "2017", "2001-05"]),
    Row(Fixture.inspection, [nil, "R1", nil, nil, "9", "2016", "2001"]),
    Row(Fixture.inspection, [nil, nil, "乙 公司", "D", nil, "2017", nil]),
    Row(Fixture.penalties, ["U2", "豫〔1〕号", "2", "2018-01-02"]),
    Row(Fixture.penalties, ["U2", "豫〔2〕号", "1", "2018-01-01"]),
    Row(Fixture.penalties, ["U2", "豫(2)号", "1", "2018-03-01"]),
    Row(Fixture.penalties, ["U9", "豫〔9〕号", "1", "2018-03-01"]),
    Row(Fixture.zones, ["高新区", "1"]),
  ]

  @Test("joins rows by code, by registration number and by name with division")
  func joins() async {
    let linked = await Fixture.linked(LinkTests.rows)
    let units = linked.dossiers.subjects[0]
    #expect((0..<units.count).map { units.ids[$0] } == ["U1", "U2"])
    #expect(text(linked, 0, 13) == "2017")
    #expect(text(linked, 1, 13) == "2017")
    #expect(text(linked, 0, 15) == "10")
    #expect(linked.unmatched == 1)
    #expect(linked.findings.count { $0.rule == "unmatched" } == 1)
  }

  @Test("keeps one of the rows that state the same thing and counts the rest in their file")
  func supersedes() async {
    let linked = await Fixture.linked(LinkTests.rows)
    let file = linked.files[0]
    #expect(file.read == 10)
    #expect(file.superseded == 2)
    #expect(file.accepted == 8)
    let conflicts = linked.findings.filter { $0.rule == "conflict" }
    // The older penalty notice, and the staff numbers of U1.
    #expect(conflicts.count == 2)
    let history = linked.findings.filter { $0.rule == "history" }
    #expect(history.map(\.severity) == [.note])
    #expect(history.first?.message.en.contains("1 row is of earlier times (by “年度”") == true)
    #expect(conflicts.contains { $0.message.en.contains("“10” (folder/0.csv:2)") })
  }

  @Test("follows a reference by the other's name and lists the members there")
  func references() async {
    let linked = await Fixture.linked(LinkTests.rows)
    #expect(text(linked, 0, 17) == "1")
    #expect(text(linked, 1, 17) == nil)
    guard case .members(0, let offsets, let rows) = linked.dossiers.subjects[1].facts[3] else {
      Issue.record("no members")
      return
    }
    #expect(offsets == [0, 1])
    #expect(rows == [0])
    #expect(linked.findings.count { $0.rule == "no-reference" } == 1)
  }

  @Test("says the same whatever the order, the splitting and the number of jobs", arguments: 0..<24)
  func permutations(seed: Int) async {
    let expected = await Fixture.linked(LinkTests.rows)
    var rows = LinkTests.rows
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    for index in rows.indices.reversed() {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      rows.swapAt(index, Int(state >> 33) % (index + 1))
      rows[index].file = Int(state >> 40) % 3
    }
    let linked = await Fixture.linked(rows, jobs: 1 + seed % 4)
    #expect(Fixture.said(linked) == Fixture.said(expected))
    #expect(linked.unmatched == expected.unmatched)
    #expect(
      linked.findings.map(\.rule).sorted() == expected.findings.map(\.rule).sorted())
    #expect(linked.files.reduce(0) { $0 + $1.superseded } == 2)
    for file in linked.files { #expect(file.read == file.accepted + file.superseded) }
  }

  @Test("leaves a fact unknown where nothing was delivered")
  func absent() async {
    let linked = await Fixture.linked([Row(Fixture.registration, ["U1", nil, "甲", "D"])])
    let facts = linked.dossiers.subjects[0].facts
    guard case .absent = facts[16], case .absent = facts[8], case .absent = facts[18],
      case .constant(.date) = facts[0]
    else {
      Issue.record("not absent")
      return
    }
    #expect(text(linked, 0, 15) == nil)
  }

  @Test("makes an empty list unknown only where the pack says so", arguments: [true, false])
  func emptyLists(isKnown: Bool) async {
    var pack = Fixture.pack
    pack.records[Fixture.penalties].holds = .many(
      list: "penalties", unique: [1], emptyIsKnown: isKnown)
    let linked = await Fixture.linked(LinkTests.rows, pack: pack)
    #expect(linked.dossiers.isStated(subject: 0, fact: 16, row: 0) == isKnown)
    #expect(linked.dossiers.isStated(subject: 0, fact: 16, row: 1))
    let batch = linked.dossiers.batch(
      of: 0, rows: 0..<2, demand: Demand(lists: [16: Demand(slots: [2])]))
    #expect(batch.vectors[16]?.isKnown(0) == isKnown)
    #expect(batch.vectors[16]?.isKnown(1) == true)
  }

  @Test("links nothing from nothing")
  func empty() async {
    let linked = await Fixture.linked([])
    #expect(linked.dossiers.subjects.map(\.count) == [0, 0])
    #expect(linked.findings.isEmpty)
  }

  private func text(_ linked: Linked, _ row: Int, _ fact: Int) -> String? {
    linked.dossiers.text(subject: 0, fact: fact, row: row)
  }
}
