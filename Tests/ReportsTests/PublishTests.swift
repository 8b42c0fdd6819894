import Foundation
import Testing

@testable import Reports

@Suite struct PublishTests {
  @Test("replaces an earlier run of the same id whole, and leaves nothing else behind")
  func replaces() async throws {
    try await withFolder { folder in
      let reports = "\(folder)/deep/reports"
      for text in ["old", "new"] {
        let partial = try makePartial(reports: reports, run: "q3")
        try text.write(toFile: "\(partial)/\(text).csv", atomically: false, encoding: .utf8)
        try manifest.write(
          toFile: "\(partial)/manifest.json", atomically: false, encoding: .utf8)
        try await publish(partial, reports: reports, run: "q3")
        #expect(try contents(of: "\(reports)/q3") == ["manifest.json", "\(text).csv"])
      }
      #expect(try contents(of: reports) == [".q3.partial", "q3"])
      try removeReplaced(reports: reports, run: "q3")
      #expect(try contents(of: reports) == ["q3"])
      #expect(try contents(of: "\(reports)/q3") == ["manifest.json", "new.csv"])
    }
  }

  @Test("clears what a killed run left and keeps the published reports")
  func leftovers() async throws {
    try await withFolder { folder in
      let first = try makePartial(reports: folder, run: "q3")
      try await publish(first, reports: folder, run: "q3")
      let killed = try makePartial(reports: folder, run: "q3")
      try "half".write(toFile: "\(killed)/half.csv", atomically: false, encoding: .utf8)
      let again = try makePartial(reports: folder, run: "q3")
      #expect(again == killed)
      #expect(try contents(of: again).isEmpty)
      #expect(try contents(of: folder) == [".q3.partial", "q3"])
    }
  }

  @Test("puts back the reports that a run killed between two renames had set aside")
  func setAside() async throws {
    try await withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/.q3.replaced.partial", withIntermediateDirectories: false)
      try manifest.write(
        toFile: "\(folder)/.q3.replaced.partial/manifest.json", atomically: false, encoding: .utf8)
      _ = try makePartial(reports: folder, run: "q3")
      #expect(try contents(of: folder) == [".q3.partial", "q3"])
    }
  }

  @Test("takes back reports that could not be recorded", arguments: [true, false])
  func withdrawn(replaces: Bool) async throws {
    try await withFolder { folder in
      for text in replaces ? ["old", "new"] : ["new"] {
        if text == "new", replaces { try removeReplaced(reports: folder, run: "q3") }
        let partial = try makePartial(reports: folder, run: "q3")
        try text.write(toFile: "\(partial)/\(text).csv", atomically: false, encoding: .utf8)
        try manifest.write(
          toFile: "\(partial)/manifest.json", atomically: false, encoding: .utf8)
        try await publish(partial, reports: folder, run: "q3")
      }
      try withdraw(reports: folder, run: "q3")
      #expect(try contents(of: folder) == (replaces ? ["q3"] : []))
      if replaces { #expect(try contents(of: "\(folder)/q3") == ["manifest.json", "old.csv"]) }
    }
  }

  @Test(
    "refuses ids that lead out of the reports folder",
    arguments: ["", ".", "..", "../x", "a/b", ".hidden", "a\u{0}b", "ledger.sqlite"])
  func names(run: String) async throws {
    try await withFolder { folder in
      #expect(throws: ReportFailure.self) { try makePartial(reports: folder, run: run) }
      let left = try contents(of: folder)
      #expect(left.isEmpty)
    }
  }

  @Test(
    "makes file names of ids that stay in their folder",
    arguments: [
      ("party-building", "party-building"), ("../x", "_._x"), ("a/b", "a_b"), ("评价", "评价"),
    ])
  func files(id: String, name: String) {
    #expect(fileName(id) == name)
  }
}

private let manifest = #"{"run": "q3"}"#

private func contents(of folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}
