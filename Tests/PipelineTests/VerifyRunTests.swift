import Foundation
import Tables
import Testing

@testable import Pipeline

@Suite("Verifying a published run")
struct VerifyRunTests {
  private func published(in folder: String) async throws -> Request {
    let delivery = try Shops.write(
      "q1", shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,5\nB2,Spoon,Side,9\n",
      reviews: "shop_name,street,stars\nFork,Main,5\n", to: folder)
    let request = Request(
      delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
    _ = try await run(request)
    return request
  }

  @Test("finds nothing where nothing was touched, and leaves everything as it was")
  func same() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      let ledger = FileManager.default.contents(atPath: folder + "/reports/ledger.sqlite")
      let verification = try await verify(run: "q1", request: request)
      #expect(verification.differences == [])
      #expect(verification.exitStatus == 0)
      #expect(verification.inputs == 2)
      #expect(verification.outputs > 5)
      #expect(FileManager.default.contents(atPath: folder + "/reports/ledger.sqlite") == ledger)
      #expect(verification.lines(in: .en).count == 1)
    }
  }

  @Test(
    "names what was touched",
    arguments: [
      ("q1/shops.csv", "5\n", "7\n", "input"),
      ("reports/q1/rankings/service.csv", "10.0", "90.0", "output"),
      ("reports/q1/manifest.json", "publication", "elsewhere", "ledger"),
      ("rules/shops/rubrics/service.yaml", "4]", "3]", "input"),
    ])
  func touched(file: String, old: String, new: String, kind: String) async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      try #require(text.contains(old))
      try text.replacing(old, with: new).write(
        toFile: folder + "/" + file, atomically: true, encoding: .utf8)
      let verification = try await verify(run: "q1", request: request)
      #expect(verification.exitStatus == 1)
      #expect(verification.differences.first?.kind.rawValue == kind)
      #expect(verification.differences.contains { $0.kind == .rerun })
      let json = try JSONSerialization.jsonObject(with: Data(verification.json.utf8))
      #expect((json as? [String: Any])?["same"] as? Bool == false)
    }
  }

  @Test("names files that nobody wrote, and refuses a run that was not published")
  func surplus() async throws {
    try await withTemporaryFolder { folder in
      let request = try await published(in: folder)
      try Data("x".utf8).write(to: URL(filePath: folder + "/reports/q1/more.csv"))
      let verification = try await verify(run: "q1", request: request)
      #expect(verification.differences.map(\.kind) == [.output, .rerun])
      try FileManager.default.removeItem(atPath: folder + "/reports/q1")
      let nobody = await #expect(throws: RunFailure.self) {
        _ = try await verify(run: "q1", request: request)
      }
      #expect(nobody?.messages.first?.en.contains("no published run") == true)
    }
  }
}
