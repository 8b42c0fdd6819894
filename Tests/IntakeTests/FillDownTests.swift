import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Merged cells")
struct FillDownTests {
  private let header = "区县,单位名称,从业人数,成立日期\n"

  private func pack() -> RulePack {
    var pack = samplePack()
    pack.sources[0].fillDown = [2]
    return pack
  }

  private func delivery(_ rows: String, pieceSize: Int = 1 << 20) async throws -> Delivery {
    try await taking(["a.csv": Array((header + rows).utf8)], pack: pack(), pieceSize: pieceSize)
  }

  @Test(
    "returns with a returned row what depends on it",
    arguments: [
      // A separator too many in the first row of a group.
      (
        "涧西区,甲,1,\n,乙,2,\n瀍河区,,丙,3,\n,丁,4,\n,戊,5,\n涧西区,己,6,\n,庚,7,\n", "甲乙己庚",
        ["cell-count", "fill-down-broken", "fill-down-broken"]
      ),
      // A cell that cannot be read.
      ("涧西区,甲,1,\n瀍河区,丙,3,x\n,丁,4,\n涧西区,己,6,\n", "甲己", ["bad-date", "fill-down-broken"]),
      // Text behind a closing quote.
      ("涧西区,甲,1,\n瀍河区,\"丙\"a,3,\n,丁,4,\n涧西区,己,6,\n", "甲己", ["stray-quote", "fill-down-broken"]),
      // A returned row within a group takes only itself, if its cells stand under the header.
      ("涧西区,甲,1,\n,乙,2,x\n,丙,3,\n", "甲丙", ["bad-date"]),
      (
        "涧西区,甲,1,\n,,乙,2\n,,丙,3,\n,丁,4,\n", "甲",
        ["bad-number", "bad-date", "missing", "cell-count", "fill-down-broken"]
      ),
      // A row that states all depends on nothing.
      ("瀍河区,,丙,3,\n涧西区,己,6,\n,庚,7,\n", "己庚", ["cell-count"]),
    ])
  func dependants(rows: String, accepted: String, faults: [String]) async throws {
    for size in [1, 13, 1 << 20] {
      let delivery = try await delivery(rows, pieceSize: size)
      #expect(delivery.column("name").joined() == accepted)
      #expect(delivery.faults == faults)
      #expect(delivery.isComplete)
    }
  }

  @Test(
    "comes out the same whether rows wait for others or are taken one by one", arguments: 0..<20)
  func waiting(seed: Int) throws {
    var draw = Draw(seed: seed)
    let rows = (0..<600).map { row in
      let division = draw.isOneOf(seed % 4 + 2) ? draw.pick(["", " "]) : draw.pick(["涧西区", "瀍河区"])
      let extra = draw.isOneOf(40) ? "," : ""
      return "\(division)\(extra),甲\(row),\(row),\(draw.isOneOf(15) ? "x" : "2018-11-06")\n"
    }
    let folder = try Folder(["a.csv": header + rows.joined()])
    let taken = try [1, RowBlock.most].map { most in
      var task = FileTask(
        folder: folder.path, path: "a.csv", index: 0, asOf: asOf, digestKey: nil,
        pieceSize: 100 + draw.below(20_000))
      task.mostWaiting = most
      return try #require(try task.read(pack()).first)
    }
    #expect(taken[0].table.columns == taken[1].table.columns)
    #expect(taken[0].table.places == taken[1].table.places)
    #expect(taken[0].quarantine == taken[1].quarantine)
    #expect(taken[0].quarantine.contains { $0.faults[0].code == "fill-down-broken" })
  }

  @Test("says on which row they depend")
  func message() async throws {
    let delivery = try await delivery("瀍河区,,丙,3,\n,丁,4,\n,戊,4,\n")
    let fault = delivery.quarantine[2].faults[0]
    #expect(fault.field == "division")
    #expect(
      fault.message.en
        == "“区县” is empty and repeats what stands above, but the row on line 2 was returned, so "
        + "its value is not known")
    #expect(fault.cure.en == "mend line 2 and deliver both again, or fill in the cell")
  }

  @Test("fills a single cell below a blank line, and knows what was returned above it")
  func held() async throws {
    let good = try await delivery("涧西区,甲,1,\n,,,\n,乙,,\n,丙,2,\n")
    #expect(good.column("division") == ["410305", "410305", "410305"])
    let bad = try await delivery("涧西区,甲,1,x\n,,,\n,乙,,\n,丙,2,\n")
    #expect(bad.faults == ["bad-date", "fill-down-broken", "fill-down-broken"])
  }

  @Test("holds for sheets")
  func sheets() async throws {
    let rows = [
      ["区县", "单位名称", "成立日期"], ["涧西区", "甲", ""], ["瀍河区", "乙", "x"], ["", "丙", ""],
      ["瀍河区", "丁", "<c t=\"e\"><v>#REF!</v></c>"], ["", "戊", ""], ["涧西区", "己", ""], ["", "庚", ""],
    ]
    let delivery = try await taking(["a.xlsx": xlsx([TestSheet(rows: rows)])], pack: pack())
    #expect(delivery.column("name") == ["甲", "己", "庚"])
    #expect(delivery.column("division") == ["410305", "410305", "410305"])
    #expect(
      delivery.faults == ["bad-date", "fill-down-broken", "cell-error", "fill-down-broken"])
  }

  @Test("holds for sheets of 2003")
  func spreadsheets() async throws {
    let text = spreadsheetML(
      row("区县", "单位名称", "成立日期") + row("涧西区", "甲", "") + row("瀍河区", "乙", "x")
        + row("", "丙", "") + row("涧西区", "丁", ""))
    let delivery = try await taking(["a.xls": Array(text.utf8)], pack: pack())
    #expect(delivery.column("name") == ["甲", "丁"])
    #expect(delivery.faults == ["bad-date", "fill-down-broken"])
  }
}
