import Deliveries
import Foundation
import Reports
import Requests
import RulePacks
import Tables
import Testing

@testable import Pipeline

@Suite("Workbooks of a run that come back with a delivery")
struct OwnPapersTests {
  /// Lends a copy of the example that has been run, and what is asked of it.
  private func withExample(
    _ body: (_ delivery: String, _ published: Published, _ request: Request) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for name in ["example-2018q3", "rules"] {
        try FileManager.default.copyItem(
          atPath: Samples.delivery(name), toPath: folder + "/" + name)
      }
      let delivery = folder + "/example-2018q3"
      let request = Request(
        delivery: delivery, reports: folder + "/reports", jobs: 2, started: Date())
      try await body(delivery, try await run(request), request)
    }
  }

  @Test("and tell what was found out stop nothing, are no data, and say what to do instead")
  func setAside() async throws {
    try await withExample { delivery, before, request in
      let missing = try filledWorkbook(
        before.folder + "/gaps/tax.xlsx", by: "缺少的材料", ["最近纳税信用级别": ["补报": "A"]])
      try missing.write(to: URL(filePath: delivery + "/补报.xlsx"))
      let papers = ["rankings.xlsx", "formation/410303.xlsx"]
      for (number, paper) in papers.enumerated() {
        try FileManager.default.copyItem(
          atPath: before.folder + "/" + paper, toPath: delivery + "/报表\(number).xlsx")
      }
      let after = try await run(request)
      #expect(after.exitStatus == before.exitStatus)
      let aside = after.evaluated.aside.filter { $0.reason == .ownPaper }
      #expect(aside.map(\.path) == ["报表0.xlsx", "报表1.xlsx", "补报.xlsx"])
      #expect(aside.last?.what.zh == "是本系统制作的补报清单，不是报送数据")
      #expect(aside.last?.cure.zh.contains("heng rules forms") == true)
      let told = after.evaluated.findings.filter { $0.rule == "file-own-paper" }
      #expect(told.count == 3 && told.allSatisfy { $0.severity == .warning })
      #expect(after.evaluated.files.map(\.path) == before.evaluated.files.map(\.path))
    }
  }

  @Test("to be filled in are read, also where nobody has filled them in")
  func read() async throws {
    try await withExample { delivery, before, request in
      for paper in ["meeting/builder.xlsx", "returned/market.xlsx"] {
        try FileManager.default.copyItem(
          atPath: before.folder + "/" + paper,
          toPath: delivery + "/" + paper.replacing("/", with: "-"))
      }
      let after = try await run(request)
      #expect(after.evaluated.aside.filter { $0.reason == .ownPaper } == [])
      #expect(after.evaluated.files.contains { $0.path.hasPrefix("meeting-builder.xlsx") })
      #expect(after.evaluated.files.contains { $0.path.hasPrefix("returned-market.xlsx") })
    }
  }
}
