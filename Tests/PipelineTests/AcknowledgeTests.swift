import Console
import Deliveries
import Foundation
import Pipeline
import Reports
import Requests
import RulePacks
import Tables
import Testing

/// Findings of the example that somebody explains.
@Suite("Findings that are explained")
struct AcknowledgeTests {
  private static let unit = "91410311PDY900333E"

  /// Lends a copy of the example and its pack.
  private func withExample(_ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for name in ["example-2018q3", "rules"] {
        try FileManager.default.copyItem(
          atPath: Samples.delivery(name), toPath: folder + "/" + name)
      }
      try await body(folder)
    }
  }

  private func evaluated(_ folder: String, _ rows: [String]) async throws -> RunResult {
    let path = folder + "/example-2018q3/party/数据问题确认.csv"
    let text = "统一社会信用代码,问题类别,核对码,确认岗位,确认理由,确认日期\n" + rows.joined()
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
      let first = try await evaluated(folder, [])
      let before = try conflict(first)
      let stamp = before.stamp(in: first.files.map(\.path))
      #expect(before.acknowledgement == nil)
      let rows = [
        "\(Self.unit),来源矛盾,\(stamp),组织部信息岗,已向市监核实，以登记为准,2018-10-08\n",
        "\(Self.unit),conflict,00000000,组织部信息岗,早先的情况,2018-07-08\n",
        "\(Self.unit),来源矛盾,\(stamp),组织部信息岗,,2018-10-08\n",
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
      #expect(
        open.stamp(in: later.files.map(\.path)) != stamp && open.acknowledgement?.state == .changed)
      #expect(later.findings.count { $0.rule == "acknowledgement-unused" } == 2)
      #expect(later.summary(in: .zh).allSatisfy { !$0.contains("已确认") })
    }
  }

  @Test("of one kind about one body are explained one by one")
  func siblings() async throws {
    try await withExample { folder in
      let unit = "91410302PDY9004056"
      func found(_ result: RunResult) -> [Finding] {
        result.findings.filter { $0.rule == "approximate" && $0.subject == unit }
      }
      let first = try await evaluated(folder, [])
      let both = found(first)
      try #require(both.count == 2)
      let stamp = both[1].stamp(in: first.files.map(\.path))
      let after = try await evaluated(folder, ["\(unit),只是约数,\(stamp),市场科,属实,2018-10-08\n"])
      #expect(found(after).map { $0.acknowledgement?.state } == [nil, .acknowledged])
      // A stamp of neither may have been that of either.
      let unknown = try await evaluated(folder, ["\(unit),只是约数,00000000,市场科,属实,2018-10-08\n"])
      #expect(found(unknown).map { $0.acknowledgement?.state } == [nil, nil])
      #expect(unknown.findings.contains { $0.rule == "acknowledgement-unused" })
      // One that names another kind is told which kind its stamp is of.
      let misnamed = try await evaluated(folder, ["\(unit),来源矛盾,\(stamp),市场科,属实,2018-10-08\n"])
      #expect(found(misnamed).map { $0.acknowledgement?.state } == [nil, nil])
      let told = misnamed.findings.filter { $0.rule == "acknowledgement-unused" }
      #expect(told.count == 1 && told.first?.message.zh.contains("“只是约数”的") == true)
    }
  }

  @Test("of a file or a column, which are nobody's, are explained and come back like any other")
  func ofFiles() async throws {
    try await withExample { folder in
      func found(_ rule: String, _ result: RunResult) throws -> (finding: Finding, stamp: String) {
        let finding = try #require(
          result.findings.first { $0.rule == rule && $0.subject == nil }, "no \(rule)")
        return (finding, finding.stamp(in: result.files.map(\.path)))
      }
      let first = try await evaluated(folder, [])
      let total = try found("control-total", first)
      let column = try found("dropped-columns", first)
      let rows = [
        ",合计数与记录不符,\(total.stamp),组织部信息岗,表尾合计多加一行，已与报送单位核对,2018-10-08\n",
        ",dropped-columns,\(column.stamp),组织部信息岗,该列不用,2018-10-08\n",
        ",dropped-columns,00000000,组织部信息岗,早先的情况,2018-07-08\n",
      ]
      let after = try await evaluated(folder, rows)
      for rule in ["control-total", "dropped-columns"] {
        #expect(try found(rule, after).finding.acknowledgement?.state == .acknowledged, "\(rule)")
      }
      #expect(after.quarantine.count == first.quarantine.count)
      #expect(after.unmatched == first.unmatched)
      #expect(after.findings.count { $0.rule == "acknowledgement-unused" } == 1)
      #expect(after.summary(in: .zh).contains { $0.contains("（其中已确认 2 条）") })

      // The total is another by now, and no longer what was explained.
      let path = folder + "/example-2018q3/inspection/企业年报汇总.csv"
      let text = try String(contentsOfFile: path, encoding: .utf16)
      let changed = text.replacing("1087", with: "1090")
      try #require(changed != text)
      var bytes = Data([0xFF, 0xFE])
      for unit in changed.utf16 where unit != 0xFEFF {
        bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      }
      try bytes.write(to: URL(filePath: path))
      let later = try await evaluated(folder, rows)
      let open = try found("control-total", later)
      #expect(open.stamp != total.stamp && open.finding.acknowledgement?.state == .changed)
    }
  }

  @Test("say in tables how they stand")
  func published() async throws {
    try await withExample { folder in
      let first = try await evaluated(folder, [])
      let stamp = try conflict(first).stamp(in: first.files.map(\.path))
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
  }

  @Test("have no columns in the tables of a pack that keeps none")
  func plain() async throws {
    try await withExample { folder in
      for name in ["records/25-acknowledgement", "sources/acknowledgement-csv"] {
        try FileManager.default.removeItem(atPath: folder + "/rules/luoyang-2018/\(name).yaml")
      }
      let run = try await run(
        Request(
          delivery: folder + "/example-2018q3", reports: folder + "/reports", jobs: 2,
          started: Date()))
      let table = try String(contentsOfFile: run.folder + "/findings.csv", encoding: .utf8)
      #expect(table.components(separatedBy: "\r\n")[0].hasSuffix(",cure_en"))
    }
  }
}
