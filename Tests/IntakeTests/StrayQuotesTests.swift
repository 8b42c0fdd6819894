import Tables
import Testing

@testable import Intake

@Suite("Quotes that nobody meant")
struct StrayQuotesTests {
  private let header = "单位名称,区县,从业人数,备注\n"

  @Test(
    "returns a row with text behind a closing quote, and names the cell",
    arguments: [
      ("\"甲\"一,涧西区,1,a", "name"), ("甲,涧西区,1,\"a\"b", "note"),
      ("甲,涧西区,1,\"\"a\"", "note"),
    ])
  func behind(row: String, field: String) async throws {
    let delivery = try await taking(header + row + "\n乙,涧西区,2,b\n")
    #expect(delivery.column("name") == ["乙"])
    #expect(delivery.faults == ["stray-quote"])
    #expect(delivery.quarantine[0].faults[0].field == field)
    #expect(row.contains(delivery.quarantine[0].faults[0].raw))
    #expect(delivery.quarantine[0].place.line == 2)
    #expect(delivery.isComplete)
  }

  @Test("takes blanks around a cell's quotes for nothing")
  func blanks() async throws {
    let delivery = try await taking(header + "甲, \"涧西区\" , 1, \"a, b\"\n")
    #expect(delivery.column("division") == ["410305"])
    #expect(delivery.column("note") == ["a, b"])
    #expect(delivery.findings.isEmpty && delivery.quarantine.isEmpty)
  }

  @Test("takes a quote within an unquoted cell as delivered, with one finding")
  func within() async throws {
    let delivery = try await taking(
      header + "张\"老三\"李,涧西区,1,a 12\" pipe\n乙,涧西区,2,b\n丙,涧西区,3,5\"\n")
    #expect(delivery.column("name") == ["张\"老三\"李", "乙", "丙"])
    #expect(delivery.column("note") == ["a 12\" pipe", "b", "5\""])
    #expect(delivery.rules == ["quote-in-cell"])
    #expect(delivery.findings[0].place?.line == 2)
    #expect(delivery.findings[0].message.en.contains("in 2 rows"))
    #expect(delivery.findings[0].message.en.contains("line 2 cell 1, line 4 cell 4"))
  }

  @Test("returns a row whose cells all stand in apostrophes, but not one that holds some")
  func apostrophes() async throws {
    let delivery = try await taking(
      header + "'甲','涧西区','1','a'\n'乙',涧西区,2,b\n丙,涧西区,3,'c'\n")
    #expect(delivery.faults == ["other-quote"])
    #expect(delivery.column("name") == ["'乙'", "丙"])
    #expect(delivery.rules == ["text-in-apostrophes"])
    #expect(delivery.findings[0].message.en.hasSuffix("line 3 cell 1, line 4 cell 4"))
  }

  /// Rows 乙0, 乙1 … with numbers.
  private func rows(_ count: Int) -> String {
    (0..<count).map { "乙\($0),涧西区,\($0),b\n" }.joined()
  }

  @Test("returns only the line of a stray quote, not the rows down to the next one")
  func swallowing() async throws {
    for count in [0, 1, 2, 14] {
      let text =
        header + "甲,涧西区,\"1,a\n" + rows(count) + "丙,涧西区,2,\"c, d\"\n丁,涧西区,3,e\n"
      for size in [1, 7, 64, 1 << 20] {
        let delivery = try await taking(text, pieceSize: size)
        #expect(delivery.column("name") == (0..<count).map { "乙\($0)" } + ["丙", "丁"])
        #expect(delivery.column("note").suffix(2) == ["c, d", "e"])
        #expect(delivery.faults == ["stray-quote"] && delivery.isComplete)
        #expect(delivery.quarantine[0].place == Place(file: 0, line: 2, record: 1))
        let message = delivery.quarantine[0].faults[0].message.en
        #expect(message.contains("closes on line \(3 + count) only"))
        #expect(delivery.records[0].places.map(\.line) == (3..<UInt32(5 + count)).map { $0 })
      }
    }
  }

  @Test("counts rows alike when they are read again, without day and key")
  func rereading() async throws {
    let text =
      "单位名称,区县,证件号码,备注\n甲,涧西区,\"410399197001010013,a\n"
      + "丙,吉利区,410399700101001,\"c\"\n丁,涧西区,,d\n"
    let folder = try Folder(["a.csv": text])
    let delivery = try await take(
      folder.path, files: ["a.csv"], pack: samplePack(), asOf: asOf,
      settings: TakeSettings(digestKey: [1]))
    #expect(delivery.column("name") == ["丙", "丁"])
    let raw = try reread(
      [(file: "a.csv", records: [3])], folder: folder.path, delivery: delivery.files,
      pack: samplePack())
    #expect(raw["a.csv"]?[3]?.texts["name"] == "丁")
    #expect(raw["a.csv"]?[3]?.line == 4)
  }

  @Test("finds one that closes where a cell ends, if all lines are rows")
  func fitting() async throws {
    let delivery = try await taking(
      header + "甲,涧西区,1,\"a\n" + rows(3) + "丙,涧西区,2,12\"\n丁,涧西区,3,e\n")
    #expect(delivery.column("name") == ["乙0", "乙1", "乙2", "丙", "丁"])
    #expect(delivery.faults == ["stray-quote"])
  }

  @Test(
    "reads texts of several lines, with separators or without",
    arguments: [
      "涧河路 1 号\n洛阳", "a\nb, c, d\ne", "一, 二\n三, 四, 五\n六", "a\n\nb, c, d, e, f\n",
      "Flat 3,\n12 Main St, Springfield, IL, USA\nUSA", "甲,涧西区,1,a\nb", "x\n甲,涧西区,1,a\ny",
    ])
  func meant(note: String) async throws {
    let delivery = try await taking(header + "甲,涧西区,1,\"\(note)\"\n乙,涧西区,2,b\n")
    #expect(delivery.column("name") == ["甲", "乙"])
    #expect(delivery.column("note")[0] == note.trimmingSuffix())
    #expect(delivery.quarantine.isEmpty)
  }

  @Test("returns such a text whole with its row, and says which lines it takes up")
  func whole() async throws {
    let delivery = try await taking(header + "甲,涧西区,1,\"a\nb\nc\",x\n乙,涧西区,2,b\n")
    #expect(delivery.column("name") == ["乙"])
    #expect(delivery.faults == ["cell-count"])
    #expect(
      delivery.quarantine[0].faults[0].message.en
        == "the row has 5 cells, the header 4; the row takes up lines 2 to 4")
  }

  @Test("refuses a file of which nobody can tell what a quote takes in, with both places")
  func unclear() async throws {
    let text = header + "甲,涧西区,\"1,a\n乙,涧西区,2,b\n第二页\n丙,涧西区,3,\"c\"\n"
    let trouble = await failure(["a.csv": Array(text.utf8)])
    let message = try #require(trouble).messages[0].en
    #expect(message.contains("a.csv:2:1") && message.contains("line 5"), "\(message)")
  }

  @Test("refuses a file whose quote is never closed, with both places")
  func unclosed() async throws {
    let text = header + "甲,涧西区,\"1,a\n乙,涧西区,2,b\n丙,涧西区,3,c\n"
    let trouble = await failure(["a.csv": Array(text.utf8)])
    let message = try #require(trouble).messages[0].en
    #expect(message.contains("a.csv:2:1") && message.contains("line 4"), "\(message)")
  }
}

extension String {
  fileprivate func trimmingSuffix() -> String {
    var text = self
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return text
  }
}
