import Tables
import Testing

@testable import Intake

@Suite("Records that share lines")
struct RecordsOnOneLineTests {
  @Test(
    "are said with their number and the column in which their element begins",
    arguments: [
      ("<a><r/><r/></a>", ["a", "r"], [1: 4, 2: 8]),
      // Characters are counted, not bytes; a line feed begins anew.
      ("<a><r>衡</r><r/>\n<r/></a>", ["a", "r"], [1: 4, 2: 12, 3: 1]),
      // Neither comments nor CDATA nor values hold elements.
      ("<a><!-- <r/> --><r x='a>b/'/><r><![CDATA[<r/>]]></r></a>", ["a", "r"], [1: 17, 2: 30]),
      // Another prefix, other elements around, the same name elsewhere.
      ("<?xml version='1.0'?><n:a><b><r/></b><n:r/></n:a>", ["a", "r"], [1: 38]),
      ("<a><r><r/></r><r/></a>", ["a", "r"], [1: 4, 2: 15]),
      ("<a><b><r/></b><c><r/></c></a>", ["a", "*", "r"], [1: 7, 2: 18]),
      // What a document type names may be anything.
      ("<!DOCTYPE a><a><r/></a>", ["a", "r"], [:]),
    ] as [(String, [String], [UInt32: Int])])
  func columns(text: String, rows: [String], columns: [UInt32: Int]) {
    let records = RecordsOnOneLine(rows: rows, text: Array(text.utf8).span, told: [1, 2, 3])
    let message = Bilingual(zh: "缺少", en: "missing")
    for record: UInt32 in 1...3 {
      let said = records.at(record, message)
      if let column = columns[record] {
        #expect(said.zh == "第\(record)条记录（第\(column)列）：缺少")
        #expect(said.en == "record \(record) (column \(column)): missing")
      } else {
        #expect(said.en == "record \(record): missing")
      }
    }
    #expect(records.at(0, message) == message)
  }

  @Test("are told by their findings, of XML and of JSON")
  func findings() async throws {
    let rows = (1...4000).map { number in
      let division = number == 3999 ? "410399" : "410305"
      return "<ROW><ENTNAME>甲\(number)</ENTNAME><DIVISION>\(division)</DIVISION></ROW>"
    }
    let xml = "<DATASET><HEAD/>" + rows.joined() + "</DATASET>"
    let delivery = try await taking(["a.xml": Array(xml.utf8)])
    #expect(delivery.files.first?.sharesLines == true)
    let column = 17 + rows[..<3998].reduce(0) { $0 + $1.count }
    let shown = "\(column / 1000),\(String(column % 1000 + 1000).dropFirst())"
    let said =
      delivery.findings.map(\.message.en)
      + delivery.quarantine.flatMap { row in
        row.faults.map(\.message.en)
      }
    #expect(said.contains { $0.hasPrefix("record 3999 (column \(shown)): ") }, "\(said)")

    let csv = try await taking([
      "a.csv": Array("单位名称,区县\n甲,410399\n乙,410305\n".utf8)
    ])
    #expect(csv.files.first?.sharesLines == false)
    #expect(!csv.findings.contains { $0.message.en.hasPrefix("record ") })
  }
}
