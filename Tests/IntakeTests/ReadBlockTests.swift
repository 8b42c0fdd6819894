import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Rows taken many at a time")
struct ReadBlockTests {
  static let inputs = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "inputs").path

  @Test(
    "Rows of the sample deliveries come out as if each had been taken by itself",
    arguments: [("example-2018q3", Int.max), ("luoyang-2018q3", 130_000)])
  func agreesWithSingleRows(delivery: String, mostBytes: Int) async throws {
    let pack = try loadRulePack(at: Self.inputs + "/rules/luoyang-2018")
    let folder = Self.inputs + "/" + delivery
    let files = try DeliveredFiles(in: folder).paths.filter {
      fileSize(folder + "/" + $0) < mostBytes && !$0.hasSuffix(".key") && !$0.hasSuffix(".md")
    }
    #expect(files.count >= 15)
    let single = try await taken(files, in: folder, pack, mostWaiting: 1)
    for mostWaiting in [2, 7, RowBlock.most] {
      let together = try await taken(files, in: folder, pack, mostWaiting: mostWaiting)
      expectSame(together, single)
    }
    #expect(single.records.contains { $0.count > 50 })
  }

  @Test("Whatever a cell may hold, a row comes out as if it had been taken by itself")
  func agreesOnEveryKindOfCell() async throws {
    var lines = ["信用代码,单位名称,区县,注册资本,从业人数,成立日期,是否建立,形式,备注,证件号码,标签"]
    let cells = [
      ["91410304PDY000124R", "91410304pdy000124r", "'91410304PDY000124R", "9.14103E+17", "无", ""],
      ["甲", "乙厂", " 丙 ", "丁?", "", "/"],
      ["", "涧西区", "410306", "没有的区", "410304", "-"],
      ["100", "1.5", "3万美元", "约3", "", "五"],
      ["3", "无", "", "-1", "3.0", "三个"],
      ["2018-11-06", "2018年3月", "长期", "2018-02-30", "43410", ""],
      ["是", "否", "有", "或许", "", "1"],
      ["支部", "未建", "branch", "其他", "", "无"],
      ["", "正常", "电话：410399199001011234", "15位数110108000000016", "x", "无"],
      ["", "410399199001011234", "1", "", "", ""],
      ["", "a", "a、b", "a;b;c", "、", "x"],
    ]
    // Co-prime steps bring every pair of neighbouring cells together.
    for row in 0..<600 {
      lines.append(
        cells.indices.map { cells[$0][(row / ($0 % 5 + 1) + row * ($0 % 3)) % 6] }
          .joined(separator: ","))
    }
    let folder = try Folder(["a.csv": lines.joined(separator: "\n")])
    let single = try await taken(["a.csv"], in: folder.path, samplePack(), mostWaiting: 1)
    for mostWaiting in [2, 7, RowBlock.most] {
      let together = try await taken(
        ["a.csv"], in: folder.path, samplePack(), mostWaiting: mostWaiting)
      expectSame(together, single)
    }
    #expect(single.quarantine.count > 100)
    #expect(single.records[0].count > 100)
  }

  private func taken(
    _ files: [String], in folder: String, _ pack: RulePack, mostWaiting: Int
  ) async throws -> Delivery {
    let tasks = files.indices.map { index in
      var task = FileTask(
        folder: folder, path: files[index], index: index,
        asOf: PartialDate(day: 17_000), digestKey: Array("test".utf8))
      task.mostWaiting = mostWaiting
      task.keeping = pack.records.map { Set($0.fields.indices) }
      // So that cells refer to others in a window that has moved on.
      if mostWaiting == 7 { task.pieceSize = 3000 }
      return task
    }
    return try await take(tasks, pack: pack, settings: TakeSettings(jobs: 2))
  }

  private func expectSame(_ delivery: Delivery, _ other: Delivery) {
    for record in delivery.records.indices {
      #expect(delivery.records[record].places == other.records[record].places)
      #expect(delivery.records[record].delivered == other.records[record].delivered)
      let columns = delivery.records[record].columns
      for column in columns.indices where columns[column] != other.records[record].columns[column] {
        Issue.record("column \(column) of record \(record) differs")
      }
    }
    #expect(delivery.quarantine.map(\.faults) == other.quarantine.map(\.faults))
    #expect(delivery.quarantine.map(\.place) == other.quarantine.map(\.place))
    #expect(delivery.findings.map(\.message.zh) == other.findings.map(\.message.zh))
    #expect(delivery.findings.map(\.place) == other.findings.map(\.place))
    #expect(delivery.files.map(\.accepted) == other.files.map(\.accepted))
    #expect(delivery.files.map(\.read) == other.files.map(\.read))
    #expect(delivery.files.map(\.controls) == other.files.map(\.controls))
  }
}
