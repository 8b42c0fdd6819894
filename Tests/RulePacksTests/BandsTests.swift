import Tables
import Testing

@testable import RulePacks

@Suite("Bands")
struct BandsTests {
  @Test(
    "read an interval as it is written",
    arguments: [
      (">= 100", 100, true, nil, false), ("> 5", 5, false, nil, false),
      ("<= 3", nil, false, 3, true), ("<20", nil, false, 20, false), ("= 0", 0, true, 0, true),
      ("[20..100)", 20, true, 100, false), ("(0 .. 5]", 0, false, 5, true),
      ("[-5..-1]", -5, true, -1, true),
    ] as [(String, Int64?, Bool, Int64?, Bool)])
  func reading(text: String, lower: Int64?, withLower: Bool, upper: Int64?, withUpper: Bool) {
    let band = Rubric.Band(written: text, points: 1)
    #expect(band?.lower == lower.flatMap { Exact($0) })
    #expect(band?.upper == upper.flatMap { Exact($0) })
    #expect(band?.includesLower == withLower)
    #expect(band?.includesUpper == withUpper)
  }

  @Test(
    "refuse what is no interval", arguments: ["", "20", "[1..2", "1..2", "[a..b)", ">= ", "[1.2]"])
  func refusing(text: String) {
    #expect(Rubric.Band(written: text, points: 1) == nil)
  }

  @Test(
    "hold every whole number once, or say which they do not",
    arguments: [
      ([">= 5", "< 5"], []),
      ([">= 5", "<= 4"], []),
      ([">= 5", "< 4"], [.hole(after: 1, before: 0)]),
      ([">= 5", "<= 5"], [.overlap(1, 0, at: Exact(5))]),
      (["[0..5)"], [.holeBelow(0), .holeAbove(0)]),
      (["(4..5)", "< 5", ">= 5"], [.empty(0)]),
      (["= 0", "> 0", "< 0"], []),
      ([">= 0", "[0..3]", "< 0"], [.overlap(1, 0, at: Exact(0))]),
    ] as [([String], [BandFault])])
  func whole(texts: [String], expected: [BandFault]) {
    let bands = texts.compactMap { Rubric.Band(written: $0, points: 1) }
    #expect(faults(of: bands, whole: true) == expected)
  }

  @Test(
    "hold every decimal number once, or say which they do not",
    arguments: [
      ([">= 5", "< 5"], []),
      ([">= 5", "<= 4"], [.hole(after: 1, before: 0)]),
      (["> 5", "< 5"], [.hole(after: 1, before: 0)]),
      (["> 5", "<= 5"], []),
      (["(4..5)", "<= 4", ">= 5"], []),
    ] as [([String], [BandFault])])
  func decimal(texts: [String], expected: [BandFault]) {
    let bands = texts.compactMap { Rubric.Band(written: $0, points: 1) }
    #expect(faults(of: bands, whole: false) == expected)
  }

  @Test("need not hold what a field cannot be")
  func plausible() {
    let bands = ["[0..5)", "[5..10]"].compactMap { Rubric.Band(written: $0, points: 1) }
    #expect(faults(of: bands, whole: true, least: Exact(0), most: Exact(10)) == [])
    #expect(faults(of: bands, whole: true, least: Exact(-1), most: Exact(10)) == [.holeBelow(0)])
    #expect(faults(of: bands, whole: true, least: Exact(0), most: Exact(11)) == [.holeAbove(1)])
  }
}
