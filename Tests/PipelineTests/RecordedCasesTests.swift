import Console
import Deliveries
import Foundation
import Pipeline
import Reports
import RulePacks
import Tables
import Testing

@testable import Accountability

/// What people recorded about proposals and facts, in everything that shows them.
@Suite("Objections, decisions and corrections")
struct RecordedCasesTests {
  private func explained(_ subject: String, rubric: String) async throws -> Explained {
    let evaluated = try await evaluate(Samples.request("example-2018q3", reports: "none"))
    let card = try #require(
      evaluated.scorecards.firstIndex { evaluated.pack.rubrics[$0.rubric].id == rubric })
    let scorecard = evaluated.scorecards[card]
    let ids = evaluated.dossiers.subjects[evaluated.pack.rubrics[scorecard.rubric].subject].ids
    let entry = try #require(
      scorecard.subjects.indices.first { ids[Int(scorecard.subjects[$0])] == subject })
    let all = try await explain(
      [(card, entry)], of: evaluated,
      request: Samples.request("example-2018q3", reports: "none"))
    return try #require(all.first)
  }

  @Test(
    "stand beside the proposal in the letter, and in what machines read",
    arguments: [
      (
        "91410371PDY900376Q", "honest-operator",
        [
          "the proposal is “reserve”; decided", "rejected on 2018-10-15 by 法规复核岗",
          "above the proposal",
        ],
        [#""decision_proposed":"reserve","state":"decided""#, #""direction":"upward""#]
      ),
      (
        "91410305PDY900528J", "contract-credit",
        ["frozen by an objection", "not answered yet, the row is frozen"],
        [#""state":"frozen""#, #""outcome":null"#, #""decision":null"#]
      ),
      (
        "91410305PDY9000185", "contract-credit",
        ["the proposal is “recommended”; proposed, not decided"],
        [
          #""decision_proposed":"recommend","state":"proposed","reservations":[],"objections":[],"decision":null"#
        ]
      ),
      (
        "HX2018-004", "figure-evaluation",
        ["妇联: 有保留, 2018-08-21: 建议进一步核实女职工权益保障情况 (figures/征求意见.csv line"],
        [#""reservations":[{"body":"妇联","value":"有保留""#]
      ),
    ])
  func listings(subject: String, rubric: String, letter: [String], json: [String]) async throws {
    let explained = try await explained(subject, rubric: rubric)
    let text = explained.letter(in: .en)
    for words in letter { #expect(text.contains(words), "\(words)") }
    for words in json { #expect(explained.json.contains(words), "\(words)") }
    let schema = try Data(
      contentsOf: Samples.root.appending(path: "reports/explanation.schema.json"))
    let faults = try SchemaValidator(schema).faults(of: Data(explained.json.utf8))
    #expect(faults == [])
  }

  @Test("a corrected value stands beside the delivered one")
  func corrected() async throws {
    let explained = try await explained("91410311PDY9001144", rubric: "party-building")
    let both = "更正：报送“没有场所”，更正为“共用区域阵地”；理由：9月起使用园区党群服务中心"
    #expect(explained.letter(in: .zh).contains(both))
    #expect(explained.json.contains(#""delivered":"没有场所","corrected":"共用区域阵地""#))
    try await withTemporaryFolder { folder in
      try writeLetter([explained], to: folder + "/letter.html", in: .zh)
      // In brief; the reason stands in the annex and on the page.
      let letter = try String(contentsOfFile: folder + "/letter.html", encoding: .utf8)
      #expect(letter.contains("（已更正，报送为“没有场所”"))
    }
  }

  @Test("are disclosed with the rows that record them")
  func disclosed() async throws {
    let request = Samples.request("example-2018q3", reports: "none")
    let run = Samples.delivery("example-2018q3")
    let objected = try await disclose(run: run, subject: "91410371PDY900376Q", request: request)
    #expect(objected.rows.contains { $0.file == "decisions/异议登记.csv" && $0.line == 3 })
    #expect(objected.json.contains(#""decision_proposed": "reserve", "state": "decided""#))
    let corrected = try await disclose(run: run, subject: "91410311PDY9001144", request: request)
    let venue = corrected.rows.flatMap(\.fields).first { $0.correction != nil }
    #expect(venue?.raw == "没有场所")
    #expect(venue?.correction?.corrected == "共用区域阵地")
    #expect(corrected.corrections.first?.decidedBy == "台账管理岗")
  }

  @Test("are counted: how many rows are frozen, and which way decisions depart")
  func counted() async throws {
    let evaluated = try await evaluate(Samples.request("example-2018q3", reports: "none"))
    let counts = evaluated.screenings.map { evaluated.run.honours[$0.honour].id }
      .enumerated().map { "\($1) \(evaluated.screenings[$0].caseCounts.states[.frozen] ?? 0)" }
    #expect(
      counts == ["honest-operator 0", "contract-credit 2", "builder 0", "model-worker 0"])
    let directions = try #require(evaluated.screenings.first).caseCounts.directions
    #expect(directions == [.same: 1, .upward: 1, .downward: 1])
    #expect(evaluated.findings.count { $0.rule == "decisions-differ" } == 2)
  }

  @Test("that nobody dated are no less objections: they freeze the line, and are told")
  func undated() async throws {
    try await withExample { delivery, request in
      let path = delivery + "/decisions/异议登记.csv"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let row = "YY2018-09,91410305PDY900042M,诚信经营户,,计分有误,企业信用岗,,,,\n"
      try (text + (text.last?.isNewline == true ? "" : "\n") + row)
        .write(toFile: path, atomically: true, encoding: .utf8)
      let evaluated = try await evaluate(request)
      let told = evaluated.findings.filter { $0.rule == "objection-undated" }
      #expect(told.map(\.subject) == ["91410305PDY900042M"])
      #expect(told.map(\.severity) == [.warning])
      let list = try #require(evaluated.screenings.first)
      #expect(list.caseCounts.states[.frozen] == 1)
    }
  }

  @Test(
    "need code tables that say what their codes do, and fields of the right types",
    arguments: [
      (
        "codes/outcomes.csv", "rejected,rejected,,rejected", "rejected,rejected,,no",
        "the code table “outcomes” does not say under “decides” what “rejected” does"
      ),
      (
        "records/2-objections.yaml", "label: Filed, type: date", "label: Filed, type: text",
        "“filed_on” must be of type date"
      ),
      (
        "records/3-decisions.yaml", "holds: many", "holds: one",
        "“case” is for records of a subject with many rows"
      ),
    ])
  func packFaults(file: String, old: String, new: String, fault: String) async throws {
    try await withTemporaryFolder { folder in
      let pack = CasesTests.folder.path + "/objections-and-decisions/inputs/rules/kitchens"
      try FileManager.default.copyItem(atPath: pack, toPath: folder + "/kitchens")
      let path = folder + "/kitchens/" + file
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try #require(text.contains(old))
      try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
      let faults = #expect(throws: PackFaults.self) {
        _ = try loadRulePack(at: folder + "/kitchens")
      }
      #expect(faults?.faults.map(\.message.en).contains(fault) == true)
    }
  }
}
