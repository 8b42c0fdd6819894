import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Columns of one name")
struct DifferingColumnsTests {
  @Test("are read in their order, the first that is stated counts, and what differs is said once")
  func table() async throws {
    for others in [0, 3] {
      let plain = (0..<others).map { _ in "乙,乙,涧西区,1,1,1,10000\n" }.joined()
      let delivery = try await taking(
        "企业名称,单位名称,区县,从业人数,从业人数,注册资本(万元),注册资本(元)\n" + plain
          + "甲公司,,涧西区,2,30,1,10000\n丙,丁,涧西区,/,30,,20000\n戊,戊 ,涧西区,5,５,3,9\n己,己,涧西区,x,5,,\n")
      #expect(delivery.column("name").dropFirst(others) == ["甲公司", "丁", "戊", "己"])
      #expect(delivery.column("staff").dropFirst(others) == ["2", "30", "5", "-"])
      #expect(delivery.column("capital").dropFirst(others) == ["10000", "20000", "30000", "-"])
      // Neither an alias nor a second column is outside of the dictionary.
      #expect(
        delivery.rules == ["bad-number", "columns-differ", "columns-differ", "columns-differ"])
      let staff = try #require(
        delivery.findings.first { $0.field == "staff" && $0.rule == "columns-differ" })
      #expect(staff.severity == .warning)
      #expect(staff.place?.line == UInt32(2 + others))
      #expect(
        staff.message.en == "“从业人数” stands in several columns (column 4 “从业人数”, column 5 “从业人数”), "
          + "which differ in 2 rows; the first of them that is stated counts")
    }
  }

  @Test("of a header with two lines are the same only where both lines are")
  func twoLines() async throws {
    var pack = samplePack()
    pack.sources[0].format = .csv(headerRows: 2, within: 15, separator: nil)
    let delivery = try await taking(
      ["a.csv": Array("单位,,2018,2019\n单位名称,区县,从业人数,从业人数\n甲,涧西区,1,2\n".utf8)], pack: pack)
    #expect(delivery.column("staff") == ["1"])
    #expect(delivery.rules == ["dropped-columns"])
  }

  @Test("that a rule of the profile replaces are not outside of the dictionary either")
  func replaced() async throws {
    var pack = samplePack()
    var rule = SourceProfile.ColumnRule(field: 4)
    rule.from = ["人数"]
    pack.sources[0].columns = [rule]
    let delivery = try await taking(
      ["a.csv": Array("单位名称,区县,人数,EMPNUM,天气\n甲,涧西区,1,2,晴\n".utf8)], pack: pack)
    #expect(delivery.column("staff") == ["1"])
    #expect(delivery.files[0].droppedColumns == ["天气"])
  }

  @Test("of a row element are compared, and a second that says the same is no finding")
  func elements() async throws {
    func rules(_ row: String) async throws -> ([String], [String]) {
      let delivery = try await taking(
        "<DATASET><ROW>\(row)<DIVISION>410304</DIVISION></ROW></DATASET>", as: "a.xml")
      return (delivery.column("name"), delivery.rules)
    }
    #expect(try await rules("<ENTNAME>甲</ENTNAME><ENTNAME>甲 </ENTNAME>") == (["甲"], []))
    #expect(
      try await rules("<ENTNAME>甲</ENTNAME><企业名称>乙</企业名称>") == (["甲"], ["repeated-element"]))
    #expect(try await rules("<ENTNAME>/</ENTNAME><企业名称>乙</企业名称>") == (["乙"], []))
  }

  @Test("are still the field's where an element is named in a condition or another column's rule")
  func shared() async throws {
    var pack = samplePack()
    pack.records[0].fields.append(Field(id: "system", label: "SYS", type: .text))
    pack.records[0].fields.append(Field(id: "written", label: "PARINS", type: .text))
    let row = { (system: String, code: String) in
      "<ROW><ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION><SYS>\(system)</SYS>"
        + "<PARINS>\(code)</PARINS></ROW>"
    }
    let xml = "<DATASET>" + row("A", "1") + row("B", "1") + row("C", "2") + "</DATASET>"
    let delivery = try await taking(["a.xml": Array(xml.utf8)], pack: pack)
    #expect(delivery.column("form") == ["branch", "none", "-"])
    let table = delivery.records[0]
    #expect((0..<3).map { table.columns[11].text($0) } == ["A", "B", "C"])
    #expect((0..<3).map { table.columns[12].text($0) } == ["1", "1", "2"])
    #expect(delivery.rules == [])
  }
}
