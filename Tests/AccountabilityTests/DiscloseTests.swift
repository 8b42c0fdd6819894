import Console
import Deliveries
import Foundation
import Pipeline
import Reports
import Requests
import RulePacks
import Tables
import Testing

@testable import Accountability

@Suite("What is disclosed to a subject")
struct DiscloseTests {
  @Test("is every field of its rows with file, line and delivered text, and its results")
  func everything() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try Shops.write(
        "q1", shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,5\nB2,Spoon,Side,about 9\n",
        reviews: "shop_name,street,stars\nSpoon,Side,4\nFork,Main,\n", to: folder)
      let request = Request(
        delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
      let disclosure = try await disclose(run: delivery, subject: "A1", request: request)
      #expect(disclosure.kind == "Shops")
      #expect(disclosure.legalBasis == "none needed")
      #expect(Set(disclosure.rows.map(\.file)) == ["reviews.csv", "shops.csv"])
      let shop = try #require(disclosure.rows.first { $0.file == "shops.csv" })
      #expect(shop.line == 2)
      #expect(shop.fields.map(\.id) == ["shop_id", "shop_name", "street", "staff"])
      #expect(shop.fields.map(\.raw) == ["A1", "Fork", "Main", "5"])
      #expect(shop.fields.allSatisfy { $0.state == .stated })
      let review = try #require(disclosure.rows.first { $0.file == "reviews.csv" })
      #expect(review.line == 3)
      #expect(review.fields.map(\.state) == [.stated, .stated, .notStated])
      #expect(disclosure.results.map(\.rubric) == ["service", "size"])
      let lines = disclosure.lines(in: .en, width: 100).joined(separator: "\n")
      #expect(lines.contains("shops.csv:2"))
      #expect(!lines.contains("Spoon"))
      let nobody = await #expect(throws: RunFailure.self) {
        _ = try await disclose(run: delivery, subject: "Z9", request: request)
      }
      #expect(nobody?.messages.first?.en.contains("holds nothing") == true)
    }
  }

  @Test("is told in words: yes and no, codes by their names, and no code in a Chinese line")
  func words() async throws {
    try await withTemporaryFolder { reports in
      let request = Samples.request("example-2018q3", reports: reports)
      let disclosure = try await disclose(
        run: Samples.delivery("example-2018q3"), subject: "91410303PDY9004482", request: request)
      let fields = disclosure.rows.flatMap(\.fields) + disclosure.derived
      #expect(fields.contains { $0.value == "true" && $0.words?.zh == "是" })
      #expect(fields.contains { $0.value == "存续 (active)" && $0.words?.zh == "存续" })
      let lines = disclosure.lines(in: .zh, width: 200)
      #expect(lines.contains { $0.contains("是否实体运营") && $0.contains("是  ") })
      for line in lines {
        for code in ["true", "false", "(active)", "(none)", "(shared)"] {
          #expect(!line.contains(code), "\(line)")
        }
      }
      #expect(disclosure.json.contains("\"true\""))
    }
  }

  @Test("says that an identity number is held, and neither tells it nor its digest")
  func identity() async throws {
    try await withTemporaryFolder { reports in
      let request = Samples.request("example-2018q3", reports: reports)
      let evaluated = try await evaluate(request)
      let kind = try #require(evaluated.pack.subjects.firstIndex { $0.id == "figure" })
      let ids = evaluated.dossiers.subjects[kind].ids
      var withheld = 0
      for row in 0..<min(ids.count, 1) {
        let disclosure = try await disclose(
          run: Samples.delivery("example-2018q3"), subject: ids[row], request: request)
        let fields = disclosure.rows.flatMap(\.fields)
        #expect(!fields.isEmpty)
        let keys = fields.filter { $0.id == "nominee_key" }
        #expect(keys.allSatisfy { $0.value == nil && $0.raw == nil })
        withheld += keys.count { $0.state == .withheld }
        let texts = [disclosure.json] + disclosure.lines(in: .zh, width: 200)
        for text in texts {
          #expect(!text.contains("410399"))
          #expect(text.matches(of: /[0-9a-f]{32}/).isEmpty)
        }
      }
      #expect(withheld > 0)
    }
  }
}
