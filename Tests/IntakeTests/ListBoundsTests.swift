import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Bounds of what is told row by row")
struct ListBoundsTests {
  private func taken(
    _ text: String, mostListed: Int, mostWaiting: Int, fillsDown: Bool
  ) async throws -> Delivery {
    let folder = try Folder(["a.csv": text])
    var pack = samplePack()
    if fillsDown { pack.sources[0].fillDown = [2] }
    var task = FileTask(
      folder: folder.path, path: "a.csv", index: 0, asOf: PartialDate(day: 17_900),
      digestKey: nil)
    task.mostWaiting = mostWaiting
    task.mostListed = mostListed
    return try await take([task], pack: pack, settings: TakeSettings())
  }

  @Test(
    "rows beyond them are counted, and what is accepted stays the same",
    arguments: [1, 7, RowBlock.most], [false, true])
  func rowsBeyond(mostWaiting: Int, fillsDown: Bool) async throws {
    var draw = Draw(seed: mostWaiting)
    let rows = (0..<2_000).map { row in
      let division = draw.isOneOf(4) ? draw.pick(["涧西区", "瀍河区"]) : ""
      let extra = draw.isOneOf(40) ? "," : ""
      return "\(division)\(extra),甲\(row),\(row),\(draw.isOneOf(3) ? "x" : "2018-11-06")\n"
    }
    let text = "区县,单位名称,从业人数,成立日期\n" + rows.joined()
    let all = try await taken(
      text, mostListed: .max, mostWaiting: mostWaiting, fillsDown: fillsDown)
    let bounded = try await taken(
      text, mostListed: 10, mostWaiting: mostWaiting, fillsDown: fillsDown)
    #expect(all.quarantine.count > 500 && all.files[0].quarantined == all.quarantine.count)
    for field in ["name", "division"] {
      #expect(bounded.column(field) == all.column(field))
    }
    #expect(bounded.quarantine == Array(all.quarantine.prefix(10)))
    #expect(bounded.files[0].quarantined == all.quarantine.count)
    #expect(bounded.unread == all.unread)
    let told = try #require(bounded.findings.first { $0.rule == "not-listed" })
    #expect(told.message.en.contains(" \(all.quarantine.count - 10) further rows"))
    #expect(!all.findings.contains { $0.rule == "not-listed" })
  }

  @Test("hold for rows that cannot be read at all, and for all files of a run together")
  func refused() async throws {
    let text = "区县,单位名称,从业人数,成立日期\n" + String(repeating: "涧西区,,,,,甲\n", count: 50)
    let bounded = try await taken(text, mostListed: 10, mostWaiting: 7, fillsDown: false)
    #expect(bounded.quarantine.count == 10 && bounded.files[0].quarantined == 50)
    var delivery = bounded
    let told = delivery.boundLists(most: 4)
    #expect(delivery.quarantine.count == 4)
    #expect(told?.message.zh.contains("另有 6 条") == true && told?.place == nil)
    #expect(delivery.boundLists(most: 4) == nil)
  }
}
