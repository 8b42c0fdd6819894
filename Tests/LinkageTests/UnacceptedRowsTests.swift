import RulePacks
import Tables
import Testing

@testable import Linkage

@Suite("A row that was not accepted")
struct UnacceptedRowsTests {
  private static let (staff, penalties, inspectionStaff) = (15, 16, 12)

  /// Two units, what was accepted of them, and rows that were not.
  private static func linked(
    _ accepted: [Fixture.Row], unaccepted: [Fixture.Row], pack: RulePack = Fixture.pack
  ) async -> Linked {
    var delivery = Fixture.delivery(
      [
        Fixture.Row(Fixture.registration, ["U1", nil, "甲公司", "D"]),
        Fixture.Row(Fixture.registration, ["U2", nil, "乙公司", "D"]),
      ] + accepted, pack: pack)
    delivery.unaccepted = Fixture.delivery(unaccepted, pack: pack).records
    for record in Set(unaccepted.map(\.record)) { delivery.delivered[record] = true }
    return await link(
      delivery, pack: pack, settings: LinkSettings(asOf: PartialDate(day: 17_804), jobs: 1))
  }

  private static func penalty(_ cells: [String?], file: Int = 1) -> Fixture.Row {
    Fixture.Row(Fixture.penalties, cells, file: file)
  }

  private static func inspection(_ code: String, _ staff: String?, _ year: String?, file: Int = 1)
    -> Fixture.Row
  {
    Fixture.Row(Fixture.inspection, [code, nil, nil, nil, staff, year], file: file)
  }

  /// Of a unit's penalties, the state of a field: 0 known, 1 missing, 2 undecided.
  private static func states(_ linked: Linked, _ unit: Int, field: Int) -> [UInt64] {
    let demand = Demand(lists: [penalties: Demand(slots: [field])])
    let batch = linked.dossiers.batch(of: 0, rows: unit..<unit + 1, demand: demand)
    guard case .rows(let rows)? = batch.vectors[penalties]?.values else { return [] }
    let missing = rows.batch.vectors[field]?.missing ?? []
    return missing.isEmpty ? Array(repeating: 0, count: rows.batch.count) : missing
  }

  @Test("stands in the list of its unit, and says no more than what it is about")
  func listed() async throws {
    let linked = await Self.linked(
      [Self.penalty(["U1", "罚1", "3", "2018-01-01"])],
      unaccepted: [Self.penalty(["U2", "罚2", "5", "2018-02-02"])])
    #expect(Self.states(linked, 0, field: 2) == [0])
    // Its number tells which one it is; the amount, although it could be read, does not count.
    #expect(Self.states(linked, 1, field: 1) == [0])
    #expect(Self.states(linked, 1, field: 2) == [Vector.undecided])
    #expect(Self.states(linked, 1, field: 3) == [Vector.undecided])
    let finding = try #require(linked.findings.first { $0.rule == "returned-row-open" })
    #expect(finding.subject == "U2" && finding.place == Place(file: 1, line: 2, record: 1))
    #expect(linked.dossiers.records[Fixture.penalties].unaccepted == 1)
    // What was read, accepted and superseded is counted as it was.
    #expect(linked.files[1].accepted == 1 && linked.files[1].superseded == 0)
  }

  @Test(
    "counts for nothing where it names nobody, or an accepted row is about the same thing",
    arguments: [
      (penalty(["U9", "罚2", nil, nil]), 1), (penalty([nil, "罚2", nil, nil]), 1),
      (penalty(["U1", "罚1", nil, nil]), 1), (penalty(["U1", "罚 1", nil, nil]), 1),
      // Another, or nobody knows which.
      (penalty(["U1", "罚3", nil, nil]), 2), (penalty(["U1", nil, nil, nil]), 2),
    ])
  func superseded(row: Fixture.Row, rows: Int) async {
    let linked = await Self.linked(
      [Self.penalty(["U1", "罚1", "3", "2018-01-01"])], unaccepted: [row])
    #expect(Self.states(linked, 0, field: 1).count == rows)
    #expect(linked.findings.contains { $0.rule == "returned-row-open" } == (rows == 2))
  }

  @Test("is the only one of its kind: the list is not one without rows")
  func onlyOne() async {
    let linked = await Self.linked([], unaccepted: [Self.penalty(["U1", "罚1", nil, nil])])
    #expect(Self.states(linked, 0, field: 2) == [Vector.undecided])
    #expect(Self.states(linked, 1, field: 2).isEmpty)
  }

  @Test("stands for its unit's row of a kind that has one, unless an accepted one is as late")
  func latest() async {
    for (mine, theirs, isOpen) in [
      (nil, nil, true), ("2018", "2017", true), ("2017", "2018", false),
      ("2018", "2018", false), (nil, "2017", true),
    ] as [(String?, String?, Bool)] {
      let accepted = theirs.map { [Self.inspection("U1", "7", $0)] } ?? []
      let linked = await Self.linked(accepted, unaccepted: [Self.inspection("U1", "8", mine)])
      let text = linked.dossiers.text(subject: 0, fact: Self.inspectionStaff, row: 0)
      #expect(text == (isOpen ? nil : "7"), "\(mine ?? "-"), \(theirs ?? "-")")
      let batch = linked.dossiers.batch(
        of: 0, rows: 0..<1, demand: Demand(slots: [Self.inspectionStaff]))
      let missing = batch.vectors[Self.inspectionStaff]?.missing ?? []
      #expect(missing == (isOpen ? [1] : []))
    }
  }

  @Test("keeps less believed sources from speaking for it, but not more believed ones")
  func blocks() async {
    var pack = Fixture.pack
    // The inspection is believed more than the registration.
    pack.subjects[0].facts[Self.staff].origin = .merged([12, 5])
    let registered = Fixture.Row(Fixture.registration, ["U1", nil, "甲公司", "D", "3"])
    let row = Self.inspection("U1", "8", "2018")
    let less = await Self.linked([registered], unaccepted: [row], pack: pack)
    #expect(less.dossiers.text(subject: 0, fact: Self.staff, row: 0) == nil)
    #expect(!less.dossiers.isStated(subject: 0, fact: Self.staff, row: 0))
    let more = await Self.linked([registered], unaccepted: [row])
    #expect(more.dossiers.text(subject: 0, fact: Self.staff, row: 0) == "3")
    // Of a name that identifies, any source will do.
    #expect(more.dossiers.text(subject: 0, fact: 19, row: 0) == "甲公司")
  }

  @Test("changes nothing of other units, wherever it stands")
  func others() async {
    let accepted = (1...3).map { Self.penalty(["U1", "罚\($0)", "1", "2018-01-0\($0)"]) }
    let plain = await Self.linked(accepted, unaccepted: [])
    let open = await Self.linked(
      accepted, unaccepted: [Self.penalty(["U2", nil, nil, nil]), Self.penalty(["U2", "9"])])
    #expect(Fixture.said(plain)[0] == Fixture.said(open)[0])
    #expect(Self.states(open, 1, field: 2) == [Vector.undecided, Vector.undecided])
  }
}
