import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Files without rows")
struct FilesWithoutRowsTests {
  @Test("are told with their profile and office, which says nothing of those that have some")
  func told() async throws {
    var pack = samplePack()
    pack.about.offices = [RulePack.Office(id: "market", title: "市场局")]
    pack.records[0].office = "market"
    let delivery = try await taking(
      [
        "a.csv": Array("单位名称,区县\n".utf8), "b.csv": Array("单位名称,区县\n甲,涧西区\n".utf8),
        "c.xml": Array("<DATASET><ROW><ENTNAME>乙</ENTNAME></ROW></DATASET>".utf8),
        "d.csv": Array("单位名称,区县\n合计,\n填报人：张,\n".utf8),
      ], pack: pack)
    let told = delivery.findings.filter { $0.rule == "no-rows" }
    #expect(told.map { $0.place?.file } == [0, 3])
    #expect(told.allSatisfy { $0.severity == .note })
    #expect(told.first?.message.zh == "a.csv（台账，市场局）没有一条记录，按零报告处理")
  }

  @Test("are not told of a file of which every row was returned or is an example")
  func others() async throws {
    for rows in ["昨天没有的区,,\n,涧西区\n", "示例（不计入）,涧西区\n"] {
      let delivery = try await taking("单位名称,区县\n" + rows)
      #expect(!delivery.rules.contains("no-rows"))
    }
  }
}
