import Foundation
import Tables
import Testing

@testable import RulePacks

@Suite("A rubric's table")
struct ReviseRubricTests {
  static let folder =
    URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    + "/inputs/rules/luoyang-2018"
  static let rubrics = [
    "party-building", "contract-credit", "figure-evaluation", "honest-operator",
    "social-organization-rating", "zone-assessment",
  ]

  private func loaded(_ id: String) throws -> (pack: RulePack, index: Int, source: String) {
    let pack = try loadRulePack(at: Self.folder)
    let index = try #require(pack.rubrics.firstIndex { $0.id == id })
    let path = Self.folder + "/" + pack.rubrics[index].file
    return (pack, index, try String(contentsOfFile: path, encoding: .utf8))
  }

  @Test("gives the file back byte by byte where nothing is edited", arguments: rubrics)
  func untouched(id: String) throws {
    let (pack, index, source) = try loaded(id)
    let revised = try pack.revised(pack.table(ofRubric: index), source: source)
    #expect(revised.text == source)
    #expect(revised.changes.isEmpty)
  }

  @Test("leaves to its default what the file leaves to it, and writes what is set instead")
  func defaults() throws {
    try RegisterOfRestaurants.written { folder in
      let pack = try loadRulePack(at: folder)
      let index = try #require(pack.rubrics.firstIndex { $0.id == "streets" })
      let source = try String(
        contentsOfFile: folder + "/" + pack.rubrics[index].file, encoding: .utf8)
      #expect(!source.contains("rounding"))
      var table = pack.table(ofRubric: index)
      #expect(try pack.revised(table, source: source).text == source)
      let row = try #require(table.rows.firstIndex { $0[.id] == "decimals" })
      table.rows[row][.rule] = "2"
      let text = try pack.revised(table, source: source).text
      #expect(text.contains("\nrounding: {decimals: 2, mode: half-up"))
    }
  }

  @Test("holds all that the rubric is: written anew it checks to the same", arguments: rubrics)
  func rewritten(id: String) throws {
    let (pack, index, source) = try loaded(id)
    let revised = try pack.revised(
      pack.table(ofRubric: index), source: source, keepsText: false)
    #expect(revised.text != source)
    let again = try loadRulePack(
      at: Self.folder, replacing: [pack.rubrics[index].file: revised.text])
    #expect(description(of: again.rubrics[index]) == description(of: pack.rubrics[index]))
  }

  @Test(
    "is the same in both languages, whichever it is written in", arguments: rubrics,
    Language.allCases)
  func languages(id: String, language: Language) throws {
    let (pack, index, _) = try loaded(id)
    let rows = pack.table(ofRubric: index).rows
    let read = rows.map { row in RubricRow(shown: { row.shown($0, in: language) }) }
    #expect(read == rows)
  }

