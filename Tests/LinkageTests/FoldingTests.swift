import Fields
import Tables
import Testing

@testable import Linkage

@Suite("Folding")
struct FoldingTests {
  @Test("folds every character of the basic plane as matching keys do")
  func table() {
    var wrong: [UInt32] = []
    for value in UInt32(0)..<0x1_1000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(scalar)
      if Folding.key(of: text) != Array(matchingKey(text).utf8) { wrong.append(value) }
    }
    #expect(wrong == [])
  }

  @Test(
    "leaves remarks out at the end of names where nearness is asked for",
    arguments: [
      ("甲公司（已注销）", "甲公司"), ("甲（集团）公司", "甲(集团)公司"), ("甲公司(注销)(2017)", "甲公司"),
      ("（甲）", "(甲)"), ("甲)", "甲)"), ("甲（乙（丙））", "甲"), ("", ""),
    ])
  func remarks(name: String, key: String) {
    #expect(String(decoding: Folding.key(of: name, withoutRemarks: true), as: UTF8.self) == key)
  }

  @Test(
    "takes a name with remarks and the same without for one statement, but no two remarks",
    arguments: [
      ("甲公司（已注销）", "甲公司", true), ("甲公司(一)(二)", "甲公司(一)", true), ("甲(东区)", "甲(西区)", false),
      ("甲公司", "甲公", false), ("甲公司", "甲公司", false), ("甲(乙)", "甲", true), ("(甲)", "", false),
    ])
  func statements(one: String, other: String, areOne: Bool) {
    let (a, b) = (Folding.key(of: one), Folding.key(of: other))
    #expect(Folding.isOneWithRemarks(a, b) == areOne)
    #expect(Folding.isOneWithRemarks(b, a) == areOne)
  }

  @Test("gives many rows the keys of each, also where some text is folded as a whole")
  func runs() {
    let texts = ["甲公司", "Cafe\u{301}", "ＡＢ（c）", "㈱ß\u{FDFA}", "", "𝐕", "a\u{200E}b", "é", "が"]
    var column = TextColumn()
    for text in texts { column.append(text) }
    var run = KeyRun()
    run.append(column, (Array(Int32(0)..<Int32(texts.count)) + [-1]).span, .name)
    var start = 0
    let keys = run.ends.map { end in
      defer { start = Int(end) }
      return Array(run.bytes[start..<Int(end)])
    }
    #expect(keys == texts.map { Array(matchingKey($0).utf8) } + [[]])
  }
}
