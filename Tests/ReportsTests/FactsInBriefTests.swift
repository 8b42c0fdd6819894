import Tables
import Testing

@testable import Reports

@Suite("Facts in brief")
struct FactsInBriefTests {
  private func cell(_ fact: String, _ value: String?, line: Int) -> Explanation.Evidence {
    var cell = Explanation.Evidence(
      fact: fact, label: fact, value: value, provenance: nil, office: nil)
    cell.file = "shops.csv"
    cell.line = line
    return cell
  }

  private func list(_ count: Int) -> Explanation.Evidence {
    var list = Explanation.Evidence(
      fact: "visits", label: "visits", value: "\(count)", provenance: nil, office: nil)
    list.isList = true
    list.from = (1...count).map { cell("row", nil, line: $0) }
    return list
  }

  @Test(
    "have label, value, file and line",
    arguments: [(.zh, "seats：40（shops.csv:7）"), (.en, "seats: 40 (shops.csv:7)")]
      as [(Language, String)])
  func cells(language: Language, line: String) {
    var brief = FactsInBrief(language: language)
    #expect(brief.lines(of: [cell("seats", "40", line: 7)], at: "S1") == [line])
  }

  @Test("say what was delivered where it could not be used, or was corrected")
  func otherwise() {
    var brief = FactsInBrief(language: .en)
    var unread = cell("seats", nil, line: 7)
    unread.absence = .notStated
    unread.raw = "many"
    let line = brief.lines(of: [unread], at: "S1").first ?? ""
    #expect(line.contains("written “many” (shops.csv:7)"))
  }

  @Test("name three rows of a list and count the rest, those that counted before others")
  func lists() {
    var brief = FactsInBrief(language: .zh)
    #expect(brief.lines(of: [list(2)], at: "S1").first?.hasSuffix("（shops.csv:1、2）") == true)
    #expect(
      brief.lines(of: [list(9)], at: "S1").first?.hasSuffix("（shops.csv:1、2、3 等 9 行）") == true)
    var counting = list(9)
    for index in counting.from.indices { counting.from[index].counts = index == 8 }
    #expect(brief.lines(of: [counting], at: "S1").first?.hasSuffix("（shops.csv:9）") == true)
  }

  @Test("lead from a derived fact to what was delivered, once in a letter")
  func derived() {
    var brief = FactsInBrief(language: .zh)
    var share = Explanation.Evidence(
      fact: "share", label: "share", value: "50", provenance: nil, office: nil)
    share.from = [cell("staff", "4", line: 2), cell("trained", "2", line: 2)]
    #expect(
      brief.lines(of: [share], at: "S1") == [
        "share：50 ← staff：4（shops.csv:2）；trained：2（shops.csv:2）"
      ])
    #expect(brief.lines(of: [share], at: "S2") == ["share：50（出处见 S1）"])
  }

  @Test("are at most four of a rule, with values of at most forty characters")
  func bound() {
    var brief = FactsInBrief(language: .en)
    let long = String(repeating: "x", count: 200)
    let lines = brief.lines(of: (1...9).map { cell("f\($0)", long, line: $0) }, at: "S1")
    #expect(lines.count == 5)
    #expect(lines.last == "and 5 more")
    #expect(lines.allSatisfy { $0.count < 80 })
  }
}