  @Test("of which one row was edited changes that line of the file alone, and keeps comments")
  func edited() throws {
    let (pack, index, source) = try loaded("contract-credit")
    var table = pack.table(ofRubric: index)
    let row = try #require(table.rows.firstIndex { $0[.id] == "P2" })
    table.rows[row][.rule] = "own_breaches\n<= 0 → 15\n(0..3] -> 8\n> 3 → 0"
    table.rows[row][.title] = "本方违约: 次数"
    let revised = try pack.revised(table, source: source)
    let (old, new) = (source.split(separator: "\n"), revised.text.split(separator: "\n"))
    let differing = zip(old, new).filter { $0 != $1 }
    #expect(old.count == new.count)
    #expect(
      differing.map { String($0.1) } == [
        "      - {id: P2, title: \"本方违约: 次数\", on: own_breaches, bands: [['<= 0', 15], ['(0..3]', 8], ['> 3', 0]], unknown: withhold, basis: 合同履约统计}"
      ])
    #expect(revised.changes.map(\.column) == [.title, .rule])
    let again = try loadRulePack(
      at: Self.folder, replacing: [pack.rubrics[index].file: revised.text])
    let part = try #require(again.rubrics[index].parts.first { $0.id == "P2" })
    guard case .bands(_, let bands) = part.form else {
      Issue.record("P2 has no bands")
      return
    }
    #expect(bands.map(\.text) == ["<= 0", "(0..3]", "> 3"])
    #expect(part.title == "本方违约: 次数")
  }

  @Test("takes new rules, moves rules to the group they name, and drops those that are gone")
  func rows() throws {
    let (pack, index, source) = try loaded("contract-credit")
    var table = pack.table(ofRubric: index)
    table.rows.removeAll { $0.kind == .cap || $0[.id] == "M2" }
    let first = try #require(table.rows.firstIndex { $0[.id] == "M1" })
    table.rows[first][.points] = "20"
    var bonus = RubricRow(.bonus)
    bonus[.id] = "N1"
    bonus[.title] = "革新"
    bonus[.points] = "1"
    bonus[.rule] = "count: contracts_due\ncap: 2"
    bonus[.unknown] = "zero"
    table.rows.append(bonus)
    let revised = try pack.revised(table, source: source)
    let again = try loadRulePack(
      at: Self.folder, replacing: [pack.rubrics[index].file: revised.text])
    let rubric = again.rubrics[index]
    #expect(!rubric.parts.contains { $0.id == "M2" })
    #expect(rubric.parts.last?.most == 2000)
    #expect(
      revised.changes.map(\.id).sorted() == ["M1", "M2", "N1"])
  }

  @Test(
    "with a mistake names the cell",
    arguments: [
      ("M1", .points, "ten", .points, "“ten” is not a number"),
      ("P2", .rule, "own_breaches\n= 0 → 15\n[0..2] → 8\n> 2 → 0", .rule, "overlap"),
      ("M2", .unknown, "perhaps", .unknown, "is not one of the choices"),
      ("G1", .rule, "registration_sate == 'active'", .rule, "registration_sate"),
      ("AA", .points, "95", .points, "is not below"),
    ] as [(String, RubricRow.Column, String, RubricRow.Column, String)])
  func faults(
    id: String, column: RubricRow.Column, text: String, shown: RubricRow.Column, message: String
  ) throws {
    let (pack, index, source) = try loaded("contract-credit")
    var table = pack.table(ofRubric: index)
    let row = try #require(table.rows.firstIndex { $0[.id] == id })
    table.rows[row][column] = text
    let revised = try pack.revised(table, source: source)
    do {
      _ = try loadRulePack(at: Self.folder, replacing: [pack.rubrics[index].file: revised.text])
      Issue.record("the pack checks")
    } catch {
      let fault = try #require(error.faults.first)
      #expect(fault.message.en.contains(message))
      let cell = try #require(revised.cell(line: fault.line, column: fault.column))
      #expect(cell.row == row)
      #expect(cell.column == shown)
    }
  }

  @Test(
    "that cannot be written as rules says which cell is wrong",
    arguments: [
      ("P2", .points, "14", .points),
      ("P2", .rule, "own_breaches\n= 0 → 15\nmore", .rule),
      ("full", .id, "fulll", .id),
    ] as [(String, RubricRow.Column, String, RubricRow.Column)])
  func refused(
    id: String, column: RubricRow.Column, text: String, shown: RubricRow.Column
  ) throws {
    let (pack, index, source) = try loaded("contract-credit")
    var table = pack.table(ofRubric: index)
    let row = try #require(table.rows.firstIndex { $0[.id] == id })
    table.rows[row][column] = text
    let fault = #expect(throws: RubricRowFault.self) {
      try pack.revised(table, source: source)
    }
    #expect(fault?.row == row)
    #expect(fault?.column == shown)
  }

  /// All that a checked rubric holds, except where its examples stand and the hash of its file.
  private func description(of rubric: Rubric) -> String {
    var rubric = rubric
    rubric.sha256 = ""
    for index in rubric.examples.indices { rubric.examples[index].line = 0 }
    return dumped(rubric)
  }

  /// A value with everything in it; the order of sets and dictionaries does not count.
  private func dumped(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard !mirror.children.isEmpty else { return "\(value)" }
    var parts = mirror.children.map { "\($0.label ?? ""): \(dumped($0.value))" }
    if mirror.displayStyle == .dictionary || mirror.displayStyle == .set { parts.sort() }
    return "(\(parts.joined(separator: ", ")))"
  }
}
