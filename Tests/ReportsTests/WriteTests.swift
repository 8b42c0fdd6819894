import Fields
import Foundation
import Tables
import Testing

@testable import Reports

@Suite struct WriteTests {
  @Test("writes the same bytes whatever the number of jobs")
  func sameBytes() async throws {
    var results = sampleResults()
    // Enough lines for many stretches.
    results.findings = (0..<20_000).map { number in
      Finding(
        .warning, "r\(number % 7)", subject: "S\(number)",
        message: Bilingual(zh: "一", en: "one"), cure: Bilingual(zh: "二", en: "two"))
    }
    let reversed = results.findings.reversed()
    let first = try await withFolder { folder in
      try await write(results, to: folder, settings: ReportSettings(jobs: 1))
    }
    results.findings = Array(reversed)
    let second = try await withFolder { folder in
      try await write(results, to: folder, settings: ReportSettings(jobs: 5))
    }
    #expect(first == second)
    #expect(first.count > 10)
  }

  @Test("lists every file but itself in the manifest, with its true size and digest")
  func manifestIsTrue() async throws {
    try await withFolder { folder in
      let written = try await write(
        sampleResults(), to: folder, settings: ReportSettings(jobs: 2))
      let text = try String(contentsOfFile: "\(folder)/manifest.json", encoding: .utf8)
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
        $0.contains(".")
      }
      #expect(Set(paths) == Set(written.map(\.path)))
      #expect(written.map(\.path) == written.map(\.path).sorted())
      for file in written where file.path != "manifest.json" {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(file.path)")))
        #expect(file.bytes == bytes.count)
        #expect(file.sha256 == sha256(bytes))
        #expect(text.contains("\"path\": \"\(file.path)\""))
        #expect(text.contains(file.sha256))
      }
      #expect(!text.contains(folder))
      #expect(!text.contains("\"path\": \"manifest.json\""))
    }
  }

  @Test("says what the run read and by which rules")
  func manifestKeys() async throws {
    let bytes = manifest(sampleResults(), aggregates: ["ee"], outputs: [])
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(root["run"] as? String == "spring")
    #expect(root["as_of"] as? String == "2018-09-30")
    #expect(root["legal_basis"] as? String == "Food Act § 5")
    let inputs = try #require(root["inputs"] as? [[String: Any]])
    #expect(inputs.map { $0["path"] as? String } == ["corrections.csv", "kitchens.csv"])
    #expect(
      Set(inputs[0].keys) == [
        "path", "bytes", "sha256", "encoding", "encoding_evidence", "profile", "read", "accepted",
        "quarantined", "superseded",
      ])
    let rubrics = try #require(root["rubrics"] as? [[String: Any]])
    #expect(rubrics[0]["aggregate"] as? String == "ee")
  }

  @Test("gives another aggregate as soon as one score changes")
  func aggregates() {
    var results = sampleResults()
    let before = aggregate(results, 0)
    results.scorecards[0].scores[3] += 1
    let after = aggregate(results, 0)
    #expect(before.count == 64)
    #expect(before != after)
  }

  @Test("does not overwrite a file that is already there")
  func occupied() async throws {
    try await withFolder { folder in
      try "kept".write(
        toFile: "\(folder)/coverage.csv", atomically: false, encoding: .utf8)
      await #expect(throws: ReportFailure.self) {
        try await write(sampleResults(), to: folder, settings: ReportSettings(jobs: 2))
      }
      let kept = try String(contentsOfFile: "\(folder)/coverage.csv", encoding: .utf8)
      #expect(kept == "kept")
    }
  }
}

@Suite struct ExplanationsTests {
  @Test("explains candidates and the first of a ranking, one object a line, without hidden facts")
  func lines() async throws {
    let settings = ReportSettings(jobs: 2, explainedFirst: 1)
    let bytes = try await bytes(explanations(sampleResults(), 0, settings: settings))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("{\"rubric\":\"hygiene\""))
    #expect(lines[1].hasPrefix("{\"subject\":\"R2\",\"name\":\"Bistro, \\\"old\\\"\",\"status\""))
    #expect(lines[2].hasPrefix("{\"subject\":\"R3\""))
    #expect(lines[1].contains("\"score\":14.5,"))
    #expect(!lines.contains { $0.contains("owner") || $0.contains("Ann") })
  }

  @Test("explains no more than the bound")
  func bound() {
    let settings = ReportSettings(jobs: 1, explainedFirst: 0, explainedMost: 1)
    #expect(explainedEntries(sampleResults(), 0, settings: settings) == [1])
  }
}
