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
  @Test("and tell what was found out stop nothing, are no data, and say what to do instead")
  func setAside() async throws {
    try await withExample { delivery, request in
      let before = try await run(request)
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
    try await withExample { delivery, request in
      let before = try await run(request)
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

  @Test("decide nothing in a run of another date, which tells of which date they are")
  func anotherTime() async throws {
    try await withExample { delivery, request in
      let before = try await run(request)
      let book = try filledWorkbook(
        before.folder + "/meeting/builder.xlsx", by: "人选编号",
        ["HX2018-002": ["研究结果": "推荐", "决定机构": "部务会", "决定日期": "2018-10-12"]])
      try book.write(to: URL(filePath: delivery + "/figures/研究名单.xlsx"))
      let here = try await run(request)
      #expect(here.evaluated.aside.filter { $0.reason == .paperNotUsed } == [])
      #expect(decided(here).contains("HX2018-002"))

      let path = delivery + "/run.yaml"
      let plan = try String(contentsOfFile: path, encoding: .utf8)
      try plan.replacing("as-of: 2018-09-30", with: "as-of: 2018-12-31").write(
        toFile: path, atomically: true, encoding: .utf8)
      let after = try await run(request)
      #expect(!decided(after).contains("HX2018-002"))
      let told = after.evaluated.findings.filter { $0.rule == "file-paper-not-used" }
      #expect(told.map(\.severity) == [.error])
      #expect(
        told.first?.message.zh
          == "figures/研究名单.xlsx：未读取，是截至 2018-09-30 的研究名单工作簿，本批次截至 2018-12-31，"
          + "填在其中的内容没有采用")
    }
  }

  @Test("say which of their columns is gone, where they cannot be read back without it")
  func lostColumn() async throws {
    try await withExample { delivery, request in
      let before = try await run(request)
      let book = try changedWorkbook(
        before.folder + "/meeting/builder.xlsx", ["研究结果": "会上意见", "决定日期": "日子"])
      try book.write(to: URL(filePath: delivery + "/figures/研究名单.xlsx"))
      let after = try await run(request)
      let told = after.evaluated.findings.filter { $0.rule == "file-paper-not-used" }
      #expect(told.map(\.severity) == [.error])
      #expect(told.first?.message.zh.contains("缺少必需的列“研究结果”“决定日期”") == true)
      #expect(told.first?.cure.zh.hasPrefix("请恢复这些列") == true)
    }
  }

  @Test("that was saved as CSV is still the paper of a meeting, and no table of an office")
  func savedAsText() async throws {
    try await withExample { delivery, request in
      let before = try await run(request)
      try meetingAsText(of: before).write(
        toFile: delivery + "/figures/研究名单.csv", atomically: true, encoding: .utf8)
      for table in ["findings", "quarantine", "evidence-gaps", "coverage", "formation"] {
        try FileManager.default.copyItem(
          atPath: before.folder + "/\(table).csv", toPath: delivery + "/\(table).csv")
      }
      let after = try await run(request)
      #expect(after.evaluated.files.contains { $0.path == "figures/研究名单.csv" })
      // The office's own table needs no columns that only the paper has.
      #expect(!after.evaluated.findings.contains { $0.rule == "column-missing" })
      #expect(after.evaluated.aside.count { $0.reason == .ownPaper } == 5)
    }
  }

  @Test("and that were published as pages or for machines stop nothing and are no data")
  func published() async throws {
    try await withExample { delivery, request in
      let before = try await run(request)
      let papers = [
        "index.html", "meeting/builder.html", "publicity/builder.html", "manifest.json",
        "explanations/party-building.jsonl", "overview.csv", "data/findings.js",
      ]
      for (number, paper) in papers.enumerated() {
        let name = paper.split(separator: ".").last ?? ""
        try FileManager.default.copyItem(
          atPath: before.folder + "/" + paper, toPath: delivery + "/甲\(number).\(name)")
      }
      let after = try await run(request)
      #expect(after.exitStatus == before.exitStatus)
      let aside = after.evaluated.aside.filter { $0.reason == .ownPaper }
      #expect(aside.count == papers.count)
      #expect(after.evaluated.files.map(\.path) == before.evaluated.files.map(\.path))
    }
  }

  @Test("and were saved as CSV say by their first line of which date they are")
  func anotherTimeAsText() async throws {
    try await withExample { delivery, request in
      let before = try await run(request)
      try meetingAsText(of: before).write(
        toFile: delivery + "/figures/研究名单.csv", atomically: true, encoding: .utf8)
      let path = delivery + "/run.yaml"
      let plan = try String(contentsOfFile: path, encoding: .utf8)
      try plan.replacing("as-of: 2018-09-30", with: "as-of: 2018-12-31").write(
        toFile: path, atomically: true, encoding: .utf8)
      let after = try await run(request)
      let told = after.evaluated.findings.filter { $0.rule == "file-paper-not-used" }
      #expect(
        told.map(\.message.zh) == [
          "figures/研究名单.csv：未读取，是截至 2018-09-30 的研究名单工作簿，本批次截至 2018-12-31，"
            + "填在其中的内容没有采用"
        ])
    }
  }

  /// The workbook of a meeting as a spreadsheet program saves it as CSV.
  private func meetingAsText(of published: Published) throws -> String {
    let sheet = try #require(
      shownSheets(of: published.folder + "/meeting/builder.xlsx").first)
    return sheet.rows.map { row in
      row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
    }.joined(separator: "\r\n")
  }

  /// Ids of those about whom a decision stands.
  private func decided(_ published: Published) -> Set<String> {
    let run = published.evaluated
    var ids: Set<String> = []
    for screening in run.screenings {
      let rubric = run.run.honours[screening.honour].rubric
      guard let card = run.scorecards.first(where: { $0.rubric == rubric }) else { continue }
      let subject = run.dossiers.subjects[run.pack.rubrics[rubric].subject]
      for line in screening.lines where line.decided != nil {
        ids.insert(subject.ids[Int(card.subjects[line.entry])])
      }
    }
    return ids
  }
}
