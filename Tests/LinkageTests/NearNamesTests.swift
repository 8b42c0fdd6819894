import Testing

@testable import Linkage

@Suite("Near names")
struct NearNamesTests {
  @Test(
    "have as many pairs of characters in common as their sets",
    arguments: [
      ("洛阳示例机械有限公司", "洛阳示例器械有限公司"), ("甲乙甲乙甲乙", "乙甲"), ("", "甲乙"), ("甲", "甲"),
      ("甲乙丙", "丙乙甲"), ("甲乙丙丁", "甲乙丙丁"),
    ])
  func common(left: String, right: String) {
    let (mine, theirs) = (characterPairs(left.utf8), characterPairs(right.utf8))
    #expect(mine == Set(mine).sorted())
    #expect(commonPairs(mine.span, theirs.span) == Set(mine).intersection(theirs).count)
  }
}
