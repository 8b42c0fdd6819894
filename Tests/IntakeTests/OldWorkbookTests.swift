import CFreeXL
import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

/// A workbook of Excel 97 with sheets of texts, numbers (`=12.5`), dates (`@43373`) and percentages
/// (`%0.35`).
func oldWorkbook(
  _ sheets: [(name: String, rows: [[String]])], hasPassword: Bool = false, from1904: Bool = false
) -> [UInt8] {
  func short(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }
  func word(_ value: Int) -> [UInt8] { short(value) + short(value >> 16) }
  func record(_ kind: Int, _ body: [UInt8]) -> [UInt8] { short(kind) + short(body.count) + body }
  func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { short(Int($0)) } }
  func begin(_ kind: Int) -> [UInt8] {
    record(0x809, short(0x600) + short(kind) + short(0xDBB) + short(0x7CC) + word(0) + word(6))
  }
  func format(_ index: Int) -> [UInt8] {
    record(0xE0, short(0) + short(index) + [UInt8](repeating: 0, count: 16))
  }
  func cell(_ text: String, _ row: Int, _ column: Int) -> [UInt8] {
    let place = short(row) + short(column)
    guard let mark = text.first, "=@%".contains(mark), let number = Double(text.dropFirst()) else {
      return record(
        0x204, place + short(0) + short(text.utf16.count) + [1] + wide(text))
    }
    let bits = number.bitPattern
    let style = mark == "@" ? 1 : mark == "%" ? 2 : 0
    return record(
      0x203, place + short(style) + (0..<8).map { UInt8(bits >> (UInt64($0) * 8) & 255) })
  }
  var parts: [[UInt8]] = sheets.map { sheet in
    var body = begin(0x10)
    let width = sheet.rows.map(\.count).max() ?? 0
    body += record(
      0x200, word(0) + word(sheet.rows.count) + short(0) + short(width) + short(0))
    for (row, cells) in sheet.rows.enumerated() {
      for (column, text) in cells.enumerated() where !text.isEmpty {
        body += cell(text, row, column)
      }
    }
    return body + record(0xA, [])
  }
  let head =
    begin(5) + (hasPassword ? record(0x2F, [UInt8](repeating: 1, count: 54)) : [])
    + record(0x42, short(1200)) + record(0x22, short(from1904 ? 1 : 0))
    + format(0) + format(14) + format(9)
  let lists = sheets.map { sheet in
    [0, 0, UInt8(sheet.name.utf16.count), 1] + wide(sheet.name)
  }
  var offset = head.count + lists.reduce(0) { $0 + $1.count + 8 } + 4
  var stream = head
  for (index, list) in lists.enumerated() {
    stream += record(0x85, word(offset) + list)
    offset += parts[index].count
  }
  stream += record(0xA, [])
  for part in parts { stream += part }
  parts = []
  return CompoundFixture(names: ["Workbook"], content: stream).bytes
}

@Suite("A workbook of the old format", .enabled(if: freexl_is_there() != 0, "FreeXL not found"))
struct OldWorkbookTests {
  private static let rows = [
    ["某台账"], ["单位名称", "区县", "从业人数", "成立日期", "备注"],
    ["甲", "涧西区", "=4", "@43373", "x"], ["乙", "涧西区", "=5", "@43373.5", "=12345678901.25"],
    [], ["丙", "涧西区", "", "", "=0.1"],
  ]
  private static let book = oldWorkbook([("台账", rows), ("空", []), ("说明", [["请先看这里"]])])

