import RulePacks
import Tables
import Testing

@testable import Linkage

@Suite("Rows with the code of one subject and the name of another")
struct NamesOfOthersTests {
  private let roster = [
    Row(Fixture.registration, ["U1", nil, "甲公司", "D"]),
    Row(Fixture.registration, ["U2", nil, "乙公司", "D"]),
    Row(Fixture.registration, ["U3", nil, "丙公司", "D"]),
  ]

  private func told(_ rows: [Row]) async -> [Finding] {
    await Fixture.linked(roster + rows).findings.filter { $0.rule == "name-of-another" }
  }

  @Test("are told once a file, with the first of them")
  func sorted() async {
    let findings = await told([
      Row(Fixture.inspection, ["U1", nil, "丙公司", "D", "5", "2017"]),
      Row(Fixture.inspection, ["U2", nil, "甲公司", "D", "5", "2017"]),
      Row(Fixture.inspection, ["U3", nil, "乙 公司", "D", "5", "2017"]),
    ])
    #expect(findings.count == 1 && findings.first?.severity == .error)
    #expect(findings.first?.subject == "U1" && findings.first?.field == "name")
    let message = findings.first?.message
    #expect(message?.zh.contains("有 3 行的代码和名称指的不是同一个主体") ?? false)
    #expect(message?.zh.contains("归入 U1，名称“丙公司”却是 U3 的") ?? false)
    #expect(message?.en.contains("3 rows of “年检”") ?? false)
  }

  @Test("are none where the name is nobody else's, the subject's own, or that of several")
  func none() async {
    #expect(
      await told([
        Row(Fixture.inspection, ["U1", nil, "甲旧公司", "D", "5", "2017"]),
        Row(Fixture.inspection, ["U2", nil, "乙公司", "E", "5", "2017"]),
        Row(Fixture.inspection, [nil, nil, "丙公司", "D", "5", "2017"]),
        Row(Fixture.inspection, ["U9", nil, "甲公司", "F", "5", "2017"]),
      ]).isEmpty)
    let shared = [Row(Fixture.register, ["U4", nil, "丙公司", "E"])]
    #expect(
      await told(shared + [Row(Fixture.inspection, ["U1", nil, "丙公司", "D", "5", "2017"])]).isEmpty)
    // A subject of two names has both.
    let renamed = [Row(Fixture.register, ["U1", nil, "甲新公司", "D"])]
    #expect(
      await told(renamed + [Row(Fixture.inspection, ["U1", nil, "甲新公司", "D", "5", "2017"])])
        .isEmpty)
  }
}
