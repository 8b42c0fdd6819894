import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Forms that are filled in line by line")
struct EndOfTableTests {
  private func delivery(_ rows: String, pieceSize: Int = 1 << 20) async throws -> Delivery {
    var pack = samplePack()
    let staff = try #require(pack.records[0].fields.firstIndex { $0.id == "staff" })
    pack.sources[0].blankWithout = [staff]
    return try await taking(
      ["a.csv": Array(("单位名称,区县,从业人数\n" + rows).utf8)], pack: pack, pieceSize: pieceSize)
  }

  @Test("count lines that are not filled in, which are no data and not returned either")
  func unfilled() async throws {
    let delivery = try await delivery("甲,涧西区,1\n乙,涧西区,\n丙,不知何处, \n丁,涧西区,0\n")
    #expect(delivery.column("name") == ["甲", "丁"])
    #expect(delivery.quarantine.isEmpty)
    #expect(delivery.rules == ["form-lines-open"])
    #expect(delivery.findings[0].message.en.hasPrefix("2 lines of the form"))
  }

  @Test("say nothing where every line is filled in")
  func filled() async throws {
    let delivery = try await delivery("甲,涧西区,1\n乙,涧西区,2\n")
    #expect(delivery.column("name") == ["甲", "乙"] && delivery.rules.isEmpty)
  }

  @Test(
    "take the same lines wherever pieces of the file end", arguments: [1, 7, 64, 1000, 1 << 20])
  func pieces(size: Int) async throws {
    let rows = (0..<3000).map { "单位\($0),涧西区,\($0 % 3 == 0 ? "" : "\($0)")" }
    let delivery = try await delivery(rows.joined(separator: "\n") + "\n", pieceSize: size)
    #expect(delivery.column("name") == (0..<3000).filter { $0 % 3 != 0 }.map { "单位\($0)" })
    #expect(delivery.findings.first?.message.en.hasPrefix("1000 lines") == true)
  }
}
