import Expressions
import Tables
import Testing

@Suite("Expressions as sentences")
struct SentenceTests {
  @Test(
    "say in both languages what the expression says",
    arguments: [
      ("t", "“达标”为是", "“Passed” is yes"),
      ("!t", "“达标”为否", "“Passed” is no"),
      ("has(t)", "“达标”已填报", "“Passed” is stated"),
      ("!has(n)", "“人数”没有填报", "“Staff” is not stated"),
      ("n >= 20", "“人数”不少于 20 人", "“Staff” is at least 20"),
      ("n != 3", "“人数”不为 3 人", "“Staff” is not 3"),
      ("state == 'active'", "“状态”为“存续”", "“State” is active"),
      ("state in ['active']", "“状态”为“存续”", "“State” is active"),
      (
        "state in ['active', 'x']", "“状态”为下列之一：“存续”、“x”",
        "“State” is one of active, “x”"
      ),
      ("day < date('2018-01-31')", "“日期”早于2018-01-31", "“Day” is before 2018-01-31"),
      (
        "t && n > 1 || !t", "（“达标”为是，且“人数”大于 1 人），或“达标”为否",
        "(“Passed” is yes and “Staff” is more than 1) or “Passed” is no"
      ),
      (
        "!(t && n > 1)", "并非（“达标”为是，且“人数”大于 1 人）",
        "not (“Passed” is yes and “Staff” is more than 1)"
      ),
      (
        "t ? n > 1 : true", "如果“达标”为是，须“人数”大于 1 人；否则不作要求",
        "if “Passed” is yes, then “Staff” is more than 1; otherwise nothing is required"
      ),
      (
        "n + 2 * n - 1 > 3", "（“人数” + 2 × “人数” - 1）大于 3",
        "(“Staff” + 2 × “Staff” - 1) is more than 3"
      ),
      (
        "rows.exists(r, r.x > 5)", "“处罚”至少有一条满足（“金额”大于 5）",
        "for at least one of “Penalties”, “Amount” is more than 5"
      ),
      (
        "rows.filter(r, r.x > 5).size() == 0", "“处罚”中符合条件（“金额”大于 5）的条数为 0",
        "the number of “Penalties” for which “Amount” is more than 5 is 0"
      ),
      ("u", "“u”为是", "“u” is yes"),
    ] as [(String, String, String)])
  func told(text: String, zh: String, en: String) throws {
    let sentence = try check(text, in: Told.environment, scope: 0).sentence(Told.vocabulary)
    #expect(sentence.zh == zh)
    #expect(sentence.en == en)
  }

  @Test("put quotes within quotes as single ones")
  func quotes() {
    #expect("拖欠工资“黑名单”".quoted == "“拖欠工资‘黑名单’”")
    #expect("Staff".quoted == "“Staff”")
  }

  @Test("constants are those of the text, named conditions included")
  func constants() throws {
    let expression = try check(
      "n > 3 && state in ['a', 'b'] && rows.exists(r, r.x == 9)", in: Told.environment, scope: 0)
    #expect(expression.constants == [.int(3), .string("a"), .string("b"), .int(9)])
  }
}
