import Deliveries
import Foundation
import Pipeline
import Reports
import RulePacks
import Tables
import Testing

@Suite("Who owes what is missing")
struct WhoOwesTests {
  @Test("is told of every gap of the small sample: an office and a field that it delivers")
  func offices() async throws {
    try await withTemporaryFolder { reports in
      let run = try await run(Samples.request("example-2018q3", reports: reports))
      let table = try PublishedTable(at: run.folder + "/evidence-gaps.csv")
      #expect(table.rows.count > 30)
      let pack = run.evaluated.pack
      let offices = Set(pack.about.offices.map(\.title))
      let records = Set(pack.records.map(\.title))
      var asked: Set<String> = []
      var opinions: [String] = []
      for row in table.rows {
        let office = try #require(row["office"])
        asked.insert(office)
        #expect(offices.contains(office), "\(row)")
        let named = try #require(row["record"]).split(separator: "；").map(String.init)
        #expect(!named.isEmpty && records.isSuperset(of: named), "\(row)")
        let facts = try #require(row["facts"])
        if facts.hasPrefix("综合评价意见") {
          opinions.append("\(row["subject"] ?? "") \(facts) \(office)")
        }
      }
      #expect(
        Set(table.rows.map { [$0["subject"], $0["rubric"], $0["office"]] }).count
          == table.rows.count)
      #expect(
        opinions == [
          "HX2018-004 综合评价意见·环境信用：未收到 环境保护部门",
          "HX2018-005 综合评价意见·个人守法：收到但没有签署 公安机关",
          "HX2018-006 综合评价意见·安全生产：收到但没有写明依据 安全生产监督管理部门",
        ])
      let books = try FileManager.default.contentsOfDirectory(atPath: run.folder + "/gaps").sorted()
      #expect(
        books
          == pack.about.offices.filter { asked.contains($0.title) }.map { $0.id + ".xlsx" }
          .sorted())
    }
  }
}
