import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Quotes, escapes and separators that a profile declares")
struct CSVDialectTests {
  private func delivery(
    _ text: String, separator: UInt8? = nil, quote: UInt8? = UInt8(ascii: "\""),
    escape: UInt8? = nil, pieceSize: Int = 1 << 20
  ) async throws -> Delivery {
    var pack = samplePack()
    pack.sources[0].format = .csv(headerRows: 1, within: 15, separator: separator)
    pack.sources[0].quote = quote
    pack.sources[0].escape = escape
    return try await taking(["a.csv": Array(text.utf8)], pack: pack, pieceSize: pieceSize)
  }

  @Test("reads apostrophes as quotes", arguments: [1, 2, 3, 1 << 20])
  func apostrophes(size: Int) async throws {
    let delivery = try await delivery(
      "'单位名称','区县','备注'\n'甲','涧西区','a, \"b\" it''s'\n乙,涧西区,c\n", quote: UInt8(ascii: "'"),
      pieceSize: size)
    #expect(delivery.column("name") == ["甲", "乙"])
    #expect(delivery.column("note") == ["a, \"b\" it's", "c"])
    #expect(delivery.findings.isEmpty && delivery.quarantine.isEmpty)
  }

  @Test("takes quotes as text where there are none")
  func none() async throws {
    let delivery = try await delivery("单位名称,区县,备注\n\"甲\",涧西区,\"a\n乙,涧西区,12\"\n", quote: nil)
    #expect(delivery.column("name") == ["\"甲\"", "乙"])
    #expect(delivery.column("note") == ["\"a", "12\""])
    #expect(delivery.findings.isEmpty && delivery.quarantine.isEmpty)
  }

  @Test("reads what a backslash stands before", arguments: [1, 2, 3, 1 << 20])
  func escapes(size: Int) async throws {
    let delivery = try await delivery(
      "单位名称,区县,备注\n甲,涧西区,\"a \\\"b\\\", c\\\\\"\n乙\\,丙,涧西区,a\\\nb \\n C:\\d\n丁,涧西区,\"a\\\r\nb\"\n",
      escape: UInt8(ascii: "\\"), pieceSize: size)
    #expect(delivery.column("name") == ["甲", "乙,丙", "丁"])
    #expect(delivery.column("note")[0] == "a \"b\", c\\")
    #expect(delivery.column("note")[1] == "a\nb \\n C:\\d")
    #expect(delivery.records[0].places.map(\.line) == [2, 3, 5])
    #expect(delivery.findings.isEmpty && delivery.quarantine.isEmpty)
  }

  @Test("reads blanks as separators", arguments: [" ", ":"])
  func blanks(separator: String) async throws {
    let text = "单位名称,区县,备注\n甲,涧西区,\"a, b : c d\"\n乙,涧西区,\n".replacing(
      ",涧西区", with: separator + "涧西区"
    ).replacing("区,", with: "区" + separator).replacing("区县,", with: "区县" + separator)
      .replacing("名称,", with: "名称" + separator)
    let delivery = try await delivery(text, separator: separator.utf8.first)
    #expect(delivery.column("name") == ["甲", "乙"])
    #expect(delivery.column("note") == ["a, b : c d", "-"])
  }

  @Test(
    "reads dumps of databases with backslashes before quotes, and says so",
    arguments: [
      ("\"The \\\"Old\\\" Kettle\"", "The \"Old\" Kettle"),
      ("\"Old \\\"Kettle\\\"\"", "Old \"Kettle\""),
      ("\"\\\"Old\\\", new\"", "\"Old\", new"), ("\"a \\\" b\"", "a \" b"),
      ("\"a\\\\\\\"b\"", "a\\\"b"),
    ])
  func dumps(cell: String, name: String) async throws {
    let plain = (1...30).map { "\"公司\($0)\",涧西区,\"x\"\n" }.joined()
    let text = "单位名称,区县,备注\n\(plain)\(cell),涧西区,\"y\"\n\"末\",涧西区,\"\"\n"
    for size in [64, 1 << 20] {
      let delivery = try await taking(text, pieceSize: size)
      #expect(delivery.faults == [])
      #expect(delivery.column("name").suffix(2) == [name, "末"])
      #expect(delivery.records[0].count == 32)
      #expect(delivery.rules == ["backslash-escapes"])
      #expect(delivery.findings[0].place?.line == 32)
      #expect(delivery.isComplete)
    }
  }

  @Test(
    "leaves backslashes alone that are no escapes",
    arguments: [
      ("\"C:\\dir\\\"", "C:\\dir\\"), ("C:\\dir", "C:\\dir"), ("\"a\\nb\"", "a\\nb"),
      ("\"a\\\"\"b\"", "a\\\"b"),
    ])
  func noDumps(cell: String, name: String) async throws {
    let delivery = try await taking("单位名称,区县,备注\n\(cell),涧西区,x\n末,涧西区,y\n")
    #expect(delivery.column("name") == [name, "末"])
    #expect(delivery.rules == [])
  }
}
