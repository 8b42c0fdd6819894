import Foundation
import GRDB
import Tables
import Testing

@testable import Ledger

@Suite("The facts that a ledger keeps")
struct FactsTests {
  static let numbers: [Int64] = [0, -1, 63, -64, 1_000_000, Int64.max, Int64.min]

  /// Subjects `K0000`… of which every second is on a list; facts of every type, some not stated.
  private func facts(_ count: Int) -> ScreenedFacts {
    var ids = TextColumn()
    for row in 0..<count { ids.append("K" + String(String(row + 10_000).dropFirst())) }
    let entries = Array(stride(from: 0, to: count, by: 2))
    var card = Scorecard(rubric: 0, subjects: (0..<count).map { Int32($0) })
    var part = PartPoints()
    part.points = Integers((0..<count).map { Int32($0) - 5 })
    part.states = Array(repeating: .assessed, count: count)
    card.parts = [part]
    let numbers = Self.numbers
    let values = (0..<count).map { numbers[$0 % numbers.count] }
    var texts = TextColumn()
    for row in 0..<count {
      if row % 4 == 2 { texts.appendAbsent(.notStated) } else { texts.append("文字 \(row)") }
    }
    let places = (0..<count).map { Place(file: 1, line: UInt32($0 + 2), record: UInt32($0 + 1)) }
    var codes = CodeColumn(names: ["甲", "乙"])
    codes.cells = Cells((0..<count).map { Int32($0 % 2) })
    func fact(_ id: String, _ column: Tables.Column, placed: Bool) -> ScreenedFacts.Fact {
      ScreenedFacts.Fact(
        id: id, label: id.uppercased(),
        sources: [
          FactSource(
            column: column, rows: placed ? (0..<count).map { Int32($0) } : nil,
            places: placed ? places : [])
        ], offsets: [])
    }
    let flags = (0..<count).map { $0 % 3 == 0 }
    let days = (0..<count).map { PartialDate(day: Int32($0)).packed }
    let columns = [
      fact("number", .number(Cells(values)), placed: true),
      fact("decimal", .decimal(Cells(values)), placed: false),
      fact("flag", .flag(Cells(flags)), placed: true),
      fact("day", .day(Cells(days)), placed: true),
      fact("code", .code(codes), placed: false), fact("text", .text(texts), placed: true),
    ]
    return ScreenedFacts(
      kind: "kitchen", rubric: "hygiene", card: card, entries: entries, ids: ids,
      parts: [("S1", "Faults")],
      facts: columns + [
        ScreenedFacts.Fact(
          id: "list", label: "LIST", sources: [], offsets: (0...count).map { Int32($0 * 3) }),
        ScreenedFacts.Fact(id: "nobody", label: "NOBODY", sources: [], offsets: []),
      ], files: ["a.csv", "b.csv"])
  }

  @Test("come back as they were, with file and line", arguments: [0, 2, 4, 510, 512, 514, 1998])
  func roundTrip(row: Int) throws {
    try withLedger { ledger, _ in
      let given = facts(2000)
      try ledger.record(sampleRun("q2"))
      try ledger.record(sampleRun("q3"), facts: [given])
      let found = try #require(try ledger.facts(of: given.ids[row]).first)
      #expect(found.run == 2)
      #expect(found.rubric == "hygiene")
      #expect(found.points == [PastFacts.Points(id: "S1", title: "Faults", points: row - 5)])
      let number = Self.numbers[row % Self.numbers.count]
      #expect(
        found.facts.map(\.value) == [
          String(number), Exact(millionths: number).description, row % 3 == 0 ? "true" : "false",
          PartialDate(day: Int32(row)).description, "甲", row % 4 == 2 ? nil : "文字 \(row)", "3", nil,
        ])
      #expect(found.facts.map(\.label).last == "NOBODY")
      let placed = [true, false, true, true, false, true, false, false]
      #expect(found.facts.map(\.file) == placed.map { $0 ? "b.csv" : nil })
      #expect(found.facts.map(\.line) == placed.map { $0 ? row + 2 : nil })
    }
  }

  @Test("are of subjects on lists only")
  func onlyListed() throws {
    try withLedger { ledger, _ in
      try ledger.record(sampleRun("q3"), facts: [facts(600)])
      for id in ["K0001", "K0599", "K0600", "", "J", "Z"] {
        #expect(try ledger.facts(of: id).isEmpty)
      }
    }
  }

  @Test("cases come back with state and direction")
  func cases() throws {
    try withLedger { ledger, _ in
      let given = [
        PastCase(
          kind: "kitchen", subject: "K1", honour: "plate", state: .frozen, direction: nil),
        PastCase(
          kind: "kitchen", subject: "K2", honour: nil, state: .decided, direction: .upward),
      ]
      try ledger.record(sampleRun("q3"), cases: given)
      #expect(try ledger.cases(of: 1) == given)
      #expect(try ledger.cases(of: 2).isEmpty)
    }
  }

  @Test("are removed for good: no row, no free page, no byte in the file")
  func removed() throws {
    try withLedger { ledger, path in
      try ledger.record(sampleRun("q2"), facts: [facts(900)])
      var other = facts(40)
      other.kind = "inn"
      other.rubric = "comfort"
      try ledger.record(sampleRun("q3"), facts: [other])
      let all = try ledger.subjectData()
      #expect(all.map(\.kind) == ["kitchen", "inn"])
      #expect(all.map(\.rows) == [2, 1])
      let mine = try #require(all.first)
      let bytes = try #require(FileManager.default.contents(atPath: path))
      #expect(bytes.range(of: Data("文字 640".utf8)) != nil)
      #expect(try ledger.remove([mine]) == [])
      let after = try #require(FileManager.default.contents(atPath: path))
      #expect(after.range(of: Data("文字 640".utf8)) == nil)
      #expect(after.count < bytes.count)
      #expect(try ledger.facts(of: "K0640").isEmpty)
      #expect(try ledger.facts(of: "K0004").map(\.run) == [2])
      #expect(try ledger.runs().count == 2)
    }
  }

  @Test("a purge stays in the ledger, also one that was broken off")
  func purges() throws {
    try withLedger { ledger, _ in
      let start = Date(timeIntervalSince1970: 1000)
      #expect(try ledger.beginPurge(asOf: "2024-01-01", at: start, planned: "[]") == 1)
      let second = try ledger.beginPurge(asOf: "2024-01-02", at: start, planned: "[1]")
      try ledger.finishPurge(second, at: start, proof: "{}")
      let purges = try ledger.purges()
      #expect(purges.map(\.finished) == [nil, start])
      #expect(purges.map(\.proof) == [nil, "{}"])
      #expect(purges.map(\.planned) == ["[]", "[1]"])
    }
  }
}
