import Deliveries
import Foundation
import Pipeline
import Requests
import RulePacks
import Tables
import Testing

@testable import Accountability

@Suite("The workbook of a published run")
struct WorkbookOfRunTests {
  private static let shops =
    "shop_id,shop_name,street,staff\n"
    + (0..<600).map { "A\($0),Shop \($0),Main,\($0 % 40)\n" }.joined()

  @Test("holds all rows, the same bytes as that of a run that asks for all of them")
  func whole() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try Shops.write(
        "q1", shops: WorkbookOfRunTests.shops,
        reviews: "shop_name,street,stars\nShop 1,Main,5\n", to: folder)
      let request = Request(
        delivery: delivery, reports: folder + "/reports", jobs: 2, started: Date())
      let plan = delivery + "/run.yaml"
      let given = try String(contentsOfFile: plan, encoding: .utf8)
      try (given + "\nworkbook-rows: 100\n").write(
        toFile: plan, atomically: true, encoding: .utf8)
      let published = try await run(request)
      let (few, all) = (published.folder + "/rankings.xlsx", folder + "/all.xlsx")
      try await writeWorkbook(ofRun: "q1", rows: .all, to: all, request: request)
      try await writeWorkbook(
        ofRun: delivery, rows: .atMost(100), to: folder + "/few.xlsx", request: request)
      let files = FileManager.default
      #expect(files.contents(atPath: folder + "/few.xlsx") == files.contents(atPath: few))
      #expect(!files.fileExists(atPath: all + ".partial"))
      try (given + "\nworkbook-rows: all\n").write(
        toFile: plan, atomically: true, encoding: .utf8)
      _ = try await run(request)
      let whole = try #require(files.contents(atPath: few))
      #expect(files.contents(atPath: all) == whole)
      #expect(whole.count > (files.contents(atPath: folder + "/few.xlsx") ?? Data()).count)
    }
  }

  @Test("is refused where the delivery has changed since, and where it cannot be written")
  func refused() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try Shops.write(
        "q1", shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,5\n",
        reviews: "shop_name,street,stars\nFork,Main,5\n", to: folder)
      let request = Request(
        delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
      _ = try await run(request)
      let nowhere = await #expect(throws: RunFailure.self) {
        try await writeWorkbook(
          ofRun: "q1", rows: .all, to: folder + "/no/where.xlsx", request: request)
      }
      #expect(
        nowhere?.messages.first?.en.contains("where.xlsx: cannot be written (No such file") == true)
      try "shop_name,street,stars\nFork,Main,4\n".write(
        toFile: delivery + "/reviews.csv", atomically: true, encoding: .utf8)
      let changed = await #expect(throws: RunFailure.self) {
        try await writeWorkbook(
          ofRun: "q1", rows: .all, to: folder + "/all.xlsx", request: request)
      }
      #expect(changed?.messages.first?.en.contains("changed since") == true)
      #expect(!FileManager.default.fileExists(atPath: folder + "/all.xlsx"))
    }
  }
}
