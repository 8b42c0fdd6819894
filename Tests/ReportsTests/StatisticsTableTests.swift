import Expressions
import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("Statistics as a table")
struct StatisticsTableTests {
  private static func results() -> RunResult {
    var results = sampleResults()
    results.pack.statistics = [
      Statistic(
        id: "fees", title: Bilingual(zh: "费用", en: "Fees"),
        section: Bilingual(zh: "经费", en: "Money"), unit: "元",
        count: FigureCount(
          subject: 0, condition: nil, form: .members,
          definition: Bilingual(zh: "全部之和", en: "of all")), by: [],
        note: Bilingual(zh: "不计分", en: "in no score"))
    ]
    results.statistics = [
      StatisticLine(
        statistic: 0, dimension: "", group: "", name: "", subjects: 9,
        number: Exact(millionths: 1_234_567_500_000), unknown: 2),
      StatisticLine(
        statistic: 0, dimension: "县区", group: "410305 涧西区", name: "涧西区", subjects: 1,
        number: nil, unknown: 1),
    ]
    return results
  }

  @Test("has plain numbers for machines and the words in every row")
  func machines() async throws {
    let text = try await separated(statisticsTable(Self.results()))
    let rows = text.split(separator: "\r\n").map(String.init)
    #expect(
      rows == [
        "section,section_en,statistic,title,title_en,dimension,group,number,unit,unknown,subjects,"
          + "definition,definition_en,note,note_en",
        "经费,Money,fees,费用,Fees,,,1234567.5,元,2,9,全部之和,of all,不计分,in no score",
        "经费,Money,fees,费用,Fees,县区,410305 涧西区,,元,1,1,全部之和,of all,不计分,in no score",
      ])
  }

  @Test("groups digits for people, and on the page has the words once")
  func people() {
    let table = statisticsTable(Self.results())
    func texts(_ id: String, for readers: ReportColumn.Readers) -> [String] {
      for column in table.columns(for: readers) where column.id == id {
        guard case .texts(let texts) = column.values else { continue }
        let buffer = texts([0, 1])
        return (0..<2).map { buffer.text($0) }
      }
      return []
    }
    #expect(texts("number", for: .people) == ["1,234,567.5", ""])
    #expect(texts("definition", for: .people) == ["of all", "of all"])
    #expect(texts("group", for: .page) == ["", "涧西区"])
    #expect(texts("group", for: .machines) == ["", "410305 涧西区"])
    #expect(texts("definition", for: .page) == ["全部之和", ""])
  }

  @Test("is no file where the pack counts nothing")
  func none() {
    #expect(tablePaths(Self.results()).contains("statistics.csv"))
    #expect(!tablePaths(sampleResults()).contains("statistics.csv"))
  }
}

/// A table as its file holds it, without the byte order mark.
private func separated(_ table: ReportTable) async throws -> String {
  var bytes: [UInt8] = []
  for part in table.separated.parts {
    try await inOrder(part, jobs: 1) { bytes += $0 }
  }
  return String(decoding: bytes.dropFirst(3), as: UTF8.self)
}
