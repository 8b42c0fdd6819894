import Console
import Deliveries
import Foundation
import Pipeline
import Reports
import Requests
import RulePacks
import Tables
import Testing

/// Findings of the example that somebody explains, with a record kind for it added to the pack.
@Suite("Findings that are explained")
struct AcknowledgeTests {
  private static let record = """
    record: acknowledgement
    title: 数据问题确认
    subject: unit
    holds: many
    list: acknowledgements
    case: acknowledgements
    office: organization
    fields:
      - {id: uscc, label: 统一社会信用代码, type: uscc}
      - {id: reg_no, label: 注册号, type: registration-number}
      - {id: finding, label: 数据问题, type: text, required: true}
      - {id: stamp, label: 核对码, type: text, required: true}
      - {id: acknowledged_by, label: 确认岗位, type: text}
      - {id: reason, label: 确认理由, type: text}
      - {id: acknowledged_on, label: 确认日期, type: date}

    """
  private static let source = """
    source: acknowledgement-csv
    title: 数据问题确认表（CSV）
    record: acknowledgement
    format: csv
    requires: [uscc, finding, stamp]

    """
  private static let unit = "91410311PDY900333E"

  /// Lends a copy of the example whose pack keeps acknowledgements.
  private func withExample(_ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for name in ["example-2018q3", "rules"] {
        try FileManager.default.copyItem(
          atPath: Samples.delivery(name), toPath: folder + "/" + name)
      }
      let pack = folder + "/rules/luoyang-2018"
      try Data(Self.record.utf8).write(to: URL(filePath: pack + "/records/24-acknowledgement.yaml"))
      try Data(Self.source.utf8).write(
        to: URL(filePath: pack + "/sources/acknowledgement-csv.yaml"))
      try await body(folder)
    }
  }

  private func evaluated(_ folder: String, _ rows: [String]) async throws -> RunResult {
    let path = folder + "/example-2018q3/party/数据问题确认.csv"
    let text = "统一社会信用代码,数据问题,核对码,确认岗位,确认理由,确认日期\n" + rows.joined()
    if rows.isEmpty {
      try? FileManager.default.removeItem(atPath: path)
    } else {
      try Data(text.utf8).write(to: URL(filePath: path))
    }
    return try await evaluate(
      Request(
        delivery: folder + "/example-2018q3", reports: folder + "/reports", jobs: 2,
        started: Date()))
  }

  private func conflict(_ result: RunResult) throws -> Finding {
    try #require(result.findings.first { $0.rule == "conflict" && $0.subject == Self.unit })
  }

  @Test("stay listed as acknowledged, with role and reason, and come back when a value changes")
  func whole() async throws {
    try await withExample { folder in
      let before = try conflict(try await evaluated(folder, []))
      #expect(before.acknowledgement == nil)
      let rows = [
        "\(Self.unit),来源矛盾,\(before.stamp),组织部信息岗,已向市监核实，以登记为准,2018-10-08\n",
        "\(Self.unit),conflict,00000000,组织部信息岗,早先的情况,2018-07-08\n",
        "\(Self.unit),来源矛盾,\(before.stamp),组织部信息岗,,2018-10-08\n",
      ]
      let after = try await evaluated(folder, rows)
      let given = try #require(try conflict(after).acknowledgement)
      #expect(given.state == .acknowledged && given.by == "组织部信息岗")
      #expect(given.reason == "已向市监核实，以登记为准" && given.on?.description == "2018-10-08")
      #expect(
        after.findings.filter { $0.rule.hasPrefix("acknowledgement") }.map(\.rule)
          == ["acknowledgement-unused", "acknowledgement-unsigned"])
      #expect(after.summary(in: .zh).contains { $0.contains("（其中已确认 1 条）") })
      #expect(after.summary(in: .en).contains { $0.contains("(1 of them acknowledged)") })

      // The report of the year says something else by now.
      let report = folder + "/example-2018q3/inspection/企业年报甲.xml"
      let text = try String(contentsOfFile: report, encoding: .utf8)
      let changed = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        let line = String(line)
        return line.contains(Self.unit) ? line.replacing("<BUSST>2", with: "<BUSST>3") : line
      }.joined(separator: "\n")
      try #require(changed != text)
      try changed.write(toFile: report, atomically: true, encoding: .utf8)
      let later = try await evaluated(folder, rows)
      let open = try conflict(later)
      #expect(open.stamp != before.stamp && open.acknowledgement?.state == .changed)
      #expect(later.findings.count { $0.rule == "acknowledgement-unused" } == 2)
      #expect(later.summary(in: .zh).allSatisfy { !$0.contains("已确认") })
    }
  }

  @Test("say in tables how they stand; a pack that keeps none has no columns for it")
  func published() async throws {
    try await withExample { folder in
      let stamp = try conflict(try await evaluated(folder, [])).stamp
      _ = try await evaluated(
        folder, ["\(Self.unit),conflict,\(stamp),组织部信息岗,已核实,2018-10-08\n"])
      let run = try await run(
        Request(
          delivery: folder + "/example-2018q3", reports: folder + "/reports", jobs: 2,
          started: Date()))
      let table = try String(contentsOfFile: run.folder + "/findings.csv", encoding: .utf8)
      let lines = table.components(separatedBy: "\r\n")
      #expect(
        lines[0].hasSuffix(
          ",state,stamp,acknowledged_by,acknowledged_reason,acknowledged_on,acknowledged_in"))
      let line = try #require(lines.first { $0.contains(",conflict,\(Self.unit),") })
      #expect(
        line.hasSuffix(",acknowledged,\(stamp),组织部信息岗,已核实,2018-10-08,party/数据问题确认.csv:2"))
      #expect(lines.contains { $0.contains(",open,") })
    }
    let plain = try await evaluate(Samples.request("example-2018q3", reports: "nowhere"))
    #expect(!plain.pack.records.contains { $0.caseRole == .acknowledgements })
  }

  @Test("have a stamp of what they say, whatever line it stands on")
  func stamps() {
    func stamp(_ text: String, field: String = "state") -> String {
      Finding(
        .warning, "conflict", subject: "A", field: field, message: Bilingual(zh: "", en: text),
        cure: Bilingual(zh: "", en: "")
      ).stamp
    }
    let one = stamp("state: a says “x” (in/a (1).csv:26), b says “y” (b.xml:3)")
    #expect(one.count == 8)
    #expect(stamp("state: a says “x” (c.csv:7), b says “y” (b.xml:9)").count == 8)
    #expect(stamp("a says “x” (c.csv:7)") == stamp("a says “x” (d.csv:12)"))
    #expect(stamp("a says “x” (c.csv:7)") != stamp("a says “z” (c.csv:7)"))
    #expect(stamp("D5: “x” is no date") == stamp("E9: “x” is no date"))
    #expect(stamp("x", field: "a") != stamp("x", field: "b"))
  }
}
