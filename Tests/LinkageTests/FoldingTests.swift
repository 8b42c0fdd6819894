import Fields
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
    "leaves remarks out at the end of names",
    arguments: [
      ("甲公司（已注销）", "甲公司"), ("甲（集团）公司", "甲(集团)公司"), ("甲公司(注销)(2017)", "甲公司"),
      ("（甲）", "(甲)"), ("甲)", "甲)"), ("甲（乙（丙））", "甲"), ("", ""),
    ])
  func remarks(name: String, key: String) {
    #expect(String(decoding: Folding.key(of: name, asName: true), as: UTF8.self) == key)
  }
}
