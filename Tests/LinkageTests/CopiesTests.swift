import RulePacks
import Tables
import Testing

@testable import Linkage

@Suite("Copies")
struct CopiesTests {
  private static let unit = Row(Fixture.registration, ["U1", "R1", "甲公司", "D", "10"])

  /// Penalties as a list that says nothing of repetitions, counts them, or tells them by number.
  private static func pack(_ change: (inout RecordKind) -> Void) -> RulePack {
    var pack = Fixture.pack
    change(&pack.records[Fixture.penalties])
    return pack
  }

  private static let plain = pack {
    $0.holds = .many(list: "penalties", unique: [], emptyIsKnown: true)
  }
  private static let counted = pack {
    $0.holds = .many(list: "penalties", unique: [], emptyIsKnown: true)
    $0.countsRepeats = true
  }

  private func listed(_ linked: Linked) -> Int {
    guard case .list(_, let offsets, _) = linked.dossiers.subjects[0].facts[16] else { return -1 }
    return Int(offsets[1] - offsets[0])
  }

  @Test("of a list's row count once in whatever file, and those that differ in anything each")
  func once() async {
    let rows = [
      Self.unit, Row(Fixture.penalties, ["U1", "一号", "2", "2018-01-02"]),
      Row(Fixture.penalties, ["U1", "一号", "2", "2018-01-02"], file: 1, precedence: 3),
      Row(Fixture.penalties, ["U1", nil, "2", "2018-01-02"], file: 1),
      Row(Fixture.penalties, ["U1", "一号", "3", "2018-01-02"], file: 2),
      Row(Fixture.penalties, ["U1", nil, "2", "2018-01-02"], file: 2),
      Row(Fixture.penalties, ["U1", "一号", "2", "2018-01-02"], file: 2),
    ]
    for order in [rows, rows.reversed()] {
      let linked = await Fixture.linked(order, pack: Self.plain)
      #expect(listed(linked) == 3)
      #expect(linked.files.reduce(0) { $0 + $1.superseded } == 3)
      #expect(linked.findings.allSatisfy { $0.rule == "duplicate" && $0.severity == .note })
      // The place of the row that counts is told: that of the source believed more.
      #expect(linked.findings.contains { $0.message.zh.contains("以 folder/1.csv:") })
    }
  }

  @Test("also where the fields that tell rows apart are not stated")
  func unstated() async {
    let linked = await Fixture.linked([
      Self.unit, Row(Fixture.penalties, ["U1", nil, "2", "2018-01-02"]),
      Row(Fixture.penalties, ["U1", nil, "2", "2018-01-02"], file: 1),
      Row(Fixture.penalties, ["U1", nil, "2", "2018-01-03"], file: 1),
    ])
    #expect(listed(linked) == 2)
  }

  @Test(
    "count each in a list that counts repetitions, but not those of a file delivered twice",
    arguments: [
      (["a", "b", "c"], 3), (["a", "a", "c"], 2), (["a", "a", "a"], 1), (["", "", ""], 3),
    ])
  func counted(digests: [String], count: Int) async {
    let penalty = ["U1", "一号", "2", "2018-01-02"]
    var delivery = Fixture.delivery(
      [Self.unit] + (0..<3).map { Row(Fixture.penalties, penalty, file: $0) }, pack: Self.counted)
    // The first file holds the unit too; its penalty stands in the same line as those of the others.
    delivery.records[Fixture.penalties].places[0] = Place(file: 0, line: 2, record: 1)
    for file in 0..<3 { delivery.files[file].sha256 = digests[file] }
    let linked = await link(
      delivery, pack: Self.counted,
      settings: LinkSettings(asOf: PartialDate(day: 17_804), jobs: 1))
    #expect(listed(linked) == count)
    let same = linked.findings.filter { $0.rule == "same-file" }
    #expect(same.count == 3 - count)
    #expect(
      same.allSatisfy { $0.message.en.hasSuffix("same as folder/0.csv; its rows count once.") })
    for file in linked.files { #expect(file.read == file.accepted + file.superseded) }
  }

  @Test("of a file are told by digest and sheet")
  func files() {
    func file(_ path: String, _ sheet: String?, _ sha: String) -> DeliveredFile {
      var file = DeliveredFile(
        path: path + (sheet.map { ":" + $0 } ?? ""), bytes: 0, sha256: sha, encoding: "",
        encodingEvidence: "", profile: "")
      file.sheet = sheet
      return file
    }
    let all = [
      file("a.xlsx", "S", "1"), file("a.xlsx", "T", "1"), file("b.xlsx", "S", "1"),
      file("b.xlsx", "T", "1"), file("c.csv", nil, "2"),
    ]
    #expect(originals(of: all) == [0, 1, 0, 1, 4])
    #expect(findings(ofCopied: all).map(\.place?.file) == [2])
  }

  private static let correction: [String?] = [
    "registration", "U1", "staff", "10", "12", "理由", "2018-09-01", "accepted", "0.csv", nil,
  ]

  @Test("have the correction that was decided for one of them, which is told once")
  func corrected() async {
    var copy = Self.unit
    copy.file = 1
    for order in [[Self.unit, copy], [copy, Self.unit]] {
      let linked = await Fixture.linked(order + [Row(Fixture.corrections, Self.correction)])
      #expect(linked.dossiers.text(subject: 0, fact: 15, row: 0) == "12")
      #expect(linked.findings.map(\.rule) == ["duplicate"])
      #expect(linked.corrections.map(\.outcome) == [.applied])
    }
  }

  @Test("of a list have it too, unless each is a thing of its own")
  func correctedLists() async {
    let penalty = Row(Fixture.penalties, ["U1", "一号", "2", "2018-01-02"])
    var copy = penalty
    copy.file = 1
    let correction = Row(
      Fixture.corrections,
      ["penalty", "U1", "amount", "2", "3", "理由", "2018-09-01", "accepted", "0.csv", nil])
    let rows = [Self.unit, penalty, copy, correction]
    let plain = await Fixture.linked(rows, pack: Self.plain)
    #expect(listed(plain) == 1)
    #expect(plain.corrections.map(\.outcome) == [.applied])
    let counted = await Fixture.linked(rows, pack: Self.counted)
    #expect(listed(counted) == 2)
    #expect(counted.corrections.map(\.outcome) == [.applied])
    #expect(counted.corrections.first?.target?.row == 0)
  }

  @Test("of a correction are one correction")
  func corrections() async {
    let correction = Row(Fixture.corrections, Self.correction)
    var copy = correction
    copy.file = 1
    let linked = await Fixture.linked([Self.unit, correction, copy])
    #expect(linked.corrections.map(\.outcome) == [.applied])
    #expect(linked.findings.map(\.rule) == ["duplicate"])
    #expect(linked.files[1].superseded == 1)
    for file in linked.files { #expect(file.read == file.accepted + file.superseded) }
  }
}
