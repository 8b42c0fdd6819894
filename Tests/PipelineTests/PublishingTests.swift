import Deliveries
import Foundation
import Pipeline
import Requests
import Testing

@Suite("Publishing")
struct PublishingTests {
  static let feed = CasesTests.folder.appending(path: "a-pack-for-restaurants/inputs/feed").path

  @Test("replaces an earlier run of the same id and removes what a killed run left")
  func replaces() async throws {
    try await withTemporaryFolder { reports in
      let request = Request(delivery: Self.feed, reports: reports, jobs: 1, started: Date())
      _ = try await run(request)
      let files = FileManager.default
      try Data().write(to: URL(filePath: reports + "/feed/from-the-earlier-run"))
      try files.createDirectory(
        atPath: reports + "/.feed.partial/rankings", withIntermediateDirectories: true)
      let again = try await run(request)
      #expect(!files.fileExists(atPath: again.folder + "/from-the-earlier-run"))
      #expect(files.fileExists(atPath: again.folder + "/manifest.json"))
      let left = try files.contentsOfDirectory(atPath: reports).sorted()
      #expect(left == ["feed", "ledger.sqlite"])
    }
  }

  @Test("leaves earlier reports as they were when a run fails")
  func failure() async throws {
    try await withTemporaryFolder { reports in
      _ = try await run(
        Request(delivery: Self.feed, reports: reports, jobs: 1, started: Date()))
      let before = try published(in: reports)
      let cut = CasesTests.folder.appending(path: "a-file-cut-in-the-middle/inputs/feed").path
      await #expect(throws: RunFailure.self) {
        _ = try await run(Request(delivery: cut, reports: reports, jobs: 1, started: Date()))
      }
      #expect(try published(in: reports) == before)
    }
  }
}
