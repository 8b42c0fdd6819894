import Foundation
import Tables
import Testing

@testable import RulePacks

@Suite("Examples as a table")
struct ReviseExamplesTests {
  static let folder = repository + "/inputs/rules/luoyang-2018"

  private func opened(_ id: String) throws -> (pack: RulePack, index: Int, source: String) {
    let pack = try loadRulePack(at: Self.folder)
    let index = try #require(pack.rubrics.firstIndex { $0.id == id })
    let source = try String(
      contentsOfFile: Self.folder + "/" + pack.rubrics[index].file, encoding: .utf8)
    return (pack, index, source)
  }

  @Test(
    "come back as the same file where nothing was edited, whoever reads them",
    arguments: ["social-organization-rating", "figure-evaluation", "zone-assessment"])
  func unedited(id: String) throws {
    let (pack, index, source) = try opened(id)
    var table = try #require(pack.examples(ofRubric: index, source: source))
    #expect(table.rows.count == pack.rubrics[index].examples.count && table.rows.count > 2)
    for language in Language.allCases {
      for row in table.rows.indices {
        for column in table.columns {
          let shown = pack.shown(
            table.rows[row][column], in: column, rubric: index, language)
          table.rows[row][column] = pack.written(shown, in: column, rubric: index)
        }
      }
      let revised = try pack.revised(examples: table, source: source)
      #expect(revised.text == source && revised.changes.isEmpty)
    }
    for column in table.columns {
      let title = pack.title(of: column, rubric: index)
      #expect(pack.exampleColumn(headed: title.zh, rubric: index) == column)
      #expect(pack.exampleColumn(headed: title.en, rubric: index) == column)
    }
  }

  @Test("are changed, added and removed, and what was not touched keeps its text and comment")
  func edited() throws {
    let (pack, index, source) = try opened("social-organization-rating")
    var table = try #require(pack.examples(ofRubric: index, source: source))
    let count = table.rows.count
    #expect(table.rows[1][.note] == "3A但只有工作覆盖：封顶2A。")
    table.rows[1][.score] = "70"
    table.rows[1][.given("charter_clause")] = "true"
    table.rows.remove(at: 2)
    var new = table.rows[0]
    new[.number] = ""
    new[.note] = "新的"
    new[.points("E2")] = "4"
    table.rows.append(new)
    let revised = try pack.revised(examples: table, source: source)
    #expect(
      revised.changes.map(\.column) == [
        .score, .given("charter_clause"), .number, .number,
      ])
    #expect(revised.changes.map(\.row) == [1, 1, count - 1, nil])
    #expect(revised.text.contains("  # 3A但只有工作覆盖：封顶2A。\n  - given: {"))
    #expect(revised.text.contains("expect: {score: 70, tier: 2A"))
    #expect(revised.text.contains("  # 新的\n"))
    #expect(!revised.text.contains("# 覆盖情况不明：等待补充材料，不判为不合格。"))
    // Untouched ones stand as they stood.
    #expect(revised.text.contains("  # 在严重违法失信名单。\n  - given: {is_social_organization: true"))
    let again = try loadRulePack(
      at: Self.folder, replacing: [pack.rubrics[index].file: revised.text])
    let rubric = try #require(again.rubrics.first { $0.id == "social-organization-rating" })
    #expect(rubric.examples.count == count)
    #expect(rubric.examples[1].score == 70_000)
    #expect(rubric.examples[count - 1].points["E2"] == 4000)
    // A place of the new file is that of a cell.
    let line = rubric.examples[1].line
    let cell = try #require(RevisedExamples.cell(line: line + 1, column: 22, in: revised.text))
    #expect(cell.row == 1 && cell.column == .score)
  }

  @Test("that cannot be written are refused with row and column")
  func faults() throws {
    let (pack, index, source) = try opened("figure-evaluation")
    let good = try #require(pack.examples(ofRubric: index, source: source))
    func fault(_ change: (inout ExampleTable) -> Void) -> ExampleRowFault? {
      var table = good
      change(&table)
      do {
        _ = try pack.revised(examples: table, source: source)
        return nil
      } catch {
        return error
      }
    }
    let list = ExampleTable.Column.given("opinions")
    let broken = fault { $0.rows[0][list] = "[{indicator: tax" }
    #expect(broken?.row == 0 && broken?.column == list)
    let twice = fault { $0.rows[1][.number] = "1" }
    #expect(twice?.row == 1 && twice?.column == .number)
    let empty = fault { $0.rows.append(ExampleTable.Row(texts: [.note: "x", .score: "1"])) }
    #expect(empty?.message.en == "this example gives no fact")
  }

  @Test("take over what a person accepted, and nothing else")
  func accepted() {
    var table = ExampleTable(
      rubric: 0, columns: [.number, .score, .tier],
      rows: ["是", "否", ""].map { answer in
        ExampleTable.Row(texts: [
          .number: "1", .score: "88", .tier: "A", .proposal: "应得总分：86\n应评等次：—",
          .accept: answer,
        ])
      })
    table.takeAccepted(
      column: { ["应得总分": .score, "应评等次": .tier][$0] }, value: { $1 })
    #expect(table.rows.map { $0[.score] } == ["86", "88", "88"])
    #expect(table.rows.map { $0[.tier] } == ["", "A", "A"])
    #expect(table.rows.allSatisfy { $0[.proposal].isEmpty && $0[.accept].isEmpty })
  }
}
