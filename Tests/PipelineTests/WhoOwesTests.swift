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
      let text = try String(contentsOfFile: run.folder + "/evidence-gaps.csv", encoding: .utf8)
      let rows = text.split(separator: "\r\n").dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      #expect(rows.count > 100)
      let pack = run.evaluated.pack
      let offices = Set(pack.about.offices.map(\.title))
      let records = Set(pack.records.map(\.title))
      for row in rows {
        #expect(offices.contains(row[4]), "\(row)")
        #expect(records.contains(row[10]), "\(row)")
      }
      let opinions = rows.filter { $0[3].hasPrefix("综合评价意见") }.map { "\($0[0]) \($0[3]) \($0[4])" }
      #expect(
        opinions == [
          "HX2018-004 综合评价意见·环境信用：未收到 环境保护部门",
          "HX2018-005 综合评价意见·个人守法：收到但没有签署 公安机关",
          "HX2018-006 综合评价意见·安全生产：收到但没有写明依据 安全生产监督管理部门",
        ])
      let books = try FileManager.default.contentsOfDirectory(atPath: run.folder + "/gaps").sorted()
      let asked = Set(rows.map { $0[4] })
      #expect(
        books
          == pack.about.offices.filter { asked.contains($0.title) }.map { $0.id + ".xlsx" }
          .sorted())
    }
  }
}
