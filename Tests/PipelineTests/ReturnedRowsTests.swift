import Deliveries
import Foundation
import Reports
import Requests
import Surroundings
import Tables
import Testing

@testable import Pipeline

/// A clerk's round: what was not accepted comes back as a workbook, is mended there and sent again.
@Suite("Returned rows")
struct ReturnedRowsTests {
  @Test("come back mended as CSV and as a workbook, and the list of them shrinks")
  func mended() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try writeDelivery(to: folder)
      let first = try await run(request(delivery, folder + "/reports"))
      #expect(first.evaluated.quarantine.map(\.place.record) == [2, 2, 3])
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: first.folder + "/returned")
          == ["market.xlsx"])
      let sheets = try shownSheets(of: first.folder + "/returned/market.xlsx")
      #expect(sheets.map(\.name) == ["feed.xml", "shops.csv"])
      try #require(sheets.count == 2)
      var (feed, shops) = (sheets[0].rows, sheets[1].rows)
      #expect(shops[1].prefix(5) == ["Id", "Name", "Owner", "Kind", "Staff"])
      #expect(shops[2].prefix(5) == ["B2", "Spoon", "", "food", "many"])
      #expect(feed[1].prefix(5) == ["Id", "Name", "Owner", "Kind", "Staff"])
      #expect(feed[2].prefix(5) == ["F2", "Ladle", "", "2", "lots"])

      shops[2][4] = "12"
      shops.remove(at: 3)
      try csv(shops).write(
        toFile: delivery + "/mended.csv", atomically: true, encoding: .utf8)
      feed[2][3] = "1"
      feed[2][4] = "30"
      try SheetFiles(rows: feed).xlsx.write(to: URL(filePath: delivery + "/mended.xlsx"))
      let second = try await run(request(delivery, folder + "/reports"))
      let evaluated = second.evaluated
      #expect(evaluated.quarantine.map(\.place.record) == [3])
      #expect(
        evaluated.files.map { [$0.read, $0.accepted, $0.quarantined, $0.superseded] } == [
          [2, 1, 0, 1], [1, 1, 0, 0], [1, 1, 0, 0], [3, 1, 1, 1],
        ])
      let mended = evaluated.findings.filter { $0.rule == "row-mended" }.map(\.message.en)
      try #require(mended.count == 2)
      #expect(mended[0].hasPrefix("returned rows of feed.xml that were mended in mended.xlsx:"))
      #expect(mended[1].hasPrefix("returned rows of shops.csv that were mended in mended.csv "))
      let ranking = try text(second, "rankings/size.csv")
      #expect(ranking.contains(",B2,Spoon,10.0,"))
      #expect(ranking.contains(",F2,Ladle,10.0,"))
      let quarantine = try text(second, "quarantine.csv")
      // What is no number is shown by its length.
      #expect(!quarantine.contains("many") && quarantine.contains("“***********”"))
      let left = try shownSheets(of: second.folder + "/returned/market.xlsx")
      try #require(left.map(\.name) == ["shops.csv"])
      #expect(left[0].rows.count == 3)
      let manifest = try text(second, "manifest.json")
      #expect(manifest.contains("\"path\": \"returned/market.xlsx\""))

      // The last row, in the workbook that is left: then there is nothing to return.
      var last = left[0].rows
      last[2][4] = "3"
      try SheetFiles(rows: last).xlsx.write(to: URL(filePath: delivery + "/mended again.xlsx"))
      let third = try await run(request(delivery, folder + "/reports"))
      #expect(third.evaluated.quarantine.isEmpty)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: third.folder + "/returned") == [])
    }
  }

  @Test("of lists in JSON come back, mended and with the names of their lists, like any other")
  func lists() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try writeDelivery(to: folder)
      for name in ["shops.csv", "feed.xml"] {
        try FileManager.default.removeItem(atPath: delivery + "/" + name)
      }
      let text = """
        {"data": {"old": [{"Id": "A1", "Name": "Fork", "Kind": "food", "Staff": 5},
          {"Id": "B2", "Name": "Spoon", "Kind": "food", "Staff": "many"}],
         "new": [{"Staff": "lots", "Kind": "tools", "Name": "Knife", "Id": "C3"}]}}
        """
      try Data(text.utf8).write(to: URL(filePath: delivery + "/shops.json"))
      let first = try await run(request(delivery, folder + "/reports"))
      #expect(first.evaluated.quarantine.count == 2)
      let sheets = try shownSheets(of: first.folder + "/returned/market.xlsx")
      try #require(sheets.map(\.name) == ["shops.jsondata.old", "shops.jsondata.new"])
      // Each list has its own names, in the order in which they first occur.
      #expect(sheets[0].rows[2].prefix(4) == ["B2", "Spoon", "food", "many"])
      #expect(sheets[1].rows[1].prefix(4) == ["Staff", "Kind", "Name", "Id"])

      for (name, sheet, column) in [("old", 0, 3), ("new", 1, 0)] {
        var rows = sheets[sheet].rows
        rows[2][column] = "12"
        try SheetFiles(rows: rows).xlsx.write(to: URL(filePath: "\(delivery)/mended \(name).xlsx"))
      }
      let second = try await run(request(delivery, folder + "/reports"))
      #expect(second.evaluated.quarantine.isEmpty)
      #expect(second.evaluated.findings.count { $0.rule == "row-mended" } == 2)
      let ranking = try self.text(second, "rankings/size.csv")
      #expect(ranking.contains(",B2,Spoon,10.0,") && ranking.contains(",C3,Knife,10.0,"))
    }
  }

  @Test("stand in workbooks of the same bytes, whatever the number of jobs")
  func sameBytes() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try writeDelivery(to: folder)
      var books: [Data?] = []
      for jobs in [1, 3] {
        let done = try await run(request(delivery, folder + "/reports", jobs: jobs))
        books.append(
          FileManager.default.contents(atPath: done.folder + "/returned/market.xlsx"))
      }
      #expect(books[0] != nil && books[0] == books[1])
    }
  }

  @Test("do not say what may not be shown")
  func withheld() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try writeDelivery(to: folder)
      let done = try await run(request(delivery, folder + "/reports"))
      let cells = try shownSheets(of: done.folder + "/returned/market.xlsx").flatMap(\.rows)
        .joined()
      #expect(!cells.contains { $0.contains("Smith") })
    }
  }

  // MARK: -

  private func request(_ delivery: String, _ reports: String, jobs: Int = 2) -> Request {
    Request(delivery: delivery, reports: reports, jobs: jobs, started: Date())
  }

  private func text(_ run: Published, _ path: String) throws -> String {
    try String(contentsOfFile: run.folder + "/" + path, encoding: .utf8)
  }

  private func csv(_ rows: [[String]]) -> String {
    rows.map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
    }.joined()
  }

  private func writeDelivery(to folder: String) throws -> String {
    let texts = [
      "rules/shops/pack.yaml": """
      pack: shops
      title: Shops
      edition: "1"
      owner: Nobody
      basis: Invented
      valid: {from: 2018-01-01}
      purposes: [publication]
      contact: the desk
      language: en
      offices: {market: The market office}
      subjects:
        - {id: shop, title: Shops, name: shop_name, identity: [shop_id]}
      """,
      "rules/shops/codes/kinds.csv": "code,name\nfood,food\ntools,tools\n",
      "rules/shops/records/shop.yaml": """
      record: shop_record
      title: Shops
      subject: shop
      roster: true
      office: market
      fields:
        - {id: shop_id, label: Id, type: text}
        - {id: shop_name, label: Name, type: name}
        - {id: owner, label: Owner, type: text, sensitivity: personal}
        - {id: kind, label: Kind, type: code, codes: kinds}
        - {id: staff, label: Staff, type: int, required: true}
      """,
      "rules/shops/sources/shops.yaml": """
      source: shops
      title: Shops
      record: shop_record
      format: csv
      requires: [shop_id, staff]
      """,
      "rules/shops/sources/feed.yaml": """
      source: feed
      title: Shops, by feed
      record: shop_record
      format: xml
      rows: SHOPS/SHOP
      requires: [shop_id, staff]
      columns:
        - {field: shop_id, from: "@id"}
        - {field: kind, from: CLASS, codes: {"1": food, "2": tools}}
      """,
      "rules/shops/rubrics/size.yaml": """
      rubric: size
      title: Size
      edition: "1"
      basis: Invented
      subject: shop
      full: 10
      rounding: {decimals: 1}
      groups:
        - id: all
          title: All
          indicators:
            - {id: S1, title: Staff, on: staff, bands: [['>= 10', 10], ['< 10', 4]], unknown: zero}
      """,
      "q1/run.yaml": """
      id: q1
      title: Shops
      as-of: 2018-12-31
      purpose: publication
      legal-basis: none needed
      rules: shops
      """,
      "q1/shops.csv": """
      Id,Name,Owner,Kind,Staff
      A1,Fork,Ann Smith,food,5
      B2,Spoon,Bob Smith,food,many
      C3,Knife,Cat Smith,tools,none at all

      """,
      "q1/feed.xml": """
      <SHOPS><SHOP id="F1"><NAME>Whisk</NAME><CLASS>1</CLASS><STAFF>7</STAFF></SHOP>
      <SHOP id="F2"><NAME>Ladle</NAME><CLASS>2</CLASS><STAFF>lots</STAFF></SHOP></SHOPS>
      """,
    ]
    for (path, text) in texts {
      let url = URL(filePath: folder).appending(path: "inputs/" + path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    return folder + "/inputs/q1"
  }
}
