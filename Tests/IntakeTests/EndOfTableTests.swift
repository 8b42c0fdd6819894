import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Forms that are filled in line by line")
struct EndOfTableTests {
  private func delivery(_ rows: String, pieceSize: Int = 1 << 20) async throws -> Delivery {
    var pack = samplePack()
    let staff = try #require(pack.records[0].fields.firstIndex { $0.id == "staff" })
    pack.sources[0].blankWithout = [staff]
    return try await taking(
      ["a.csv": Array(("单位名称,区县,从业人数\n" + rows).utf8)], pack: pack, pieceSize: pieceSize)
  }

  @Test("count lines that are not filled in, which are no data and not returned either")
  func unfilled() async throws {
    let delivery = try await delivery("甲,涧西区,1\n乙,涧西区,\n丙,不知何处, \n丁,涧西区,0\n")
    #expect(delivery.column("name") == ["甲", "丁"])
    #expect(delivery.quarantine.isEmpty)
    #expect(delivery.rules == ["form-lines-open"])
    #expect(delivery.findings[0].message.en.hasPrefix("2 lines of the form"))
  }

  @Test("say nothing where every line is filled in")
  func filled() async throws {
    let delivery = try await delivery("甲,涧西区,1\n乙,涧西区,2\n")
    #expect(delivery.column("name") == ["甲", "乙"] && delivery.rules.isEmpty)
  }

  @Test(
    "take the same lines wherever pieces of the file end", arguments: [1, 7, 64, 1000, 1 << 20])
  func pieces(size: Int) async throws {
    let rows = (0..<3000).map { "单位\($0),涧西区,\($0 % 3 == 0 ? "" : "\($0)")" }
    let delivery = try await delivery(rows.joined(separator: "\n") + "\n", pieceSize: size)
    #expect(delivery.column("name") == (0..<3000).filter { $0 % 3 != 0 }.map { "单位\($0)" })
    #expect(delivery.findings.first?.message.en.hasPrefix("1000 lines") == true)
  }

  @Test(
    "leave out the row that shows how a form is filled in, and tell it", arguments: [1, 7, 1 << 20])
  func example(size: Int) async throws {
    let delivery = try await delivery(
      "示例（不计入）,涧西区,1\n甲,涧西区,1\nExample (not counted),涧西区,2\n\n示例(不计入)：乙,涧西区,3\n丙,涧西区,4\n",
      pieceSize: size)
    #expect(delivery.column("name") == ["甲", "丙"] && delivery.isComplete)
    #expect(delivery.files.map(\.read) == [2] && delivery.files.map(\.examples) == [3])
    #expect(delivery.rules == ["form-example"])
    #expect(delivery.findings.first { $0.rule == "form-example" }?.severity == .warning)
    #expect(
      delivery.findings.first { $0.rule == "form-example" }?.message.zh
        == "有 3 行标明是填表示例，未作为数据读取：第 2、4、6 行")
  }

  @Test("do not repeat what an example holds in blank cells below it")
  func exampleAbove() async throws {
    var pack = samplePack()
    pack.sources[0].fillDown = [2]
    let text = "行标（本列不读入）,单位名称,区县\n示例（不计入）,乙,涧西区\n,甲,\n"
    let delivery = try await taking(["a.csv": Array(text.utf8)], pack: pack)
    // Its division is not known, so nothing tells which unit it is.
    #expect(delivery.faults == ["no-identity"] && delivery.files[0].read == 1)
    #expect(delivery.rules == ["form-example"])
    #expect(delivery.files[0].droppedColumns == [])
  }
}
