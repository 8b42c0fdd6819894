import Tables
import Testing

@testable import Intake

@Suite("Separators behind every row")
struct RowWidthsTests {
  @Test(
    "takes a row that is as wide as the others, and returns one that is wider",
    arguments: [
      // All rows end with a separator, the header does not: a habit of the exporter.
      ("单位名称,区县,备注\n", ["甲,涧西区,a,", "乙,涧西区,,", "丙,涧西区,c,"], "甲乙丙"),
      // The header has it too.
      ("单位名称,区县,备注,,\n", ["甲,涧西区,a,,", "乙,涧西区,,,"], "甲乙"),
      ("单位名称,区县,备注,,\n", ["甲,涧西区,a,,"], "甲"),
      // Only one row: nobody can tell where the separator stands that is too many.
      ("单位名称,区县,备注\n", ["甲,涧西区,a", "乙,,涧西区,", "丙,涧西区,c"], "甲丙"),
      ("单位名称,区县,备注\n", ["甲,涧西区,,"], ""),
      ("单位名称,区县,备注\n", ["甲,涧西区,a,", "乙,,涧西区,,", "丙,涧西区,c,"], "甲丙"),
      // One separator less than the others: the last column tells whether one was left out.
      ("单位名称,区县,备注\n", ["甲,涧西区,a,", "乙,涧西区,b", "丙,涧西区,", "丁,涧西区,d,", "戊,涧西区,e,"], "甲乙丁戊"),
      ("单位名称,区县,备注\n", ["甲,涧西区,a,,,", "乙,涧西区,b,,", "丙,涧西区,c,,,"], "甲乙丙"),
      // The header has unnamed columns, the rows do not.
      ("单位名称,区县,备注,,\n", ["甲,涧西区,a", "乙,涧西区,b"], "甲乙"),
      // Something stands there.
      ("单位名称,区县,备注\n", ["甲,涧西区,a,", "乙,涧西区,b,x", "丙,涧西区,c,"], "甲丙"),
    ])
  func widths(header: String, rows: [String], accepted: String) async throws {
    let delivery = try await taking(header + rows.joined(separator: "\n") + "\n")
    #expect(delivery.column("name").joined() == accepted)
    #expect(Set(delivery.faults).isSubset(of: ["cell-count"]))
    #expect(delivery.isComplete && delivery.files[0].read == rows.count)
  }

  @Test("keeps the habit of a file for further tables in it")
  func tables() async throws {
    let delivery = try await taking(
      "单位名称,区县,从业人数,\n甲,涧西区,1,\n,,,\n从业人数,单位名称,区县,\n3,丙,瀍河区,\n4,,丁,瀍河区,\n")
    #expect(delivery.column("name") == ["甲", "丙"])
    #expect(delivery.faults == ["cell-count"])
  }

  @Test("says how wide the other rows are")
  func message() async throws {
    let delivery = try await taking("单位名称,区县\n甲,涧西区,\n乙,涧西区,\n丙,,涧西区,\n")
    #expect(
      delivery.quarantine[0].faults[0].message.en
        == "the row has 4 cells, the header 2 and the other rows 3")
  }
}
