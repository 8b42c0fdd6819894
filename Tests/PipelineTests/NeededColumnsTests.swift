import Deliveries
import Foundation
import Pipeline
import Reports
import Requests
import RulePacks
import Tables
import Testing

@Suite("Columns that criteria need")
struct NeededColumnsTests {
  @Test(
    "that stand under a name outside of the dictionary are a warning, all others a note",
    arguments: [
      ("Personnel", Finding.Severity.warning, "“Staff”"), ("staff,Weather", .note, "Weather"),
    ])
  func severity(header: String, severity: Finding.Severity, named: String) async throws {
    try await withTemporaryFolder { folder in
      let delivery = try Shops.write(
        "q1",
        shops: "shop_id,shop_name,street,\(header)\nA1,Fork,Main,5,x\nB2,Spoon,Side,9,y\n"
          .replacing(",x", with: header.contains(",") ? ",x" : "")
          .replacing(",y", with: header.contains(",") ? ",y" : ""),
        reviews: "shop_name,street,stars\nSpoon,Side,4\n", to: folder)
      let source = folder + "/rules/shops/sources/shops.yaml"
      try String(contentsOfFile: source, encoding: .utf8)
        .replacing("requires: [shop_id, staff]", with: "requires: [shop_id]")
        .write(toFile: source, atomically: true, encoding: .utf8)
      let evaluated = try await evaluate(
        Request(delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date()))
      let found = evaluated.findings.filter { $0.rule == "dropped-columns" }
      #expect(found.map(\.severity) == [severity])
      #expect(found.first?.message.en.contains(named) == true)
    }
  }

  @Test("are a warning also where other files of the same profile have them")
  func oneOfTwo() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try Shops.write(
        "q1", shops: "shop_id,shop_name,street,staff\nA1,Fork,Main,5\n",
        reviews: "shop_name,street,stars\nSpoon,Side,4\n", to: folder)
      try "shop_id,shop_name,street,Heads\nB2,Spoon,Side,9\n".write(
        toFile: delivery + "/second.csv", atomically: true, encoding: .utf8)
      let source = folder + "/rules/shops/sources/shops.yaml"
      try String(contentsOfFile: source, encoding: .utf8)
        .replacing("requires: [shop_id, staff]", with: "requires: [shop_id]")
        .write(toFile: source, atomically: true, encoding: .utf8)
      let evaluated = try await evaluate(
        Request(delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date()))
      let found = evaluated.findings.filter { $0.rule == "dropped-columns" }
      #expect(found.map(\.severity) == [.warning])
      #expect(found.first?.message.en.hasPrefix("second.csv states nothing of “Staff”") == true)
    }
  }
}
