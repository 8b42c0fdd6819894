import Fields
import Tables
import Testing

@testable import Intake

@Suite("What a list says of its pages")
struct PageCountTests {
  @Test(
    "is told from rows of data",
    arguments: [
      ("共 290 条记录，第 1/29 页", 290, nil), ("共290条", 290, nil), ("第1页，共29页", nil, 29),
      ("共计：12 户", 12, nil), ("每页 20 条，共 290 条", 290, nil),
      ("当前第1页/共5页", nil, 5), ("第 1/29 页", nil, 29),
    ] as [(String, Int?, Int?)])
  func counts(line: String, records: Int?, pages: Int?) {
    let stated = PageCount(Array(matchingKey(line).utf8))
    #expect(stated?.records == records && (records != nil || stated?.pages == pages))
  }

  @Test(
    "is not what other lines say",
    arguments: ["共建单位3家", "第一页", "第1页", "共", "第三产业服务中心", "共12家党支部", "每页20条"])
  func others(line: String) {
    #expect(PageCount(Array(matchingKey(line).utf8)) == nil)
  }

  @Test(
    "is compared with the rows of the file",
    arguments: [
      ("共 2 条记录，第 1/1 页,,", [true], Finding.Severity?.none),
      ("共 290 条记录，第 1/29 页,,", [false], .error),
      ("共 1 条,,", [false], .warning), ("第1页，共29页,,", [], .error),
      ("填报人：张三,,\n共 290 条,,", [false], .error),
    ] as [(String, [Bool], Finding.Severity?)])
  func compared(line: String, agrees: [Bool], severity: Finding.Severity?) async throws {
    let delivery = try await taking("单位名称,区县,从业人数\n甲,涧西区,1\n乙,涧西区,2\n\(line)\n")
    #expect(delivery.column("name") == ["甲", "乙"])
    #expect(delivery.files[0].controls.map(\.agrees) == agrees)
    #expect(delivery.findings.map(\.severity) == (severity.map { [$0] } ?? []))
  }

  @Test("is compared once where every page says it")
  func everyPage() async throws {
    let delivery = try await taking(
      "单位名称,区县\n甲,涧西区\n共 2 条，第 1/2 页,\n单位名称,区县\n乙,涧西区\n共 2 条，第 2/2 页,\n")
    #expect(delivery.column("name") == ["甲", "乙"])
    #expect(delivery.files[0].controls.map(\.agrees) == [true])
    #expect(delivery.findings.isEmpty && delivery.quarantine.isEmpty)
  }
}
