import Tables
import Testing

@testable import Intake

@Suite("Rows below a footer")
struct LostRowsTests {
  @Test("are none where none was added")
  func none() {
    #expect(LostRows().finding(file: 0) == nil)
  }

  @Test(
    "are an error where one is wide or three in turn are filled in alike",
    arguments: [
      ([(2, false), (3, false), (2, false), (2, false)], Finding.Severity.warning),
      ([(2, false), (2, false), (2, false)], .error), ([(2, false), (5, true)], .error),
    ] as [([(Int, Bool)], Finding.Severity)])
  func severity(rows: [(filled: Int, isWide: Bool)], severity: Finding.Severity) {
    var lost = LostRows()
    for (index, row) in rows.enumerated() {
      lost.add(line: 7 + index, filled: row.filled, isWide: row.isWide)
    }
    let finding = lost.finding(file: 3)
    #expect(finding?.severity == severity && finding?.place?.line == 7)
    #expect(finding?.message.zh.contains("\(rows.count) 行") == true)
  }
}
