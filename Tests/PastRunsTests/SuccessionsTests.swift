import Deliveries
import Fields
import Foundation
import Pipeline
import Reports
import Requests
import Tables
import Testing

@testable import PastRuns

@Suite("Bodies that may be others, or the same, as in the run before")
struct SuccessionsTests {
  private let head = "shop_id,shop_name,street,staff\n"
  private let reviews = "shop_name,street,stars\nFork,Main,5\n"

  /// Two quarters, the second with other rows and what persons said.
  private func quarters(
    _ before: String, _ after: String, said: String? = nil, in folder: String
  ) async throws -> Published {
    var last: Published?
    for (id, rows) in [("q1", before), ("q2", after)] {
      let delivery = try Shops.write(
        id, shops: head + rows, reviews: reviews, previous: id == "q2" ? "q1" : nil,
        successions: id == "q2" ? said : nil, to: folder)
      last = try await run(
        Request(delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date()))
    }
    return try #require(last)
  }

  private func text(_ path: String, in folder: String) throws -> String {
    try String(contentsOfFile: folder + "/reports/q2/" + path, encoding: .utf8)
  }

  /// Ranks of the run before as the page's list has them, in the order of the list.
  private func ranksBefore(_ folder: String) throws -> String {
    let list = try text("data/size-list-0.js", in: folder)
    let start = try #require(list.range(of: "\"rank_before\":["))
    return String(list[start.upperBound...].prefix { $0 != "]" })
  }

  @Test("are asked about where one code stands for another name, and have no past until then")
  func renamed() async throws {
    try await withTemporaryFolder { folder in
      let run = try await quarters(
        "A1,Fork,Main,3\nB2,Spoon,Side,9\n", "A1,Spade,Main,3\nB2,SPOON,Side,9\n", in: folder)
      let found = run.evaluated.findings.filter { $0.rule == "name-changed" }
      // Another way of writing a name is no other name.
      #expect(found.map(\.subject) == ["A1"])
      #expect(found[0].message.en.contains("stood for “Fork”, now it stands for “Spade”"))
      #expect(found[0].message.zh.contains("不沿用、不比较"))
      #expect(found[0].cure.en.contains("successions.xlsx"))
      // Spoon was first and is first; Spade was nowhere.
      #expect(try ranksBefore(folder) == "1,-1")
      let table = try text("successions.csv", in: folder)
      #expect(table.contains("shop,A1,Spade,name,A1,Fork,open"))
    }
  }

  @Test(
    "keep their past once a person has said that they are one body, and lose it where not",
    arguments: [("yes", "1,2", Succession.State.same), ("no", "1,-1", .another)])
  func said(answer: String, ranks: String, state: Succession.State) async throws {
    try await withTemporaryFolder { folder in
      let run = try await quarters(
        "A1,Fork,Main,3\nB2,Spoon,Side,9\n", "A1,Spade,Main,3\nB2,Spoon,Side,9\n",
        said: "A1,A1,\(answer),the register,2019-01-15\n", in: folder)
      #expect(run.evaluated.successions.map(\.state) == [state])
      #expect(run.evaluated.findings.filter { $0.rule == "name-changed" } == [])
      #expect(try ranksBefore(folder) == ranks)
    }
  }

