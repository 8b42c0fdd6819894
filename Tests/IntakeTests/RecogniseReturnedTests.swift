import Labels
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("A sheet of returned rows")
struct RecogniseReturnedTests {
  private func layout(_ rows: [[String]], _ pack: RulePack = samplePack()) -> CSVLayout? {
    returnedLayout(
      rows, CSVDialect(separator: 0x2C), EncodingGuess(encoding: .utf8, evidence: ""), pack)
  }

  @Test(
    "is known by its place column, which names its profile",
    arguments: ["退回行（sheet）", "Returned row (sheet)", " 退回行(SHEET)".trimmed])
  func known(place: String) throws {
    let found = try #require(layout([["退回 1 行"], ["单位名称", "成立日期", place]]))
    #expect(found.profile == 0)
    #expect(found.placeColumn == 2)
    #expect(found.skippedRows == 2)
    #expect(found.dropped == [])
  }

  @Test("is none with the place column of another pack, or without one")
  func unknown() {
    #expect(layout([["单位名称", "成立日期", "退回行（elsewhere）"]]) == nil)
    #expect(layout([["单位名称", "成立日期", "退回行"]]) == nil)
    #expect(layout([["单位名称", "成立日期"]]) == nil)
  }

  @Test("is read by the rules of an XML profile, each in its own column")
  func elements() async throws {
    let text =
      "单位名称,区县,形式（PARINS）,SYS,备注,标签,注册资本,\(RowLabel.place(ofProfile: "feed").zh)\n"
      + "甲,涧西区,1,A,好,\"x、y\",5,\n乙,涧西区,1,B,,,,\n"
    let delivery = try await taking(text)
    #expect(delivery.column("name") == ["甲", "甲", "乙"])
    #expect(delivery.column("form") == ["branch", "branch", "none"])
    #expect(delivery.column("note") == ["好", "好", "-"])
    #expect(delivery.column("tags") == ["x", "y", "-"])
    #expect(delivery.column("capital") == ["50000", "50000", "-"])
    #expect(delivery.files[0].profile == "feed")
  }

  @Test("is read by the rules of a profile with two lines of names")
  func lines() async throws {
    var pack = samplePack()
    pack.sources[0].format = .csv(headerRows: 2, within: 15, separator: nil)
    let text =
      "单位名称,区县,情况·成立日期,情况·形式,序号,\(RowLabel.place(ofProfile: "sheet").zh)\n"
      + "甲,涧西区,2018-11-06,支部,1,\n"
    let delivery = try await taking(["a.csv": Array(text.utf8)], pack: pack)
    #expect(delivery.column("founded") == ["2018-11-06"])
    #expect(delivery.column("form") == ["branch"])
  }

  @Test("fills no cell with what stands above, which is another row than it was")
  func fillDown() async throws {
    var pack = samplePack()
    pack.sources[0].fillDown = [2]
    let head = "信用代码,单位名称,区县"
    let rows = "91410305PDY000028Y,甲,涧西区\n91410300PDY900165E,乙,\n"
    let usual = try await taking(["a.csv": Array("\(head)\n\(rows)".utf8)], pack: pack)
    #expect(usual.column("division") == ["410305", "410305"])
    let place = RowLabel.place(ofProfile: "sheet").zh
    let mended = rows.replacing("\n", with: ",\n")
    let delivery = try await taking(
      ["a.csv": Array("\(head),\(place)\n\(mended)".utf8)], pack: pack)
    #expect(delivery.column("division") == ["410305", "-"])
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
