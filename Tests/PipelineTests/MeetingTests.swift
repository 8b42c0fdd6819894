import Deliveries
import Foundation
import Labels
import Pipeline
import Reports
import Requests
import RulePacks
import Tables
import Testing

@Suite("The papers of a meeting")
struct MeetingTests {
  /// What is written into the form beside a nominee's number.
  private let minutes: [String: [String: String]] = [
    "HX2018-002": ["研究结果": "推荐", "决定机构": "部务会", "决定日期": "2018-10-12"],
    "HX2018-018": ["研究结果": "候补", "决定机构": "部务会", "决定日期": "2018年10月12日"],
    "HX2018-004": [
      "研究结果": "不推荐", "决定机构": "部务会", "决定日期": "2018-10-12", "决定理由": "环境意见未收到",
    ],
    "HX2018-005": ["研究结果": "暂缓", "决定机构": "部务会", "决定日期": "2018-10-12"],
    // Put forward though an opinion is missing: refused, and told.
    "HX2018-006": ["研究结果": "推荐", "决定机构": "部务会", "决定日期": "2018-10-12"],
  ]

  @Test("are filled in, put into the delivery and read as decisions")
  func filled() async throws {
    try await withExample { delivery, request in
      let before = try await run(request)
      let book = try filledWorkbook(before.folder + "/meeting/builder.xlsx", by: "人选编号", minutes)
      try book.write(to: URL(filePath: delivery + "/figures/研究名单.xlsx"))
      let after = try await run(request)

      let file = try #require(after.evaluated.files.first { $0.path.hasPrefix("figures/研究名单") })
      #expect(file.accepted == 5 && file.quarantined == 0)
      let told = after.evaluated.findings.filter { finding in
        finding.place.map { after.evaluated.files[Int($0.file)].path == file.path } ?? false
      }
      #expect(
        told.map(\.rule).sorted() == ["decision-against-condition", "form-lines-open"])
      // The office's own table needs no columns that only the paper of the meeting has.
      #expect(!after.evaluated.findings.contains { $0.rule == "column-missing" })
      let list = try #require(
        after.evaluated.screenings.first { after.evaluated.run.honours[$0.honour].id == "builder" })
      #expect(
        list.lines.compactMap(\.decided) == [.recommend, .recommend, .reserve, .decline, .deferred])
      #expect(
        list.decidedSentences(quota: 2, reserve: 1).map(\.zh) == [
          "名额 2：已决定推荐 2、候补 1、不予推荐 1、暂缓 1；名额还余 0，待研究 2"
        ])
    }
  }

  @Test(
    "that put nobody forward shut nobody out whose consultation came later",
    arguments: [("暂缓", false), ("不予推荐", false), ("推荐", true), ("采纳建议", true)])
  func earlierDecision(result: String, isShutOut: Bool) async throws {
    try await withExample { delivery, request in
      try rewrite(
        delivery + "/figures/征求意见.csv", "HX2018-008,单位党组织,同意,2018.10.12",
        "HX2018-008,单位党组织,同意,2018-09-12")
      try rewrite(delivery + "/figures/研究决定.csv", "HX2018-008,暂缓", "HX2018-008,\(result)")
      let evaluated = try await evaluate(request)
      let list = try #require(
        evaluated.screenings.first { evaluated.run.honours[$0.honour].id == "model-worker" })
      let card = try #require(
        evaluated.scorecards.first { $0.rubric == evaluated.run.honours[list.honour].rubric })
      let ids = evaluated.dossiers.subjects[evaluated.pack.rubrics[card.rubric].subject].ids
      let line = try #require(
        list.lines.first { ids[Int(card.subjects[$0.entry])] == "HX2018-008" })
      #expect((line.proposal == .ineligible) == isShutOut)
    }
  }

  @Test(
    "are told where they were decided more than a year after the run",
    arguments: [("2018-10-22", false), ("2019-10-01", false), ("2019-10-22", true)])
  func farAhead(day: String, isTold: Bool) async throws {
    try await withExample { delivery, request in
      try rewrite(
        delivery + "/decisions/名单研究决定.csv", "与建议一致,评审联席会议,2018-10-22", "与建议一致,评审联席会议,\(day)")
      let evaluated = try await evaluate(request)
      let told = evaluated.findings.filter { $0.rule == "decision-far-ahead" }
      #expect(told.map(\.severity) == (isTold ? [.warning] : []))
      for one in told {
        #expect(one.subject == "91410305PDY900042M" && one.place?.line == 2)
        for date in [day, "2018-09-30"] {
          #expect(one.message.zh.contains(date) && one.message.en.contains(date))
        }
      }
    }
  }

  private func rewrite(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(old))
    try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test("that two people return with different answers decide nothing where they differ")
  func twoAnswers() async throws {
    try await withExample { delivery, request in
      let before = try await run(request)
      let paper = before.folder + "/meeting/builder.xlsx"
      var other = minutes
      other["HX2018-002"]?["研究结果"] = "不予推荐"
      for (name, answers) in ["甲": minutes, "乙": other] {
        try filledWorkbook(paper, by: "人选编号", answers)
          .write(to: URL(filePath: delivery + "/figures/研究名单-\(name).xlsx"))
      }
      let after = try await run(request)
      let list = try #require(
        after.evaluated.screenings.first { after.evaluated.run.honours[$0.honour].id == "builder" })
      #expect(list.lines.compactMap(\.decided) == [.recommend, .reserve, .decline, .deferred])
      let told = after.evaluated.findings.filter { $0.rule == "decisions-clash" }
      #expect(told.map(\.severity) == [.error, .error])
      #expect(Set(told.compactMap(\.subject)) == ["HX2018-002"])
      #expect(told.allSatisfy { $0.message.zh.contains("在 2018-10-12 有几个结果不同的决定") })
    }
  }

  @Test("show of each candidate who it is, what others said and what is missing")
  func page() async throws {
    try await withTemporaryFolder { reports in
      let run = try await run(Samples.request("example-2018q3", reports: reports))
      let page = try String(contentsOfFile: run.folder + "/meeting/builder.html", encoding: .utf8)
      for text in [
        "优秀中国特色社会主义事业建设者 研究名单", "<td>示例市工商联</td>", "单位党组织：同意（2018-08-20）",
        "妇联：有保留（2018-08-21）", "综合评价意见·个人守法：收到但没有签署（公安机关）", "名额 2：1 个已定，余 1 个由 2 个同分者产生",
        "<th>研究结果</th>",
      ] {
        #expect(page.contains(text), "\(text)")
      }
      #expect(!page.contains("<script"))
    }
  }
}