  @Test("are asked about again where a code that was confirmed stands for a third name")
  func renamedAgain() async throws {
    try await withTemporaryFolder { folder in
      let spade = "A1,Spade,Main,3\nB2,Spoon,Side,9\n"
      _ = try await quarters(
        "A1,Fork,Main,3\nB2,Spoon,Side,9\n", spade,
        said: "A1,A1,yes,the register,2019-01-15\n", in: folder)
      func third(_ rows: String) async throws -> Published {
        // The answer to the first question still lies in the delivery.
        let delivery = try Shops.write(
          "q3", shops: head + rows, reviews: reviews, previous: "q2",
          successions: "A1,A1,yes,the register,2018-06-15\n", to: folder)
        return try await run(
          Request(delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date()))
      }
      let same = try await third(spade)
      #expect(same.evaluated.successions == [])
      #expect(
        same.evaluated.said.isSameName(
          kind: "shop", subject: "A1", keys: (matchingKey("Fork"), matchingKey("Spade"))) == true)
      let other = try await third("A1,Cup,Main,3\nB2,Spoon,Side,9\n")
      #expect(other.evaluated.successions.map(\.state) == [.open])
      #expect(other.evaluated.successions.map(\.earlierName) == ["Spade"])
    }
  }

  @Test("are proposed where the same name and place have another code, and follow when confirmed")
  func recoded() async throws {
    try await withTemporaryFolder { folder in
      let (before, after) = (
        "A1,Fork,Main,3\nB2,Spoon,Side,9\n", "B2,Spoon,Side,9\nX9,Fork,Main,3\n"
      )
      let open = try await quarters(before, after, in: folder)
      let found = open.evaluated.findings.filter { $0.rule == "code-changed" }
      #expect(found.map(\.subject) == ["X9"])
      #expect(found[0].message.en.contains("a body of the same name and place had A1"))
      #expect(try ranksBefore(folder) == "1,-1")
      _ = try await quarters(
        before, after, said: "X9,A1,yes,the register,2019-01-15\n", in: folder)
      #expect(try ranksBefore(folder) == "1,2")
      // What was said once holds in later runs, too.
      let delivery = try Shops.write(
        "q3", shops: head + after, reviews: reviews, previous: "q2", to: folder)
      let third = try await run(
        Request(delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date()))
      #expect(third.evaluated.said.earlierIDs(kind: "shop", subject: "X9") == ["A1"])
      let history = try String(
        contentsOfFile: folder + "/reports/q3/data/size-history-0.js", encoding: .utf8)
      // Both shops have both earlier runs.
      #expect(!history.contains("null"))
    }
  }

  @Test(
    "are asked about again where the code that was confirmed stood for another name in the run before",
    arguments: [(nil, [.open]), ("2019-01-15", [.same]), ("2018-06-15", [.open])]
      as [(String?, [Succession.State])])
  func anotherBody(on: String?, states: [Succession.State]) async throws {
    try await withTemporaryFolder { folder in
      _ = try await quarters(
        "A1,Fork,Main,3\nB2,Spoon,Side,9\n", "B2,Spoon,Side,9\nX9,Fork,Main,3\n",
        said: "X9,A1,yes,the register,2019-01-15\n", in: folder)
      func next(
        _ id: String, _ rows: String, _ previous: String?, _ said: String? = nil
      ) async throws -> Published {
        let delivery = try Shops.write(
          id, shops: head + rows, reviews: reviews, previous: previous, successions: said,
          to: folder)
        return try await run(
          Request(delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date()))
      }
      // The code of what is X9 now was given to another shop meanwhile.
      _ = try await next("q3", "A1,Cup,Back,5\nB2,Spoon,Side,9\n", nil)
      let last = try await next(
        "q4", "B2,Spoon,Side,9\nX9,Fork,Main,3\n", "q3",
        on.map { "X9,A1,yes,the register,\($0)\n" })
      #expect(last.evaluated.successions.map(\.state) == states)
      let found = last.evaluated.findings.filter { $0.rule == "code-changed" }
      #expect(found.count == (states == [.open] ? 1 : 0))
      #expect(found.allSatisfy { $0.message.en.contains("that code stands for “Cup”") })
      let list = try String(
        contentsOfFile: folder + "/reports/q4/data/size-list-0.js", encoding: .utf8)
      #expect(list.contains("\"rank_before\":[1,-1]") == (states == [.open]))
    }
  }

  @Test(
    "are not proposed where two could be meant, or the place is not known",
    arguments: [
      ("A1,Fork,Main,3\nA2,Fork,Main,4\n", "X9,Fork,Main,3\n"),
      ("A1,Fork,Main,3\n", "X8,Fork,Main,3\nX9,Fork,Main,3\n"),
      ("A1,Fork,,3\n", "X9,Fork,,3\n"), ("A1,Fork,Main,3\n", "X9,Fork,Side,3\n"),
    ])
  func unclear(before: String, after: String) async throws {
    try await withTemporaryFolder { folder in
      let run = try await quarters(
        before + "B2,Spoon,Side,9\n", after + "B2,Spoon,Side,9\n", in: folder)
      #expect(run.evaluated.successions == [])
      #expect(
        !FileManager.default.fileExists(atPath: folder + "/reports/q2/successions.csv"))
    }
  }

  @Test("are handed out in a workbook that the pack's own profile reads, unanswered rows as none")
  func workbook() async throws {
    try await withTemporaryFolder { folder in
      let after = "A1,Spade,Main,3\nB2,Spoon,Side,9\n"
      _ = try await quarters("A1,Fork,Main,3\nB2,Spoon,Side,9\n", after, in: folder)
      let book = folder + "/reports/q2/successions.xlsx"
      let delivery = folder + "/q2"
      try FileManager.default.copyItem(atPath: book, toPath: delivery + "/successions.xlsx")
      let again = try await run(
        Request(delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date()))
      #expect(again.evaluated.successions.map(\.state) == [.open])
      #expect(again.evaluated.quarantine == [])
      let file = try #require(
        again.evaluated.files.first { $0.path.contains("successions.xlsx") })
      #expect(file.profile == "successions")
    }
  }
}
