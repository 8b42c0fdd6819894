import RulePacks
import Tables
import Testing

@testable import Linkage

@Suite("A fact of which the believed source could not be read")
struct UnreadSourcesTests {
  /// What two record kinds state of two units: the registration, which is believed, and the
  /// inspection.
  ///
  /// - Parameter isCode: Whether the fact is one of codes.
  private static func linked(
    registered: String?, unread: [Finding] = [], inspected: String? = "7", isCode: Bool = true
  ) async -> Linked {
    var pack = Fixture.pack
    if isCode { pack.subjects[0].facts[staff].codes = 0 }
    var delivery = Fixture.delivery([
      Row(Fixture.registration, ["U1", nil, "甲公司", "D", registered]),
      Row(Fixture.registration, ["U2", nil, "乙公司", "D", nil]),
      Row(Fixture.inspection, ["U1", nil, nil, nil, inspected], file: 1),
      Row(Fixture.inspection, ["U2", nil, nil, nil, "8"], file: 1),
    ])
    delivery.findings = unread
    return await link(
      delivery, pack: pack,
      settings: LinkSettings(asOf: PartialDate(day: 17_804), jobs: 1))
  }

  private static func unread(
    _ rule: String = "unknown-code", field: String = "staff", file: Int32 = 0
  ) -> Finding {
    Finding(
      .warning, rule, place: Place(file: file, line: 2, record: 1), field: field,
      message: Bilingual(zh: "", en: ""), cure: Bilingual(zh: "", en: ""))
  }

  private static let staff = 15

  @Test("is not known: no other source speaks for it, and other subjects keep theirs")
  func blocked() async throws {
    let linked = await Self.linked(registered: nil, unread: [Self.unread()])
    let dossiers = linked.dossiers
    #expect(dossiers.text(subject: 0, fact: Self.staff, row: 0) == nil)
    #expect(dossiers.text(subject: 0, fact: Self.staff, row: 1) == "8")
    #expect(!dossiers.isStated(subject: 0, fact: Self.staff, row: 0))
    #expect(dossiers.provenance(subject: 0, fact: Self.staff, row: 0) == nil)
    let batch = dossiers.batch(of: 0, rows: 0..<2, demand: Demand(slots: [Self.staff]))
    #expect(batch.vectors[Self.staff]?.missing == [1, 0])
    let sources = dossiers.sources(subject: 0, fact: Self.staff)
    #expect(sources.map { $0.row(of: 0) != nil } == [true, false])
    #expect(sources.map { $0.row(of: 1) != nil } == [true, true])
    // What the other source states is its own fact still.
    #expect(dossiers.text(subject: 0, fact: 12, row: 0) == "7")
  }

  @Test("is told with what is not used in its place")
  func told() async throws {
    let found = await Self.linked(registered: nil, unread: [Self.unread()]).findings
    let finding = try #require(found.first { $0.rule == "unread-source" })
    #expect(finding.subject == "U1" && finding.field == "staff")
    #expect(finding.place == Place(file: 0, line: 2, record: 1))
    #expect(
      finding.message.zh
        == "人数：登记的内容不能识别（folder/0.csv:2），年检为“7”（folder/1.csv:2）；不用后者代替，按未知处理。")
  }

  @Test("is known where nothing was delivered, where it was corrected, and where it is read")
  func open() async {
    let blank = await Self.linked(registered: nil)
    #expect(blank.dossiers.text(subject: 0, fact: Self.staff, row: 0) == "7")
    // Read, though something is said about it, or mended since.
    let read = await Self.linked(registered: "5", unread: [Self.unread("not-whole")])
    #expect(read.dossiers.text(subject: 0, fact: Self.staff, row: 0) == "5")
    // A less believed source that cannot be read takes nothing from one that is.
    let less = await Self.linked(
      registered: "5", unread: [Self.unread(file: 1)], inspected: nil)
    #expect(less.dossiers.text(subject: 0, fact: Self.staff, row: 0) == "5")
    // Of a name that identifies, any source will do.
    let name = await Self.linked(registered: nil, unread: [Self.unread(field: "name")])
    #expect(name.dossiers.text(subject: 0, fact: 19, row: 0) == "甲公司")
    // A number that cannot be read says nothing, so that another source may say it.
    let number = await Self.linked(registered: nil, unread: [Self.unread()], isCode: false)
    #expect(number.dossiers.text(subject: 0, fact: Self.staff, row: 0) == "7")
    for linked in [blank, read, less, name, number] {
      #expect(!linked.findings.contains { $0.rule == "unread-source" })
    }
  }
}
