import Fields
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Rows within a table that are no data")
struct CSVColumnsTests {
  private func taken(_ rows: String, pieceSize: Int = 1 << 20) async throws -> Delivery {
    var pack = samplePack()
    pack.words.examples = ["例：", "示例"].map(matchingKey)
    pack.words.continued = ["续表", "接上页"].map(matchingKey)
    return try await taking(
      ["a.csv": Array(("单位名称,区县,信用代码,从业人数\n" + rows).utf8)], pack: pack,
      pieceSize: pieceSize)
  }

  @Test("are examples, which are counted and told", arguments: [1, 7, 1 << 20])
  func examples(size: Int) async throws {
    let delivery = try await taken(
      "例：某某公司,涧西区,,5\n甲,涧西区,,1\n示例1,,,3\n（示例）某公司,,,3\n", pieceSize: size)
    #expect(delivery.column("name") == ["甲"] && delivery.quarantine.isEmpty)
    #expect(delivery.rules == ["form-example"] && delivery.isComplete)
    #expect(delivery.files[0].examples == 3)
  }

  @Test("are none where a name begins with the same characters, and go back where a code is stated")
  func codes() async throws {
    let delivery = try await taken(
      "示例科技公司,涧西区,,1\n例：乙公司,涧西区,91410304PDY000124R,1\n甲,涧西区,,1\n")
    #expect(delivery.column("name") == ["示例科技公司", "甲"])
    #expect(delivery.faults == ["example-or-data"] && delivery.isComplete)
    #expect(delivery.files[0].returned.records == [2])
  }

  @Test("are lines that only say that the table goes on", arguments: [1, 7, 1 << 20])
  func continued(size: Int) async throws {
    let delivery = try await taken(
      "甲,涧西区,,1\n续表,,,\n单位名称,区县,信用代码,从业人数\n乙,涧西区,,1\n（接上页）,,,\n丙,涧西区,,1\n"
        + "续表公司,涧西区,,1\n", pieceSize: size)
    #expect(delivery.column("name") == ["甲", "乙", "丙", "续表公司"])
    #expect(delivery.rules == ["continued-lines"] && delivery.quarantine.isEmpty)
    let finding = try #require(delivery.findings.first { $0.rule == "continued-lines" })
    #expect(finding.severity == .note && finding.message.zh.contains("第 3、6 行"))
  }

  @Test("are footers only where no code says whose row it is")
  func footers() async throws {
    let delivery = try await taken(
      "甲,涧西区,,1\n填报人：乙,涧西区,91410304PDY000124R,1\n填报人：张,,0379-63200000,\n")
    #expect(delivery.column("name") == ["甲", "填报人：乙"])
    #expect(delivery.quarantine.isEmpty && delivery.isComplete)
  }
}
