import Tables
import Testing

@testable import RulePacks

@Suite("A row of a rubric that is told in sentences")
struct RubricRowTests {
  private static let told: RubricRow = {
    var row = RubricRow(.gate)
    row[.id] = "G1"
    row[.rule] = "state == 'active'"
    row.told[.rule] = Bilingual(zh: "“状态”为“存续”", en: "“State” is “active”")
    return row
  }()

  @Test("is shown by them, and by its texts where nothing is told")
  func shown() {
    #expect(Self.told.shown(.rule, in: .zh) == "“状态”为“存续”")
    #expect(Self.told.shown(.rule, in: .en) == "“State” is “active”")
    #expect(Self.told.shown(.id, in: .zh) == "G1")
  }

  @Test(
    "gives its expression for a sentence of either language, and leaves what was edited",
    arguments: [
      ("“状态”为“存续”", "state == 'active'"), (" “State” is “active” ", "state == 'active'"),
      ("“状态”为“注销”", "“状态”为“注销”"), ("state == 'closed'", "state == 'closed'"),
    ])
  func untold(text: String, rule: String) {
    var edited = RubricRow(.gate)
    edited[.id] = "G1"
    edited[.rule] = text
    #expect(edited.untold(by: Self.told)[.rule] == rule)
    #expect(edited.untold(by: Self.told).told.isEmpty)
  }

  @Test("reads a missing fact's consequence as this and earlier editions of the program call it")
  func earlierWord() {
    for word in ["pending", "待补材料", "等待核实"] {
      let row = RubricRow(shown: { $0 == .kind ? "门槛" : $0 == .unknown ? word : "" })
      #expect(row?[.unknown] == "pending")
    }
  }

  @Test("is left out by its name, which the sentences that use it say in full")
  func named() {
    var named = RubricRow(.named)
    named[.id] = "small"
    let table = RubricTable(rubric: 0, rows: [named, Self.told])
    #expect(table.readRows.map(\.kind) == [.named, .gate])
    named.told[.rule] = Bilingual(zh: "“人数”小于 3", en: "“Staff” is less than 3")
    #expect(RubricTable(rubric: 0, rows: [named, Self.told]).readRows.map(\.kind) == [.gate])
  }
}
