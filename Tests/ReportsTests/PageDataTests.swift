import Tables
import Testing

@testable import Reports

@Suite("Lists as the page carries them")
struct PageDataTests {
  @Test("leave out nobody's kind: the overview leads to no empty list")
  func everyKind() {
    var lines = (1...50).map { rank in
      Screening.Line(
        entry: rank, proposal: rank <= 5 ? .recommend : .notSelected, rank: rank, group: "",
        quota: 5)
    }
    lines[30].chance = Screening.Chance(inside: 5, draws: 10)
    for entry in 51...60 {
      lines.append(
        Screening.Line(entry: entry, proposal: .waiting, rank: 0, group: "", quota: 5))
    }
    lines.append(Screening.Line(entry: 61, proposal: .ineligible, rank: 0, group: "", quota: 5))
    let screening = Screening(honour: 0, lines: lines)
    #expect(pageLines(of: screening, most: 100).count == 61)
    let carried = pageLines(of: screening, most: 12)
    #expect(carried.count <= 12 && carried == carried.sorted())
    let kinds = Set(carried.map { lines[Int($0)].proposal })
    #expect(kinds == [.recommend, .notSelected, .waiting, .ineligible])
    #expect(carried.contains(30))
  }
}
