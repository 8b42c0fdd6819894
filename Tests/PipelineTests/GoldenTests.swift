import Deliveries
import Foundation
import Pipeline
import Reports
import RulePacks
import Tables
import Testing

/// The example delivery and its published reports are the golden of the whole chain.
///
/// With `HENG_RECORD=1` in the environment the reports are written anew instead; read their
/// changes before committing them.
@Suite("The example delivery")
struct GoldenTests {
  @Test("gives the committed reports, byte for byte")
  func golden() async throws {
    let golden = Samples.report("example-2018q3")
    try await withTemporaryFolder { reports in
      let run = try await run(Samples.request("example-2018q3", reports: reports))
      if ProcessInfo.processInfo.environment["HENG_RECORD"] == "1" {
        try? FileManager.default.removeItem(atPath: golden)
        try FileManager.default.copyItem(atPath: run.folder, toPath: golden)
      }
      let now = try published(in: run.folder)
      let before = try published(in: golden)
      #expect(now.keys.sorted() == before.keys.sorted())
      for (path, bytes) in before { #expect(now[path] == bytes, "\(path) differs") }
    }
  }

  @Test("gives the same bytes with any number of jobs", arguments: [1, 3])
  func jobs(jobs: Int) async throws {
    try await withTemporaryFolder { reports in
      let run = try await run(Samples.request("example-2018q3", reports: reports, jobs: jobs))
      let golden = try published(in: Samples.report("example-2018q3"))
      #expect(try published(in: run.folder) == golden)
    }
  }

  @Test("loses no row", arguments: ["example-2018q3", "luoyang-2018q2", "luoyang-2018q3"])
  func nothingLost(name: String) async throws {
    let evaluated = try await evaluate(Samples.request(name, reports: "none"))
    #expect(!evaluated.files.isEmpty)
    for file in evaluated.files {
      #expect(
        file.read == file.accepted + file.quarantined + file.superseded, "\(file.path)")
      #expect(file.read > 0, "\(file.path)")
    }
    let quarantined = evaluated.files.reduce(0) { $0 + $1.quarantined }
    #expect(evaluated.quarantine.count == quarantined)
  }

  @Test("adds up: parts to scores, groups to populations")
  func addsUp() async throws {
    let evaluated = try await evaluate(Samples.request("luoyang-2018q3", reports: "none"))
    for card in evaluated.scorecards {
      let rubric = evaluated.pack.rubrics[card.rubric]
      let most = rubric.full + rubric.parts.filter { $0.kind == .bonus }.reduce(0) { $0 + $1.most }
      let isCapped = rubric.caps.contains { if case .score = $0.limit { true } else { false } }
      for entry in card.subjects.indices where !isCapped {
        let sum = card.parts.reduce(0) { $0 + Int($1.points[entry]) }
        #expect(Int(card.scores[entry]) == min(max(sum, 0), most))
      }
    }
    var wholes: [String: Int] = [:]
    var groups: [String: Int] = [:]
    for line in evaluated.coverage {
      if line.dimension.isEmpty {
        wholes[line.population] = line.units
      } else {
        groups[line.population + "\n" + line.dimension, default: 0] += line.units
      }
    }
    #expect(!groups.isEmpty)
    for (key, units) in groups {
      #expect(wholes[String(key.split(separator: "\n")[0])] == units, "\(key)")
    }
  }
}
