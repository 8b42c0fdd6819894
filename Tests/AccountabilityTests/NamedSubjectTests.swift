import Deliveries
import Foundation
import Pipeline
import Requests
import RulePacks
import Tables
import Testing

@testable import Accountability

@Suite("Subjects by their delivered texts")
struct NamedSubjectTests {
  @Test("are explained, disclosed and looked up where a digest stands for the identity")
  func digested() async throws {
    try await withTemporaryFolder { folder in
      let number = "410399197001010013"
      let delivery = try Shops.write(
        "q1", shops: "shop_id,shop_name,street,staff\n\(number),Fork,Main,5\nDOC1,Spoon,Side,9\n",
        reviews: "shop_name,street,stars\nSpoon,Side,4\n", to: folder)
      try rewrite(folder + "/rules/shops/records/shop.yaml") {
        $0.replacing("label: Id, type: text", with: "label: Id, type: text, may-hold: resident-id")
      }
      try rewrite(delivery + "/run.yaml") { $0 + "\ndigest-key: test.key\n" }
      try "heng-public-test-key".write(
        toFile: delivery + "/test.key", atomically: true, encoding: .utf8)
      let request = Request(
        delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
      let published = try await run(request)
      let names = FileManager.default.enumerator(atPath: published.folder)?.compactMap {
        $0 as? String
      }
      for name in names ?? [] {
        let bytes = FileManager.default.contents(atPath: published.folder + "/" + name) ?? Data()
        #expect(!String(decoding: bytes, as: UTF8.self).contains("19700101"), "\(name)")
      }
      for text in [number, "410399 19700101 0013", "doc1"] {
        let explained = try await explain(
          run: delivery, subject: text, rubric: "service", request: request)
        #expect(explained.count == 1)
        let disclosure = try await disclose(run: delivery, subject: text, request: request)
        #expect(disclosure.subject.count == (text == "doc1" ? 4 : 32))
      }
      #expect(try history(of: number, reports: folder + "/reports").subject.count == 32)
      #expect(throws: RunFailure.self) {
        _ = try history(of: "410399197001010021", reports: folder + "/reports")
      }
    }
  }

  private func rewrite(_ path: String, _ change: (String) -> String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try change(text).write(toFile: path, atomically: true, encoding: .utf8)
  }
}
