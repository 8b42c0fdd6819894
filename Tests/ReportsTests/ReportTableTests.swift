import Tables
import Testing

@testable import Reports

@Suite("A table of the reports")
struct ReportTableTests {
  /// Every block of rows, stretch and batch begins or ends at one of these.
  static let sizes = [0, 1, 511, 512, 513, 1023, 1024, 1025, 2047, 2048, 2049, 4096, 4097, 9000]

  @Test(
    "is written as separated text as cell by cell, in its own order, whatever it jumps over",
    arguments: sizes, [false, true])
  func separated(size: Int, jumps: Bool) async throws {
    var table = sample(size)
    table.jumps = jumps
    var csv = CSV(header: ["name", "kind", "word", "n", "rank", "points", "share", "first"])
    for row in 0..<size {
      let asked = size - 1 - row
      csv.cell(name(asked))
      csv.cell("k\(asked % 3), \"x\"")
      csv.cell(asked % 4 == 3 ? "" : ["a", "=b", "c"][asked % 4])
      if asked % 5 == 0 { csv.empty() } else { csv.cell(asked * 70_000) }
      if asked % 7 == 0 { csv.empty() } else { csv.cell(asked % 7) }
      let points = shownPoints(asked * 50 - 2000, decimals: 1)
      csv.made(asked % 11 == 0 ? [] : Array(points.utf8))
      csv.made(asked % 13 == 0 ? [] : Array(shownPercent(asked % 1300, decimals: 1).utf8))
      csv.cell("z")
      csv.endRow()
    }
    var bytes: [UInt8] = []
    for part in table.separated.parts {
      try await inOrder(part, jobs: 2) { bytes += $0 }
    }
    #expect(bytes == csv.bytes)
  }

  @Test(
    "is shown to people by labels, what a row is about first, and without ids", arguments: sizes)
  func sheet(size: Int) {
    let sheet = sample(size).sheet(in: .zh, named: "s", most: 9000)
    #expect(
      sheet.columns.map(\.title) == ["首", "名称", "类", "词", "数", "名次", "分", "比"])
    let rows = sheet.rows.stretches.joined().map { $0 }
    #expect(rows.count == size)
    for (row, cells) in rows.enumerated() {
      let asked = size - 1 - row
      #expect(cells[1].shown == name(asked))
      #expect(cells[3].shown == ["甲", "乙", "丙", ""][asked % 4])
      #expect(cells[5].shown == (asked % 7 == 0 ? "" : "\(Double(asked % 7))"))
    }
    #expect(sheet.columns[3].marks == ["丙", "", "甲"])
    #expect(sheet.columns[6].figures == .points(decimals: 1))
  }

  private func name(_ asked: Int) -> String {
    asked % 9 == 0 ? "" : String(repeating: "名", count: asked % 17) + ",\(asked)"
  }

  private func sample(_ size: Int) -> ReportTable {
    func label(_ zh: String) -> Bilingual { Bilingual(zh: zh, en: "e" + zh) }
    let words = Words([("a", label("甲")), ("=b", label("乙")), ("c", label("丙"))])
    var last = ReportColumn(
      id: "first", label: label("首"), values: .text { _ in "z" }, leads: true)
    last.readers = .all
    var word = ReportColumn(
      id: "word", label: label("词"), values: .word(words) { $0 % 4 == 3 ? nil : $0 % 4 })
    word.marks = [2, nil, 0]
    return ReportTable(
      path: "t.csv", title: label("表"),
      columns: [
        ReportColumn(id: "name", label: label("名称"), values: .text { self.name($0) }),
        ReportColumn(
          id: "kind", label: label("类"),
          values: .shared { rows in
            (rows.map { $0 % 3 }, TextBuffer((0..<3).map { "k\($0), \"x\"".utf8 }))
          }), word,
        ReportColumn(
          id: "n", label: label("数"), values: .count { $0 % 5 == 0 ? nil : $0 * 70_000 }),
        ReportColumn(
          id: "rank", label: label("名次"), values: .ranks { rows in rows.map { $0 % 7 } }),
        ReportColumn(
          id: "points", label: label("分"),
          values: .points(of: { $0 % 11 == 0 ? nil : $0 * 50 - 2000 })),
        ReportColumn(
          id: "share", label: label("比"), values: .share { $0 % 13 == 0 ? nil : $0 % 1300 }),
        last,
      ], count: size, order: (0..<Int32(size)).reversed(),
      points: PointTexts(least: -5000, most: 90_000, decimals: 1))
  }
}
