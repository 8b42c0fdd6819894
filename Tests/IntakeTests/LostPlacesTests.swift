import Labels
import Tables
import Testing

@testable import Intake

@Suite("Returned rows without the column that tells which they mend")
struct LostPlacesTests {
  private let head = ["单位名称", "区县", "成立日期", RowLabel.reasons.zh]
  private let row = ["甲", "涧西区", "2018-11-06", "“成立日期”的“昨天”不是日期"]

  @Test("are read as new ones, and one finding names the column that is gone")
  func text() async throws {
    let text = [head, row].map { $0.joined(separator: ",") + "\n" }.joined()
    let delivery = try await taking(text)
    #expect(delivery.column("name") == ["甲"])
    try expectOnlyTheColumn(delivery, path: "file.csv")
  }

  @Test("are so in a workbook too, whose sheet of words to choose from is nobody's data")
  func workbook() async throws {
    let sheets = [
      TestSheet(rows: [["a.csv：退回 1 行。"], head, row]),
      TestSheet(name: RowLabel.listSheet, rows: [["支部"], ["未建"]]),
    ]
    let delivery = try await taking(["退回": xlsx(sheets)])
    #expect(delivery.column("name") == ["甲"])
    try expectOnlyTheColumn(delivery, path: delivery.files.first?.path ?? "")
  }

  private func expectOnlyTheColumn(_ delivery: Delivery, path: String) throws {
    #expect(delivery.rules == ["mending-not-used"])
    let finding = try #require(delivery.findings.first { $0.rule == "mending-not-used" })
    #expect(finding.severity == .warning)
    #expect(finding.message.zh.hasPrefix("\(path) 是退回的表，但缺少末列“退回行（sheet）”"))
    #expect(finding.message.zh.contains("其中 1 行按新报送的行读取"))
    #expect(delivery.files.first?.droppedColumns == [])
  }
}
