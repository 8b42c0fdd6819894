import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Cells that cannot be read")
struct ProblemsTests {
  private let text =
    "单位名称,区县,从业人数,统一社会信用代码\n甲,无此区,1,91410305PDY000028Y\n"
    + "乙,涧西区,许多,91410305PDY000028X\n丙,无此区,无数,\n丁,涧西区,3,\n"

  @Test(
    "are counted once, in rows that are taken together and in rows that are taken alone",
    arguments: [1, 2, 1000])
  func once(mostWaiting: Int) async throws {
    let folder = try Folder(["a.csv": Array(text.utf8)])
    var task = FileTask(
      folder: folder.path, path: "a.csv", index: 0, asOf: asOf, digestKey: nil)
    task.mostWaiting = mostWaiting
    let delivery = try await take([task], pack: samplePack(), settings: TakeSettings())
    let kind = samplePack().records[0]
    let unread = Dictionary(
      uniqueKeysWithValues: kind.fields.indices.map { (kind.fields[$0].id, delivery.unread[0][$0]) }
    ).filter { $0.value > 0 }
    // A wrong check character is doubtful, but the code was read.
    #expect(unread == ["division": 2, "staff": 2])
    #expect(
      delivery.findings.contains { $0.rule == "bad-check-digit" }
        || delivery.faults.contains("bad-check-digit"))
  }

  @Test("leave of a row that is returned what could be read, apart from the accepted rows")
  func leftOver() async throws {
    let delivery = try await taking("单位名称,区县,成立日期\n甲,涧西区,昨天\n乙,涧西区,2018-01-02\n")
    let (kind, kept) = (samplePack().records[0], delivery.unaccepted[0])
    #expect(delivery.records[0].count == 1 && delivery.quarantine.count == 1)
    #expect(kept.places == delivery.quarantine.map(\.place))
    let fields = try ["name", "division", "founded"].map { try #require(kind.field($0)) }
    let division = delivery.records[0].columns[fields[1]].text(0)
    #expect(fields.map { kept.columns[$0].text(0) } == ["甲", division, nil])
  }

  @Test("are not quoted where they hold what their field never does: only how long they are")
  func shapes() async throws {
    let delivery = try await taking(
      "单位名称,区县,从业人数,成立日期\n甲,139-1234-5678,李四五,王二麻\n乙,无此区,约100多,2018-09-30\n")
    let messages =
      delivery.findings.map(\.message.zh)
      + delivery.quarantine.flatMap { $0.faults.map(\.message.zh) }
    let said = messages.joined(separator: "\n")
    for hidden in ["5678", "李四五", "王二麻"] { #expect(!said.contains(hidden), "\(said)") }
    for shown in ["“***”", "“*************”", "无此区", "约100多"] {
      #expect(said.contains(shown), "\(said)")
    }
  }
}
