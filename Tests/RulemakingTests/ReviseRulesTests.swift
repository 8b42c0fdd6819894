import Deliveries
import Foundation
import Reports
import Requests
import RulePacks
import Scoring
import Tables
import Testing

@testable import Rulemaking

@Suite("Rubrics as a workbook")
struct ReviseRulesTests {
  static let rules = Samples.delivery("rules/luoyang-2018")

  private func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = NSTemporaryDirectory() + "heng-revise-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  /// Writes one rubric with some cells changed.
  private func workbook(
    _ rubric: String, _ language: Language, in folder: String, isTold: Bool = false,
    _ edits: [(id: String, column: RubricRow.Column, text: String)]
  ) throws -> String {
    let pack = try loadRulePack(at: Self.rules)
    let index = try #require(pack.rubrics.firstIndex { $0.id == rubric })
    var table = pack.table(ofRubric: index)
    if isTold { table = pack.told(table) }
    for edit in edits {
      let row = try #require(table.rows.firstIndex { $0[.id] == edit.id })
      table.rows[row][edit.column] = edit.text
      table.rows[row].told[edit.column] = nil
    }
    let path = folder + "/x.xlsx"
    try writeWorkbook(of: [table], pack: pack, language: language, to: path)
    return path
  }

  @Test("have the same bytes whenever they are written")
  func sameBytes() throws {
    try inFolder { folder in
      let shown = try showRules(at: Self.rules, rubric: nil)
      try shown.writeWorkbook(to: folder + "/a.xlsx", in: .zh)
      // Longer than the two seconds to which zip files tell time.
      Thread.sleep(forTimeInterval: 2.1)
      try shown.writeWorkbook(to: folder + "/b.xlsx", in: .zh)
      let files = FileManager.default
      #expect(
        files.contents(atPath: folder + "/a.xlsx") == files.contents(atPath: folder + "/b.xlsx"))
      #expect(try files.contentsOfDirectory(atPath: folder).sorted() == ["a.xlsx", "b.xlsx"])
    }
  }

  @Test(
    "come back as the same files where nothing was edited, told in sentences or as written",
    arguments: Language.allCases, [false, true])
  func untouched(language: Language, expressions: Bool) throws {
    try inFolder { folder in
      let path = folder + "/all.xlsx"
      let shown = try showRules(at: Self.rules, rubric: nil, expressions: expressions)
      try shown.writeWorkbook(to: path, in: language)
      let revised = try reviseRules(at: Self.rules, workbook: path, rubric: nil)
      #expect(revised.rubrics.count == 6)
      for rubric in revised.rubrics {
        #expect(!rubric.isChanged)
        #expect(
          try rubric.text
            == String(contentsOfFile: Self.rules + "/" + rubric.file, encoding: .utf8))
      }
    }
  }

  @Test("come back with what was edited, and say which cells that was")
  func edited() throws {
    try inFolder { folder in
      let path = try workbook(
        "honest-operator", .zh, in: folder,
        [("H4", .points, "12.5"), ("H5", .points, "7.5"), ("H4", .title, "承诺 = 公开")])
      let revised = try reviseRules(at: Self.rules, workbook: path, rubric: "honest-operator")
      #expect(revised.rubrics[0].text.contains("{id: H4, title: 承诺 = 公开, points: 12.5, when:"))
      #expect(
        revised.lines(in: .en)[1].hasSuffix("x.xlsx:诚信经营户!E25: indicator H4 Points: “10” → “12.5”"))
      let out = try revised.write(to: folder + "/new.yaml")
      #expect(try String(contentsOfFile: out[0], encoding: .utf8) == revised.rubrics[0].text)
    }
  }

  @Test("say what was edited in the words of the sheet, and point at the cell of a sum")
  func words() throws {
    try inFolder { folder in
      let path = try workbook(
        "honest-operator", .zh, in: folder, [("H4", .unknown, "按零分"), ("H4", .title, "承诺")])
      let lines = try reviseRules(at: Self.rules, workbook: path, rubric: nil).lines(in: .zh)
      #expect(lines.contains { $0.hasSuffix("指标 H4 缺失处理：“暂不计分” → “按零分”") }, "\(lines)")
      let sum = try workbook("honest-operator", .zh, in: folder, [("H4", .points, "12")])
      let failure = #expect(throws: RunFailure.self) {
        try reviseRules(at: Self.rules, workbook: sum, rubric: nil)
      }
      let said = failure?.messages.first?.zh ?? ""
      #expect(said.contains("x.xlsx:诚信经营户!F9: "), "\(said)")
      #expect(said.contains("指标合计102分，不等于满分100分"), "\(said)")
    }
  }

  @Test(
    "with a mistake are refused, with sheet and cell, in both languages",
    arguments: [
      ("H4", .points, "十分", "诚信经营户!E25: “十分”不是数", "诚信经营户!E25: “十分” is not a number"),
      (
        "H7", .rule, "contributions\n>= 1 → 10\n<= 1 → 0", "诚信经营户!F28: “<= 1”与“>= 1”重叠：1",
        "诚信经营户!F28: “<= 1” and “>= 1” overlap: 1 is in both"
      ),
      ("H1", .points, "25", "诚信经营户!E22: 分值是“25”", "诚信经营户!E22: the points are “25”"),
      (
        "H6", .unknown, "零分", "诚信经营户!I27: “零分”不是可选的值 — 可选：暂不计分、按零分、待补材料、沿用上期",
        "诚信经营户!I27: “零分” is not one of the choices — choices: withhold, zero, pending, carry"
      ),
      (
        "full", .rule, "102", "诚信经营户!F9: 指标合计100分，不等于满分102分",
        "诚信经营户!F9: the indicators add up to 100"
      ),
      ("rubric", .rule, "honest", "诚信经营户!F3: 规则包中没有", "诚信经营户!F3: the pack has no rubric"),
    ] as [(String, RubricRow.Column, String, String, String)])
  func mistakes(
    id: String, column: RubricRow.Column, text: String, zh: String, en: String
  ) throws {
    try inFolder { folder in
      let path = try workbook("honest-operator", .zh, in: folder, [(id, column, text)])
      let failure = #expect(throws: RunFailure.self) {
        try reviseRules(at: Self.rules, workbook: path, rubric: nil)
      }
      #expect(failure?.exitStatus == 2)
      #expect(failure?.messages.first?.zh.contains("x.xlsx:" + zh) == true)
      #expect(failure?.messages.first?.en.contains("x.xlsx:" + en) == true)
    }
  }

  @Test("told in sentences come back with the points that were edited, and the rules as they were")
  func toldAndEdited() throws {
    try inFolder { folder in
      let path = try workbook(
        "honest-operator", .zh, in: folder, isTold: true,
        [("H4", .points, "12.5"), ("H5", .points, "7.5")])
      let revised = try reviseRules(at: Self.rules, workbook: path, rubric: nil)
      #expect(revised.rubrics[0].text.contains("points: 12.5, when:"))
      #expect(revised.lines(in: .en).filter { $0.contains("Rule") } == [])
    }
  }

  @Test("with a sentence that was edited are refused, with sheet and cell and what to do")
  func editedSentence() throws {
    try inFolder { folder in
      let path = try workbook(
        "honest-operator", .zh, in: folder, isTold: true, [("G1", .rule, "“登记状态”为“注销”")])
      let failure = #expect(throws: RunFailure.self) {
        try reviseRules(at: Self.rules, workbook: path, rubric: nil)
      }
      #expect(failure?.exitStatus == 2)
      let message = failure?.messages.first
      #expect(message?.zh.contains("x.xlsx:诚信经营户!F18: ") == true)
      #expect(message?.zh.contains("--expressions") == true)
      #expect(message?.en.contains("--expressions") == true)
    }
  }

  @Test("of examples are read back with the rubric they are of")
  func examples() throws {
    try inFolder { folder in
      let shown = try showRules(at: Self.rules, rubric: "social-organization-rating")
      var edited = shown
      let column = ExampleTable.Column.given("charter_clause")
      edited.examples[0].rows[0][column] = "false"
      edited.examples[0].rows[0][.score] = "86"
      let path = folder + "/x.xlsx"
      try edited.writeWorkbook(to: path, in: .zh)
      let revised = try reviseRules(at: Self.rules, workbook: path, rubric: nil)
      #expect(revised.broken.isEmpty)
      #expect(revised.rubrics.count == 1 && revised.rubrics[0].isChanged)
      #expect(revised.lines(in: .zh).contains { $0.contains("例子 1 应得总分：“88” → “86”") })
      #expect(revised.rubrics[0].text.contains("expect: {score: 86, tier: 4A, status: ranked}"))
      // What the rules do not know is told at its cell.
      edited.examples[0].rows[0][.given("decided_grade")] = "6A"
      try edited.writeWorkbook(to: path, in: .zh)
      let failure = #expect(throws: RunFailure.self) {
        try reviseRules(at: Self.rules, workbook: path, rubric: nil)
      }
      #expect(failure?.messages.first?.zh.contains("x.xlsx:例子 社会组织评估等级!") == true)
      #expect(failure?.messages.first?.zh.contains("6A") == true)
    }
  }

  @Test("that break examples offer what the rules give now, and take over only what is accepted")
  func broken() throws {
    try inFolder { folder in
      let shown = try showRules(
        at: Self.rules, rubric: "social-organization-rating", expressions: true)
      var tables = shown.tables
      let row = try #require(tables[0].rows.firstIndex { $0[.id] == "E2" })
      tables[0].rows[row][.points] = "3"
      let other = try #require(tables[0].rows.firstIndex { $0[.id] == "E3" })
      tables[0].rows[other][.points] = "3"
      let path = folder + "/x.xlsx"
      try writeWorkbook(
        of: tables, examples: shown.examples, pack: shown.pack, language: .zh, to: path)
      let revised = try reviseRules(at: Self.rules, workbook: path, rubric: nil)
      #expect(!revised.broken.isEmpty)
      let lines = revised.broken.flatMap { $0.lines(in: .zh) }
      #expect(lines.contains { $0.contains("例子 2 应得总分：原为 69，按新规则为 70") }, "\(lines)")
      // The file's examples stand as they stood.
      #expect(revised.rubrics[0].text.contains("expect: {score: 69, tier: 2A, status: ranked"))
      let review = folder + "/review.xlsx"
      try revised.writeReview(to: review, in: .zh)
      // Nothing is accepted as long as nobody says so.
      let same = try reviseRules(at: Self.rules, workbook: review, rubric: nil)
      #expect(same.broken.map(\.example) == revised.broken.map(\.example))
      #expect(same.rubrics[0].text == revised.rubrics[0].text)
      // A person accepts the first one.
      let pack = try #require(revised.pack)
      let index = try #require(pack.rubrics.firstIndex { $0.id == "social-organization-rating" })
      let sheet = try #require(exampleSheets(in: review, pack).first)
      var accepted = sheet.table
      #expect(sheet.columns[.proposal] != nil && sheet.columns[.accept] != nil)
      let first = try #require(revised.broken.first)
      accepted.columns.append(contentsOf: [.proposal, .accept])
      accepted.rows[first.example][.proposal] = first.values.compactMap { value in
        value.column.map { column in
          let title = pack.title(of: column, rubric: index).zh
          return "\(title.split(separator: "\n")[0])：\(value.found)"
        }
      }.joined(separator: "\n")
      accepted.rows[first.example][.accept] = "是"
      try writeWorkbook(
        of: [pack.table(ofRubric: index)], examples: [accepted], pack: pack, language: .zh,
        to: review)
      let after = try reviseRules(at: Self.rules, workbook: review, rubric: nil)
      #expect(after.broken.count == revised.broken.count - 1)
      #expect(!after.broken.contains { $0.example == first.example })
    }
  }

  @Test("of something else are refused")
  func other() throws {
    try inFolder { folder in
      let path = folder + "/x.xlsx"
      try Data("no workbook".utf8).write(to: URL(filePath: path))
      let failure = #expect(throws: RunFailure.self) {
        try reviseRules(at: Self.rules, workbook: path, rubric: nil)
      }
      #expect(failure?.messages.first?.en.contains("this is no .xlsx workbook") == true)
    }
  }
}
