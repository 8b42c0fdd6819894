import Deliveries
import Foundation
import Pipeline
import Requests
import RulePacks
import Tables
import Testing

/// Whole runs: each folder of `Cases` has a delivery with its rule pack in `inputs`, and in
/// `expected` the files that must come out of it, byte for byte.
///
/// With `HENG_RECORD=1` in the environment the files in `expected` are written anew instead; read
/// their changes before committing them.
@Suite("Cases")
struct CasesTests {
  static let folder = Samples.cases

  static let cases: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }()

  @Test("give the expected files", arguments: cases)
  func expectedFiles(name: String) async throws {
    let expected = Self.folder.appending(path: name + "/expected")
    try await withTemporaryFolder { reports in
      let outcome = await outcome(of: try delivery(of: name), reports: reports)
      try outcome.write(
        toFile: reports + "/outcome.txt", atomically: true, encoding: .utf8)
      try compare(reports, with: expected)
    }
  }

  /// What the run says: its exit status and its messages.
  private func outcome(of delivery: String, reports: String) async -> String {
    do {
      let published = try await run(
        Request(delivery: delivery, reports: reports, jobs: 2, started: Date()))
      let messages = published.exceeded.map { "\n\($0.zh)\n\($0.en)" }.joined()
      return "exit \(published.exitStatus)\(messages)\n"
    } catch {
      let messages = error.messages.map { "\n\($0.zh)\n\($0.en)" }.joined()
      return "exit \(error.exitStatus)\(messages.replacing(Self.folder.path + "/", with: ""))\n"
    }
  }

  private func delivery(of name: String) throws -> String {
    let inputs = Self.folder.appending(path: name + "/inputs").path
    let folders = try FileManager.default.contentsOfDirectory(atPath: inputs).sorted()
    let delivery = try #require(
      folders.first { FileManager.default.fileExists(atPath: "\(inputs)/\($0)/run.yaml") })
    return "\(inputs)/\(delivery)"
  }

  private func compare(_ reports: String, with expected: URL) throws {
    let files = FileManager.default
    if ProcessInfo.processInfo.environment["HENG_RECORD"] == "1" {
      try? files.removeItem(at: expected)
      try files.copyItem(atPath: reports, toPath: expected.path)
      // What the example's golden holds already, and what names versions and times.
      for name in [
        "ledger.sqlite", "feed/index.html", "feed/data", "feed/manifest.json", "feed/explanations",
      ] {
        try? files.removeItem(at: expected.appending(path: name))
      }
      // The bytes of workbooks depend on the libraries that wrote and packed them.
      for name in try files.subpathsOfDirectory(atPath: expected.path)
      where name.hasSuffix(".xlsx") {
        try files.removeItem(at: expected.appending(path: name))
      }
      return
    }
    let names = try files.subpathsOfDirectory(atPath: expected.path).sorted()
    #expect(!names.isEmpty)
    for name in names {
      var isFolder: ObjCBool = false
      let path = expected.appending(path: name).path
      guard unsafe files.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
      else {
        continue
      }
      let published = files.contents(atPath: "\(reports)/\(name)")
      #expect(published == files.contents(atPath: path), "\(name) differs")
    }
  }
}