  @Test("is read in a process of its own, whatever its name")
  func table() async throws {
    for name in ["a.xls", "a.et", "a.csv"] {
      let delivery = try await taking([name: Self.book])
      #expect(delivery.files.map(\.path) == ["\(name):台账"])
      #expect(delivery.files[0].encodingEvidence == "xls")
      #expect(delivery.files[0].bytes == Self.book.count)
      #expect(delivery.column("name") == ["甲", "乙", "丙"])
      #expect(delivery.column("staff") == ["4", "5", "-"])
      #expect(delivery.column("founded") == ["2018-09-30", "2018-09-30", "-"])
      #expect(delivery.column("note") == ["x", "12345678901.25", "0.1"])
      #expect(delivery.records[0].places.map(\.line) == [3, 4, 6])
      #expect(Set(delivery.rules).isSuperset(of: ["old-workbook", "sheet-not-read"]))
      #expect(delivery.isComplete)
    }
  }

  @Test("has days counted from 1904 where it says so")
  func from1904() async throws {
    let rows = [["单位名称", "区县", "成立日期"], ["甲", "涧西区", "@41911"]]
    let delivery = try await taking(["a.xls": oldWorkbook([("a", rows)], from1904: true)])
    #expect(delivery.column("founded") == ["2018-09-30"])
  }

  @Test("has no number read as a percentage, which may be a fraction of one")
  func percentages() async throws {
    var pack = samplePack()
    pack.records[0].fields[8].type = .percent
    let rows = [["单位名称", "区县", "备注"], ["甲", "涧西区", "%0.35"], ["乙", "涧西区", "35%"]]
    let delivery = try await taking(["a.xls": oldWorkbook([("a", rows)])], pack: pack)
    #expect(delivery.faults == ["unclear-percentage"])
    #expect(delivery.records[0].count == 1)
  }

  @Test(
    "that cannot be read says why and what to do",
    arguments: [
      (oldWorkbook([("a", rows)], hasPassword: true), "有密码"),
      (CompoundFixture(names: ["EncryptionInfo", "EncryptedPackage"]).bytes, "有密码"),
      (CompoundFixture(names: ["x"]).bytes, "不是工作簿"), (Array(book.prefix(1500)), "损坏"),
      (oldWorkbook([("a", [])]), "没有内容"), (oldWorkbook([("a", [["x", "y"]])]), "没有来源配置"),
    ])
  func refused(bytes: [UInt8], said: String) async throws {
    let failure = try #require(await failure(["a.xls": bytes]))
    #expect(failure.messages[0].zh.contains(said), "\(failure.messages[0].zh)")
    #expect(failure.messages[0].zh.hasPrefix("a.xls:") && failure.messages[0].zh.contains(" — "))
  }

  @Test("with any bytes changed is read or refused, and the reader goes on")
  func drawn() async throws {
    var draw = Draw(seed: 7)
    for _ in 0..<60 {
      var bytes = Self.book
      for _ in 0..<4 { bytes[draw.below(bytes.count)] = UInt8(draw.below(256)) }
      let folder = try Folder(["a.xls": bytes])
      let book = OldWorkbook(path: folder.path + "/a.xls", memory: 256 << 20, seconds: 5)
      var rows = 0
      do {
        try book.read(begin: { _ in true }, take: { _ in rows += 1 }, end: {})
      } catch { #expect(!error.message.zh.isEmpty) }
      #expect(rows < 10_000)
    }
  }

  @Test("gives single rows again, and is surveyed sheet by sheet")
  func again() throws {
    let folder = try Folder(["a.xls": Self.book])
    var file = DeliveredFile(
      path: "a.xls:台账", bytes: Self.book.count, sha256: "", encoding: "utf-8",
      encodingEvidence: "", profile: "sheet")
    file.sheet = "台账"
    let rows = try reread(
      [(file: "a.xls:台账", records: [1])], folder: folder.path, delivery: [file],
      pack: samplePack())
    #expect(rows["a.xls:台账"]?[1]?.texts["name"] == "甲" && rows["a.xls:台账"]?[1]?.line == 3)
    let found = try survey("a.xls", in: folder.path, words: Words())
    #expect(found.first?.path == "a.xls:台账")
    #expect(found.first?.columns.map(\.name).first == "单位名称")
  }
}
