import Fields
import Testing

@Suite("Matching keys")
struct MatchingKeyTests {
  @Test(
    "leave out width, case, spaces and the shape of brackets",
    arguments: [
      ("ＵｎｉＳＣＩＤ", "UNISCID"), (" 张　三 ", "张三"), ("注册资本（万元）", "注册资本(万元)"),
      ("﹙甲﹚﹔", "(甲);"), ("阿·买•提", "阿·买·提"), ("\u{FEFF}a\u{200B}b", "AB"),
      ("经营、开业", "经营,开业"),
    ])
  func keys(text: String, key: String) {
    #expect(matchingKey(text) == key)
  }
}
