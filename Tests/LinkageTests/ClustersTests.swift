import RulePacks
import Tables
import Testing

@testable import Linkage

@Suite("Subjects")
struct ClustersTests {
  /// Rows of the registration as code, number, name; and the ids of the subjects they make.
  @Test(
    "makes one subject of roster rows by code, then number, then name with division",
    arguments: [
      ([("U1", "R1", "甲"), ("U1", nil, "甲")], ["U1"]),
      ([("U1", "R1", "甲"), (nil, "R1", "乙")], ["U1"]),
      // A row that states both joins what was two.
      ([("U1", nil, "甲"), (nil, "R1", "乙"), ("U1", "R1", "丙")], ["U1"]),
      ([(nil, nil, "【甲】 ａ"), ("U1", nil, "（甲）A")], ["U1"]),
      // What stands in brackets distinguishes, at the end as elsewhere.
      ([(nil, nil, "甲（东区）"), (nil, nil, "甲(西区)")], ["甲(西区)·D", "甲（东区）·D"]),
      ([(nil, nil, "甲(一)"), (nil, nil, "甲(二)"), (nil, nil, "甲")], ["甲(一)·D", "甲(二)·D", "甲·D"]),
      ([(nil, nil, "甲（已注销）"), ("U1", nil, "甲")], ["U1", "甲（已注销）·D"]),
      // Different codes are different subjects, whatever else they share.
      ([("U1", "R1", "甲"), ("U2", "R1", "甲")], ["U1", "U2"]),
      // Nobody knows which of the two it is.
      ([("U1", "R1", "甲"), ("U2", "R1", "乙"), (nil, "R1", "丙")], ["R1", "U1", "U2"]),
      // Tied to two codes by two numbers.
      ([("U1", "R1", nil), ("U2", "R2", nil), (nil, "R1", "甲"), (nil, "R2", "甲")], ["U1", "U2"]),
      ([(nil, nil, "甲"), (nil, nil, "甲 ")], ["甲·D"]), ([(nil, nil, nil)], []),
    ] as [([(String?, String?, String?)], [String])])
  func subjects(rows: [(String?, String?, String?)], ids: [String]) async {
    var roster = rows.map { Row(Fixture.registration, [$0.0, $0.1, $0.2, "D"]) }
    for turn in 0..<rows.count {
      // The last turn splits the rows over two record kinds.
      for index in roster.indices {
        roster[index].record = turn % 2 == 1 && index == 0 ? Fixture.register : Fixture.registration
      }
      let units = (await Fixture.linked(roster)).dossiers.subjects[0]
      #expect((0..<units.count).map { units.ids[$0] } == ids)
      roster.append(roster.removeFirst())
    }
  }

  @Test("reports a code of two names, and what subjects with different codes share")
  func findings() async {
    let linked = await Fixture.linked([
      Row(Fixture.registration, ["U1", "R1", "甲公司", "D"]),
      Row(Fixture.register, ["U1", nil, "乙公司", "D"]),
      Row(Fixture.register, ["U2", "R1", "丙公司", "E"]),
    ])
    let names = linked.findings.filter { $0.rule == "code-two-names" }
    #expect(names.map(\.subject) == ["U1"])
    #expect(names.first?.message.zh.contains("“甲公司”") == true)
    #expect(names.first?.message.zh.contains("“乙公司”") == true)
    #expect(linked.findings.count { $0.rule == "shared-identity" } == 1)
  }

  @Test("gives a row with another code to the subject that its number names, and says so")
  func differing() async {
    let linked = await Fixture.linked([
      Row(Fixture.registration, ["U1", "R1", "甲", "D"]),
      Row(Fixture.inspection, ["U9", "R1", "甲", "D", "5", "2017"]),
    ])
    #expect(linked.unmatched == 0)
    #expect(linked.findings.filter { $0.rule == "code-differs" }.map(\.subject) == ["U1"])
  }

  @Test("lists near names of a row without subject, nearest first, and joins none of them")
  func candidates() async {
    let linked = await Fixture.linked([
      Row(Fixture.registration, ["U1", nil, "洛阳天地商贸有限公司", "D"]),
      Row(Fixture.registration, ["U2", nil, "洛阳天地贸易有限公司", "D"]),
      Row(Fixture.registration, ["U3", nil, "孟津酒家", "D"]),
      Row(Fixture.inspection, ["U9", nil, "洛阳市天地商贸有限公司", "D"]),
    ])
    let findings = linked.findings.filter { $0.rule == "unmatched" }
    #expect(findings.count == 1)
    #expect(
      findings.first?.message.zh.contains(
        "相近的有：洛阳天地商贸有限公司（U1）；洛阳天地贸易有限公司（U2）。") == true)
    #expect(linked.unmatched == 1)
  }
}
