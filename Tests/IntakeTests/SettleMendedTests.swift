import Labels
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Rows that were mended and sent again")
struct SettleMendedTests {
  private static let faulty = "单位名称,区县,成立日期,从业人数\n甲,涧西区,2018-11-06,1\n乙,涧西区,昨天,2\n丙,涧西区,今天,3\n"
  private static let head = "单位名称,区县,成立日期,从业人数,\(RowLabel.place(ofProfile: "sheet").zh)\n"

  /// What a delivery of the faulty file gives with further ones; `{2}` in them stands for the place
  /// of its second record.
  private func settled(
    _ files: [String: String], with rows: String = SettleMendedTests.faulty
  ) async throws -> Delivery {
    let first = try await taking(["a.csv": Array(Self.faulty.utf8)]).files[0]
    let mending = files.mapValues { text in
      (1...3).reduce(text) { text, record in
        text.replacing("{\(record)}", with: RowTarget(first, record: UInt32(record)).description)
      }
    }
    return try await taking(
      mending.merging(["a.csv": rows]) { $1 }.mapValues { Array($0.utf8) })
  }

  private func counts(_ delivery: Delivery) -> [[Int]] {
    delivery.files.map { [$0.read, $0.accepted, $0.quarantined, $0.superseded] }
  }

  @Test("replace those that had not been accepted")
  func replace() async throws {
    let delivery = try await settled(["b.csv": Self.head + "乙,涧西区,2017-01-02,2,{2}\n"])
    #expect(delivery.column("name") == ["甲", "乙"])
    #expect(delivery.column("founded") == ["2018-11-06", "2017-01-02"])
    #expect(counts(delivery) == [[3, 1, 1, 1], [1, 1, 0, 0]])
    #expect(delivery.isComplete)
    #expect(delivery.quarantine.map(\.place) == [Place(file: 0, line: 4, record: 3)])
    let finding = try #require(delivery.findings.first { $0.rule == "row-mended" })
    #expect(finding.severity == .note)
    #expect(finding.place == Place(file: 0, line: 3, record: 0))
    #expect(
      finding.message.en
        == "returned rows of a.csv that were mended in b.csv and are used: 1 (line 3)")
    #expect(finding.message.zh == "a.csv 退回的 1 行已按 b.csv 更正并采用（第 3 行）")
  }

  @Test("are the same from any file, whatever its name, and with any number of jobs")
  func names() async throws {
    for name in ["0.csv", "z.csv", "b/更正.csv"] {
      let delivery = try await settled([name: Self.head + "丙,涧西区,2017,3,{3}\n乙,涧西区,2016,2,{2}\n"])
      #expect(delivery.quarantine.isEmpty)
      #expect(delivery.column("name").sorted() == ["丙", "乙", "甲"].sorted())
      #expect(delivery.isComplete)
      #expect(
        delivery.records[0].places.allSatisfy { delivery.files.indices.contains(Int($0.file)) })
    }
  }

  @Test("stand in the list in place of the first where they have faults of their own")
  func faulty() async throws {
    let delivery = try await settled(["b.csv": Self.head + "乙,涧西区,前天,2,{2}\n"])
    #expect(counts(delivery) == [[3, 1, 1, 1], [1, 0, 1, 0]])
    #expect(
      delivery.quarantine.map { [Int($0.place.file), Int($0.place.record)] } == [[0, 3], [1, 1]])
    #expect(delivery.quarantine[1].faults.map(\.raw) == ["**"])
    // So that the next workbook names the row that was delivered first.
    #expect(
      delivery.files[1].returned.mends == [1: RowTarget(delivery.files[0], record: 2).description])
    #expect(!delivery.findings.contains { $0.rule == "row-mended" })
  }

  @Test("count once: accepted before faulty, among equals the last")
  func several() async throws {
    let delivery = try await settled([
      "b.csv": Self.head + "乙,涧西区,前天,2,{2}\n",
      "c.csv": Self.head + "乙,涧西区,2016,5,{2}\n丙,涧西区,2016,6,{3}\n",
      "d.csv": Self.head + "乙,涧西区,2016,7,{2}\n丙,涧西区,后天,8,{3}\n",
    ])
    #expect(delivery.column("staff") == ["1", "6", "7"])
    #expect(
      counts(delivery) == [[3, 1, 0, 2], [1, 0, 0, 1], [2, 1, 0, 1], [2, 1, 0, 1]])
    #expect(delivery.quarantine.isEmpty && delivery.isComplete)
    let idle = delivery.findings.filter { $0.rule == "mending-not-used" }
    #expect(idle.map(\.place?.file) == [1, 2, 3])
    #expect(idle.allSatisfy { $0.message.en.contains("rows that others mend, too") })
  }

  @Test(
    "are not used where they mend nothing, and say why",
    arguments: [
      ("{1}", "not among those returned"), ("nowhere.csv#2@01234567", "not in the delivery"),
      ("a.csv#2@01234567", "has changed since"), ("2", "does not tell which row"),
    ])
  func idle(place: String, reason: String) async throws {
    let delivery = try await settled(["b.csv": Self.head + "乙,涧西区,2016,5,\(place)\n丁,涧西区,2016,5,\n"]
    )
    #expect(delivery.column("name") == ["甲", "丁"])
    #expect(counts(delivery) == [[3, 1, 2, 0], [2, 1, 0, 1]])
    #expect(delivery.isComplete)
    let finding = try #require(delivery.findings.first { $0.rule == "mending-not-used" })
    #expect(finding.severity == .warning)
    #expect(finding.place == Place(file: 1, line: 2, record: 0))
    #expect(finding.message.en.contains(reason))
    #expect(!finding.cure.en.isEmpty && !finding.cure.zh.isEmpty)
  }

  @Test("do not mend a file that was put right itself")
  func replacedFile() async throws {
    let delivery = try await settled(
      ["b.csv": Self.head + "乙,涧西区,2016,5,{2}\n"],
      with: Self.faulty.replacing("昨天", with: "2018").replacing("今天", with: "2018"))
    #expect(delivery.column("founded") == ["2018-11-06", "2018", "2018"])
    #expect(counts(delivery) == [[3, 3, 0, 0], [1, 0, 0, 1]])
  }

  @Test("take with them what was said of the row, and its cells that could not be read")
  func findings() async throws {
    let rows = "单位名称,区县,成立日期,形式\n甲,涧西区,2018-11-06,x\n乙,涧西区,昨天,y\n"
    let before = try await taking(["a.csv": Array(rows.utf8)])
    #expect(before.unread[0][5] == 1)
    #expect(before.unread[0][7] == 2)
    let place = RowTarget(before.files[0], record: 2)
    let mended =
      "单位名称,区县,成立日期,形式,\(RowLabel.place(ofProfile: "sheet").zh)\n乙,涧西区,2018,支部,\(place)\n"
    let after = try await taking([
      "a.csv": Array(rows.utf8), "b.csv": Array(mended.utf8),
    ])
    #expect(after.unread[0][5] == 0)
    #expect(after.unread[0][7] == 1)
  }

  @Test("mend a row that holds several values as a whole")
  func splitRows() async throws {
    let rows = "单位名称,区县,成立日期,标签\n甲,涧西区,昨天,x、y\n"
    let before = try await taking(["a.csv": Array(rows.utf8)])
    #expect(before.quarantine.count == 2)
    #expect(before.unaccepted[0].count == 2)
    let place = RowTarget(before.files[0], record: 1)
    let mended =
      "单位名称,区县,成立日期,标签,\(RowLabel.place(ofProfile: "sheet").zh)\n甲,涧西区,2018,x、y,\(place)\n"
    let after = try await taking([
      "a.csv": Array(rows.utf8), "b.csv": Array(mended.utf8),
    ])
    #expect(after.column("tags") == ["x", "y"])
    #expect(counts(after) == [[2, 0, 0, 2], [2, 2, 0, 0]])
    #expect(after.quarantine.isEmpty && after.isComplete)
    #expect(after.unaccepted[0].count == 0)
  }
}
