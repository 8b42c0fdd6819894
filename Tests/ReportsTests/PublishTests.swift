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
        try publish(partial, reports: reports, run: "q3")
        #expect(try contents(of: "\(reports)/q3") == ["\(text).csv"])
      }
      #expect(try contents(of: reports) == [".q3.partial", "q3"])
      try removeReplaced(reports: reports, run: "q3")
      #expect(try contents(of: reports) == ["q3"])
      #expect(try contents(of: "\(reports)/q3") == ["new.csv"])
    }
  }

  @Test("clears what a killed run left and keeps the published reports")
  func leftovers() async throws {
    try await withFolder { folder in
      let first = try makePartial(reports: folder, run: "q3")
      try publish(first, reports: folder, run: "q3")
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
      _ = try makePartial(reports: folder, run: "q3")
      #expect(try contents(of: folder) == [".q3.partial", "q3"])
    }
  }

  @Test(
    "refuses ids that lead out of the reports folder",
    arguments: ["", ".", "..", "../x", "a/b", ".hidden", "a\u{0}b"])
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

private func contents(of folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}
