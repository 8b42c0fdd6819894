import Fields
import Testing

@testable import RulePacks

@Suite("Marks of deletion of a pack")
struct DeletionMarkTests {
  private static let words = #"not-stated: ["-"]}"#

  private func marks(_ text: String) -> String {
    #"not-stated: ["-"], deletion-marks: ["# + text + "]}"
  }

  @Test("name columns and what their words mean there")
  func read() throws {
    let pack = try RegisterOfRestaurants.written(
      changing: "pack.yaml", Self.words,
      to: marks("{columns: [Operation], deleted: [D], in-force: [I, U], returned: [V]}")
    ) { try loadRulePack(at: $0) }
    var mark = DeletionMark(columns: [matchingKey("Operation")])
    mark.deleted = [matchingKey("D")]
    mark.inForce = ["I", "U"].map(matchingKey)
    mark.returned = [matchingKey("V")]
    #expect(pack.words.deletionMarks == [mark])
  }

  @Test(
    "are faults where they mark nothing, or mean two things by one word",
    arguments: [
      ("{columns: [Operation], in-force: [I]}", "no word is said to mark a row as deleted"),
      ("{columns: [Operation], deleted: [删], in-force: [删]}", "“删” means two things"),
      ("{columns: [Operation], deleted: [删], returned: [删]}", "“删” means two things"),
    ])
  func faults(mark: String, what: String) throws {
    let found = try RegisterOfRestaurants.faults(
      changing: "pack.yaml", Self.words, to: marks(mark))
    #expect(found.count == 1)
    #expect(found.first?.contains(what) == true, "\(found)")
  }

  @Test("of the sample pack tell a state of rows from one of what they are about")
  func sample() throws {
    let pack = try loadRulePack(at: repository + "/inputs/rules/luoyang-2018")
    let marks = pack.words.deletionMarks
    #expect(marks.contains { $0.columns.contains(matchingKey("OPTYPE")) })
    let remark = try #require(marks.first { $0.columns.contains(matchingKey("备注")) })
    #expect(remark.deleted.isEmpty && remark.inForce.isEmpty)
    #expect(remark.returned.contains(matchingKey("作废")))
  }
}
