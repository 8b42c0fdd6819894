import Deliveries
import Foundation
import Testing

@Suite("Whoever writes criteria")
struct CriteriaTests {
  @Test("edits a rubric as a workbook, hears which example it breaks, and who it would change")
  func whole() throws {
    let rounds = try Rounds.played()
    let new = "inputs/rules/edited"
    try FileManager.default.copyItem(
      atPath: "\(rounds.folder)/\(Rounds.rules)", toPath: "\(rounds.folder)/\(new)")
    let shown = try rounds.heng(
      "rules", "show", new, "--rubric", "honest-operator", "--xlsx", "criteria.xlsx")
    #expect(shown.status == 0 && shown.errors == "")
    let book = try filledWorkbook(
      rounds.folder + "/criteria.xlsx", by: "编号", ["D1": ["分值": "-5"]])
    try book.write(to: URL(filePath: rounds.folder + "/criteria.xlsx"))
    let revised = try rounds.heng(
      "rules", "revise", new, "criteria.xlsx", "--out", new + "/rubrics/honest-operator.yaml")
    // It is written, and ends with 1 because an example does not hold any longer.
    #expect(revised.status == 1 && revised.errors.contains("例子"), "\(revised.errors)")
    #expect((revised.out + revised.errors).contains("“-10” → “-5”"), "\(revised)")

    // The edit alone differs, comments and all.
    let path = "/rubrics/honest-operator.yaml"
    let old = try rounds.text("\(rounds.folder)/\(Rounds.rules)\(path)")
    let text = try rounds.text("\(rounds.folder)/\(new)\(path)")
    let lines = zip(old.split(separator: "\n"), text.split(separator: "\n")).filter { $0 != $1 }
    #expect(lines.count == 1 && lines.first?.1.contains("each: -5,") == true, "\(lines)")
    #expect(try rounds.heng("rules", "check", new).status == 0)

    // The example that spoke of it no longer holds; it is told with its place and both values.
    let tested = try rounds.heng("rules", "test", new, "--rubric", "honest-operator")
    #expect(tested.status != 0)
    #expect(tested.errors.contains("honest-operator.yaml:47:1: score 应为 42，实为 52"), "\(tested)")
    let mended = text.replacing("score: 42.0", with: "score: 52.0")
      .replacing("D1: -20", with: "D1: -10")
    try Data(mended.utf8).write(to: URL(filePath: "\(rounds.folder)/\(new)\(path)"))
    let again = try rounds.heng("rules", "test", new, "--rubric", "honest-operator")
    #expect(again.status == 0 && again.errors == "" && again.out.contains("不通过 0"), "\(again)")

    let impact = try rounds.heng("rules", "impact", new, "--run", Rounds.firstRun)
    #expect(impact.status == 0, "\(impact.errors)")
    #expect(impact.out.contains("示例公示期处罚药业有限公司"))
    #expect(impact.out.contains("87.5 → 92.5") && impact.out.contains("得分增 1、减 0"))
  }
}
